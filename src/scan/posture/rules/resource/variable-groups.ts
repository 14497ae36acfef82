/** Variable groups of a library: who may read their secrets, what stands before them, and secrets that are none to Azure DevOps. */
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import type { CheckFact, ResourceRole, VariableGroupFact } from "#model/posture/resource-facts.ts";
import { answerOnRoles, rolesOn } from "../../facts/broad-roles.ts";
import { checksOf, gatesOf, sayCheck } from "../../facts/checks-of.ts";
import { membershipOf } from "../../facts/membership.ts";
import { answerOnOpen } from "../../facts/open-to-all.ts";
import { holdsSecrets } from "../../facts/prized-resources.ts";
import { isProduction } from "../../facts/production.ts";
import { groupResource, isToldHere } from "../../facts/resources-of.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, onProjects, type PostureRule, pass } from "../../posture-rule.ts";
import {
  exampleApproval,
  exampleBranchControl,
  exampleCheck,
  examplePermission,
  exampleVariable,
  exampleVariableGroup,
} from "../../resource-examples.ts";

const library = "https://learn.microsoft.com/azure/devops/pipelines/library/variable-groups";
const approvals = "https://learn.microsoft.com/azure/devops/pipelines/process/approvals";
const plain = exampleVariableGroup({ variables: [exampleVariable({})] });
const vault = exampleVariableGroup({ variables: [], vault: { name: "payments-kv", connectionId: "c1" } });
const leaking = (isSecret: boolean) =>
  exampleVariableGroup({
    variables: [
      exampleVariable({
        name: "ApiToken",
        isSecret,
        looksSecret: { rule: "secrets/secret-literal", masked: "(40 characters)" },
      }),
    ],
  });
const roleOf = (name: string, role: string): ResourceRole => ({
  kind: "variable-group",
  resourceId: "3",
  identity: { id: name, name: `[Payments]\\${name}`, descriptor: `vssgp.${name}` },
  role,
  isInherited: true,
});

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/variable-group-open-to-all-pipelines",
    aliases: ["ado-vg-secrets-open", "ADO_VariableGroup_AuthZ_Dont_Grant_All_Pipelines_Access_On_VG_With_Secrets"],
    category: "resource",
    title: "A variable group with secrets is open to every pipeline",
    severity: "high",
    risks: ["CICD-SEC-5"],
    why: "Whoever may add or change any pipeline of the project reads all secrets of the group.",
    abuse:
      "A contributor adds a pipeline that lists the group and writes its values, encoded so that no mask fits, into the log.",
    fix: 'Pipelines > Library > the group > Pipeline permissions > "Restrict permission": add the pipelines that need it.',
    links: [library],
    needs: ["variableGroups", "pipelinePermissions"],
    checkProject: ({ variableGroups, pipelinePermissions, project, organization }, context) =>
      variableGroups.map((group) => {
        const resource = groupResource(group, project);
        if (!holdsSecrets(group)) return { resource, answer: pass };
        const fix = `Pipelines > Library > ${group.name} > Pipeline permissions: restrict it to the pipelines that use it.`;
        const asked = {
          permissions: pipelinePermissions,
          kind: "variable-group" as const,
          resource,
          project,
          organization,
        };
        const isPrize = isProduction(group.name, context.settings.productionWords);
        return { resource, answer: answerOnOpen({ ...asked, severity: "high", isPrize, fix }, context) };
      }),
    examples: {
      bad: [exampleVariableGroup(), vault].map((group) => ({
        project: {
          variableGroups: [group],
          pipelinePermissions: [examplePermission("variable-group", "3", true)],
        },
      })),
      good: [
        {
          project: {
            variableGroups: [exampleVariableGroup()],
            pipelinePermissions: [examplePermission("variable-group", "3", false)],
          },
        },
        {
          project: { variableGroups: [plain], pipelinePermissions: [examplePermission("variable-group", "3", true)] },
        },
      ],
    },
  }),
  onProjects({
    id: "cicd/variable-group-without-checks",
    aliases: ["ado-vg-no-checks", "ADO_VariableGroup_AuthZ_Enable_Branch_Control"],
    category: "resource",
    title: "Nothing checks a run before it reads a group of secrets",
    severity: "medium",
    risks: ["CICD-SEC-1"],
    why: "Any branch of a pipeline that may use the group gets its secrets.",
    abuse: "Somebody pushes a branch in which the authorised pipeline sends the secrets away instead of using them.",
    fix: 'Pipelines > Library > the group > "Approvals and checks": add "Branch control" for the protected branches.',
    links: [approvals],
    needs: ["variableGroups", "checks"],
    checkProject: ({ variableGroups, checks, project }, context) =>
      variableGroups.map((group) => ({
        resource: groupResource(group, project),
        answer: guarded(group, checks, context),
      })),
    examples: {
      bad: [
        { project: { variableGroups: [exampleVariableGroup()], checks: [] } },
        {
          project: {
            variableGroups: [vault],
            checks: [exampleCheck("variable-group", "3", exampleApproval(), { isEnabled: false })],
          },
        },
      ],
      good: [
        {
          project: {
            variableGroups: [exampleVariableGroup()],
            checks: [exampleCheck("variable-group", "3", exampleBranchControl())],
          },
        },
        { project: { variableGroups: [plain], checks: [] } },
      ],
    },
  }),
  onProjects({
    id: "cicd/variable-group-plain-secret",
    aliases: ["ado-vg-plaintext-secret", "ADO-VG-003", "GetVariableGroups"],
    category: "resource",
    title: "A variable group shows a secret in plain text",
    severity: "high",
    risks: ["CICD-SEC-6"],
    why: "Everybody who may read the library sees the value on the page and by the API, and no log masks it.",
    abuse: "A member with read rights opens the group, or asks the API for it, and uses the secret elsewhere.",
    fix: "Change the secret where it is from, then store the new one with the lock beside the variable closed, or in a key vault that is linked to the group.",
    links: [library],
    needs: ["variableGroups"],
    checkProject: ({ variableGroups, project, organization }) =>
      variableGroups
        .filter(({ id }) => isToldHere("variableGroups", id, project, organization))
        .map((group) => ({ resource: groupResource(group, project), answer: showing(group) })),
    examples: {
      bad: [{ project: { variableGroups: [leaking(false)] } }],
      good: [{ project: { variableGroups: [leaking(true)] } }, { project: { variableGroups: [plain, vault] } }],
    },
  }),
  onProjects({
    id: "cicd/variable-group-not-in-vault",
    aliases: ["ado-vg-not-keyvault", "ADO-VG-001"],
    category: "resource",
    title: "Secrets are kept in a variable group, not in a key vault",
    severity: "low",
    risks: ["CICD-SEC-6"],
    why: "Nobody renews the secrets, and no log tells who has read them.",
    abuse:
      "Somebody who read the secrets once uses them as long as they stay the same, which in a group is usually for ever.",
    fix: 'Pipelines > Library > the group: switch on "Link secrets from an Azure key vault as variables", and move the secrets to that vault.',
    links: ["https://learn.microsoft.com/azure/devops/pipelines/library/link-variable-groups-to-key-vaults"],
    needs: ["variableGroups"],
    checkProject: ({ variableGroups, project, organization }) =>
      variableGroups
        .filter(({ id }) => isToldHere("variableGroups", id, project, organization))
        .map((group) => ({ resource: groupResource(group, project), answer: storing(group) })),
    examples: {
      bad: [{ project: { variableGroups: [exampleVariableGroup()] } }],
      good: [{ project: { variableGroups: [vault] } }, { project: { variableGroups: [plain] } }],
    },
  }),
  onProjects({
    id: "cicd/variable-group-role-broad",
    aliases: ["ado-vg-role-broad", "ADO_VariableGroup_AuthZ_Restrict_Broader_Group_Access_On_VG_With_Secrets"],
    category: "resource",
    title: "Everybody may edit or use a variable group with secrets",
    severity: "high",
    risks: ["CICD-SEC-5"],
    why: "Each member of the group may link the secrets to a pipeline of their own; an administrator also changes values that other pipelines trust.",
    abuse: "A member replaces an address in the group, and the next deployment sends its secrets there.",
    fix: 'Pipelines > Library > the group > Security: take the broad group out; give "User" to the team that needs it.',
    links: [library],
    needs: ["variableGroups", "resourceRoles"],
    checkProject({ variableGroups, resourceRoles, project, organization: { people } }, { settings }) {
      const membership = people.is === "known" ? membershipOf(people.value) : undefined;
      return variableGroups.map((group) => {
        const resource = groupResource(group, project);
        if (!holdsSecrets(group)) return { resource, answer: pass };
        const roles = rolesOn(resourceRoles, "variable-group", `${group.id}`);
        const page = `Pipelines > Library > ${group.name} > Security`;
        return {
          resource,
          answer: answerOnRoles({ roles, membership, settings, severity: "high", page, url: group.url }),
        };
      });
    },
    examples: {
      bad: [
        {
          project: {
            variableGroups: [exampleVariableGroup()],
            resourceRoles: [roleOf("Contributors", "Administrator")],
          },
        },
        { project: { variableGroups: [vault], resourceRoles: [roleOf("Project Valid Users", "User")] } },
      ],
      good: [
        {
          project: {
            variableGroups: [exampleVariableGroup()],
            resourceRoles: [roleOf("Project Administrators", "Administrator"), roleOf("Contributors", "Reader")],
          },
        },
        { project: { variableGroups: [plain], resourceRoles: [roleOf("Contributors", "Administrator")] } },
      ],
    },
  }),
];

function guarded(group: VariableGroupFact, checks: readonly CheckFact[], { settings }: PostureContext): PostureAnswer {
  const { id, name, url } = group;
  if (!holdsSecrets(group) || gatesOf(checks, "variable-group", `${id}`).length > 0) return pass;
  const others = checksOf(checks, "variable-group", `${id}`).map(sayCheck);
  const isProductive = isProduction(name, settings.productionWords);
  const said = others.length === 0 ? "no check that is on" : `only ${others.join(", ")}`;
  return fail(isProductive ? "high" : "medium", `${said} stands between a run of any branch and its secrets`, {
    ...(isProductive && { severityBecause: "its name says production" }),
    evidence: [
      {
        what: `checks of variablegroup ${id}: ${others.length === 0 ? "none is enabled" : others.join(", ")}; ${saySecrets(group)}`,
        url,
      },
    ],
  });
}

function showing({ id, variables, url }: VariableGroupFact): PostureAnswer {
  const shown = variables.filter(({ isSecret, looksSecret }) => !isSecret && looksSecret);
  if (shown.length === 0) return pass;
  const names = shown.slice(0, 5).map(({ name }) => name);
  const more = shown.length > names.length ? ` and ${shown.length - names.length} more` : "";
  return fail("high", `what looks like a secret is not marked as one: ${names.join(", ")}${more}`, {
    evidence: shown.slice(0, 20).map(({ name, looksSecret }) => ({
      what: `variablegroup ${id}: variables.${name}.isSecret = false, ${looksSecret?.rule} ${looksSecret?.masked}`,
      url,
    })),
  });
}

function storing(group: VariableGroupFact): PostureAnswer {
  const { id, variables, vault: linked, url } = group;
  const secrets = variables.filter(({ isSecret }) => isSecret);
  if (linked || secrets.length === 0) return pass;
  const count = secrets.length === 1 ? "one secret lies" : `${secrets.length} secrets lie`;
  return fail("low", `${count} in the group itself`, {
    evidence: [{ what: `variablegroup ${id}: type = Vsts; ${saySecrets(group)}`, url }],
  });
}

function saySecrets({ vault: linked, variables }: VariableGroupFact): string {
  if (linked) return `it is linked to the vault ${linked.name}`;
  const names = variables.filter(({ isSecret }) => isSecret).map(({ name }) => name);
  return `isSecret = true: ${names.slice(0, 5).join(", ")}`;
}
