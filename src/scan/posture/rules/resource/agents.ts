/** Machines of own agent pools: whether jobs share them, how old their agent is, and what they tell about themselves. */
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { Evidence, PostureAnswer } from "#model/posture/posture-result.ts";
import type { AgentFact, PoolFact } from "#model/posture/resource-facts.ts";
import { examplePipeline } from "../../example-facts.ts";
import { exposureOfPool } from "../../facts/pool-exposure.ts";
import { poolResource } from "../../facts/resources-of.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, notEvaluated, onOrganization, type PostureRule, pass } from "../../posture-rule.ts";
import { exampleAgent, examplePool } from "../../resource-examples.ts";

const scaleSets = "https://learn.microsoft.com/azure/devops/pipelines/agents/scale-set-agents";
const agents = "https://learn.microsoft.com/azure/devops/pipelines/agents/agents";
const queue = { id: 9, name: "build-machines", poolId: 2 };
const used = examplePipeline({
  uses: [
    {
      kind: "queue",
      name: "build-machines",
      id: "9",
      certainty: "authorised",
      evidence: { what: "azure-pipelines.yml:3" },
    },
  ],
});
const reached = examplePipeline({
  ...used,
  exposure: { ...used.exposure, pullRequests: { what: "branch policy 4: build validation of definition 7" } },
});

export const rules: readonly PostureRule[] = [
  onOrganization({
    id: "cicd/pool-machines-reused",
    aliases: ["ado-pool-not-ephemeral", "ADO-013"],
    category: "resource",
    title: "Unreviewed code runs on machines that later jobs use",
    severity: "medium",
    risks: ["CICD-SEC-7"],
    why: "What the code of one pull request changes on the machine is still there when the next job, with its secrets, runs.",
    abuse:
      "A pull request replaces a tool or puts a hook into a work folder; the next deployment on the machine runs it.",
    fix: 'Use a scale set: Organization settings > Agent pools > the pool > Settings: tick "Automatically tear down virtual machines after every use"; or let pull requests use hosted agents.',
    links: [scaleSets],
    needs: ["pools"],
    checkOrganization: ({ pools, organization }, context) =>
      pools.map((pool) => ({ resource: poolResource(pool), answer: reused(pool, organization, context) })),
    examples: {
      bad: [
        { organization: { pools: [examplePool()] }, project: { queues: [queue] }, pipelines: [reached] },
        {
          organization: { pools: [examplePool({ elastic: { recycleAfterEachUse: false } })] },
          project: { queues: [queue] },
          pipelines: [reached],
        },
      ],
      good: [
        {
          organization: { pools: [examplePool({ elastic: { recycleAfterEachUse: true } })] },
          project: { queues: [queue] },
          pipelines: [reached],
        },
        { organization: { pools: [examplePool()] }, project: { queues: [queue] }, pipelines: [used] },
        {
          organization: { pools: [examplePool({ isHosted: true })] },
          project: { queues: [queue] },
          pipelines: [reached],
        },
      ],
    },
  }),
  onOrganization({
    id: "cicd/pool-agents-outdated",
    aliases: ["ado-pool-agent-outdated", "ADO_AgentPool_DP_Enable_Auto_Update"],
    category: "resource",
    title: "Agents are old, forgotten, or not updated",
    severity: "medium",
    risks: ["CICD-SEC-7"],
    why: "Old agents lack later repairs, of how secrets are masked and arguments are cleaned, and nobody looks after forgotten machines.",
    abuse:
      "Somebody uses a published hole of the old agent, or takes over a machine that nobody has patched for months.",
    fix: 'Organization settings > Agent pools > the pool > Settings: tick "Allow agents in this pool to automatically update"; choose "Update all agents", and delete agents that are gone.',
    links: [agents],
    needs: ["pools"],
    checkOrganization: ({ pools }, context) =>
      pools.map((pool) => ({ resource: poolResource(pool), answer: aged(pool, newestOf(pools), context) })),
    examples: {
      bad: [
        { organization: { pools: [examplePool({ autoUpdate: false, agents: [exampleAgent()] })] } },
        { organization: { pools: [examplePool({ agents: [exampleAgent({ version: "2.220.0" })] })] } },
        {
          organization: {
            pools: [
              examplePool({ agents: [exampleAgent(), exampleAgent({ id: 2, name: "vm-2", version: "4.230.1" })] }),
            ],
          },
        },
        {
          organization: {
            pools: [examplePool({ agents: [exampleAgent({ isOnline: false, changedAt: "2025-10-01T00:00:00Z" })] })],
          },
        },
      ],
      good: [
        {
          organization: {
            pools: [
              examplePool({
                agents: [exampleAgent(), exampleAgent({ id: 2, isOnline: false, changedAt: "2026-02-20T00:00:00Z" })],
              }),
            ],
          },
        },
        { organization: { pools: [examplePool({ isHosted: true, autoUpdate: false })] } },
      ],
    },
  }),
  onOrganization({
    id: "cicd/pool-secret-in-capabilities",
    aliases: ["ado-pool-secret-in-capabilities", "ADO_AgentPool_DP_No_Secrets_In_Capabilities"],
    category: "resource",
    title: "The capabilities of an agent show a secret",
    severity: "high",
    risks: ["CICD-SEC-6"],
    why: "An agent publishes the environment of its machine as capabilities; everybody who may see the pool reads them.",
    abuse: "A member opens the page of the agent and takes the secret from the list of its capabilities.",
    fix: "Change the secret where it is from, take the variable out of the environment of the agent (or list it in VSO_AGENT_IGNORE), and start the agent again.",
    links: [agents],
    needs: ["pools"],
    checkOrganization: ({ pools }) => pools.map((pool) => ({ resource: poolResource(pool), answer: telling(pool) })),
    examples: {
      bad: [
        {
          organization: {
            pools: [
              examplePool({
                agents: [
                  exampleAgent({
                    secretCapabilities: [
                      { name: "NUGET_KEY", look: { rule: "secrets/nuget-api-key", masked: "oy2a… (46 characters)" } },
                    ],
                  }),
                ],
              }),
            ],
          },
        },
      ],
      good: [{ organization: { pools: [examplePool({ agents: [exampleAgent()] })] } }],
    },
  }),
];

function reused(pool: PoolFact, organization: OrganizationFacts, { pipelines }: PostureContext): PostureAnswer {
  if (pool.isHosted || pool.elastic?.recycleAfterEachUse === true) return pass;
  const { exposed, unsure } = exposureOfPool(pool, organization, pipelines);
  const worst = exposed.find(({ isFork }) => isFork) ?? exposed[0];
  if (worst) {
    const more = exposed.length > 1 ? `, and ${exposed.length - 1} more pipelines like it` : "";
    const kept = pool.elastic ? "recycleAfterEachUse = false" : "it is no scale set, so agents stay";
    return fail(worst.isFork ? "high" : "medium", `${worst.pipeline} runs there: ${worst.says}${more}`, {
      ...(worst.isFork && { severityBecause: "the code comes from outside" }),
      evidence: [
        { what: `pool ${pool.id}: ${kept}`, url: pool.url },
        ...exposed.slice(0, 5).flatMap(({ evidence }) => evidence),
      ],
    });
  }
  if (unsure.length > 0) {
    return notEvaluated(
      `Who starts these pipelines, which run there, is not fully known: ${unsure.slice(0, 5).join(", ")}.`,
    );
  }
  const judged = new Set(pipelines.map(({ projectId }) => projectId));
  const unread = organization.projects.find(({ id, queues, definitions }) => {
    if (judged.has(id)) return false;
    if (queues.is === "unknown") return true;
    return definitions.is === "unknown" && queues.value.some(({ poolId }) => poolId === pool.id);
  });
  return unread ? notEvaluated(`Which pipelines of ${unread.name} run there is not known.`) : pass;
}

/** Minor versions come every few weeks: this is more than a year. */
const mostMinors = 20;
const oldestMajor = 3;

type Version = readonly [major: number, minor: number];

function versionOf({ version }: AgentFact): Version | undefined {
  const [, major, minor] = /^(\d{1,4})\.(\d{1,6})\./.exec(version) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
}

/** What is out is not known here; what some agent runs is. */
function newestOf(pools: readonly PoolFact[]): Version {
  const versions = pools.flatMap(({ agents: all }) => all.flatMap((agent) => [versionOf(agent) ?? ([0, 0] as const)]));
  return versions.reduce<Version>((a, b) => (b[0] > a[0] || (b[0] === a[0] && b[1] > a[1]) ? b : a), [oldestMajor, 0]);
}

function aged(pool: PoolFact, newest: Version, { settings, now }: PostureContext): PostureAnswer {
  if (pool.isHosted) return pass;
  const said: string[] = [];
  const evidence: Evidence[] = [];
  if (!pool.autoUpdate) {
    said.push("agents are not updated by themselves");
    evidence.push({ what: `pool ${pool.id}: autoUpdate = false`, url: pool.url });
  }
  const old = pool.agents.filter((agent) => isOld(agent, newest));
  if (old.length > 0) said.push(`the agent is old on ${sayAgents(old)}`);
  const gone = pool.elastic ? [] : pool.agents.filter((agent) => isGone(agent, settings.staleAfter, now));
  if (gone.length > 0) said.push(`nothing was heard for more than ${settings.staleAfter} days of ${sayAgents(gone)}`);
  for (const { id, name, version, isOnline, changedAt } of new Set([...old, ...gone].slice(0, 20))) {
    const seen = isOnline ? "online" : `offline since ${changedAt ?? "an unknown day"}`;
    evidence.push({ what: `pool ${pool.id}, agent ${id} (${name}): version = ${version}, ${seen}`, url: pool.url });
  }
  if (said.length === 0) return fineAsFarAsKnown(pool);
  const isMild = pool.agents.length === 0 && pool.agentsUnknown === undefined;
  return fail(isMild ? "low" : "medium", said.join("; "), {
    ...(isMild && { severityBecause: "it has no agents now" }),
    evidence,
  });
}

function fineAsFarAsKnown({ agentsUnknown }: PoolFact): PostureAnswer {
  return agentsUnknown === undefined ? pass : notEvaluated(agentsUnknown);
}

function isOld(agent: AgentFact, newest: Version): boolean {
  const version = versionOf(agent);
  if (!version) return false;
  return version[0] < newest[0] - 1 || version[0] < oldestMajor || version[1] < newest[1] - mostMinors;
}

function isGone({ isOnline, changedAt }: AgentFact, days: number, now: Date): boolean {
  return !isOnline && changedAt !== undefined && now.getTime() - Date.parse(changedAt) > days * 24 * 60 * 60 * 1000;
}

function sayAgents(list: readonly AgentFact[]): string {
  const names = list.slice(0, 3).map(({ name }) => name);
  return list.length > 3 ? `${names.join(", ")} and ${list.length - 3} more` : names.join(", ");
}

function telling(pool: PoolFact): PostureAnswer {
  const shown = pool.agents.flatMap((agent) => agent.secretCapabilities.map((capability) => ({ agent, capability })));
  const [first] = shown;
  if (!first) return fineAsFarAsKnown(pool);
  const more = shown.length > 1 ? `, and ${shown.length - 1} more` : "";
  return fail("high", `${first.capability.name} of ${first.agent.name} looks like a secret${more}`, {
    evidence: shown.slice(0, 20).map(({ agent, capability: { name, look } }) => ({
      what: `pool ${pool.id}, agent ${agent.id} (${agent.name}): capability ${name}, ${look.rule} ${look.masked}`,
      url: pool.url,
    })),
  });
}
