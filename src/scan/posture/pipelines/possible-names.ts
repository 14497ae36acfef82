/** What a text of a pipeline may name when it runs: macros are filled in by what the file sets, choices give each of their values. */
import type { Job, Pipeline, Variable } from "../../cicd/azure/pipeline.ts";
import type { ScalarNode } from "../../formats/azure-pipeline/source-node.ts";

export interface PossibleName {
  readonly name: string;
  /** It is this name in a run that is started as it stands. */
  readonly isSure: boolean;
}

const macro = /\$\(([\w.-]{1,200})\)/g;
const mostNames = 20;
const deepest = 5;
/** Macros that are filled in for one text: variables may name each other many times. */
const mostMacros = 20;
/** Longer than any name that Azure DevOps takes. */
const longestName = 300;

export function possibleNames(node: ScalarNode, pipeline: Pipeline, job: Job | undefined): readonly PossibleName[] {
  const visible = byName(job?.visible ?? pipeline.variables);
  const names = new Map<string, PossibleName>();
  const isKnown = node.pieces?.every(({ known }) => known) ?? true;
  for (const [index, text] of [node.text, ...choices(node, pipeline)].entries()) {
    const { text: name, isWhole } = filledIn(text.trim().slice(0, longestName), { visible, left: mostMacros }, deepest);
    const isSure = index === 0 && isKnown && isWhole;
    if (name !== "" && !names.has(name)) names.set(name, { name, isSure });
    if (names.size >= mostNames) break;
  }
  return [...names.values()];
}

/** The text with each other value of a parameter that only takes some. */
function choices(node: ScalarNode, { expanded }: Pipeline): readonly string[] {
  return (node.pieces ?? []).flatMap(({ start, end, taints }) => {
    const [only, ...more] = taints.filter(({ kind }) => kind === "choice");
    if (!only || more.length > 0) return [];
    const parameter = expanded.declared.parameters.find(({ name }) => name === only.name);
    const written = node.text.slice(start, end);
    // A value that an expression has changed on the way is not followed.
    if (!parameter?.values?.includes(written)) return [];
    return parameter.values
      .slice(0, mostNames)
      .map((value) => node.text.slice(0, start) + value + node.text.slice(end));
  });
}

type ByName = ReadonlyMap<string, Variable>;

const named = new WeakMap<readonly Variable[], ByName>();

/** Of variables of one name the last is the innermost. */
function byName(variables: readonly Variable[]): ByName {
  const before = named.get(variables);
  if (before) return before;
  const made = new Map(variables.filter(({ isGroup }) => !isGroup).map((one) => [one.name.toLowerCase(), one]));
  named.set(variables, made);
  return made;
}

interface Filling {
  readonly visible: ByName;
  left: number;
}

interface FilledIn {
  readonly text: string;
  readonly isWhole: boolean;
}

function filledIn(text: string, filling: Filling, depth: number): FilledIn {
  if (!text.includes("$")) return { text, isWhole: true };
  let isWhole = !text.includes("$[") && !text.includes("${{");
  const filled = text.replaceAll(macro, (written, name: string) => {
    const own = filling.visible.get(name.toLowerCase())?.value;
    const isKnown = own?.is === "scalar" && (own.pieces?.every(({ known }) => known) ?? true);
    if (!isKnown || depth === 0 || --filling.left < 0) {
      isWhole = false;
      return written;
    }
    const inner = filledIn(own.text.slice(0, longestName), filling, depth - 1);
    if (!inner.isWhole || own.when !== undefined) isWhole = false;
    return inner.text;
  });
  return { text: filled.slice(0, longestName), isWhole };
}
