/**
 * What an expression comes to: a value with those who may choose it, or unknown with the reason. A value that somebody may
 * choose is still a value: its default.
 */
import { isVersion, type Version } from "./expression-node.ts";
import type { ListNode, MapNode, PipelineNode, ScalarNode, Taint } from "./source-node.ts";

/** Something that is asked by name: `parameters`, `variables`, the pair of an `each`. */
export interface Lookup {
  readonly is: "lookup";
  /** Undefined where there is no such name. */
  readonly get: (name: string) => Answer | undefined;
  readonly entries?: () => readonly (readonly [string, Answer])[];
}

export type Value = null | boolean | number | string | Version | ListNode | MapNode | Lookup;

export type Answer =
  | { readonly is: "known"; readonly value: Value; readonly taints: readonly Taint[] }
  | {
      readonly is: "unknown";
      readonly taints: readonly Taint[];
      readonly reason: string;
      /** Set where Azure refuses to go on. */
      readonly isMistake?: boolean;
    };

export const nobody: readonly Taint[] = [];

export function knownOf(value: Value, taints: readonly Taint[] = nobody): Answer {
  return { is: "known", value, taints };
}

export function unknownOf(reason: string, taints: readonly Taint[] = nobody): Answer {
  return { is: "unknown", reason, taints };
}

export function joinTaints(answers: readonly { readonly taints: readonly Taint[] }[]): readonly Taint[] {
  let all: readonly Taint[] = nobody;
  for (const { taints } of answers) {
    if (taints.length === 0 || taints === all) continue;
    all = all.length === 0 ? taints : [...all, ...taints.filter((one) => !all.some((two) => isSame(one, two)))];
  }
  return all;
}

function isSame(one: Taint, two: Taint): boolean {
  return one.kind === two.kind && one.name === two.name;
}

/** Of a node of the tree; a text with unknown pieces is unknown. */
export function answerOf(node: PipelineNode): Answer {
  if (node.is !== "scalar") return knownOf(node);
  const taints = taintsOf(node);
  const unknown = node.pieces?.find(({ known }) => !known);
  return unknown ? unknownOf(`${unknown.expression} is not known`, taints) : knownOf(node.value, taints);
}

export function taintsOf({ pieces = [] }: ScalarNode): readonly Taint[] {
  return joinTaints(pieces);
}

export function isTree(value: Value): value is ListNode | MapNode {
  return typeof value === "object" && value !== null && "is" in value && value.is !== "lookup";
}

export function isLookup(value: Value): value is Lookup {
  return typeof value === "object" && value !== null && "is" in value && value.is === "lookup";
}

/** Azure's truth: an empty text is false, every other text is true, `False` included. */
export function truthOf(value: Value): boolean {
  if (typeof value === "number") return value !== 0 && !Number.isNaN(value);
  return typeof value === "string" ? value !== "" : value !== null && value !== false;
}

export function textOfValue(value: Value): string | undefined {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return numberText(value);
  if (typeof value === "string") return value;
  return isVersion(value) ? value.version.join(".") : undefined;
}

function numberText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) >= 1e21 ? BigInt(value).toString() : String(value);
}

export function numberOfValue(value: Value): number | undefined {
  if (typeof value === "number") return value;
  if (value === null) return 0;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (text === "") return 0;
  return /^[-+]?(?:0x[\da-f]+|\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

function versionOfValue(value: Value): readonly number[] | undefined {
  if (isVersion(value)) return value.version;
  return typeof value === "string" && /^\d+(?:\.\d+){1,3}$/.test(value) ? value.split(".").map(Number) : undefined;
}

/** Below, at or above zero as the left is smaller, equal or greater; undefined where the right has no such form. */
export function compareValues(left: Value, right: Value): number | undefined {
  if (typeof left === "boolean") return Number(left) - Number(truthOf(right));
  if (left === null) return textOfValue(right) === "" ? 0 : undefined;
  if (typeof left === "number") {
    const other = numberOfValue(right);
    return other === undefined ? undefined : left - other;
  }
  if (typeof left === "string") {
    const other = textOfValue(right);
    if (other === undefined) return undefined;
    const [one, two] = [left.toUpperCase(), other.toUpperCase()];
    return one < two ? -1 : one > two ? 1 : 0;
  }
  if (!isVersion(left)) return left === right ? 0 : undefined;
  const other = versionOfValue(right);
  if (!other) return undefined;
  for (let at = 0; at < 4; at++) {
    const difference = (left.version[at] ?? -1) - (other[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
