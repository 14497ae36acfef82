/** The functions of Azure's expressions over known values. What they make is bounded by the caller's budget. */
import {
  type Answer,
  compareValues,
  isTree,
  numberOfValue,
  textOfValue,
  truthOf,
  unknownOf,
  type Value,
} from "./answer.ts";
import { isVersion } from "./expression-node.ts";
import type { PipelineNode } from "./source-node.ts";

export interface Made {
  /** A list of texts, as a node at the place of the expression. */
  readonly listOf: (texts: readonly string[]) => Value;
}

export interface ExpressionFunction {
  readonly least: number;
  readonly most: number;
  /** Undefined: the values have no such form. */
  readonly call: (args: readonly Value[], made: Made) => Value | undefined;
}

const any = 1000;

/** Those that need no value to be known: they are told apart by `evaluate`. */
export const logicFunctions: ReadonlySet<string> = new Set(["and", "or", "not", "xor", "iif", "coalesce"]);

/** Known only when the pipeline runs. */
const runtimeFunctions: Readonly<Record<string, readonly [number, number]>> = {
  always: [0, 0],
  canceled: [0, 0],
  succeeded: [0, any],
  failed: [0, any],
  succeededorfailed: [0, any],
  counter: [0, 2],
  hashfiles: [1, any],
};

export const functions: ReadonlyMap<string, ExpressionFunction> = new Map(
  Object.entries({
    eq: two((a, b) => compareValues(a, b) === 0),
    ne: two((a, b) => compareValues(a, b) !== 0),
    gt: two((a, b) => (compareValues(a, b) ?? Number.NaN) > 0),
    ge: two((a, b) => (compareValues(a, b) ?? Number.NaN) >= 0),
    lt: two((a, b) => (compareValues(a, b) ?? Number.NaN) < 0),
    le: two((a, b) => (compareValues(a, b) ?? Number.NaN) <= 0),
    in: { least: 1, most: any, call: ([first = null, ...rest]) => rest.some((one) => compareValues(first, one) === 0) },
    notin: {
      least: 1,
      most: any,
      call: ([first = null, ...rest]) => !rest.some((one) => compareValues(first, one) === 0),
    },
    contains: texts((a, b) => a.toUpperCase().includes(b.toUpperCase())),
    startswith: texts((a, b) => a.toUpperCase().startsWith(b.toUpperCase())),
    endswith: texts((a, b) => a.toUpperCase().endsWith(b.toUpperCase())),
    containsvalue: two(containsValue),
    lower: text((a) => a.toLowerCase()),
    upper: text((a) => a.toUpperCase()),
    trim: text((a) => a.trim()),
    length: { least: 1, most: 1, call: ([a = null]) => lengthOf(a) },
    join: two(joined),
    split: {
      least: 2,
      most: 2,
      call: ([a = null, b = null], { listOf }) => {
        const [whole, by] = [textOfValue(a), textOfValue(b)];
        return whole === undefined || by === undefined ? undefined : listOf(splitBy(whole, by));
      },
    },
    replace: {
      least: 3,
      most: 3,
      call: (args) => {
        const [whole, from, to] = args.map(textOfValue);
        if (whole === undefined || from === undefined || to === undefined) return undefined;
        return from === "" ? whole : whole.split(from).join(to);
      },
    },
    substring: { least: 2, most: 3, call: substring },
    format: { least: 1, most: any, call: format },
    converttojson: { least: 1, most: 1, call: ([a = null]) => JSON.stringify(plainOf(a, 0), undefined, 2) },
  } satisfies Record<string, ExpressionFunction>),
);

/** How many arguments a function takes; undefined for one that does not exist. */
export function arityOf(name: string): readonly [number, number] | undefined {
  const lower = name.toLowerCase();
  if (lower === "not") return [1, 1];
  if (lower === "xor") return [2, 2];
  if (lower === "iif") return [3, 3];
  if (lower === "coalesce") return [2, any];
  if (logicFunctions.has(lower)) return [2, any];
  const found = functions.get(lower);
  return found ? [found.least, found.most] : runtimeFunctions[lower];
}

function two(call: (a: Value, b: Value) => Value | undefined): ExpressionFunction {
  return { least: 2, most: 2, call: ([a = null, b = null]) => call(a, b) };
}

function text(call: (a: string) => string): ExpressionFunction {
  return {
    least: 1,
    most: 1,
    call: ([a = null]) => {
      const one = textOfValue(a);
      return one === undefined ? undefined : call(one);
    },
  };
}

function texts(call: (a: string, b: string) => boolean): ExpressionFunction {
  return two((a, b) => {
    if (isTree(a)) return containsValue(a, b);
    const [one, other] = [textOfValue(a), textOfValue(b)];
    return one !== undefined && other !== undefined && call(one, other);
  });
}

function itemsIn(value: Value): readonly PipelineNode[] {
  if (!isTree(value)) return [];
  return value.is === "list" ? value.items : value.entries.map((entry) => entry.value);
}

function containsValue(a: Value, b: Value): boolean {
  return itemsIn(a).some((item) => item.is === "scalar" && compareValues(item.value, b) === 0);
}

function lengthOf(value: Value): number | undefined {
  return isTree(value) ? itemsIn(value).length : textOfValue(value)?.length;
}

function joined(by: Value, list: Value): string | undefined {
  const between = textOfValue(by);
  if (between === undefined) return undefined;
  if (!isTree(list)) return textOfValue(list);
  return itemsIn(list)
    .map((item) => (item.is === "scalar" ? (textOfValue(item.value) ?? "") : ""))
    .join(between);
}

/** Each character of the second text divides the first. */
function splitBy(whole: string, by: string): readonly string[] {
  const out: string[] = [];
  let from = 0;
  for (let at = 0; at < whole.length; at++) {
    if (!by.includes(whole.charAt(at))) continue;
    out.push(whole.slice(from, at));
    from = at + 1;
  }
  out.push(whole.slice(from));
  return out;
}

function substring([a = null, b = null, c]: readonly Value[]): string | undefined {
  const [whole, from] = [textOfValue(a), numberOfValue(b)];
  const count = c === undefined ? undefined : numberOfValue(c);
  if (whole === undefined || from === undefined) return undefined;
  return count === undefined
    ? whole.slice(Math.max(0, from))
    : whole.slice(Math.max(0, from), Math.max(0, from + count));
}

function format([pattern = null, ...args]: readonly Value[]): string | undefined {
  const given = args.map(textOfValue);
  let refused = false;
  const made = (textOfValue(pattern) ?? "").replace(
    /\{\{|\}\}|\{(\d+)(?::[^}]*)?\}/g,
    (found, position: string | undefined) => {
      if (position === undefined) return found.charAt(0);
      const value = given[Number(position)];
      refused ||= value === undefined;
      return value ?? "";
    },
  );
  return refused ? undefined : made;
}

function plainOf(value: Value | PipelineNode, depth: number): unknown {
  if (depth > 100) return null;
  if (typeof value !== "object" || value === null) return value;
  if (isVersion(value)) return value.version.join(".");
  if (value.is === "lookup")
    return Object.fromEntries((value.entries?.() ?? []).map(([key, one]) => [key, plainAnswer(one, depth)]));
  if (value.is === "scalar") return value.value;
  if (value.is === "list") return value.items.map((item) => plainOf(item, depth + 1));
  return Object.fromEntries(value.entries.map(({ key, value: one }) => [key.text, plainOf(one, depth + 1)]));
}

function plainAnswer(answer: Answer, depth: number): unknown {
  return answer.is === "known" ? plainOf(answer.value, depth + 1) : null;
}

/** Whether a condition holds; undefined where that is not known. */
export function holds(answer: Answer): boolean | undefined {
  return answer.is === "known" ? truthOf(answer.value) : undefined;
}

export function notComputed(name: string): Answer {
  return unknownOf(`${name}() is known only when the pipeline runs`);
}
