/**
 * Who may choose what a text holds when it is used: through macros, variables, outputs of steps and the name of runs, until
 * nothing new is learnt. A macro is pasted as text, so quotes around it keep nobody in.
 */

import { predefinedTaint } from "../../formats/azure-pipeline/predefined.ts";
import type { ScalarNode, Taint } from "../../formats/azure-pipeline/source-node.ts";
import { textOf, valueAt } from "../../formats/azure-pipeline/source-node.ts";
import type { Job, Pipeline, Script, Step, Variable } from "./pipeline.ts";

export interface TaintedStretch {
  readonly start: number;
  readonly end: number;
  readonly taint: Taint;
  /** The names it went through, the source last: `version`, `Build.SourceBranchName`. */
  readonly via: readonly string[];
}

export interface TaintMap {
  /** What somebody may choose in a text of this job, and of steps before. */
  readonly inText: (node: ScalarNode, step: Step | undefined, job: Job) => readonly TaintedStretch[];
}

interface Traced {
  readonly taint: Taint;
  readonly via: readonly string[];
}

type Names = Map<string, Traced>;

const macro = /\$\(([^()\s]{1,200})\)/g;
const runtime = /\$\[([^\]]{1,2000}(?:\][^\]]{1,2000}){0,20})\]/g;
const variableName = /variables(?:\.([\w.]+)|\[\s*'([^']{1,200})'\s*\])/gi;
const outputName = /(?:dependencies|stageDependencies)\.([\w.]+?)\.outputs\[\s*'([^']{1,200})'\s*\]/gi;
const setVariable = /##vso\[task\.setvariable\b([^\]\r\n]{0,500})\]([^\r\n]{0,2000})/gi;

/** Rounds until nothing new is learnt; longer chains are no work of people. */
const mostRounds = 6;

/** `queueVariables`: names, in small letters, that whoever starts a run may set. */
export function taintOf(pipeline: Pipeline, queueVariables: readonly string[] = []): TaintMap {
  const written = new Set(pipeline.variables.map(({ name }) => name.toLowerCase()));
  // What the file sets at its top wins over what is given to a run.
  const open = new Set(queueVariables.filter((name) => !written.has(name)));
  const state: State = { shared: new Map(), jobs: new Map(), outputs: new Map(), open };
  const runName = pipeline.runName?.is === "scalar" ? pipeline.runName : undefined;
  for (let round = 0; round < mostRounds; round++) {
    const before = sizeOf(state);
    if (runName)
      learn(
        state.shared,
        "build.buildnumber",
        stretchesIn(runName, (name) => lookUp(state, name), state),
      );
    learnVariables(state.shared, pipeline.variables, (name) => lookUp(state, name), state);
    for (const job of pipeline.jobs) learnJob(state, job);
    if (sizeOf(state) === before) break;
  }
  return {
    inText: (node, step, job) => stretchesIn(node, (name) => nameIn(state, job, step, name), state),
  };
}

interface State {
  /** Variables of the whole pipeline. */
  readonly shared: Names;
  readonly jobs: Map<Job, JobNames>;
  /** `job.step.name`. */
  readonly outputs: Names;
  /** Settable when a run is queued. */
  readonly open: ReadonlySet<string>;
}

interface JobNames {
  readonly variables: Names;
  /** Set by a step, seen by those behind it. */
  readonly set: Map<string, { readonly traced: Traced; readonly after: number }>;
}

function sizeOf({ shared, jobs, outputs }: State): number {
  let size = shared.size + outputs.size;
  for (const { variables, set } of jobs.values()) size += variables.size + set.size;
  return size;
}

function lookUp({ shared, open }: State, name: string): Traced | undefined {
  const lower = name.toLowerCase();
  const own = shared.get(lower);
  if (own) return own;
  const taint: Taint | undefined = open.has(lower) ? { kind: "queue-variable", name } : predefinedTaint(name);
  return taint && { taint, via: [] };
}

function nameIn(state: State, job: Job, step: Step | undefined, name: string): Traced | undefined {
  const names = state.jobs.get(job);
  const lower = name.toLowerCase();
  const set = names?.set.get(lower);
  if (set && (step === undefined || job.steps.indexOf(step) > set.after)) return set.traced;
  const own = names?.variables.get(lower);
  if (own) return own;
  // What the job sees was learnt above; only what nobody sets is left.
  return namesOf(job.visible).has(lower) ? undefined : lookUp(state, name);
}

const namesSet = new WeakMap<readonly Variable[], ReadonlySet<string>>();

function namesOf(variables: readonly Variable[]): ReadonlySet<string> {
  const before = namesSet.get(variables);
  if (before) return before;
  const made = new Set(variables.flatMap(({ name, isGroup }) => (isGroup ? [] : [name.toLowerCase()])));
  namesSet.set(variables, made);
  return made;
}

function learn(names: Names, name: string, found: readonly TaintedStretch[]): void {
  const first = found.find(({ taint }) => taint.kind !== "choice");
  const lower = name.toLowerCase();
  if (!first || names.has(lower)) return;
  names.set(lower, { taint: first.taint, via: [name, ...first.via].slice(0, 8) });
}

type Lookup = (name: string) => Traced | undefined;

function learnVariables(names: Names, variables: readonly Variable[], lookup: Lookup, state: State): void {
  for (const { name, value, isGroup } of variables) {
    if (isGroup || value?.is !== "scalar" || !mayHold(value) || names.has(name.toLowerCase())) continue;
    learn(names, name, stretchesIn(value, lookup, state));
  }
}

/** Cheap: most values hold nothing that somebody could choose. */
function mayHold({ text, pieces }: ScalarNode): boolean {
  return pieces !== undefined || text.includes("$(") || text.includes("$[");
}

function learnJob(state: State, job: Job): void {
  const names: JobNames = state.jobs.get(job) ?? { variables: new Map(), set: new Map() };
  state.jobs.set(job, names);
  const lookup: Lookup = (name) => nameIn(state, job, undefined, name);
  learnVariables(names.variables, notHidden(job.visible), lookup, state);
  learnMatrix(state, job, names, lookup);
  for (const [index, step] of job.steps.entries()) {
    for (const script of step.scripts) {
      if (script.node.text.includes("task.setvariable")) learnSet(state, names, step, script, index);
    }
  }
}

/** Of variables of one name the innermost is meant, and those that may be there. In their order: most are made of earlier ones. */
function notHidden(visible: readonly Variable[]): readonly Variable[] {
  const seen = new Set<string>();
  const inside = visible.toReversed().filter(({ name, isGroup, node, value }) => {
    if (isGroup) return false;
    const lower = name.toLowerCase();
    if (seen.has(lower)) return false;
    if (node.when === undefined && value?.when === undefined) seen.add(lower);
    return true;
  });
  return inside.toReversed();
}

function learnMatrix(state: State, job: Job, names: JobNames, lookup: Lookup): void {
  const matrix = valueAt(valueAt(job.node, "strategy"), "matrix");
  if (matrix?.is !== "map") return;
  for (const leg of matrix.entries.slice(0, 200)) {
    if (leg.value.is !== "map") continue;
    for (const { key, value } of leg.value.entries) {
      if (value.is === "scalar" && mayHold(value)) learn(names.variables, key.text, stretchesIn(value, lookup, state));
    }
  }
}

/** `echo "##vso[task.setvariable variable=x]$(Build.SourceBranchName)"`, also by way of the environment. */
function learnSet(state: State, names: JobNames, step: Step, script: Script, index: number): void {
  const found = stretchesIn(script.node, (name) => nameIn(state, step.job, step, name), state);
  for (const match of script.node.text.matchAll(setVariable)) {
    const properties = match[1] ?? "";
    const name = /\bvariable=([^;\]\s]+)/i.exec(properties)?.[1];
    if (name === undefined) continue;
    const start = match.index;
    const end = start + match[0].length;
    const inside = found.filter((one) => one.start >= start && one.end <= end);
    const fromEnvironment = inside.length > 0 ? undefined : environmentTaint(state, step, match[2] ?? "");
    const first = inside.find(({ taint }) => taint.kind !== "choice");
    const traced = first ? { taint: first.taint, via: first.via } : fromEnvironment;
    if (!traced) continue;
    const own: Traced = { taint: traced.taint, via: [name, ...traced.via].slice(0, 8) };
    const isOutput = /\bisoutput=true\b/i.test(properties);
    const stepName = textOf(valueAt(step.node, "name"));
    if (!isOutput) setOnce(names, name, own, index);
    else if (stepName !== undefined) {
      setOnce(names, `${stepName}.${name}`, own, index);
      const key = `${step.job.name}.${stepName}.${name}`.toLowerCase();
      if (!state.outputs.has(key)) state.outputs.set(key, own);
    }
  }
}

function setOnce({ set }: JobNames, name: string, traced: Traced, after: number): void {
  if (!set.has(name.toLowerCase())) set.set(name.toLowerCase(), { traced, after });
}

const environmentName = /\$(?:env:)?\{?([A-Za-z_]\w*)\}?|%([A-Za-z_]\w*)%/g;

/** A variable of the shell that holds what somebody may choose: mapped in `env:`, or there by itself. */
function environmentTaint(state: State, step: Step, text: string): Traced | undefined {
  for (const match of text.matchAll(environmentName)) {
    const name = match[1] ?? match[2] ?? "";
    const mapped = step.env.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (mapped) {
      const [first] = stretchesIn(mapped.value, (one) => nameIn(state, step.job, step, one), state).filter(
        ({ taint }) => taint.kind !== "choice",
      );
      if (first) return { taint: first.taint, via: [name, ...first.via] };
    }
    const own = predefinedTaint(name.replaceAll("_", "."));
    if (own) return { taint: own, via: [name] };
  }
  return undefined;
}

/** Everything in a text that somebody may choose, in order. */
function stretchesIn(node: ScalarNode, lookup: Lookup, state: State): readonly TaintedStretch[] {
  const found: TaintedStretch[] = [];
  for (const { start, end, taints, expression } of node.pieces ?? []) {
    for (const taint of taints)
      found.push({ start, end, taint, via: expression.includes(taint.name) ? [] : [expression.slice(0, 80)] });
  }
  if (node.text.includes("$(")) {
    for (const match of node.text.matchAll(macro)) {
      const traced = lookup(match[1] ?? "");
      if (traced) found.push({ start: match.index, end: match.index + match[0].length, ...traced });
    }
  }
  if (node.text.includes("$[")) found.push(...runtimeStretches(node.text, lookup, state));
  return found;
}

function runtimeStretches(text: string, lookup: Lookup, { outputs }: State): readonly TaintedStretch[] {
  const found: TaintedStretch[] = [];
  for (const match of text.matchAll(runtime)) {
    const place = { start: match.index, end: match.index + match[0].length };
    const inside = match[1] ?? "";
    for (const [, dotted, quoted] of inside.matchAll(variableName)) {
      const traced = lookup(dotted ?? quoted ?? "");
      if (traced) found.push({ ...place, ...traced });
    }
    for (const [, path = "", output = ""] of inside.matchAll(outputName)) {
      const traced =
        outputs.get(`${path.split(".").at(-1)}.${output}`.toLowerCase()) ?? outputOfDeployment(outputs, path, output);
      if (traced) found.push({ ...place, ...traced });
    }
  }
  return found;
}

/** Deployments put the job's or the hook's name before that of the step. */
function outputOfDeployment(outputs: Names, path: string, output: string): Traced | undefined {
  const job = path.split(".").at(-1) ?? "";
  const rest = output.slice(output.indexOf(".") + 1);
  return outputs.get(`${job}.${rest}`.toLowerCase());
}

/** A stretch in words: `$(Build.SourceBranchName)`, or the way it came. */
export function sayTaint({ taint, via }: Pick<TaintedStretch, "taint" | "via">): string {
  const who: Readonly<Record<Taint["kind"], string>> = {
    "source-control": `${taint.name} is chosen by whoever pushes a branch or opens a pull request`,
    requester: `${taint.name} is a name that people give themselves or their pipelines`,
    parameter: `the parameter ${taint.name} takes any text from whoever starts the run`,
    choice: `${taint.name} is one of a few choices`,
    webhook: `the webhook ${taint.name} brings whatever its sender writes`,
    "queue-variable": `${taint.name} may be set by whoever starts the run`,
    upstream: `${taint.name} comes from a run of another pipeline`,
  };
  return via.length === 0 ? who[taint.kind] : `${who[taint.kind]} (by way of ${via.join(", ")})`;
}
