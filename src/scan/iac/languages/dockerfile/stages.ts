/** Puts the instructions of a Dockerfile into their stages, with the values that variables have at each of them. */
import { splitWords } from "../../../formats/dockerfile/docker-words.ts";
import type { Dockerfile, Instruction } from "../../../formats/dockerfile/read-dockerfile.ts";
import { child, type Node } from "../../../formats/node.ts";
import { expanded, lookIn, type Parts, partsOf, type Scope, scalar } from "./instruction-body.ts";

/** One FROM and what follows it. */
export interface Stage {
  readonly index: number;
  readonly name: string | undefined;
  /** The stage that this one goes on from; undefined where it begins with an image. */
  readonly parent: Stage | undefined;
  readonly steps: Step[];
  /** By name the last of each kind of instruction. */
  readonly lasts: Map<string, Instruction>;
  readonly scope: Scope;
}

export interface Step {
  readonly instruction: Instruction;
  readonly parts: Parts;
  /** Undefined for what stands before the first FROM. */
  readonly stage: Stage | undefined;
}

export interface Staged {
  readonly steps: readonly Step[];
  readonly stages: readonly Stage[];
}

/** More than anybody has; each stage may look through all before it for a variable. */
const mostStages = 500;

export function stagesOf({ instructions, escape: mark }: Dockerfile): Staged {
  const global: Scope = { own: new Map() };
  const stages: Stage[] = [];
  const named = new Map<string, Stage>();
  const steps: Step[] = [];
  for (const instruction of instructions) {
    if (instruction.name === "FROM") {
      if (stages.length >= mostStages) break;
      const stage = stageOf(instruction, mark, global, named, stages.length);
      stages.push(stage);
      steps.push(...stage.steps);
      if (stage.name !== undefined) named.set(stage.name, stage);
      continue;
    }
    const stage = stages.at(-1);
    const scope = stage?.scope ?? global;
    const parts = partsOf(instruction.trigger ?? instruction, { escape: mark, scope });
    if (instruction.name === "ENV" || instruction.name === "ARG") declare(instruction.name, parts, scope, global);
    const step = { instruction, parts, stage };
    steps.push(step);
    stage?.steps.push(step);
    stage?.lasts.set(instruction.name, instruction);
  }
  return { steps, stages };
}

function stageOf(
  instruction: Instruction,
  mark: string,
  global: Scope,
  named: ReadonlyMap<string, Stage>,
  index: number,
): Stage {
  const surroundings = { escape: mark, scope: global };
  const [image, as, alias] = splitWords(instruction.rest, mark).map((word) => expanded(word, surroundings));
  const parent = named.get(textIn(image) ?? "");
  const name = textIn(as) === "as" ? textIn(alias) : undefined;
  const parts = {
    ...partsOf(instruction, surroundings),
    ...(image && { image }),
    ...(alias && name !== undefined && { alias: scalar(alias.at, name) }),
    ...(image && parent && { parent: scalar(image.at, parent.index) }),
  };
  const steps: Step[] = [];
  const stage: Stage = {
    index,
    name,
    parent,
    steps,
    lasts: new Map(),
    scope: { own: new Map(), outer: parent?.scope },
  };
  steps.push({ instruction, parts, stage });
  return stage;
}

/** Names of stages and `AS` are compared without case. */
function textIn(node: Node | undefined): string | undefined {
  return node?.is === "scalar" ? String(node.value).toLowerCase() : undefined;
}

/** ENV wins over ARG; an ARG without a default takes that of an ARG before the first FROM. */
function declare(kind: string, parts: Parts, scope: Scope, global: Scope): void {
  const { variables } = parts;
  if (typeof variables !== "object" || variables.is !== "block") return;
  const ends = kind === "ARG";
  for (const name of variables.keys()) {
    const value = child(variables, name);
    if (ends && scope.own.get(name)?.ends === false) continue;
    const known =
      value?.is === "scalar" && value.value !== null
        ? { value: String(value.value), from: value.from ?? value.at }
        : value?.is === "scalar"
          ? lookIn(global, name)
          : undefined;
    scope.own.set(name, { ...(known ?? { value: undefined }), ends });
  }
}

/** A stage and those it goes on from, itself first. */
export function lineage(stage: Stage | undefined): readonly Stage[] {
  const out: Stage[] = [];
  for (let one = stage; one; one = one.parent) out.push(one);
  return out;
}
