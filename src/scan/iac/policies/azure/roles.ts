/** Azure roles, their assignment, and trust in tokens of others. */
import { anyOf, type Condition, check, nodeAt, value, when } from "../../condition.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import { on, type Policy } from "../../policy.ts";
import { plainOf } from "../../value-conditions.ts";
import { failAt, notApplicable, passAt, unknownAt } from "../../verdict.ts";

const role = "azurerm_role_definition";
const bicepRole = "Microsoft.Authorization/roleDefinitions@2022-04-01";
const assignment = "azurerm_role_assignment";
const bicepAssignment = "Microsoft.Authorization/roleAssignments@2022-04-01";
const customDocs = "https://learn.microsoft.com/azure/role-based-access-control/custom-roles";
const practice = "https://learn.microsoft.com/azure/role-based-access-control/best-practices";
const federation = "https://learn.microsoft.com/entra/workload-id/workload-identity-federation";

/** Owner, User Access Administrator, Role Based Access Control Administrator, by the ids they have everywhere. */
const mightyIds =
  /8e3af657-a8ff-443c-a75c-2fe8c4bcb635|18d7d88d-d35e-4fb5-a5c3-7773c20a72d9|f58310d9-a9f6-439a-9e8d-f62e7b41a168/i;
const mightyNames = /^(?:Owner|User Access Administrator|Role Based Access Control Administrator)$/i;

/** A whole subscription or management group, given by its id or as a data source. */
const wholeSubscription: Condition = check((_, node) => {
  const scope = nodeAt(node, "scope");
  if (scope === undefined) return failAt(node);
  if (scope.is === "scalar") {
    const wide = /^\/(?:$|subscriptions\/[^/]+\/?$|providers\/Microsoft\.Management\/managementGroups\/)/i;
    return wide.test(String(scope.value)) ? passAt(scope.at) : failAt(scope);
  }
  if (scope.is !== "unknown") return failAt(scope);
  // With more behind it, it is the id of something inside.
  const isWhole = scope.refs.some((ref) =>
    /\bdata\.azurerm_(?:subscription|management_group)\.|azurerm_management_group\./.test(ref),
  );
  if (isWhole && (scope.text === undefined || /^\$\{[^}]*\}$/.test(scope.text))) return passAt(scope.at);
  return scope.refs.length > 0 ? failAt(scope) : unknownAt(scope.at, scope.reason);
});

/** Claims that whoever opens a pull request or names a branch decides. */
const looseClaims = /^(?:workflow|environment|ref|context|head_ref|base_ref)$/i;
const githubIssuer = /token\.actions\.githubusercontent\.com/i;

function fromGithub(issuer: string, subject: string, judge: (subject: string) => string | undefined): Condition {
  return check((_, node) => {
    const [by, about] = [nodeAt(node, issuer), nodeAt(node, subject)];
    if (by?.is === "scalar" && !githubIssuer.test(String(by.value))) return notApplicable;
    if (about === undefined) return notApplicable;
    if (about.is !== "scalar") return unknownAt(about.at, "the subject is not known");
    const wrong = judge(String(plainOf(about)));
    return wrong === undefined ? passAt(about.at) : failAt(about, wrong);
  });
}

function onFederation(judge: (subject: string) => string | undefined): Policy["on"] {
  return {
    ...on(
      ["tf:azuread_application_federated_identity_credential", "tf:azurerm_federated_identity_credential"],
      fromGithub("issuer", "subject", judge),
    ),
    "arm:Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials": fromGithub(
      "properties.issuer",
      "properties.subject",
      judge,
    ),
  };
}

function looseSubject(subject: string): string | undefined {
  const [claim = "", ...rest] = subject.split(":");
  if (claim.includes("*") || rest.length === 0) return "the subject names no repository";
  if (looseClaims.test(claim)) return `the claim ${claim} is decided by the caller`;
  if (claim !== "repo") return undefined;
  return /^[^/*]+\/.+/.test(rest.join(":")) ? undefined : "the subject names no organization and repository";
}

const credential = (subject: string) =>
  tfResource(
    "azuread_application_federated_identity_credential",
    `issuer  = "https://token.actions.githubusercontent.com"`,
    `subject = "${subject}"`,
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-role-allows-everything",
    aliases: ["CKV_AZURE_39"],
    title: "Custom role allows everything",
    severity: "high",
    controls: "least-privilege",
    why: "It is a second Owner that reviews of owners do not find; whoever has it may give rights to others.",
    fix: "List the actions that are needed in place of `*`.",
    links: [customDocs],
    on: {
      "tf:azurerm_role_definition": value("permissions.actions").not("*"),
      "arm:Microsoft.Authorization/roleDefinitions": value("properties.permissions.actions").not("*"),
    },
    examples: {
      bad: [
        tfResource(role, `permissions {\n  actions = ["*"]\n}`),
        bicepResource(bicepRole, "permissions: [\n  {\n    actions: ['*']\n  }\n]"),
      ],
      good: [
        tfResource(role, `permissions {\n  actions = ["Microsoft.Support/*"]\n}`),
        bicepResource(bicepRole, "permissions: [\n  {\n    actions: ['Microsoft.Support/*']\n  }\n]"),
      ],
    },
  },
  {
    id: "iac/azure-role-for-everything-everywhere",
    aliases: ["AVD-AZU-0030"],
    title: "Custom role that allows everything can be assigned everywhere",
    severity: "high",
    controls: "least-privilege",
    why: "One assignment of it gives all rights in all subscriptions.",
    fix: "Replace `/` in the assignable scopes by the subscriptions or groups in which the role is used.",
    links: [customDocs],
    on: {
      "tf:azurerm_role_definition": when(
        value("permissions.actions").contains("*"),
        value("assignable_scopes").not("/"),
        "pass",
      ),
      "arm:Microsoft.Authorization/roleDefinitions": when(
        value("properties.permissions.actions").contains("*"),
        value("properties.assignableScopes").not("/"),
        "pass",
      ),
    },
    examples: {
      bad: [
        tfResource(role, `permissions {\n  actions = ["*"]\n}`, `assignable_scopes = ["/"]`),
        bicepResource(bicepRole, "permissions: [\n  {\n    actions: ['*']\n  }\n]", "assignableScopes: ['/']"),
      ],
      good: [
        tfResource(role, `permissions {\n  actions = ["Microsoft.Support/*"]\n}`, `assignable_scopes = ["/"]`),
        bicepResource(bicepRole, "permissions: [\n  {\n    actions: ['Microsoft.Support/*']\n  }\n]"),
      ],
    },
  },
  {
    id: "iac/azure-role-reads-all-data",
    aliases: [],
    title: "Custom role allows everything with data",
    severity: "high",
    controls: "least-privilege",
    why: "Whoever has it reads and changes the contents of every store and vault in its scope.",
    fix: "List the data actions that are needed in place of `*`.",
    links: [customDocs],
    on: {
      "tf:azurerm_role_definition": value("permissions.data_actions").not("*"),
      "arm:Microsoft.Authorization/roleDefinitions": value("properties.permissions.dataActions").not("*"),
    },
    examples: {
      bad: [
        tfResource(role, `permissions {\n  data_actions = ["*"]\n}`),
        bicepResource(bicepRole, "permissions: [\n  {\n    dataActions: ['*']\n  }\n]"),
      ],
      good: [tfResource(role, `permissions {\n  actions = ["Microsoft.Support/*"]\n}`)],
    },
  },
  {
    id: "iac/azure-role-gives-rights",
    aliases: [],
    title: "Custom role may give rights to itself and others",
    severity: "high",
    controls: "least-privilege",
    why: "Whoever has it can make himself Owner.",
    fix: "Remove the write actions of Microsoft.Authorization, or use a built-in role with a condition on what may be assigned.",
    links: [practice],
    on: {
      "tf:azurerm_role_definition": value("permissions.actions").notMatches(
        /^Microsoft\.Authorization\/(?:\*|\*\/write|roleAssignments\/(?:\*|write)|roleDefinitions\/(?:\*|write)|elevateAccess\/action)$/i,
      ),
      "arm:Microsoft.Authorization/roleDefinitions": value("properties.permissions.actions").notMatches(
        /^Microsoft\.Authorization\/(?:\*|\*\/write|roleAssignments\/(?:\*|write)|roleDefinitions\/(?:\*|write)|elevateAccess\/action)$/i,
      ),
    },
    examples: {
      bad: [
        tfResource(role, `permissions {\n  actions = ["Microsoft.Authorization/roleAssignments/write"]\n}`),
        bicepResource(bicepRole, "permissions: [\n  {\n    actions: ['Microsoft.Authorization/*']\n  }\n]"),
      ],
      good: [
        tfResource(role, `permissions {\n  actions = ["Microsoft.Authorization/*/read"]\n}`),
        bicepResource(bicepRole, "permissions: [\n  {\n    actions: ['Microsoft.Authorization/*/read']\n  }\n]"),
      ],
    },
  },
  {
    id: "iac/azure-owner-of-subscription-assigned",
    aliases: [],
    title: "Template gives somebody the rights of an owner over a whole subscription or group",
    severity: "high",
    controls: "least-privilege",
    why: "Whoever takes over that one identity has the whole subscription, with all data and all rights.",
    fix: "Assign a role with the rights that are needed, in the resource group where they are needed; give Owner for hours, through Privileged Identity Management.",
    links: [practice],
    on: {
      "tf:azurerm_role_assignment": when(
        anyOf(value("role_definition_name").matches(mightyNames), value("role_definition_id").matches(mightyIds)),
        when(
          wholeSubscription,
          value(["role_definition_name", "role_definition_id"]).satisfies(() => false, "a smaller role"),
          "pass",
        ),
        "pass",
      ),
      // With a scope of its own it is about a single resource.
      "arm:Microsoft.Authorization/roleAssignments": when(
        value("scope").absent(),
        value("properties.roleDefinitionId").notMatches(mightyIds),
      ),
    },
    examples: {
      bad: [
        tfResource(
          assignment,
          "scope                = data.azurerm_subscription.current.id",
          `role_definition_name = "Owner"`,
          "principal_id         = var.principal",
        ),
        bicepResource(
          bicepAssignment,
          "roleDefinitionId: '/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635'",
        ),
      ],
      good: [
        tfResource(
          assignment,
          "scope                = azurerm_resource_group.shop.id",
          `role_definition_name = "Reader"`,
          "principal_id         = var.principal",
        ),
        bicepResource(
          bicepAssignment,
          "roleDefinitionId: '/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7'",
        ),
      ],
    },
  },
  {
    id: "iac/azure-federation-trusts-any-repository",
    aliases: ["CKV_AZURE_249"],
    title: "Identity trusts GitHub workflows without naming a repository",
    severity: "high",
    controls: "workload-identity",
    why: "Workflows in repositories of strangers can get a token of the identity and act with its rights.",
    fix: "Let the subject begin with `repo:ORGANIZATION/REPOSITORY:` and name a branch or environment.",
    links: [federation],
    on: onFederation(looseSubject),
    examples: {
      bad: [credential("*"), credential("ref:refs/heads/main"), credential("repo:*")],
      good: [credential("repo:shop/web:ref:refs/heads/main")],
    },
  },
  {
    id: "iac/azure-federation-trusts-pull-requests",
    aliases: [],
    title: "Identity trusts workflows of pull requests",
    severity: "medium",
    controls: "workload-identity",
    why: "Code that nobody has reviewed yet runs with the rights of the identity.",
    fix: "Trust a branch or an environment with required reviewers; give pull requests an identity of their own that may only read.",
    links: [federation],
    on: onFederation((subject) =>
      /^repo:[^:]+:pull_request$/i.test(subject) ? "every pull request gets the identity" : undefined,
    ),
    examples: {
      bad: [credential("repo:shop/web:pull_request")],
      good: [credential("repo:shop/web:environment:production")],
    },
  },
];
