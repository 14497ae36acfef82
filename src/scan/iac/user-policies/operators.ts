/**
 * The attribute operators of users' policies. Each judges one value that is known; `missing` is the answer where nothing
 * is there. The negative of an operator is its opposite, also for what is missing.
 */
import { isWithinRange } from "../../formats/ip-range.ts";
import { matches } from "./match-pattern.ts";
import { isInRange } from "./number-range.ts";

export type Known = string | number | boolean | null | readonly Known[] | { readonly [key: string]: Known };

export interface Operator {
  readonly judge: (found: Known, wanted: Known) => boolean;
  readonly missing: boolean;
  /** What `value` of the policy must be. */
  readonly wants: "anything" | "nothing" | "list" | "number" | "text" | "pattern";
}

const positive: Readonly<Record<string, Operator>> = {
  any: { wants: "anything", missing: false, judge: () => true },
  exists: { wants: "nothing", missing: false, judge: (found) => found !== null },
  equals: { wants: "anything", missing: false, judge: same },
  equals_ignore_case: {
    wants: "anything",
    missing: false,
    judge: (a, b) => textOf(a).toLowerCase() === textOf(b).toLowerCase(),
  },
  regex_match: { wants: "pattern", missing: false, judge: (found, pattern) => matches(textOf(found), textOf(pattern)) },
  contains: { wants: "anything", missing: false, judge: contains },
  within: { wants: "list", missing: false, judge: (found, list) => asList(list).some((one) => same(found, one)) },
  starting_with: { wants: "text", missing: false, judge: (found, text) => textOf(found).startsWith(textOf(text)) },
  ending_with: { wants: "text", missing: false, judge: (found, text) => textOf(found).endsWith(textOf(text)) },
  subset: {
    wants: "list",
    missing: false,
    judge: (found, list) => asList(found).every((one) => asList(list).some((other) => same(one, other))),
  },
  intersects: {
    wants: "anything",
    missing: false,
    judge: (found, list) => asList(list).some((one) => contains(found, one)),
  },
  range_includes: {
    wants: "anything",
    missing: false,
    judge: (found, wanted) =>
      asList(wanted).some((one) => asList(found).some((range) => isInRange(textOf(range), textOf(one)))),
  },
  cidr_range_subset: {
    wants: "anything",
    missing: false,
    judge: (found, wanted) =>
      asList(found).every((range) => asList(wanted).some((one) => isWithinRange(textOf(range), textOf(one)))),
  },
};

const negatives: Readonly<Record<string, string>> = {
  not_exists: "exists",
  not_equals: "equals",
  not_equals_ignore_case: "equals_ignore_case",
  not_regex_match: "regex_match",
  not_contains: "contains",
  not_within: "within",
  not_starting_with: "starting_with",
  not_ending_with: "ending_with",
  not_subset: "subset",
  not_intersects: "intersects",
  not_range_includes: "range_includes",
  not_cidr_range_subset: "cidr_range_subset",
};

const orders: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  equals: (a, b) => a === b,
  not_equals: (a, b) => a !== b,
  greater_than: (a, b) => a > b,
  greater_than_or_equal: (a, b) => a >= b,
  less_than: (a, b) => a < b,
  less_than_or_equal: (a, b) => a <= b,
};

export const operators: ReadonlyMap<string, Operator> = new Map([
  ...Object.entries(positive),
  ...Object.entries(negatives).flatMap(([name, of]): [string, Operator][] => {
    const opposite = positive[of];
    return opposite ? [[name, { ...opposite, missing: true, judge: (a, b) => !opposite.judge(a, b) }]] : [];
  }),
  ...Object.entries(orders).flatMap(([name, compare]): [string, Operator][] => [
    ...(name.endsWith("equals") ? [] : [[name, counting(compare, numberOf)] as [string, Operator]]),
    [`length_${name}`, counting(compare, lengthOf)],
    [`number_of_words_${name}`, counting(compare, (found) => textOf(found).split(/\s+/).filter(Boolean).length)],
  ]),
  ["is_empty", { wants: "nothing", missing: false, judge: (found) => lengthOf(found) === 0 }],
  ["is_not_empty", { wants: "nothing", missing: false, judge: (found) => lengthOf(found) !== 0 }],
  ["is_true", { wants: "nothing", missing: false, judge: (found) => same(found, true) }],
  ["is_false", { wants: "nothing", missing: false, judge: (found) => same(found, false) }],
]);

function counting(compare: (a: number, b: number) => boolean, measure: (found: Known) => number): Operator {
  return { wants: "number", missing: false, judge: (found, wanted) => compare(measure(found), numberOf(wanted)) };
}

function same(a: Known, b: Known): boolean {
  if (typeof a === "object" || typeof b === "object") return JSON.stringify(a) === JSON.stringify(b);
  if (a === b) return true;
  const isFlag = typeof a === "boolean" || typeof b === "boolean";
  return isFlag ? textOf(a).toLowerCase() === textOf(b).toLowerCase() : textOf(a) === textOf(b);
}

function contains(found: Known, wanted: Known): boolean {
  if (Array.isArray(found)) return found.some((one) => same(one, wanted));
  if (found !== null && typeof found === "object") return Object.hasOwn(found, textOf(wanted));
  return found !== null && textOf(found).includes(textOf(wanted));
}

export function asList(value: Known): readonly Known[] {
  return Array.isArray(value) ? value : [value as Known];
}

function textOf(value: Known): string {
  return value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
}

function numberOf(value: Known): number {
  return typeof value === "string" && value.trim() !== ""
    ? Number(value)
    : typeof value === "number"
      ? value
      : Number.NaN;
}

function lengthOf(value: Known): number {
  if (value === null) return 0;
  if (Array.isArray(value) || typeof value === "string") return value.length;
  return typeof value === "object" ? Object.keys(value).length : 1;
}
