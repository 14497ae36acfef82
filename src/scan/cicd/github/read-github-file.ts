/** Reads a workflow or an action; what is neither is undefined, whatever it is called. */
import { type Block, child, itemsOf, type Node, type Scalar, textOf } from "../../formats/node.ts";
import type { Place } from "../../formats/text-file.ts";
import { actionName } from "./uses.ts";
import type { Action, GithubFile, Input, Job, Step, Workflow } from "./workflow.ts";

/** Jobs and steps that are looked at; generated workflows have some hundreds. */
const mostJobs = 2_000;
const mostSteps = 10_000;

export function readGithubFile(path: string, root: Node | undefined): GithubFile | undefined {
  if (root?.is !== "block") return undefined;
  const jobs = child(root, "jobs");
  const on = root.get("on") ?? root.get("true");
  if (jobs?.is === "block" && on) return readWorkflow(path, root, jobs, on.key, on.value);
  const runs = child(root, "runs");
  return runs?.is === "block" && runs.get("using") ? readAction(path, root, runs) : undefined;
}

function readWorkflow(path: string, body: Block, jobs: Block, onAt: Place, on: Node): Workflow {
  const events = eventsOf(on);
  const read: Job[] = [];
  const inputs = new Map<string, Input>();
  for (const event of ["workflow_dispatch", "workflow_call"]) readInputs(child(events.get(event), "inputs"), inputs);
  const workflow = { is: "workflow", path, body, events, onAt, jobs: read, inputs, leftOut: 0 } as const;
  const budget = { steps: mostSteps };
  for (const id of jobs.keys().slice(0, mostJobs)) {
    const member = jobs.get(id);
    if (member?.value.is === "block") read.push(readJob(workflow, id, member.key, member.value, budget));
  }
  return { ...workflow, leftOut: Math.max(0, jobs.keys().length - mostJobs) + Math.max(0, -budget.steps) };
}

function eventsOf(on: Node): ReadonlyMap<string, Node | undefined> {
  const events = new Map<string, Node | undefined>();
  if (on.is === "block") for (const name of on.keys()) events.set(name, on.get(name)?.value);
  else {
    for (const item of itemsOf(on)) {
      const name = textOf(item);
      if (name) events.set(name, undefined);
    }
  }
  return events;
}

function readAction(path: string, body: Block, runs: Block): Action {
  const declared = child(body, "inputs");
  const names = declared?.is === "block" ? declared.keys() : [];
  // GitHub looks at no type of an action's input: a caller gives it any text.
  const inputs = new Map(names.map((name): [string, Input] => [name.toLowerCase(), { type: "string" }]));
  const steps: Step[] = [];
  const action = { is: "action", path, body, steps, inputs, leftOut: 0 } as const;
  const budget = { steps: mostSteps };
  steps.push(...readSteps(child(runs, "steps"), "runs", undefined, action, budget));
  return { ...action, leftOut: Math.max(0, -budget.steps) };
}

function readInputs(node: Node | undefined, inputs: Map<string, Input>): void {
  if (node?.is !== "block") return;
  for (const name of node.keys()) {
    const key = name.toLowerCase();
    // What another event takes as any text may be any.
    if (inputs.get(key)?.type === "string") continue;
    inputs.set(key, { type: textOf(child(node.get(name)?.value, "type")) ?? "string" });
  }
}

function readJob(workflow: Workflow, id: string, at: Place, body: Block, budget: { steps: number }): Job {
  const steps: Step[] = [];
  const job: Job = { id, at, body, steps, workflow };
  steps.push(...readSteps(child(body, "steps"), id, job, workflow, budget));
  return job;
}

function readSteps(
  node: Node | undefined,
  within: string,
  job: Job | undefined,
  file: GithubFile,
  budget: { steps: number },
): readonly Step[] {
  if (node?.is !== "list") return [];
  const seen = new Map<string, number>();
  return node.items.flatMap((body): readonly Step[] => {
    if (body.is !== "block" || budget.steps-- <= 0) return [];
    const uses = textOf(child(body, "uses"));
    const name = textOf(child(body, "id")) ?? textOf(child(body, "name")) ?? uses?.trim().split("@")[0] ?? "run";
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const address = `${within}/${name.trim().slice(0, 100)}${count === 1 ? "" : ` (${count})`}`;
    const at = body.from ?? body.at;
    return [{ address, at, body, action: actionName(uses), run: scalarOf(child(body, "run")), job, file }];
  });
}

function scalarOf(node: Node | undefined): Scalar | undefined {
  return node?.is === "scalar" && typeof node.value === "string" ? node : undefined;
}
