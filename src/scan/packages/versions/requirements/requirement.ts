/** What a manifest asks for, brought to one form: alternatives, each of comparisons that must all hold. */
import type { Ecosystem } from "#model/ecosystem.ts";
import { rangeOrderOf } from "../order-of.ts";
import { isCommit } from "../version-order.ts";

export interface Comparison {
  readonly is: ">" | ">=" | "<" | "<=" | "=" | "!=";
  readonly version: string;
}

export type Requirement = readonly (readonly Comparison[])[];

/** Reads one notation; undefined if the text is not of it. */
export type RequirementReader = (text: string) => Requirement | undefined;

/** Undefined if the version is none: a branch, a commit. */
export function holds(ecosystem: Ecosystem, version: string, requirement: Requirement): boolean | undefined {
  const { parse, compare, isVersion } = rangeOrderOf(ecosystem);
  const parsed = parse(version);
  if (isCommit(version) || !isVersion(parsed)) return undefined;
  return requirement.some((all) => all.every((one) => isRight(compare(parsed, parse(one.version)), one.is)));
}

function isRight(order: number, is: Comparison["is"]): boolean {
  if (is === "=") return order === 0;
  if (is === "!=") return order !== 0;
  if (order === 0) return is.length === 2;
  return is.startsWith("<") ? order < 0 : order > 0;
}

/** The oldest version that may be meant; undefined if it is not said: `*`, `< 2.0`, `> 1.0`. */
export function lowestIn(ecosystem: Ecosystem, requirement: Requirement): string | undefined {
  const { parse, compare } = rangeOrderOf(ecosystem);
  const order = (a: string, b: string): number => compare(parse(a), parse(b));
  const lowest: string[] = [];
  for (const all of requirement) {
    const bounds = all.filter(({ is }) => is === "=" || is === ">=" || is === ">");
    const last = bounds.toSorted((a, b) => order(a.version, b.version)).at(-1);
    if (last === undefined || last.is === ">") return undefined;
    lowest.push(last.version);
  }
  return lowest.sort(order)[0];
}

export function between(low: string, high: string): readonly Comparison[] {
  return [
    { is: ">=", version: low },
    { is: "<", version: high },
  ];
}

/** The numbers of a version up to `count`, the last one raised: `1.2.3`, 2 -> `1.3`. */
export function raised(version: string, count: number): string {
  const numbers = (/\d+(?:\.\d+)*/.exec(version)?.[0] ?? "0").split(".").slice(0, count);
  return numbers.map((number, at) => (at === numbers.length - 1 ? String(BigInt(number) + 1n) : number)).join(".");
}

export function countOfNumbers(version: string): number {
  return (/\d+(?:\.\d+)*/.exec(version)?.[0] ?? "").split(".").filter(Boolean).length;
}

/** How many numbers a caret keeps: up to the first that is not 0, or all that are written. */
export function caretCount(version: string): number {
  const numbers = (/\d+(?:\.\d+)*/.exec(version)?.[0] ?? "").split(".");
  const significant = numbers.findIndex((number) => !/^0*$/.test(number));
  return significant < 0 ? numbers.length : significant + 1;
}
