/** What a service connection signs in with: how long its secret lives, whose it is, and whether anybody needs it. */
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import type { ConnectionFact } from "#model/posture/resource-facts.ts";
import type { Severity } from "#model/severity.ts";
import { examplePipeline } from "../../example-facts.ts";
import { type ConnectionSecret, secretOf } from "../../facts/connection-secret.ts";
import { isProduction } from "../../facts/production.ts";
import { connectionResource, isToldHere } from "../../facts/resources-of.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, notEvaluated, onProjects, type PostureRule, pass } from "../../posture-rule.ts";
import { exampleConnectionId, exampleKeyConnection } from "../../resource-examples.ts";

const federation = "https://learn.microsoft.com/azure/devops/pipelines/library/connect-to-azure";
const webhookResource = "https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/resources-webhooks-webhook";
const webhook = exampleKeyConnection({
  name: "build-hook",
  type: "incomingwebhook",
  scheme: "None",
  secretParameters: [],
});
const hookEvidence = { what: "azure-pipelines.yml:4" };
const hookedPipeline = (name: string) =>
  examplePipeline({
    exposure: {
      pullRequests: false,
      forks: false,
      openBranches: false,
      webhooks: [{ connection: name, hasSecret: false, evidence: hookEvidence }],
    },
  });

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/connection-long-lived-secret",
    aliases: ["ado-sc-long-lived-secret", "ADO-SC-005", "ADO_ServiceConnection_AuthN_Use_Cert_Auth_for_SPN"],
    category: "resource",
    title: "A service connection signs in with a stored secret",
    severity: "high",
    risks: ["CICD-SEC-6"],
    why: "Whoever runs one job with the connection can copy the secret and use it from anywhere, until somebody changes it.",
    abuse:
      "A step prints or sends the key that the job signs in with; months later it still opens the cloud, without any pipeline.",
    fix: 'Project settings > Service connections > the connection > "Convert" to workload identity federation; or make a new one with federation, move the pipelines, delete this one, and revoke its secret.',
    links: [federation],
    needs: ["connections"],
    checkProject: ({ connections, project, organization }, context) =>
      connections
        .filter(({ id }) => isToldHere("connections", id, project, organization))
        .flatMap((connection) => {
          const secret = secretOf(connection);
          if (!secret) return [];
          return [{ resource: connectionResource(connection, project), answer: storing(connection, secret, context) }];
        }),
    examples: {
      bad: [
        { project: { connections: [exampleKeyConnection()] } },
        { project: { connections: [exampleKeyConnection({ parameters: { authenticationtype: "spnCertificate" } })] } },
        { project: { connections: [exampleKeyConnection({ type: "AWS", scheme: "UsernamePassword" })] } },
        { project: { connections: [exampleKeyConnection({ type: "kubernetes", scheme: "Kubernetes" })] } },
        { project: { connections: [exampleKeyConnection({ type: "dockerregistry", scheme: "UsernamePassword" })] } },
      ],
      good: [
        { project: { connections: [exampleKeyConnection({ scheme: "WorkloadIdentityFederation" })] } },
        { project: { connections: [exampleKeyConnection({ scheme: "ManagedServiceIdentity" })] } },
        {
          project: {
            connections: [
              exampleKeyConnection({ type: "AWS", scheme: "UsernamePassword", parameters: { useOIDC: "true" } }),
            ],
          },
        },
        {
          project: {
            connections: [exampleKeyConnection({ type: "dockerregistry", scheme: "WorkloadIdentityFederation" })],
          },
        },
      ],
    },
  }),
  onProjects({
    id: "cicd/connection-classic-azure",
    aliases: ["ado-sc-classic-azure", "ADO_ServiceConnection_AuthZ_Dont_Use_Classic_Connections"],
    category: "resource",
    title: "A service connection uses classic Azure",
    severity: "high",
    risks: ["CICD-SEC-6"],
    why: "A management certificate has the rights of a co-administrator of the whole subscription and cannot be limited.",
    abuse: "One job with the connection takes the certificate and manages everything in the subscription with it.",
    fix: 'Make an "Azure Resource Manager" connection with workload identity federation, move the pipelines to it, and delete this one with its certificate.',
    links: [federation],
    needs: ["connections"],
    checkProject: ({ connections, project, organization }) =>
      connections
        .filter(({ id, type }) => /^azure(?:rm)?$/i.test(type) && isToldHere("connections", id, project, organization))
        .map((connection) => ({
          resource: connectionResource(connection, project),
          answer:
            connection.type.toLowerCase() === "azurerm"
              ? pass
              : fail("high", `it signs in to classic Azure (${connection.scheme})`, {
                  evidence: [
                    { what: `serviceendpoint ${connection.id}: type = ${connection.type}`, url: connection.pageUrl },
                  ],
                }),
        })),
    examples: {
      bad: [{ project: { connections: [exampleKeyConnection({ type: "azure", scheme: "Certificate" })] } }],
      good: [{ project: { connections: [exampleKeyConnection()] } }],
    },
  }),
  onProjects({
    id: "cicd/connection-github-personal-token",
    aliases: ["ado-sc-github-user-token", "ADO-SC-008"],
    category: "resource",
    title: "A connection to GitHub acts as a person",
    severity: "medium",
    risks: ["CICD-SEC-6"],
    why: "Pipelines get all rights that this person has on GitHub, also on repositories that have nothing to do with them.",
    abuse: "A step uses the token of the connection to push to another repository of the person who made it.",
    fix: "Install the Azure Pipelines app in the GitHub organization, limited to the repositories that are built, and use the connection that it makes.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/repos/github"],
    needs: ["connections"],
    checkProject: ({ connections, project, organization }) =>
      connections
        .filter(({ id, type }) => /^github/i.test(type) && isToldHere("connections", id, project, organization))
        .map((connection) => ({ resource: connectionResource(connection, project), answer: acting(connection) })),
    examples: {
      bad: [
        { project: { connections: [exampleKeyConnection({ type: "github", scheme: "PersonalAccessToken" })] } },
        { project: { connections: [exampleKeyConnection({ type: "GitHub", scheme: "OAuth" })] } },
      ],
      good: [{ project: { connections: [exampleKeyConnection({ type: "github", scheme: "InstallationToken" })] } }],
    },
  }),
  onProjects({
    id: "cicd/connection-webhook-without-secret",
    aliases: ["ado-sc-webhook-no-secret"],
    category: "resource",
    title: "An incoming webhook takes calls from anybody",
    severity: "high",
    risks: ["CICD-SEC-4"],
    why: "The address is public and needs no account: who knows the names of the webhook and the organization starts its pipelines, with content of their choice.",
    abuse:
      "Somebody outside posts JSON to the address; each pipeline that lists the webhook runs, and puts parts of that JSON where it uses them.",
    fix: 'Project settings > Service connections > the webhook: set "Secret" and "Http Header", and give the same secret to the caller.',
    links: [webhookResource],
    needs: ["connections"],
    checkProject: ({ connections, project, organization }, context) =>
      connections
        .filter(
          ({ id, type }) => /^incomingwebhook$/i.test(type) && isToldHere("connections", id, project, organization),
        )
        .map((connection) => ({
          resource: connectionResource(connection, project),
          answer: hooked(connection, project.id, context),
        })),
    examples: {
      bad: [
        { project: { connections: [webhook] }, pipelines: [hookedPipeline("build-hook")] },
        { project: { connections: [webhook] } },
      ],
      good: [{ project: { connections: [exampleKeyConnection({ ...webhook, secretParameters: ["secret"] })] } }],
    },
  }),
  onProjects({
    id: "cicd/connection-unused",
    aliases: ["ado-sc-unused", "ADO_ServiceConnection_DP_Review_Inactive_Connection"],
    category: "resource",
    title: "Nobody uses a service connection any more",
    severity: "low",
    risks: ["CICD-SEC-6"],
    why: "Its secret still works and nobody would notice who uses it.",
    abuse: "Somebody who finds a forgotten connection signs in with it, and no team watches what it does.",
    fix: "Disable the connection (Project settings > Service connections > the connection > …), wait for complaints, then delete it and revoke its secret.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/library/service-endpoints"],
    needs: ["connections", "connectionUses"],
    checkProject: ({ connections, project, organization }, context) => {
      const all = organization.projects.flatMap(({ connectionUses: fact }) => (fact.is === "known" ? fact.value : []));
      return connections
        .filter(
          ({ id, type }) => !/^incomingwebhook$/i.test(type) && isToldHere("connections", id, project, organization),
        )
        .map((connection) => {
          const own = all.filter(({ connectionId }) => connectionId === connection.id);
          const times = own.flatMap(({ uses }) => uses.map(({ at }) => at ?? ""));
          const answer = own.length === 0 ? undefined : idling(connection, times, context);
          return {
            resource: connectionResource(connection, project),
            answer: answer ?? notEvaluated("Azure DevOps did not tell what has used it."),
          };
        });
    },
    examples: {
      bad: [
        {
          project: {
            connections: [exampleKeyConnection()],
            connectionUses: [{ connectionId: exampleConnectionId, uses: [{ at: "2025-05-01T00:00:00Z" }] }],
          },
        },
        {
          project: {
            connections: [exampleKeyConnection()],
            connectionUses: [{ connectionId: exampleConnectionId, uses: [] }],
          },
        },
      ],
      good: [
        {
          project: {
            connections: [exampleKeyConnection()],
            connectionUses: [{ connectionId: exampleConnectionId, uses: [{ at: "2026-02-01T00:00:00Z" }] }],
          },
        },
      ],
    },
  }),
];

function storing(
  { id, name, type, pageUrl }: ConnectionFact,
  secret: ConnectionSecret,
  { settings }: PostureContext,
): PostureAnswer {
  if (secret.is === "short-lived") return pass;
  const isProductive = isProduction(name, settings.productionWords);
  const severity: Severity =
    secret.is === "certificate" || (secret.is === "registry" && !isProductive) ? "medium" : "high";
  return fail(severity, secret.says, {
    ...(severity === "medium" && {
      severityBecause:
        secret.is === "certificate"
          ? "a certificate is harder to carry away than a key"
          : "it opens a registry, not a cloud",
    }),
    evidence: [{ what: `serviceendpoint ${id} (${type}): ${secret.proof}`, url: pageUrl }],
    fix: secret.fix,
  });
}

function acting({ id, scheme, pageUrl, createdBy }: ConnectionFact): PostureAnswer {
  if (/^installationtoken$/i.test(scheme)) return pass;
  if (scheme === "") return notEvaluated("Azure DevOps does not tell what it signs in with.");
  const who = createdBy === undefined ? "the person who made it" : createdBy;
  return fail("medium", `it signs in to GitHub as ${who} (${scheme})`, {
    evidence: [{ what: `serviceendpoint ${id}: authorization.scheme = ${scheme}`, url: pageUrl }],
  });
}

function hooked(
  { id, name, secretParameters, pageUrl }: ConnectionFact,
  projectId: string,
  { pipelines }: PostureContext,
): PostureAnswer {
  if (secretParameters.length > 0) return pass;
  const own = pipelines.filter((pipeline) => pipeline.projectId === projectId);
  const started = own.flatMap(({ definition, exposure, injections }) =>
    exposure.webhooks
      .filter(({ connection }) => connection.toLowerCase() === name.toLowerCase() || connection === id)
      .map(({ evidence }) => ({ definition, evidence, isInjected: injections.some(({ by }) => by === "webhook") })),
  );
  const injected = started.find(({ isInjected }) => isInjected);
  const isUnheard = started.length === 0 && own.length > 0 && own.every(({ gaps }) => gaps.length === 0);
  const why =
    started.length > 0
      ? `whoever knows its address starts ${started
          .map(({ definition }) => definition.name)
          .slice(0, 5)
          .join(", ")}`
      : "whoever knows its address may call it";
  return fail(injected ? "critical" : isUnheard ? "low" : "high", why, {
    ...(injected && { severityBecause: `${injected.definition.name} puts what is sent into a script` }),
    ...(isUnheard && { severityBecause: "no pipeline that was read listens to it" }),
    evidence: [
      { what: `serviceendpoint ${id} (incomingwebhook): authorization.parameters has no secret`, url: pageUrl },
      ...started.slice(0, 5).map(({ evidence }) => evidence),
    ],
  });
}

const day = 24 * 60 * 60 * 1000;

/** Undefined if no use has a time. */
function idling(
  { id, pageUrl }: ConnectionFact,
  times: readonly string[],
  { settings: { idleAfter }, now }: PostureContext,
): PostureAnswer | undefined {
  const last = times
    .filter((at) => at !== "")
    .sort()
    .at(-1);
  if (last === undefined && times.length > 0) return undefined;
  if (last !== undefined && now.getTime() - Date.parse(last) <= idleAfter * day) return pass;
  const why =
    last === undefined ? "no run is known that used it" : `the last run that used it was on ${last.slice(0, 10)}`;
  const said = last === undefined ? "is empty" : `ends on ${last}`;
  return fail("low", why, { evidence: [{ what: `serviceendpoint ${id}: executionhistory ${said}`, url: pageUrl }] });
}
