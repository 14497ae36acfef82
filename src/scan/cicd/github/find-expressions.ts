/** The `${{ }}` of a value, each parsed and with its place. */
import type { Node, Scalar } from "../../formats/node.ts";
import type { Place } from "../../formats/text-file.ts";
import type { Expression } from "./expression.ts";
import { parseExpression } from "./parse-expression.ts";
import { placeIn } from "./place-in.ts";

export interface FoundExpression {
  /** Undefined if it is none that GitHub would take. */
  readonly expression: Expression | undefined;
  /** Without the braces. */
  readonly text: string;
  /** Offsets of the braces in the value. */
  readonly start: number;
  readonly end: number;
  /** The place of a part of the expression, or of the whole with its braces. */
  readonly placeOf: (part?: Expression) => Place;
}

/** A value with more of them is data, and so is a file. */
export const mostInText = 2_000;
export const mostInFile = 20_000;
const longestFence = 20_000;

export function findExpressions(node: Node | undefined): readonly FoundExpression[] {
  if (node?.is !== "scalar" || typeof node.value !== "string") return [];
  const { value } = node;
  return [...fencesIn(value).take(mostInText)].map(({ start, close }) => oneExpression(node, value, start, close));
}

function* fencesIn(value: string): Generator<{ readonly start: number; readonly close: number }> {
  for (let start = value.indexOf("${{"); start >= 0; ) {
    const close = closingBraces(value, start + 3);
    if (close < 0) return;
    yield { start, close };
    start = value.indexOf("${{", close + 2);
  }
}

/** The text with more expressions than are looked at, or with which the file has more; undefined if all are looked at. */
export function firstOverfull(body: Node): Scalar | undefined {
  let left = mostInFile;
  const seen = new Set<number>();
  for (const scalar of scalarsIn(body)) {
    const { start } = scalar.from ?? scalar.at;
    if (typeof scalar.value !== "string" || seen.has(start)) continue;
    seen.add(start);
    const count = [...fencesIn(scalar.value).take(mostInText + 1)].length;
    left -= count;
    if (count > mostInText || left < 0) return scalar;
  }
  return undefined;
}

/** The condition of an `if`, which needs no braces. */
export function conditionOf(node: Node | undefined): readonly FoundExpression[] {
  const fenced = findExpressions(node);
  if (fenced.length > 0 || node?.is !== "scalar" || typeof node.value !== "string") return fenced;
  const { value } = node;
  return [
    {
      expression: parseExpression(value),
      text: value,
      start: 0,
      end: value.length,
      placeOf: (part) => placeIn(node, part?.start ?? 0, part?.end ?? value.length),
    },
  ];
}

function oneExpression(node: Scalar, value: string, start: number, close: number): FoundExpression {
  const text = value.slice(start + 3, close);
  return {
    expression: parseExpression(text),
    text,
    start,
    end: close + 2,
    placeOf: (part) =>
      part ? placeIn(node, start + 3 + part.start, start + 3 + part.end) : placeIn(node, start, close + 2),
  };
}

/** The braces that close an expression; those in quotes do not. */
function closingBraces(text: string, from: number): number {
  let isQuoted = false;
  const until = Math.min(text.length, from + longestFence);
  for (let at = from; at < until; at++) {
    if (text[at] === "'") isQuoted = !isQuoted;
    else if (!isQuoted && text[at] === "}" && text[at + 1] === "}") return at;
  }
  return text.indexOf("}}", from);
}

/** Every scalar below a node, in the order of the text; the reader of YAML bounds what aliases unfold to. */
export function* scalarsIn(node: Node | undefined): Generator<Scalar> {
  const open: Node[] = node ? [node] : [];
  for (let at = open.pop(); at; at = open.pop()) {
    if (at.is === "scalar") yield at;
    else if (at.is === "list") for (const item of at.items.toReversed()) open.push(item);
    else if (at.is === "block") {
      for (const key of at.keys().toReversed()) {
        const value = at.get(key)?.value;
        if (value) open.push(value);
      }
    }
  }
}
