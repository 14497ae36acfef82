/** Whether two values are the same. Undefined where an unknown part would decide it. */
import type { Node } from "../../node.ts";
import { limits } from "./answer.ts";
import { toText } from "./convert-scalar.ts";

export function same(a: Node, b: Node): boolean | undefined {
  let left = limits.nodes;
  const compare = (one: Node, other: Node, depth: number): boolean | undefined => {
    if (--left < 0 || depth > limits.depth) return undefined;
    if (one === other && one.is !== "unknown") return true;
    if (one.is === "unknown" || other.is === "unknown") return undefined;
    if (one.is === "scalar" && other.is === "scalar") return toText(one.value) === toText(other.value);
    if (one.is === "list" && other.is === "list") {
      const open = one.open !== undefined || other.open !== undefined;
      if (one.items.length !== other.items.length) return open ? undefined : false;
      return all(
        one.items.map((item, position) => [item, other.items[position]] as const),
        open,
        depth,
      );
    }
    if (one.is === "block" && other.is === "block") {
      const open = one.open !== undefined || other.open !== undefined;
      const keys = one.keys();
      if (keys.length !== other.keys().length) return open ? undefined : false;
      return all(
        keys.map((key) => [one.get(key)?.value, other.get(key)?.value] as const),
        open,
        depth,
      );
    }
    return false;
  };
  const all = (
    pairs: readonly (readonly [Node | undefined, Node | undefined])[],
    open: boolean,
    depth: number,
  ): boolean | undefined => {
    let sure: boolean | undefined = open ? undefined : true;
    for (const [one, other] of pairs) {
      const answer = one && other ? compare(one, other, depth + 1) : false;
      if (answer === false) return open ? undefined : false;
      if (answer === undefined) sure = undefined;
    }
    return sure;
  };
  return compare(a, b, 0);
}

/** Is the value among these? `undefined` where an unknown one might be it. */
export function among(items: readonly Node[], value: Node): boolean | undefined {
  let maybe = false;
  for (const item of items) {
    const answer = same(item, value);
    if (answer) return true;
    if (answer === undefined) maybe = true;
  }
  return maybe ? undefined : false;
}

/** Drops later repetitions; what may or may not be one is kept. */
export function withoutRepetitions(items: readonly Node[]): readonly Node[] {
  const seen = new Set<string>();
  const structures: Node[] = [];
  return items.filter((item) => {
    if (item.is === "unknown") return true;
    if (item.is === "scalar") {
      const key = toText(item.value) ?? "\0null";
      return seen.has(key) ? false : seen.add(key);
    }
    if (structures.length < 200) {
      if (among(structures, item)) return false;
      structures.push(item);
    }
    return true;
  });
}

/** By code points, as Terraform orders texts. */
export function textOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
