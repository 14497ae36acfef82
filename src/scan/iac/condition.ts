/**
 * The words in which policies are written. A condition judges a node of a resource; conditions are joined with `all`,
 * `anyOf`, `not`, `when`, `each` and `any`. What a value means when it is missing is said with `{ missing }`; without it
 * a demand fails and a prohibition passes. Unknown values give unknown, never a guess.
 */
import { child, itemsOf, type Node } from "../formats/node.ts";
import { type Located, locateFirst, type Path } from "./locate.ts";
import type { Resource } from "./resource.ts";
import { type ValueConditions, type ValueOptions, valueConditions } from "./value-conditions.ts";
import { bestOf, failAt, notApplicable, passed, unknownAt, type Verdict, worstOf } from "./verdict.ts";

export type Condition = (node: Node, resource: Resource) => Verdict;

/** The value, or all values, at a path: `value("min_tls_version").oneOf("TLS1_2", "TLS1_3")`. All must satisfy it. */
export function value(path: Path, options: ValueOptions = {}): ValueConditions {
  return valueConditions(path, options);
}

/** All conditions must pass. */
export function all(...conditions: readonly Condition[]): Condition {
  return (node, resource) => worstOf(conditions.map((condition) => condition(node, resource)));
}

/** One condition must pass. */
export function anyOf(...conditions: readonly Condition[]): Condition {
  return (node, resource) => bestOf(conditions.map((condition) => condition(node, resource)));
}

/** Pass and fail exchanged. */
export function not(condition: Condition): Condition {
  return (node, resource) => {
    const { is, at } = condition(node, resource);
    // What passes is told where its value is written: perhaps in the call of a module.
    if (is === "pass") return failAt({ at: at ?? node.at, from: at });
    return is === "fail" ? { is: "pass", at } : condition(node, resource);
  };
}

/**
 * `then` is asked only where `if_` passes. Elsewhere the result is `otherwise`: "pass" where not to be concerned is good,
 * "none" where the policy does not apply.
 */
export function when(if_: Condition, then: Condition, otherwise: "pass" | "none" | "fail" = "pass"): Condition {
  return (node, resource) => {
    const asked = if_(node, resource);
    if (asked.is === "pass") return then(node, resource);
    if (asked.is !== "unknown") return { is: otherwise, at: asked.at };
    const verdict = then(node, resource);
    return verdict.is === "pass" && otherwise === "pass" ? verdict : unknownAt(asked.at ?? node.at, asked.why ?? "");
  };
}

/** Every item at the path must satisfy the condition, which sees the item. Nothing there: `missing`, pass by default. */
export function each(path: Path, condition: Condition, options: Pick<ValueOptions, "missing"> = {}): Condition {
  return (node, resource) =>
    worstOf(
      judgeItems(locateFirst(node, path), condition, resource, { missing: options.missing ?? "pass", all: true }),
    );
}

/** One item at the path must satisfy the condition. Nothing there: `missing`, fail by default. */
export function any(path: Path, condition: Condition, options: Pick<ValueOptions, "missing"> = {}): Condition {
  return (node, resource) =>
    bestOf(
      judgeItems(locateFirst(node, path), condition, resource, { missing: options.missing ?? "fail", all: false }),
    );
}

/** `all`: every item must satisfy it, so one that may not be there does no harm by satisfying it. */
interface Judging {
  readonly missing: Verdict["is"];
  readonly all: boolean;
}

function judgeItems(
  located: readonly Located[],
  condition: Condition,
  resource: Resource,
  { missing, all: isEach }: Judging,
): readonly Verdict[] {
  return located.flatMap((one): readonly Verdict[] => {
    if (one.is === "unclear") return [unknownAt(one.at, one.reason)];
    if (one.is === "missing") return [{ is: one.maybe && missing === "fail" ? "unknown" : missing, at: one.at }];
    if (one.node.is === "unknown" && !one.node.content) return [unknownAt(one.node.at, one.node.reason)];
    const items = itemsOf(one.node);
    const isMaybe = (item: Node) => one.maybe || (item.is === "block" && item.maybe === true);
    const verdicts = items.map((item) => {
      const verdict = condition(item, resource);
      return !isEach && isMaybe(item) && verdict.is === "pass"
        ? unknownAt(item.at, "made by a loop over an unknown list")
        : verdict;
    });
    // The block that may be there stands for all that an unknown list would give.
    const isOpen = one.node.is === "list" && one.node.open !== undefined && !(isEach && items.some(isMaybe));
    if (isOpen) verdicts.push(unknownAt(one.node.at, "there may be others that are not known"));
    return verdicts.length > 0 ? verdicts : [{ is: missing, at: one.node.at }];
  });
}

/**
 * A resource of one of these types is connected (by reference, id or name, in either direction) and satisfies the
 * condition. None: `missing`, fail by default.
 */
export function connected(
  types: string | readonly string[],
  condition: Condition = () => passed,
  options: { readonly missing?: "pass" | "fail" | "none" } = {},
): Condition {
  const names = [types].flat();
  return (node, resource) => {
    const { resources, open } = resource.connected(names);
    if (resources.length > 0) return bestOf(resources.map((other) => condition(other.body, other)));
    if (open !== undefined) return unknownAt(node.at, open);
    const missing = options.missing ?? "fail";
    return { is: missing, at: node.at, why: missing === "fail" ? `no ${names.join(" or ")} belongs to it` : undefined };
  };
}

/** Always the same result. */
export function always(is: Verdict["is"], why?: string): Condition {
  return (node) => (is === "none" ? notApplicable : { is, at: node.at, why });
}

/** The way out: judges by a function. Prefer the words above, they carry places and edits. */
export function check(judge: (resource: Resource, node: Node) => Verdict): Condition {
  return (node, resource) => judge(resource, node);
}

/** The first node at a path, if it is there; for functions given to `check`. */
export function nodeAt(node: Node, path: Path): Node | undefined {
  const found = locateFirst(node, path).find(({ is }) => is === "found");
  return found?.is === "found" ? found.node : undefined;
}

/** All nodes at a path, lists opened; for functions given to `check`. */
export function nodesAt(node: Node, path: Path): readonly Node[] {
  return locateFirst(node, path).flatMap((one) => (one.is === "found" ? itemsOf(one.node) : []));
}

/** Unknown where a part of the way to a path is not known, so that nothing found there proves nothing; for functions given to `check`. */
export function unclearAt(node: Node, path: Path): Verdict | undefined {
  const found = locateFirst(node, path).find(({ is }) => is === "unclear");
  return found?.is === "unclear" ? unknownAt(found.at, found.reason) : undefined;
}

/** True if a block has a key with anything but null, whatever it is. */
export function has(node: Node, key: string): boolean {
  const found = child(node, key);
  return found !== undefined && !(found.is === "scalar" && found.value === null);
}
