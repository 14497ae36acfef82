/** The demands on a value: what `value(path)` offers. Comparison is loose where languages are: true is "true", 5 is "5". */
import { itemsOf, type Node, type Scalar } from "../formats/node.ts";
import type { Condition } from "./condition.ts";
import { inText, literalText } from "./literal-text.ts";
import { type Located, locateFirst, type Path } from "./locate.ts";
import type { Dialect, Resource } from "./resource.ts";
import { failAt, type Literal, passAt, type Suggestion, unknownAt, type Verdict, worstOf } from "./verdict.ts";

export interface ValueOptions {
  /** The result if nothing is there. */
  readonly missing?: "pass" | "fail" | "unknown" | "none";
  /** What the proposed edit writes, where it is not the expected value itself; false: propose nothing. */
  readonly edit?: Literal | false;
}

type Plain = string | number | boolean;

export interface ValueConditions {
  readonly is: (expected: Plain) => Condition;
  readonly oneOf: (...expected: readonly Plain[]) => Condition;
  /** None of these. Nothing there passes. */
  readonly not: (...forbidden: readonly Plain[]) => Condition;
  /** There, and not empty. A value that cannot be known is there. */
  readonly exists: () => Condition;
  /** Not there, null or empty. */
  readonly absent: () => Condition;
  readonly matches: (pattern: RegExp) => Condition;
  readonly notMatches: (pattern: RegExp) => Condition;
  readonly startsWith: (...texts: readonly string[]) => Condition;
  readonly endsWith: (...texts: readonly string[]) => Condition;
  /** A list that has every one of these, or a text that contains them. */
  readonly contains: (...wanted: readonly Plain[]) => Condition;
  /** A list that has none of these, or a text that contains none. Nothing there passes. */
  readonly lacks: (...forbidden: readonly Plain[]) => Condition;
  readonly atLeast: (minimum: number) => Condition;
  readonly atMost: (maximum: number) => Condition;
  /** Dotted versions, compared part by part: "1.10" is more than "1.9". A text before the digits is skipped: "v1.2", "TLS1_2". */
  readonly versionAtLeast: (minimum: string) => Condition;
  /** So many items or more. */
  readonly countAtLeast: (minimum: number) => Condition;
  /** A demand of one's own on each plain value; `words` complete "expected ...". */
  readonly satisfies: (test: (value: Plain, node: Node) => boolean, words: string) => Condition;
}

/** What is wrong is that it is there. */
const removal = Symbol("removal");

interface Demand {
  readonly path: Path;
  readonly options: ValueOptions;
  /** Completes "expected ...". */
  readonly words: string;
  readonly missing: Verdict["is"];
  /** What would satisfy it. */
  readonly cure?: Literal | typeof removal | undefined;
  readonly judge: (node: Node, dialect: Dialect) => boolean | undefined;
}

// oxlint-disable-next-line max-lines-per-function -- a list of demands, each of a line or two
export function valueConditions(path: Path, options: ValueOptions): ValueConditions {
  const demand = (words: string, judge: Demand["judge"], more: Partial<Demand> = {}): Condition =>
    conditionOf({ path, options, words, judge, missing: "fail", ...more });
  const plain = (words: string, test: (value: Plain) => boolean, more: Partial<Demand> = {}): Condition =>
    demand(words, (node) => eachPlain(node, test), more);
  const oneOf = (...expected: readonly Plain[]): Condition =>
    demand(
      inText(expected),
      (node, dialect) => eachPlain(node, (found) => expected.some((one) => equals(found, one, dialect))),
      {
        cure: expected[0],
      },
    );
  return {
    is: (expected) => oneOf(expected),
    oneOf,
    not: (...forbidden) =>
      demand(
        `not ${inText(forbidden)}`,
        (node, dialect) => eachPlain(node, (found) => !forbidden.some((one) => equals(found, one, dialect))),
        { missing: "pass", cure: oppositeOf(forbidden) },
      ),
    exists: () => demand("a value", isThere),
    absent: () => demand("nothing", (node) => invert(isThere(node), node), { missing: "pass", cure: removal }),
    matches: (pattern) => plain(`to match ${pattern.source}`, (found) => pattern.test(String(found))),
    notMatches: (pattern) =>
      plain(`not to match ${pattern.source}`, (found) => !pattern.test(String(found)), { missing: "pass" }),
    startsWith: (...texts) =>
      demand(`to begin with ${inText(texts)}`, (node) =>
        eachText(node, (found) => texts.some((text) => found.startsWith(text)), "start"),
      ),
    endsWith: (...texts) =>
      demand(`to end with ${inText(texts)}`, (node) =>
        eachText(node, (found) => texts.some((text) => found.endsWith(text)), "end"),
      ),
    contains: (...wanted) =>
      demand(`to contain ${inText(wanted)}`, (node, dialect) =>
        every(wanted.map((one) => contains(node, one, dialect))),
      ),
    lacks: (...forbidden) =>
      demand(
        `not to contain ${inText(forbidden)}`,
        (node, dialect) => every(forbidden.map((one) => negate(contains(node, one, dialect)))),
        { missing: "pass" },
      ),
    atLeast: (minimum) => plain(`at least ${minimum}`, (found) => numberOf(found) >= minimum, { cure: minimum }),
    atMost: (maximum) => plain(`at most ${maximum}`, (found) => numberOf(found) <= maximum, { cure: maximum }),
    versionAtLeast: (minimum) =>
      plain(`at least ${minimum}`, (found) => compareDotted(String(found), minimum) >= 0, { cure: minimum }),
    countAtLeast: (minimum) => demand(`at least ${minimum} items`, (node) => countAtLeast(node, minimum)),
    satisfies: (test, words) => demand(words, (node) => eachPlain(node, (found) => test(found, node))),
  };
}

function conditionOf(demand: Demand): Condition {
  return (node, resource) => {
    const located = locateFirst(node, demand.path);
    const [only] = located;
    return located.length === 1 && only
      ? judgeOne(demand, only, resource)
      : worstOf(located.map((one) => judgeOne(demand, one, resource)));
  };
}

function judgeOne(demand: Demand, one: Located, resource: Resource): Verdict {
  if (one.is === "unclear") return unknownAt(one.at, one.reason);
  if (one.is === "missing") return judgeMissing(demand, one);
  const { node } = one;
  const result = demand.judge(node, resource.dialect);
  if (result === undefined) return unknownAt(node.at, node.is === "unknown" ? node.reason : "part of it is not known");
  // Nothing is proven by an empty list that stands where a value is demanded.
  if (node.is === "list" && node.items.length === 0 && node.open === undefined)
    return judgeMissing(demand, { is: "missing", block: undefined, rest: [], at: node.at, maybe: one.maybe, node });
  // Where to be missing is good, too, it does not matter whether it is there.
  const isNeeded = (demand.options.missing ?? demand.missing) !== "pass";
  if (result && one.maybe && isNeeded) return unknownAt(node.at, "made by a loop over an unknown list");
  if (result) return passAt(node.from ?? node.at);
  const why = `${nameOf(demand.path)} is ${foundText(demand, node)}, expected ${demand.words}`;
  return failAt(node, why, editsFor(demand, one));
}

function judgeMissing(demand: Demand, one: Extract<Located, { is: "missing" }>): Verdict {
  const is = demand.options.missing ?? demand.missing;
  if (is !== "fail") return { is, at: one.at };
  if (one.maybe) return unknownAt(one.at, "made by a loop over an unknown list");
  const value = cureOf(demand);
  const edits: readonly Suggestion[] | undefined =
    value === undefined || value === removal
      ? undefined
      : one.node
        ? [{ is: "set", node: one.node, value }]
        : one.block && one.rest.length > 0
          ? [{ is: "add", to: one.block, path: one.rest, value }]
          : undefined;
  return failAt(one.block ?? one, `${nameOf(demand.path)} is not set, expected ${demand.words}`, edits);
}

function cureOf({ options, cure }: Demand): Literal | typeof removal | undefined {
  return options.edit === false ? undefined : (options.edit ?? cure);
}

function editsFor(
  demand: Demand,
  { node, member }: Extract<Located, { is: "found" }>,
): readonly Suggestion[] | undefined {
  const value = cureOf(demand);
  if (value === removal) return member ? [{ is: "remove", member }] : undefined;
  if (value === undefined) return undefined;
  return node.is === "scalar" ? [{ is: "set", node, value }] : undefined;
}

/** What stands under such a name may be a secret, and messages go into comments and reports. */
export const secretName =
  /passw|pwd|secret|token|credential|key|connection.?string|user.?data|custom.?data|script|environment|sas/i;

function foundText({ path, cure }: Demand, node: Node): string {
  const isSecret = cure === removal || [path].flat().some((one) => secretName.test(one));
  const isHarmless = node.is === "scalar" && (typeof node.value !== "string" || node.value === "");
  return isSecret && !isHarmless ? "set" : literalText(node);
}

function nameOf(path: Path): string {
  return typeof path === "string" ? path : (path[0] ?? "");
}

/** Of a single flag the opposite is the cure; of other forbidden values nobody knows. */
function oppositeOf(forbidden: readonly Plain[]): Literal | undefined {
  const [only] = forbidden;
  return forbidden.length === 1 && typeof only === "boolean" ? !only : undefined;
}

/** Every plain value of the node passes the test; undefined if one is not known and none fails. */
function eachPlain(node: Node, test: (value: Plain) => boolean): boolean | undefined {
  let result: boolean | undefined = true;
  for (const item of itemsOf(node)) {
    if (item.is === "unknown") result = undefined;
    else if (item.is === "list") {
      const inner = eachPlain(item, test);
      if (inner === false) return false;
      if (inner === undefined) result = undefined;
    } else if (item.is === "block" || item.value === null || !test(item.value)) return false;
  }
  return node.is === "list" && node.open !== undefined ? undefined : result;
}

/** As `eachPlain`, for texts of which the known beginning or end may be enough. */
function eachText(node: Node, test: (text: string) => boolean, enough: "start" | "end"): boolean | undefined {
  return every(
    itemsOf(node).map((item) => {
      if (item.is === "scalar") return item.value !== null && test(String(item.value));
      if (item.is !== "unknown" || item.text === undefined) return item.is === "unknown" ? undefined : false;
      const known = enough === "start" ? item.text.split("${", 1)[0] : item.text.slice(item.text.lastIndexOf("}") + 1);
      return known !== undefined && known !== "" && test(known) ? true : undefined;
    }),
  );
}

function contains(node: Node, wanted: Plain, dialect: Dialect): boolean | undefined {
  // What was encoded is looked at in clear.
  if (
    node.is !== "list" &&
    node.is !== "block" &&
    node.content?.is === "scalar" &&
    contains(node.content, wanted, dialect)
  )
    return true;
  const asCompared = (value: Plain) => (dialect === "arm" ? String(value).toLowerCase() : String(value));
  if (node.is === "unknown") return node.text && asCompared(node.text).includes(asCompared(wanted)) ? true : undefined;
  if (node.is === "block")
    return node.get(String(wanted)) !== undefined || (node.open === undefined ? false : undefined);
  if (node.is === "scalar") return node.value !== null && asCompared(node.value).includes(asCompared(wanted));
  const items = node.items.map((item) =>
    item.is === "unknown"
      ? undefined
      : item.is === "scalar" && item.value !== null && equals(item.value, wanted, dialect),
  );
  if (items.includes(true)) return true;
  return items.includes(undefined) || node.open !== undefined ? undefined : false;
}

function isThere(node: Node): boolean | undefined {
  if (node.is === "scalar") return node.value !== null && (typeof node.value !== "string" || node.value.trim() !== "");
  if (node.is === "list" && node.items.length === 0) return node.open === undefined ? false : undefined;
  return true;
}

/** A value that cannot be known may be null. */
function invert(there: boolean | undefined, node: Node): boolean | undefined {
  return node.is === "unknown" ? undefined : negate(there);
}

function negate(result: boolean | undefined): boolean | undefined {
  return result === undefined ? undefined : !result;
}

function every(results: readonly (boolean | undefined)[]): boolean | undefined {
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

function countAtLeast(node: Node, minimum: number): boolean | undefined {
  if (node.is === "unknown") return undefined;
  if (itemsOf(node).length >= minimum) return true;
  return node.is === "list" && node.open !== undefined ? undefined : false;
}

/** Are two plain values the same to the language? */
function equals(found: Plain, expected: Plain, dialect: Dialect): boolean {
  if (found === expected) return true;
  const [a, b] = [String(found), String(expected)];
  if (dialect === "arm" || typeof found === "boolean" || typeof expected === "boolean")
    return a.toLowerCase() === b.toLowerCase();
  return typeof found !== typeof expected && a === b;
}

function numberOf(value: Plain): number {
  return typeof value === "boolean" || value === "" ? Number.NaN : Number(value);
}

/** Negative if `a` is the lower version. What has no digits is lower than everything. */
export function compareDotted(a: string, b: string): number {
  const [left, right] = [digitsOf(a), digitsOf(b)];
  if (left.length === 0 || right.length === 0) return left.length - right.length;
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function digitsOf(version: string): readonly number[] {
  return (/\d+(?:[._]\d+)*/.exec(version)?.[0] ?? "").split(/[._]/).filter(Boolean).map(Number);
}

/** The plain value of a scalar, if it has one. */
export function plainOf(node: Node | undefined): Scalar["value"] | undefined {
  return node?.is === "scalar" ? node.value : undefined;
}
