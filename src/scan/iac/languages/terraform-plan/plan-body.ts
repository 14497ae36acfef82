/**
 * A resource of the plan as it would stand in HCL: nested blocks as lists of blocks, what is known after the apply only as
 * Unknown, and what nobody wrote not there at all, unless the plan tells what the provider makes of it.
 */
import { placedIn } from "../../../formats/hcl/functions/placed-in.ts";
import { readJson } from "../../../formats/json/read-json.ts";
import type { Block, Member, Node, Scalar, Unknown } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { itemSources, memberSource, placeOf, type Source, says } from "./source-place.ts";

/** The same part of a resource, seen from all sides. */
export interface Part {
  readonly value: Node | undefined;
  /** True, or a tree with true at what is not known yet. */
  readonly unknown: Node | undefined;
  /** Its expression, or a tree of them, from the plan's configuration. */
  readonly expression: Node | undefined;
  readonly source: Source | undefined;
  /** Of the part around it, in the plan. */
  readonly at: Place;
}

/** Addresses that an expression refers to. */
export type RefsOf = (expression: Node | undefined) => readonly string[];

export function planBody(part: Part, refsOf: RefsOf): Block {
  const { value, unknown, expression, source } = part;
  const members = new Map<string, Member | undefined>();
  const find = (key: string): Member | undefined => {
    const member = memberOf(value, key);
    const mark = memberOf(unknown, key)?.value;
    // What stands inside of a value was written by the expression of the value.
    const written = isOneExpression(expression) ? expression : memberOf(expression, key)?.value;
    const inSource = source && memberSource(source, key);
    const isWritten = written !== undefined || (inSource !== undefined && inSource.source.is !== "around");
    if (!isMarked(mark)) {
      if (!member || (isVoid(member.value) && !isWritten)) return undefined;
    } else if (expression && !isWritten && (!member || isVoid(member.value))) return undefined;
    const at = member?.value.at ?? part.at;
    const inner = { value: member?.value, unknown: mark, expression: written, source: inSource?.source, at };
    return {
      key: inSource?.key ?? member?.key ?? at,
      whole: inSource?.whole ?? member?.whole ?? at,
      value: planNode(inner, refsOf),
    };
  };
  const get = (key: string): Member | undefined => {
    if (!members.has(key)) members.set(key, find(key));
    return members.get(key);
  };
  let known: readonly string[] | undefined;
  const keys = () => {
    known ??= [...new Set([...keysOf(value), ...keysOf(unknown)])].filter((key) => get(key) !== undefined);
    return known;
  };
  return { is: "block", ...placesOf(part), keys, get };
}

function memberOf(node: Node | undefined, key: string): Member | undefined {
  return node?.is === "block" ? node.get(key) : undefined;
}

function keysOf(node: Node | undefined): readonly string[] {
  return node?.is === "block" ? node.keys() : [];
}

/** A plan lists every attribute that a type has: null, or no block at all. What the provider chooses is no text either. */
function isVoid(node: Node): boolean {
  return node.is === "list" ? node.items.length === 0 : node.is === "scalar" && node.value === null;
}

/** Is anything in it not known yet? */
function isMarked(mark: Node | undefined): boolean {
  if (mark?.is === "scalar") return mark.value === true;
  if (mark?.is === "list") return mark.items.some(isMarked);
  return mark?.is === "block" && mark.keys().some((key) => isMarked(mark.get(key)?.value));
}

/** `at` is in the source where there is one; the plan is then what decided it. */
function placesOf({ source, value, at }: Part): { readonly at: Place; readonly from?: Place } {
  const inPlan = value?.at ?? at;
  if (!source) return { at: inPlan };
  return says(source, value) ? { at: placeOf(source) } : { at: placeOf(source), from: inPlan };
}

function planNode(part: Part, refsOf: RefsOf): Node {
  const { value, unknown: mark, expression } = part;
  if (mark?.is === "scalar" && mark.value === true) return notYet(part, refsOf);
  if (value?.is === "list" || (value === undefined && mark?.is === "list")) return planList(part, refsOf);
  if (value?.is === "block" || (value === undefined && mark?.is === "block")) {
    const block = planBody(part, refsOf);
    // A block that stands alone is an object in the plan and a list of one block in HCL.
    if (expression?.is !== "block" || isOneExpression(expression)) return block;
    return { is: "list", ...placesOf(part), items: [block] };
  }
  return value?.is === "scalar" ? planScalar(value, part) : notYet(part, refsOf);
}

function notYet(part: Part, refsOf: RefsOf): Unknown {
  return { is: "unknown", ...placesOf(part), reason: "known after the apply only", refs: refsOf(part.expression) };
}

function planList(part: Part, refsOf: RefsOf): Node {
  const values = part.value?.is === "list" ? part.value.items : [];
  const marks = part.unknown?.is === "list" ? part.unknown.items : [];
  const expressions = part.expression?.is === "list" ? part.expression.items : undefined;
  const sources = part.source && itemSources(part.source, values);
  const items = Array.from({ length: Math.max(values.length, marks.length) }, (_, position) => {
    // One expression may stand for a whole list, and blocks may be fewer than the items that they make.
    const expression = expressions ? (expressions[position] ?? expressions[0]) : part.expression;
    const value = values[position];
    const at = value?.at ?? part.at;
    const source = sources?.[position] ?? (part.source && ({ is: "around", around: placeOf(part.source) } as const));
    const item = { value, unknown: marks[position], expression, source, at };
    return item.value?.is === "block" ? planBody(item, refsOf) : planNode(item, refsOf);
  });
  return { is: "list", ...placesOf(part), items };
}

/** An expression for the whole value, and not a tree of those of a block. */
function isOneExpression(expression: Node | undefined): boolean {
  if (expression?.is !== "block") return false;
  const isEmpty = expression.keys().length === 0;
  return isEmpty || expression.get("references") !== undefined || expression.get("constant_value") !== undefined;
}

/** A text that is JSON has a structure, as it has where `jsonencode` wrote it. */
function planScalar({ value }: Scalar, part: Part): Scalar {
  const places = placesOf(part);
  if (typeof value !== "string" || !/^\s*[{[]\s*["{[]/.test(value)) return { is: "scalar", ...places, value };
  let content: Node | undefined;
  let isRead = false;
  return {
    is: "scalar",
    ...places,
    value,
    get content() {
      if (!isRead) content = structureOf(value, places.at);
      isRead = true;
      return content;
    },
  };
}

function structureOf(text: string, at: Place): Node | undefined {
  const { node, problems } = readJson({ path: "", text });
  return node && problems.length === 0 ? placedIn(node, text, { is: "scalar", at, value: text }, at) : undefined;
}
