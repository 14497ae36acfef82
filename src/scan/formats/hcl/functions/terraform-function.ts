/** How a function is told: over nodes, or over plain values with arguments that are checked and converted before. */
import type { Node } from "../../node.ts";
import type { Place } from "../../text-file.ts";
import { type Answer, kindOf, nodeOf, unknown } from "./answer.ts";
import { toBool, toNumber, toText } from "./convert-scalar.ts";

export interface TerraformFunction {
  /** The least and the greatest number of arguments. */
  readonly count: readonly [number, number];
  readonly call: (args: readonly Node[], at: Place) => Node;
}

export type FunctionTable = Readonly<Record<string, TerraformFunction>>;

interface Kinds {
  readonly string: string;
  readonly number: number;
  readonly whole: number;
  readonly bool: boolean;
  readonly strings: readonly string[];
  readonly numbers: readonly number[];
}
type Kind = keyof Kinds;
type ValuesOf<K extends readonly Kind[]> = { -readonly [I in keyof K]: Kinds[K[I]] };

const names: Readonly<Record<Kind, string>> = {
  string: "a string",
  number: "a number",
  whole: "a whole number",
  bool: "a bool",
  strings: "a list of strings",
  numbers: "a list of numbers",
};

export type Reading<T> =
  | { readonly is: "value"; readonly value: T }
  | { readonly is: "unknown"; readonly reason: string }
  | { readonly is: "wrong"; readonly reason: string };

const readers: { readonly [K in Kind]: (node: Node) => Kinds[K] | undefined } = {
  string: (node) => (node.is === "scalar" ? toText(node.value) : undefined),
  number: (node) => (node.is === "scalar" ? toNumber(node.value) : undefined),
  whole: (node) => {
    const value = node.is === "scalar" ? toNumber(node.value) : undefined;
    return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
  },
  bool: (node) => (node.is === "scalar" ? toBool(node.value) : undefined),
  strings: (node) => every(node, readers.string),
  numbers: (node) => every(node, readers.number),
};

function every<T>(node: Node, read: (node: Node) => T | undefined): readonly T[] | undefined {
  if (node.is !== "list") return undefined;
  const values: T[] = [];
  for (const item of node.items) {
    const value = read(item);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/** Why a value is not known as a whole. Blocks are not asked. */
export function unknownPart(node: Node): string | undefined {
  if (node.is === "unknown") return node.reason;
  if (node.is !== "list") return undefined;
  if (node.open !== undefined) return node.open;
  const item = node.items.find((each) => each.is === "unknown");
  return item?.is === "unknown" ? item.reason : undefined;
}

export function read<K extends Kind>(kind: K, node: Node): Reading<Kinds[K]> {
  const unknownReason = unknownPart(node);
  if (unknownReason !== undefined) return { is: "unknown", reason: unknownReason };
  const value = readers[kind](node) as Kinds[K] | undefined;
  if (value !== undefined) return { is: "value", value };
  return { is: "wrong", reason: `${names[kind]} was expected, ${kindOf(node)} was given` };
}

interface More {
  /** So many of the last arguments may be left out. */
  readonly optional?: number;
  /** The call makes sense on the known parts of a text: `lower("A-${x}")` is `a-${...}`. */
  readonly keepsText?: boolean;
}

export function plain<const K extends readonly Kind[]>(
  kinds: K,
  run: (...values: ValuesOf<K>) => Answer,
  { optional = 0, keepsText = false }: More = {},
): TerraformFunction {
  const call = (args: readonly Node[], at: Place): Node => {
    const values: unknown[] = [];
    let missing: string | undefined;
    for (const [position, node] of args.entries()) {
      const reading = read(kinds[position] ?? "string", node);
      if (reading.is === "wrong") return unknown(`argument ${position + 1}: ${reading.reason}`, args, at);
      if (reading.is === "value") values.push(reading.value);
      else {
        missing ??= reading.reason;
        const text = node.is === "unknown" ? node.text : undefined;
        if (position > 0 || !keepsText || text === undefined) return unknown(reading.reason, args, at);
        values.push(text);
      }
    }
    const answer = run(...(values as ValuesOf<K>));
    if (missing === undefined) return nodeOf(answer, at, args);
    return unknown(missing, args, at, typeof answer === "string" ? answer : undefined);
  };
  return { count: [kinds.length - optional, kinds.length], call };
}

/** Any number of arguments of one kind. */
export function plainRest<K extends Kind>(
  kind: K,
  least: number,
  run: (values: readonly Kinds[K][]) => Answer,
): TerraformFunction {
  const call = (args: readonly Node[], at: Place): Node => {
    const values: Kinds[K][] = [];
    let missing: string | undefined;
    for (const [position, node] of args.entries()) {
      const reading = read(kind, node);
      if (reading.is === "value") values.push(reading.value);
      else if (reading.is === "unknown") missing ??= reading.reason;
      else return unknown(`argument ${position + 1}: ${reading.reason}`, args, at);
    }
    return missing === undefined ? nodeOf(run(values), at, args) : unknown(missing, args, at);
  };
  return { count: [least, Number.POSITIVE_INFINITY], call };
}

/** Over the nodes themselves. */
export function structural(
  least: number,
  most: number,
  call: (args: readonly Node[], at: Place) => Node,
): TerraformFunction {
  return { count: [least, most], call };
}
