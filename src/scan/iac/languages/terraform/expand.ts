/**
 * `count` and `for_each`: which instances there are. They are written out only when all of them are known and not too
 * many; else there is one instance that knows neither its key nor its value.
 */

import { evaluate } from "../../../formats/hcl/evaluate.ts";
import { scalar, unknown } from "../../../formats/hcl/functions/answer.ts";
import { toNumber, toText } from "../../../formats/hcl/functions/convert-scalar.ts";
import type { Scope } from "../../../formats/hcl/scope.ts";
import type { Item } from "../../../formats/hcl/syntax.ts";
import { blockOf, type Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";

export const maxInstances = 1000;

export interface Expansion {
  readonly by: "count" | "for_each" | undefined;
  readonly instances: readonly Instance[];
  /** Why there may be other instances than these. */
  readonly unknown?: string | undefined;
  readonly tooMany?: boolean | undefined;
}

export interface Instance {
  /** Undefined for a block without a loop, and where the loop is not known. */
  readonly key: string | number | undefined;
  /** What `count.index`, `each.key` and `each.value` give. */
  readonly index?: Node | undefined;
  readonly each?: { readonly key: Node; readonly value: Node } | undefined;
}

const alone: Expansion = { by: undefined, instances: [{ key: undefined }] };

/** `dynamic` blocks have no addresses, so their loops also go over items that are not known. */
export function expand(items: readonly Item[], scope: Scope, dynamic = false): Expansion {
  for (const item of items) {
    if (item.is !== "attribute") continue;
    if (item.name === "count") return byCount(evaluate(item.value, scope));
    if (item.name === "for_each") return byEach(evaluate(item.value, scope), dynamic);
  }
  return alone;
}

function byCount(count: Node): Expansion {
  const { at } = count;
  const number = count.is === "scalar" ? toNumber(count.value) : undefined;
  if (number === undefined || number > maxInstances || number < 0) {
    const reason = count.is === "unknown" ? count.reason : `count is not a number from 0 to ${maxInstances}`;
    const index = unknown(reason, [count], at);
    return { by: "count", instances: [{ key: undefined, index }], unknown: reason, tooMany: number !== undefined };
  }
  const instances = Array.from({ length: number }, (_, key) => ({ key, index: scalar(key, at) }));
  return { by: "count", instances };
}

function byEach(collection: Node, dynamic: boolean): Expansion {
  const { at } = collection;
  const entries = entriesOf(collection, dynamic);
  if (typeof entries === "string" || entries.length > maxInstances) {
    const reason = typeof entries === "string" ? entries : `for_each has more than ${maxInstances} items`;
    const value = unknown(reason, [collection], at);
    const instances = [{ key: undefined, each: { key: value, value } }];
    return { by: "for_each", instances, unknown: reason, tooMany: typeof entries !== "string" };
  }
  return { by: "for_each", instances: entries };
}

/** Or why they are not known. */
function entriesOf(collection: Node, dynamic: boolean): readonly Instance[] | string {
  if (collection.is === "unknown") return collection.reason;
  if (collection.is === "scalar") return "for_each is neither a map nor a set";
  if (collection.open !== undefined) return collection.open;
  if (collection.is === "list") return dynamic ? collection.items.map(entryOfList) : entriesOfSet(collection.items);
  return collection.keys().map((key) => {
    const member = collection.get(key);
    const place = member?.key ?? collection.at;
    const value = member?.value ?? unknown(`\`${key}\` is missing`, [], place);
    return { key, each: { key: scalar(key, place), value } };
  });
}

function entryOfList(value: Node, position: number): Instance {
  const key = value.is === "scalar" ? value : scalar(position, value.at);
  return { key: position, each: { key, value } };
}

/** In a set an item is its own key. */
function entriesOfSet(items: readonly Node[]): readonly Instance[] | string {
  const instances = new Map<string, Instance>();
  for (const item of items) {
    if (item.is === "unknown") return item.reason;
    const key = item.is === "scalar" ? toText(item.value) : undefined;
    if (key === undefined) return "for_each is a list of something else than texts";
    instances.set(key, { key, each: { key: item, value: item } });
  }
  return [...instances.values()];
}

/** `each` or `count`, as an expression of the instance sees it. */
export function loopNames({ index, each }: Instance, at: Place): ReadonlyMap<string, Node> {
  const names = new Map<string, Node>();
  if (index) names.set("count", block(at, [["index", index]]));
  if (each) {
    names.set(
      "each",
      block(at, [
        ["key", each.key],
        ["value", each.value],
      ]),
    );
  }
  return names;
}

function block(at: Place, entries: readonly (readonly [string, Node])[]): Node {
  return blockOf(at, new Map(entries.map(([key, value]) => [key, { key: value.at, whole: value.at, value }] as const)));
}
