/** Jobs and steps of a pipeline with their addresses, through stages, deployment strategies and `${{ if }}` alike. */
import { type Block, child, itemsOf, type Member, type Node, textOf } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { noConnections, type Resource } from "../../resource.ts";

interface Walk {
  readonly resources: Resource[];
  /** The images of containers that the pipeline names under `resources`. */
  readonly containers: ReadonlyMap<string, Node>;
  /** A template may use containers that are named in the file that calls it. */
  readonly isTemplate: boolean;
}

/** Conditions and loops of templates within each other. */
const deepest = 32;

export function pipelineResources(path: string, root: Block, at: Place): readonly Resource[] {
  const walk: Walk = { resources: [], containers: containersOf(root), isTemplate: isTemplate(root) };
  walk.resources.push(resourceOf("file", path, at, root));
  // A pipeline of mere steps is one job.
  if (root.get("steps") && !root.get("jobs") && !walk.isTemplate) {
    walk.resources.push(resourceOf("job", "job", at, jobBody(walk, root)));
  }
  walkStages(walk, child(root, "stages"));
  walkJobs(walk, child(root, "jobs"), "");
  // What jobs were called at first.
  walkJobs(walk, child(root, "phases"), "");
  walkSteps(walk, child(root, "steps"), "");
  walkExtended(walk, child(child(root, "extends"), "parameters"));
  return walk.resources;
}

function isTemplate(root: Block): boolean {
  return !["trigger", "pr", "resources", "schedules", "pool", "extends"].some((key) => root.get(key));
}

function containersOf(root: Block): ReadonlyMap<string, Node> {
  const named = itemsOf(child(child(root, "resources"), "containers")).flatMap((one) => {
    const name = textOf(child(one, "container"));
    const image = child(one, "image");
    return name === undefined || !image ? [] : [[name, image] as const];
  });
  return new Map(named);
}

/** What an extended template is given as lists of stages, jobs and steps. */
function walkExtended(walk: Walk, parameters: Node | undefined): void {
  walkStages(walk, child(parameters, "stages"));
  walkJobs(walk, child(parameters, "jobs"), "");
  walkSteps(walk, child(parameters, "steps"), "");
}

/** Items of a list, and those that `${{ if }}` and `${{ each }}` put into it. */
function spread(list: Node | undefined, depth = 0): readonly Node[] {
  return itemsOf(list).flatMap((item) => {
    if (item.is !== "block") return [];
    const inserted = item.keys().filter((key) => key.trimStart().startsWith("${{"));
    if (inserted.length === 0 || depth >= deepest) return [item];
    const inner = inserted.flatMap((key) => {
      const value = child(item, key);
      return value?.is === "list" ? spread(value, depth + 1) : [];
    });
    return inserted.length < item.keys().length ? [item, ...inner] : inner;
  });
}

function walkStages(walk: Walk, stages: Node | undefined): void {
  spread(stages).forEach((stage, index) => {
    walkJobs(walk, child(stage, "jobs"), `stages[${index}]${named(stage, "stage")}.`);
    // Stages without jobs have steps, as the whole pipeline may.
    walkSteps(walk, child(stage, "steps"), `stages[${index}]${named(stage, "stage")}.`);
  });
}

function walkJobs(walk: Walk, jobs: Node | undefined, within: string): void {
  spread(jobs).forEach((job, index) => {
    if (job.is !== "block") return;
    const kind = ["job", "deployment", "phase"].find((key) => job.get(key));
    const address = `${within}jobs[${index}]${named(job, kind ?? "job")}`;
    if (kind) {
      walk.resources.push(resourceOf("job", address, job.at, jobBody(walk, job)));
    }
    walkSteps(walk, child(job, "steps"), `${address}.`);
    const strategy = child(job, "strategy");
    for (const kind of ["runOnce", "rolling", "canary"]) walkHooks(walk, child(strategy, kind), `${address}.${kind}.`);
    if (job.get("template")) walkExtended(walk, child(job, "parameters"));
  });
}

function walkHooks(walk: Walk, strategy: Node | undefined, within: string): void {
  for (const hook of ["preDeploy", "deploy", "routeTraffic", "postRouteTraffic"]) {
    walkSteps(walk, child(child(strategy, hook), "steps"), `${within}${hook}.`);
  }
  for (const end of ["success", "failure"]) {
    walkSteps(walk, child(child(child(strategy, "on"), end), "steps"), `${within}on.${end}.`);
  }
}

function walkSteps(walk: Walk, steps: Node | undefined, within: string): void {
  spread(steps).forEach((step, index) => {
    if (step.is !== "block") return;
    const name = textOf(child(step, "name")) ?? textOf(child(step, "displayName"));
    const address = `${within}steps[${index}]${name === undefined ? "" : `(${name})`}`;
    walk.resources.push(resourceOf("step", address, step.at, step));
  });
}

function named(node: Node, key: string): string {
  const name = textOf(child(node, key)) || textOf(child(node, "displayName"));
  return name === undefined ? "" : `(${name})`;
}

/** The job as written, with `image`: what its container is made from, also where only its name is written. */
function jobBody({ containers, isTemplate: mayBeNamedElsewhere }: Walk, job: Block): Block {
  const container = child(job, "container");
  const written = container?.is === "block" ? child(container, "image") : container;
  const alias = textOf(child(container, "alias")) ?? textOf(written);
  const image = (alias === undefined ? undefined : containers.get(alias)) ?? written;
  if (!image || image.is === "block" || image.is === "list") return job;
  const text = textOf(image) ?? "";
  const reason = /\$\{\{|\$\(/.test(text)
    ? "the image is worked out when the pipeline runs"
    : mayBeNamedElsewhere && /^\w+$/.test(text)
      ? "the file that uses this template may name the container"
      : undefined;
  const value: Node = reason === undefined ? image : { is: "unknown", at: image.at, reason, refs: [], text };
  const member: Member = { key: image.at, whole: image.at, value };
  return {
    ...job,
    keys: () => [...job.keys(), "image"],
    get: (key) => (key === "image" ? member : job.get(key)),
  };
}

function resourceOf(type: string, address: string, at: Place, body: Block): Resource {
  return {
    dialect: "pipeline",
    language: "azure-pipelines",
    types: [type],
    address,
    at,
    body,
    calledFrom: [],
    skips: [],
    connected: () => noConnections,
  };
}
