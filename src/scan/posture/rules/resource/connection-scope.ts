/** How far a service connection reaches: into Azure, and into other projects. What its identity may do in Azure is known there alone. */
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import type { ConnectionFact } from "#model/posture/resource-facts.ts";
import { hasWord, isProduction } from "../../facts/production.ts";
import { connectionResource, isToldHere } from "../../facts/resources-of.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, notEvaluated, onProjects, type PostureRule, pass } from "../../posture-rule.ts";
import { exampleKeyConnection } from "../../resource-examples.ts";

const security = "https://learn.microsoft.com/azure/devops/pipelines/library/service-endpoints";
const subscription = "/subscriptions/00000000-1111-4111-8111-111111111111";

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/connection-cloud-scope-wide",
    aliases: ["ado-sc-cloud-scope-wide", "ADO_ServiceConnection_AuthZ_Use_Least_Privilege_Access", "ADO-SC-004"],
    category: "resource",
    title: "A service connection reaches a whole subscription",
    severity: "high",
    risks: ["CICD-SEC-5"],
    why: "Whoever takes over one pipeline with this connection has its role on everything in the subscription, not just on what is deployed.",
    abuse:
      "A step lists and changes resources of other teams in the same subscription, with the rights of the connection.",
    fix: "Make a connection whose scope is the resource group that is deployed to, with the smallest role that does; then take away the role of this one on the subscription.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/library/connect-to-azure"],
    needs: ["connections"],
    checkProject: ({ connections, project, organization }, context) =>
      connections
        .filter(({ id, type }) => /^azurerm$/i.test(type) && isToldHere("connections", id, project, organization))
        .map((connection) => ({
          resource: connectionResource(connection, project),
          answer: reaching(connection, context),
        })),
    examples: {
      bad: [
        { project: { connections: [exampleKeyConnection({ data: { scopeLevel: "Subscription" } })] } },
        { project: { connections: [exampleKeyConnection({ data: { scopeLevel: "ManagementGroup" } })] } },
        {
          project: {
            connections: [
              exampleKeyConnection({ data: { scopeLevel: "Subscription" }, parameters: { scope: subscription } }),
            ],
          },
        },
      ],
      good: [
        {
          project: {
            connections: [
              exampleKeyConnection({
                data: { scopeLevel: "Subscription" },
                parameters: { scope: `${subscription}/resourcegroups/payments` },
              }),
            ],
          },
        },
        { project: { connections: [exampleKeyConnection({ data: { scopeLevel: "AzureMLWorkspace" } })] } },
      ],
    },
  }),
  onProjects({
    id: "cicd/connection-shared-across-projects",
    aliases: ["ado-sc-shared-across-projects", "ADO_ServiceConnection_SI_Dont_Share_Across_Projects"],
    category: "resource",
    title: "A service connection is shared with several projects",
    severity: "medium",
    risks: ["CICD-SEC-5"],
    why: "The project that guards its pipelines least decides who signs in with the connection.",
    abuse:
      "Somebody with rights in one of the other projects only uses the connection from there, past the checks of its own project.",
    fix: "Make a connection of its own for each project, with an identity that reaches what this project needs, and delete the shared one.",
    links: [security],
    needs: ["connections"],
    checkProject: ({ connections, project, organization }) =>
      connections
        .filter(({ id }) => isToldHere("connections", id, project, organization))
        .map((connection) => ({
          resource: connectionResource(connection, project),
          answer: sharing(connection, organization.projects),
        })),
    examples: {
      bad: [
        { project: { connections: [exampleKeyConnection({ isShared: true, projectIds: ["p1", "p2"] })] } },
        { project: { connections: [exampleKeyConnection({ isShared: true })] } },
      ],
      good: [{ project: { connections: [exampleKeyConnection()] } }],
    },
  }),
];

const playgrounds: readonly string[] = [
  "dev",
  "develop",
  "development",
  "test",
  "testing",
  "sandbox",
  "playground",
  "lab",
];

function reaching(
  { id, name, data, parameters, pageUrl }: ConnectionFact,
  { settings }: PostureContext,
): PostureAnswer {
  const level = fieldOf(data, "scopelevel");
  const scope = fieldOf(parameters, "scope") ?? fieldOf(data, "scope");
  if (scope !== undefined && /\/resourcegroups\/[^/]/i.test(scope)) return pass;
  if (level === undefined && scope === undefined)
    return notEvaluated("Azure DevOps does not tell what the connection is limited to.");
  const isGroup = /^managementgroup$/i.test(level ?? "") || /\/managementgroups\//i.test(scope ?? "");
  const isWhole = isGroup || /^subscription$/i.test(level ?? "") || /^\/subscriptions\/[^/]+\/?$/i.test(scope ?? "");
  if (!isWhole) return pass;
  const target = fieldOf(data, isGroup ? "managementgroupname" : "subscriptionname");
  const called = target === undefined || target === "" ? "" : ` ${target}`;
  const words = `${name} ${target ?? ""}`;
  const isPlayground = hasWord(words, playgrounds) && !isProduction(words, settings.productionWords);
  return fail(
    isGroup ? "critical" : isPlayground ? "medium" : "high",
    isGroup
      ? `it reaches all subscriptions of the management group${called}`
      : `it reaches the whole subscription${called}`,
    {
      ...(isGroup && { severityBecause: "a management group holds several subscriptions" }),
      ...(isPlayground && !isGroup && { severityBecause: "its name says that nothing of production is there" }),
      evidence: [
        {
          what: `serviceendpoint ${id}: data.scopeLevel = ${level ?? "(none)"}, authorization.parameters.scope = ${scope ?? "(none)"}`,
          url: pageUrl,
        },
      ],
    },
  );
}

function fieldOf(values: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(values).find(([key]) => key.toLowerCase() === name)?.[1];
}

function sharing(
  { isShared, projectIds, pageUrl, id }: ConnectionFact,
  projects: readonly ProjectFacts[],
): PostureAnswer {
  if (!isShared && projectIds.length < 2) return pass;
  const known = projects.filter((project) => projectIds.some((other) => other === project.id));
  const open = known.find(({ visibility }) => visibility === "public");
  const count = Math.max(projectIds.length, 1);
  const where = count > 1 ? `${count} projects may use it` : "it is marked as shared with other projects";
  return fail(open ? "high" : "medium", known.length > 1 ? `${where}: ${namesOf(known)}` : where, {
    ...(open && { severityBecause: `the project ${open.name} is public` }),
    evidence: [
      {
        what: `serviceendpoint ${id}: isShared = ${isShared}, serviceEndpointProjectReferences has ${count}`,
        url: pageUrl,
      },
    ],
  });
}

function namesOf(projects: readonly ProjectFacts[]): string {
  const names = projects.slice(0, 5).map(({ name }) => name);
  return projects.length > 5 ? `${names.join(", ")} and ${projects.length - 5} more` : names.join(", ");
}
