/** Agent pools of one's own machines: which pipelines and projects run code on them. Hosted pools are new machines each time. */
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { Evidence, PostureAnswer } from "#model/posture/posture-result.ts";
import type { PoolFact, QueueFact } from "#model/posture/resource-facts.ts";
import type { Severity } from "#model/severity.ts";
import { reachOf } from "../../facts/connection-reach.ts";
import { answerOnOpen } from "../../facts/open-to-all.ts";
import { isProduction } from "../../facts/production.ts";
import { poolResource, queueResource } from "../../facts/resources-of.ts";
import type { PostureContext } from "../../posture-context.ts";
import {
  fail,
  notEvaluated,
  onOrganization,
  onProjects,
  type PostureRule,
  pass,
  projectResource,
} from "../../posture-rule.ts";
import { exampleAgent, exampleEnvironment, examplePermission, examplePool } from "../../resource-examples.ts";

const pools = "https://learn.microsoft.com/azure/devops/pipelines/agents/pools-queues";
const queue = { id: 9, name: "build-machines", poolId: 2 };
const filled = examplePool({ agents: [exampleAgent()] });
const hosted = examplePool({ name: "Azure Pipelines", isHosted: true });

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/pool-open-to-all-pipelines",
    aliases: ["ado-pool-open", "ADO_AgentPool_AuthZ_Dont_Grant_All_Pipelines_Access"],
    category: "resource",
    title: "A pool of own machines is open to every pipeline",
    severity: "high",
    risks: ["CICD-SEC-5"],
    why: "Whoever may add or change any pipeline of the project runs commands on machines inside the network.",
    abuse:
      "A contributor adds a pipeline with this pool and looks around from its machine: other jobs, caches, what it can reach.",
    fix: 'Project settings > Agent pools > the pool > Security > Pipeline permissions > "Restrict permission": add the pipelines that need it.',
    links: [pools],
    needs: ["queues", "pools", "pipelinePermissions"],
    checkProject: ({ queues, pools: all, pipelinePermissions, project, organization }, context) =>
      queues.map((one) => {
        const resource = queueResource(one, project, organization);
        const pool = all.find(({ id }) => id === one.poolId);
        if (!pool) return { resource, answer: unknownPool(one) };
        if (pool.isHosted) return { resource, answer: pass };
        const fix = `Project settings > Agent pools > ${one.name} > Security > Pipeline permissions: restrict it to the pipelines that need these machines.`;
        const asked = { permissions: pipelinePermissions, kind: "queue" as const, resource, project, organization };
        return { resource, answer: answerOnOpen({ ...asked, ...weight(pool), isPrize: false, fix }, context) };
      }),
    examples: {
      bad: [
        {
          project: { queues: [queue], pipelinePermissions: [examplePermission("queue", "9", true)] },
          organization: { pools: [filled] },
        },
      ],
      good: [
        {
          project: { queues: [queue], pipelinePermissions: [examplePermission("queue", "9", false)] },
          organization: { pools: [filled] },
        },
        {
          project: { queues: [queue], pipelinePermissions: [examplePermission("queue", "9", true)] },
          organization: { pools: [hosted] },
        },
      ],
    },
  }),
  onProjects({
    id: "cicd/pool-in-public-project",
    aliases: ["ado-pool-public-project", "Runner Group Should Be Limited to Private Repositories"],
    category: "resource",
    title: "A public project runs on own machines",
    severity: "critical",
    risks: ["CICD-SEC-7"],
    why: "Everybody on the internet may propose code to the project; what runs it stands inside the network and keeps its state.",
    abuse:
      "Somebody forks the repository, opens a pull request, and their script runs on the machine, with its network and what earlier jobs left.",
    fix: "Let the pipelines of this project use hosted agents, and remove the queue: Project settings > Agent pools > the pool > Delete.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/security/misc"],
    needs: ["queues", "pools"],
    checkProject({ queues, pools: all, project, organization }) {
      if (project.visibility !== "public") return [{ resource: projectResource(organization, project), answer: pass }];
      return queues.map((one) => {
        const resource = queueResource(one, project, organization);
        const pool = all.find(({ id }) => id === one.poolId);
        return { resource, answer: pool ? exposed(one, pool, project, resource.url) : unknownPool(one) };
      });
    },
    examples: {
      bad: [
        {
          visibility: "public",
          project: { queues: [queue], generalSettings: { buildsEnabledForForks: true } },
          organization: { pools: [filled] },
        },
        { visibility: "public", project: { queues: [queue] }, organization: { pools: [filled] } },
      ],
      good: [
        { visibility: "public", project: { queues: [queue] }, organization: { pools: [hosted] } },
        { project: { queues: [queue] }, organization: { pools: [filled] } },
      ],
    },
  }),
  onOrganization({
    id: "cicd/pool-shared-across-zones",
    aliases: ["ado-pool-shared-or-autoprovision", "ADO_AgentPool_AuthZ_Dont_Enable_Auto_Provisioning"],
    category: "resource",
    title: "Projects of different worth share the same machines",
    severity: "medium",
    risks: ["CICD-SEC-5"],
    why: "What a job of the less guarded project leaves on the machine meets the jobs that deploy to production.",
    abuse:
      "Somebody who may change a pipeline of one project puts a changed tool on the machine, and the other project's deployment runs it.",
    fix: 'Organization settings > Agent pools > the pool: switch off "Auto-provision this agent pool in all projects", and make a pool for each project or level of trust.',
    links: [pools],
    needs: ["pools"],
    checkOrganization: ({ pools: all, organization }, context) =>
      all.map((pool) => ({ resource: poolResource(pool), answer: shared(pool, organization, context) })),
    examples: {
      bad: [
        { organization: { pools: [examplePool({ autoProvision: true, agents: [exampleAgent()] })] } },
        {
          organization: { pools: [filled] },
          project: { queues: [queue], environments: [exampleEnvironment("production")], connections: [] },
          others: { Playground: { queues: [{ ...queue, id: 10 }], environments: [], connections: [] } },
        },
      ],
      good: [
        {
          organization: { pools: [filled] },
          project: { queues: [queue], environments: [exampleEnvironment("production")], connections: [] },
          others: { Playground: { queues: [], environments: [], connections: [] } },
        },
        { organization: { pools: [hosted] } },
      ],
    },
  }),
];

/** The pool "Default" is in every project, mostly without a machine. */
function isEmpty({ agents, agentsUnknown, elastic }: PoolFact): boolean {
  return agents.length === 0 && agentsUnknown === undefined && elastic === undefined;
}

const emptyBecause = "the pool has no machines now";

function weight(pool: PoolFact): { readonly severity: Severity; readonly severityBecause?: string } {
  return isEmpty(pool) ? { severity: "low", severityBecause: emptyBecause } : { severity: "high" };
}

function unknownPool({ id, poolId }: QueueFact): PostureAnswer {
  return notEvaluated(
    `The pool ${poolId} behind the queue ${id} was not read, so it is not known whose machines it has.`,
  );
}

function exposed(
  { id }: QueueFact,
  pool: PoolFact,
  { generalSettings }: ProjectFacts,
  url: string | undefined,
): PostureAnswer {
  const { id: poolId, name, isHosted, elastic } = pool;
  if (isHosted) return pass;
  const evidence: Evidence[] = [
    {
      what: `project.visibility = public; queue ${id}: pool ${poolId} (${name}) has isHosted = false`,
      ...(url !== undefined && { url }),
    },
  ];
  const forks = generalSettings.is === "known" ? generalSettings.value.buildsEnabledForForks : undefined;
  if (forks !== undefined) evidence.push({ what: `generalsettings: buildsEnabledForForks = ${forks}` });
  const because = isEmpty(pool)
    ? emptyBecause
    : forks === false
      ? "pull requests of forks do not start builds"
      : undefined;
  const mild = elastic?.recycleAfterEachUse === true ? "each machine is used once" : because;
  const whose =
    forks === true
      ? "pull requests of forks run on machines of the pool"
      : "its pipelines may use machines of the pool";
  return fail(mild === undefined ? "critical" : "high", `${whose} ${name}`, {
    ...(mild !== undefined && { severityBecause: mild }),
    evidence,
  });
}

type Zone = "public" | "production" | "ordinary";

function shared(pool: PoolFact, { projects }: OrganizationFacts, context: PostureContext): PostureAnswer {
  if (pool.isHosted) return pass;
  const page = { url: pool.url };
  if (pool.autoProvision) {
    const isMild = isEmpty(pool);
    return fail(isMild ? "low" : "medium", "every new project gets it by itself", {
      ...(isMild && { severityBecause: emptyBecause }),
      evidence: [{ what: `pool ${pool.id}: autoProvision = true`, ...page }],
      fix: `Organization settings > Agent pools > ${pool.name} > Settings: switch off "Auto-provision this agent pool in all projects".`,
    });
  }
  const using = projects.filter(
    ({ queues }) => queues.is === "known" && queues.value.some(({ poolId }) => poolId === pool.id),
  );
  const zoned = using.map((project) => ({ project, zone: zoneOf(project, context) }));
  const kinds = new Set(zoned.flatMap(({ zone }) => zone ?? []));
  if (kinds.size > 1) {
    const isPublic = kinds.has("public");
    const said = zoned.slice(0, 10).map(({ project, zone }) => `${project.name} (${zone ?? "not known"})`);
    return fail(isPublic ? "high" : "medium", `these projects share it: ${said.join(", ")}`, {
      ...(isPublic && { severityBecause: "one of them is public" }),
      evidence: using.slice(0, 10).map(({ name, queues }) => ({
        what: `queues of ${name}: ${queues.is === "known" ? queues.value.find(({ poolId }) => poolId === pool.id)?.id : ""} has pool ${pool.id}`,
        ...page,
      })),
    });
  }
  const unread = projects.find(({ queues }) => queues.is === "unknown");
  if (unread?.queues.is === "unknown") {
    return notEvaluated(
      `Which projects use the pool is not fully known: the queues of ${unread.name}: ${unread.queues.reason}`,
    );
  }
  if (using.length < 2 || zoned.every(({ zone }) => zone !== undefined)) return pass;
  return notEvaluated(
    "How much the projects that share it are worth is not known: their environments and connections were not read.",
  );
}

/** Undefined: neither environments nor connections are known. */
function zoneOf(
  { visibility, environments, connections }: ProjectFacts,
  { settings }: PostureContext,
): Zone | undefined {
  if (visibility === "public") return "public";
  const names = [
    ...(environments.is === "known" ? environments.value.map(({ name }) => name) : []),
    ...(connections.is === "known"
      ? connections.value.filter((one) => reachOf(one) !== "nothing").map(({ name }) => name)
      : []),
  ];
  if (names.some((name) => isProduction(name, settings.productionWords))) return "production";
  return environments.is === "unknown" || connections.is === "unknown" ? undefined : "ordinary";
}
