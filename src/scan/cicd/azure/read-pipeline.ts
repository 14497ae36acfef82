/** From the tree of an expanded pipeline to its model: levels that are not written down are filled in. */
import type { ExpandedPipeline } from "../../formats/azure-pipeline/expand-pipeline.ts";
import {
  entryOf,
  itemsOf,
  type MapNode,
  type PipelineNode,
  type ScalarNode,
  textAt,
  textOf,
  valueAt,
} from "../../formats/azure-pipeline/source-node.ts";
import type { Container, Job, Pipeline, Pool, Stage, Step, Upstream, Variable } from "./pipeline.ts";
import { readStep } from "./read-step.ts";

/** More is no work of people: it is left out, and told. */
const mostSteps = 5000;
const mostScriptText = 1_500_000;

/** Inputs that name a connection, in small letters, by the name or id of the task in small letters. */
export type TaskInputs = ReadonlyMap<string, readonly string[]>;

interface Reading {
  readonly containers: readonly Container[];
  readonly taskInputs: TaskInputs;
  steps: number;
  scriptText: number;
}

/** `taskInputs`: what is known of an organization's own tasks; it goes before what is known of built-in ones. */
export function readPipeline(expanded: ExpandedPipeline, taskInputs: TaskInputs = new Map()): Pipeline | undefined {
  const { root, file } = expanded;
  if (!root) return undefined;
  const resources = valueAt(root, "resources");
  const reading: Reading = {
    containers: itemsOf(valueAt(resources, "containers")).map(containerOf),
    taskInputs,
    steps: 0,
    scriptText: 0,
  };
  const variables = variablesIn(root);
  const stages = stagesOf(reading, root, variables);
  const jobs = stages.flatMap((stage) => stage.jobs);
  return {
    ...{ path: file.path, expanded, root, variables, stages, jobs },
    runName: valueAt(root, "name"),
    steps: jobs.flatMap((job) => job.steps),
    isCut: reading.steps > mostSteps || reading.scriptText > mostScriptText,
    repositories: expanded.repositories,
    containers: reading.containers,
    upstreams: itemsOf(valueAt(resources, "pipelines")).map(
      (node): Upstream => ({ alias: textAt(node, "pipeline") ?? "", node }),
    ),
  };
}

function stagesOf(reading: Reading, root: MapNode, outer: readonly Variable[]): readonly Stage[] {
  const written = itemsOf(valueAt(root, "stages")).filter(isMap);
  const stages = written.map((node, index) =>
    stageOf(reading, node, root, outer, textAt(node, "stage") ?? `stage-${index + 1}`),
  );
  const hasMore = ["jobs", "phases", "steps"].some((key) => entryOf(root, key));
  return written.length === 0 || hasMore ? [...stages, stageOf(reading, root, root, outer, "")] : stages;
}

function isMap(node: PipelineNode): node is MapNode {
  return node.is === "map";
}

function stageOf(reading: Reading, node: MapNode, root: MapNode, outer: readonly Variable[], name: string): Stage {
  const isImplied = node === root;
  const variables = isImplied ? [] : variablesIn(node);
  const visible = [...outer, ...variables];
  const written = ["jobs", "phases"].flatMap((key) => itemsOf(valueAt(node, key)).filter(isMap));
  const levels = isImplied ? [root] : [root, node];
  const jobs = written.map((job, index) => jobOf(reading, job, levels, visible, name, index));
  if (entryOf(node, "steps")) jobs.push(jobOf(reading, node, levels.slice(0, -1), visible, name, 0));
  const condition = isImplied ? undefined : scalarAt(node, "condition");
  return { name, node, variables, jobs, condition, isImplied };
}

function scalarAt(node: PipelineNode | undefined, key: string): ScalarNode | undefined {
  const found = valueAt(node, key);
  return found?.is === "scalar" && found.value !== null ? found : undefined;
}

function jobOf(
  reading: Reading,
  node: MapNode,
  levels: readonly MapNode[],
  outer: readonly Variable[],
  stage: string,
  index: number,
): Job {
  const isDeployment = entryOf(node, "deployment") !== undefined;
  const written = textAt(node, "deployment") ?? textAt(node, "job") ?? textAt(node, "phase");
  const name = written ?? (entryOf(node, "steps") && levels.length === 0 ? "job" : `job-${index + 1}`);
  const isOnlySteps = entryOf(node, "stage") !== undefined || levels.length === 0;
  const variables = isOnlySteps ? [] : variablesIn(node);
  const inherited = (key: string) => [node, ...levels.toReversed()].map((level) => valueAt(level, key)).find(Boolean);
  const job: Job = {
    ...{ is: isDeployment ? "deployment" : "job", name, stage, node, variables },
    address: stage === "" ? name : `${stage}/${name}`,
    pool: poolOf(inherited("pool") ?? queueOf(node)),
    container: usedContainer(reading, inherited("container")),
    services: servicesOf(reading, inherited("services")),
    environment: valueAt(node, "environment"),
    visible: [...outer, ...variables],
    conditions: [node, ...levels].flatMap((level) => scalarAt(level, "condition") ?? []),
    steps: [],
  };
  const seen = new Map<string, number>();
  const steps = stepNodes(node, isDeployment).flatMap((step): readonly Step[] =>
    isOver(reading) ? [] : [counted(reading, readStep(step, job, { seen, taskInputs: reading.taskInputs }))],
  );
  // A step knows its job, so the list is put in when both are there.
  (job as { steps: readonly Step[] }).steps = steps;
  return job;
}

function isOver(reading: Reading): boolean {
  return ++reading.steps > mostSteps || reading.scriptText > mostScriptText;
}

function counted(reading: Reading, step: Step): Step {
  for (const { node } of step.scripts) reading.scriptText += node.text.length;
  return step;
}

/** Before there were pools. */
function queueOf(node: MapNode): PipelineNode | undefined {
  return valueAt(node, "queue");
}

const hooks = ["preDeploy", "deploy", "routeTraffic", "postRouteTraffic"];

function stepNodes(node: MapNode, isDeployment: boolean): readonly MapNode[] {
  const out = itemsOf(valueAt(node, "steps")).filter(isMap);
  if (!isDeployment) return out;
  const strategy = valueAt(node, "strategy");
  const kinds = ["runOnce", "rolling", "canary"].flatMap((key) => valueAt(strategy, key) ?? []);
  const lists = kinds.flatMap((kind) => [
    ...hooks.map((hook) => valueAt(kind, hook)),
    ...["success", "failure"].map((key) => valueAt(valueAt(kind, "on"), key)),
  ]);
  return [...out, ...lists.flatMap((list) => itemsOf(valueAt(list, "steps")).filter(isMap))];
}

function poolOf(node: PipelineNode | undefined): Pool | undefined {
  if (!node || (node.is === "scalar" && node.value === null)) return undefined;
  if (node.is === "scalar") return { node, name: node, image: undefined, demands: [] };
  const demands = itemsOf(valueAt(node, "demands")).filter((one): one is ScalarNode => one.is === "scalar");
  return { node, name: scalarAt(node, "name"), image: scalarAt(node, "vmImage"), demands };
}

function containerOf(node: PipelineNode): Container {
  if (node.is === "scalar") return { node, alias: undefined, image: node };
  return { node, alias: textAt(node, "container"), image: scalarAt(node, "image") };
}

/** A name under `resources`, an image, or a mapping. */
function usedContainer({ containers }: Reading, node: PipelineNode | undefined): Container | undefined {
  if (!node || (node.is === "scalar" && node.value === null)) return undefined;
  const name = textOf(node) ?? textAt(node, "alias");
  const named = containers.find(({ alias }) => alias !== undefined && alias.toLowerCase() === name?.toLowerCase());
  return named ?? containerOf(node);
}

function servicesOf(reading: Reading, node: PipelineNode | undefined): readonly Container[] {
  if (node?.is !== "map") return [];
  return node.entries.flatMap(({ value }) => usedContainer(reading, value) ?? []);
}

function variablesIn(node: MapNode): readonly Variable[] {
  const written = valueAt(node, "variables");
  if (written?.is === "map") {
    return written.entries.map(({ key, value }) => ({
      ...{ name: key.text, value, isReadonly: false, isGroup: false, node: value },
    }));
  }
  return itemsOf(written).flatMap((item): readonly Variable[] => {
    const group = valueAt(item, "group");
    if (group) return [{ name: textOf(group) ?? "", value: group, isReadonly: true, isGroup: true, node: item }];
    const name = textAt(item, "name");
    if (name === undefined) return [];
    const isReadonly = /^true$/i.test(textAt(item, "readonly") ?? "");
    return [{ name, value: valueAt(item, "value"), isReadonly, isGroup: false, node: item }];
  });
}
