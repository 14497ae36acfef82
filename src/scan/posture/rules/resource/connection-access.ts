/** Who may use a service connection: pipelines, people, other projects; and what stands in the way of a run. */
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import type { CheckFact, ConnectionFact } from "#model/posture/resource-facts.ts";
import type { Severity } from "#model/severity.ts";
import { exampleUser } from "../../example-facts.ts";
import { answerOnRoles, rolesOn } from "../../facts/broad-roles.ts";
import { checksOf, gatesOf, sayCheck } from "../../facts/checks-of.ts";
import { type ConnectionReach, reachOf, reachWords } from "../../facts/connection-reach.ts";
import { membershipOf } from "../../facts/membership.ts";
import { answerOnOpen } from "../../facts/open-to-all.ts";
import { isProduction } from "../../facts/production.ts";
import { connectionResource } from "../../facts/resources-of.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, onProjects, type PostureRule, pass } from "../../posture-rule.ts";
import {
  exampleApproval,
  exampleBranchControl,
  exampleCheck,
  exampleConnectionId,
  exampleKeyConnection,
  examplePeople,
  examplePermission,
} from "../../resource-examples.ts";

const security = "https://learn.microsoft.com/azure/devops/pipelines/library/service-endpoints";
const approvals = "https://learn.microsoft.com/azure/devops/pipelines/process/approvals";
const registry = exampleKeyConnection({ name: "images", type: "dockerregistry", scheme: "UsernamePassword" });
const scanner = exampleKeyConnection({
  name: "quality",
  type: "sonarqube",
  scheme: "Token",
  secretParameters: ["apitoken"],
});
const roleOf = (name: string, role: string) => ({
  kind: "connection" as const,
  resourceId: exampleConnectionId,
  identity: { id: name, name: `[Payments]\\${name}`, descriptor: `vssgp.${name}` },
  role,
  isInherited: false,
});

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/connection-open-to-all-pipelines",
    aliases: ["ado-sc-open-to-all-pipelines", "ADO_ServiceConnection_AuthZ_Dont_Grant_All_Pipelines_Access"],
    category: "resource",
    title: "A service connection is open to every pipeline",
    severity: "high",
    risks: ["CICD-SEC-5"],
    why: "Whoever may add or change any pipeline of the project signs in with this connection, whatever the pipeline is for.",
    abuse:
      "A contributor adds a YAML file that names the connection, makes a pipeline of it, and runs commands with its rights.",
    fix: 'Project settings > Service connections > the connection > Security > Pipeline permissions: choose "Restrict permission" and add the pipelines that need it.',
    links: [security],
    needs: ["connections", "pipelinePermissions"],
    checkProject({ connections, pipelinePermissions, project, organization }, context) {
      return connections.map((connection) => {
        const resource = connectionResource(connection, project);
        const reach = reachOf(connection);
        if (reach === "nothing") return { resource, answer: pass };
        const { severity, because } = worth(connection, reach, "high", context);
        const fix = `Restrict "${connection.name}" to the pipelines that use it: Security > Pipeline permissions > Restrict permission.`;
        const asked = {
          permissions: pipelinePermissions,
          kind: "connection" as const,
          resource,
          project,
          organization,
        };
        const answer = answerOnOpen({ ...asked, severity, ...because, isPrize: reach === "cloud", fix }, context);
        return { resource, answer };
      });
    },
    examples: {
      bad: [
        {
          project: {
            connections: [exampleKeyConnection()],
            pipelinePermissions: [examplePermission("connection", exampleConnectionId, true)],
          },
        },
        {
          visibility: "public",
          project: {
            connections: [scanner],
            pipelinePermissions: [examplePermission("connection", exampleConnectionId, true)],
          },
        },
      ],
      good: [
        {
          project: {
            connections: [exampleKeyConnection()],
            pipelinePermissions: [examplePermission("connection", exampleConnectionId, false)],
          },
        },
        {
          project: {
            connections: [exampleKeyConnection({ type: "incomingwebhook", scheme: "None" })],
            pipelinePermissions: [examplePermission("connection", exampleConnectionId, true)],
          },
        },
      ],
    },
  }),
  onProjects({
    id: "cicd/connection-without-checks",
    aliases: [
      "ado-sc-no-checks",
      "ADO-SC-001",
      "ADO-SC-002",
      "ADO-SC-006",
      "ADO_ServiceConnection_AuthZ_Enable_Branch_Control",
    ],
    category: "resource",
    title: "Nothing checks a run before it signs in to a cloud or registry",
    severity: "high",
    risks: ["CICD-SEC-1"],
    why: "A run of any branch gets the rights of the connection; what the YAML file says about it, the author of the branch may change.",
    abuse: "Somebody pushes a branch in which the pipeline that may use the connection does something else with it.",
    fix: 'Project settings > Service connections > the connection > "Approvals and checks": add "Branch control" for the protected branches, and "Approvals" where people should look first.',
    links: [approvals],
    needs: ["connections", "checks"],
    checkProject: ({ connections, checks, project }, context) =>
      connections.map((connection) => ({
        resource: connectionResource(connection, project),
        answer: guarded(connection, checks, context),
      })),
    examples: {
      bad: [
        { project: { connections: [exampleKeyConnection()], checks: [] } },
        { project: { connections: [registry], checks: [] } },
        {
          project: {
            connections: [exampleKeyConnection()],
            checks: [exampleCheck("connection", exampleConnectionId, exampleApproval(), { isEnabled: false })],
          },
        },
        {
          project: {
            connections: [exampleKeyConnection()],
            checks: [
              exampleCheck("connection", exampleConnectionId, { is: "exclusive-lock", name: "Exclusive lock" }),
              exampleCheck("environment", "5", exampleApproval()),
            ],
          },
        },
      ],
      good: [
        {
          project: {
            connections: [exampleKeyConnection()],
            checks: [exampleCheck("connection", exampleConnectionId.toUpperCase(), exampleBranchControl())],
          },
        },
        { project: { connections: [scanner], checks: [] } },
      ],
    },
  }),
  onProjects({
    id: "cicd/connection-role-broad",
    aliases: ["ado-sc-role-broad", "ADO-SC-010", "ADO_ServiceConnection_AuthZ_Restrict_Broader_Group_Access"],
    category: "resource",
    title: "Everybody may use or administer a service connection",
    severity: "high",
    risks: ["CICD-SEC-5"],
    why: "Each member of the group may put the connection into a pipeline of their own, or change what guards it.",
    abuse:
      "A member of the group names the connection in a new pipeline and authorises that pipeline without asking anybody.",
    fix: 'Project settings > Service connections > the connection > Security > User permissions: take the broad group out and give the role "User" to the team that needs it.',
    links: [security],
    needs: ["connections", "resourceRoles"],
    checkProject({ connections, resourceRoles, project, organization: { people } }, context) {
      const membership = people.is === "known" ? membershipOf(people.value) : undefined;
      return connections.map((connection) => {
        const resource = connectionResource(connection, project);
        const { severity, because } = worth(connection, reachOf(connection), "high", context);
        const roles = rolesOn(resourceRoles, "connection", connection.id);
        const page = `Project settings > Service connections > ${connection.name} > Security`;
        const { settings } = context;
        const answer = answerOnRoles({
          roles,
          membership,
          settings,
          severity,
          ...because,
          page,
          url: connection.pageUrl,
        });
        return { resource, answer };
      });
    },
    examples: {
      bad: [
        { project: { connections: [exampleKeyConnection()], resourceRoles: [roleOf("Contributors", "User")] } },
        {
          project: {
            connections: [exampleKeyConnection()],
            resourceRoles: [roleOf("Everybody here", "Administrator")],
          },
          organization: {
            people: examplePeople({ "Everybody here": ["a", "b", "c"].map((name) => exampleUser(name)) }),
          },
          settings: { broadFrom: 2 },
        },
      ],
      good: [
        {
          project: {
            connections: [exampleKeyConnection()],
            resourceRoles: [roleOf("Endpoint Administrators", "Administrator"), roleOf("Contributors", "Reader")],
          },
        },
        {
          project: { connections: [exampleKeyConnection()], resourceRoles: [roleOf("Release team", "User")] },
          organization: { people: examplePeople({ "Release team": [exampleUser("ada")] }) },
        },
      ],
    },
  }),
];

/** A connection to a tool is worth less than one to a cloud, unless it is production by its name. */
function worth({ name }: ConnectionFact, reach: ConnectionReach, severity: Severity, { settings }: PostureContext) {
  const isLess = reach !== "cloud" && reach !== "target" && !isProduction(name, settings.productionWords);
  return isLess
    ? { severity: "medium" as const, because: { severityBecause: reachWords[reach] } }
    : { severity, because: {} };
}

function guarded(
  connection: ConnectionFact,
  checks: readonly CheckFact[],
  { settings }: PostureContext,
): PostureAnswer {
  const reach = reachOf(connection);
  const isSensitive =
    reach === "cloud" || reach === "target" || isProduction(connection.name, settings.productionWords);
  if (!isSensitive || gatesOf(checks, "connection", connection.id).length > 0) return pass;
  const others = checksOf(checks, "connection", connection.id);
  const outside = others.find(({ settings: { is } }) => is === "other");
  const said = others.length === 0 ? "no check that is on" : `only ${others.map(sayCheck).join(", ")}`;
  return fail(
    outside ? "medium" : "high",
    `${said} stands between a run of any branch and ${reach === "cloud" ? "the cloud" : "it"}`,
    {
      ...(outside && { severityBecause: `${sayCheck(outside)} may stop runs; what it decides is not known` }),
      evidence: [
        {
          what: `checks of endpoint ${connection.id} (${connection.type}): ${others.length === 0 ? "none is enabled" : others.map(sayCheck).join(", ")}`,
          url: connection.pageUrl,
        },
      ],
      fix: `Add "Branch control" to "${connection.name}" (… > Approvals and checks) for its protected branches, with "Verify branch protection" on.`,
    },
  );
}
