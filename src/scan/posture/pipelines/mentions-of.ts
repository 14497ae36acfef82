/** Every place where a pipeline names a resource of the server: connections, groups, environments, pools, secure files, repositories. */
import type { ResourceKind } from "#model/posture/resource-facts.ts";
import type { Job, Pipeline, Variable } from "../../cicd/azure/pipeline.ts";
import {
  itemsOf,
  type PipelineNode,
  type ScalarNode,
  textAt,
  textOf,
  valueAt,
} from "../../formats/azure-pipeline/source-node.ts";

export interface Mention {
  readonly kind: ResourceKind;
  readonly node: ScalarNode;
  readonly job: Job | undefined;
  /** Under which condition it is there, if files do not decide it. */
  readonly when: string | undefined;
  readonly isDeployment?: true;
}

export function mentionsOf(pipeline: Pipeline): readonly Mention[] {
  return [
    ...ofPipeline(pipeline),
    ...pipeline.jobs.flatMap((job) => [...ofJob(job, pipeline), ...ofSteps(job, pipeline)]),
  ];
}

function mention(
  kind: ResourceKind,
  node: PipelineNode | undefined,
  job: Job | undefined,
  levels: readonly (PipelineNode | undefined)[] = [],
): readonly Mention[] {
  if (node?.is !== "scalar" || node.value === null || node.text.trim() === "") return [];
  const when = [node, ...levels, job?.node].find((one) => one?.when !== undefined)?.when;
  return [{ kind, node, job, when }];
}

/** What is named at the top: groups for all jobs, and connections that bring code, images or events. */
function ofPipeline({ root, variables, containers }: Pipeline): readonly Mention[] {
  const resources = valueAt(root, "resources");
  const under = (list: string, key: string): readonly Mention[] =>
    itemsOf(valueAt(resources, list)).flatMap((item) => mention("connection", valueAt(item, key), undefined, [item]));
  return [
    ...groups(variables, undefined),
    ...under("repositories", "endpoint"),
    ...under("webhooks", "connection"),
    ...under("builds", "connection"),
    ...under("packages", "connection"),
    ...containers.flatMap(({ node }) => mention("connection", valueAt(node, "endpoint"), undefined, [node])),
  ];
}

function groups(variables: readonly Variable[], job: Job | undefined): readonly Mention[] {
  return variables.flatMap(({ isGroup, value, node }) =>
    isGroup ? mention("variable-group", value, job, [node]) : [],
  );
}

function ofJob(job: Job, { variables }: Pipeline): readonly Mention[] {
  const { pool, environment, container, services } = job;
  const shared = new Set(variables);
  const name = environment?.is === "map" ? valueAt(environment, "name") : environment;
  const environments = mention("environment", name, job).map(
    (one): Mention => (job.is === "deployment" ? { ...one, isDeployment: true } : one),
  );
  const images = [...(container ? [container] : []), ...services].filter(({ alias }) => alias === undefined);
  return [
    ...groups(
      job.visible.filter((one) => !shared.has(one)),
      job,
    ),
    ...environments,
    ...(pool && !pool.image ? mention("queue", pool.name, job, [pool.node]) : []),
    ...images.flatMap(({ node }) => mention("connection", valueAt(node, "endpoint"), job)),
  ];
}

function ofSteps(job: Job, { root }: Pipeline): readonly Mention[] {
  const resources = itemsOf(valueAt(valueAt(root, "resources"), "repositories"));
  return job.steps.flatMap((step) => {
    const checkout = valueAt(step.node, "checkout");
    const alias = textOf(checkout)?.toLowerCase();
    const named = resources.find((item) => textAt(item, "repository")?.toLowerCase() === alias);
    const type = named && (textAt(named, "type")?.toLowerCase() ?? "git");
    const repository = named ? (type === "git" ? valueAt(named, "name") : undefined) : inlineRepository(checkout);
    return [
      ...step.connections.flatMap((node) => mention("connection", node, job, [step.node])),
      ...step.secureFiles.flatMap((node) => mention("secure-file", node, job, [step.node])),
      ...mention("repository", repository, job, [step.node]),
    ];
  });
}

/** `git://project/repository@ref` */
function inlineRepository(checkout: PipelineNode | undefined): ScalarNode | undefined {
  if (checkout?.is !== "scalar" || !checkout.text.startsWith("git://")) return undefined;
  const text = checkout.text.slice("git://".length).replace(/@.*$/, "");
  return {
    is: "scalar",
    at: checkout.at,
    includer: checkout.includer,
    when: checkout.when,
    value: text,
    text,
    style: "plain",
  };
}
