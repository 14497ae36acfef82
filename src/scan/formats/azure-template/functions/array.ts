/** Template functions on lists; many of them take texts and objects too. */
import type { List, Member, Node } from "../../node.ts";
import { type Call, charge, type FunctionTable, misfit, strict, values } from "../call.ts";
import { concatenated } from "../concatenated.ts";
import {
  isNull,
  isNumber,
  isText,
  lazyBlock,
  listOf,
  longestList,
  membersOf,
  refsOf,
  sameValue,
  scalarOf,
  unknownCall,
  unknownOf,
} from "../values.ts";

export const arrayFunctions: FunctionTable = {
  array: (call) => {
    const [value] = values(call);
    if (!value || value.is === "unknown") return unknownCall(call.name, value ? [value] : [], call.at);
    return value.is === "list" ? value : listOf(call.at, [value]);
  },
  concat: (call) => {
    const given = values(call);
    return given.some((value) => value.is === "list") ? joined(given, call) : concatenated(given, call.at);
  },
  contains,
  distinct: (call) => {
    const given = values(call);
    const [list] = given;
    if (!list || list.is === "unknown") return unknownCall(call.name, given, call.at);
    return list.is === "list" ? uniqueItems([list], call) : misfit(call);
  },
  createarray: (call) => listOf(call.at, values(call)),
  empty: strict(([value], { at }) => {
    if (!value) return undefined;
    if (value.is === "scalar") return value.value === null || isText(value) ? scalarOf(at, !value.value) : undefined;
    const size = sizeOf(value);
    if (size === 0 && open(value) !== undefined) return unknownOf(at, open(value) ?? "");
    return scalarOf(at, size === 0);
  }),
  first: strict(([value], call) => end(value, 0, call)),
  last: strict(([value], call) => end(value, -1, call)),
  flatten: strict(([list], { at }) => {
    if (list?.is !== "list") return undefined;
    const inner = list.items.map((item) => (item.is === "list" ? item : undefined));
    const items = list.items.flatMap((item) => (item.is === "list" ? item.items : item.is === "unknown" ? [] : [item]));
    const reason = list.open ?? inner.find((item) => item?.open)?.open ?? list.items.find(isUnknown)?.reason;
    return listOf(at, items, reason);
  }),
  indexof: strict(([where, what], call) => positionOf(where, what, call, "first")),
  lastindexof: strict(([where, what], call) => positionOf(where, what, call, "last")),
  indexfromend: strict(
    ([list, position], { at }) => fromEnd(list, position) ?? unknownOf(at, "no item at this position"),
  ),
  tryindexfromend: strict(([list, position], { at }) => fromEnd(list, position) ?? scalarOf(at, null)),
  intersection: strict(intersection),
  length: strict(([value], { at }) => {
    if (isText(value)) return scalarOf(at, value.value.length);
    if (value?.is !== "list" && value?.is !== "block") return undefined;
    const reason = open(value);
    return reason === undefined ? scalarOf(at, sizeOf(value)) : unknownOf(at, reason);
  }),
  range: strict(([start, count], { at, scope }) => {
    if (!isNumber(start) || !isNumber(count) || count.value < 0 || count.value > longestList) return undefined;
    scope.budget.left -= count.value >> 3;
    return listOf(
      at,
      Array.from({ length: count.value }, (_, position) => scalarOf(at, start.value + position)),
    );
  }),
  skip: strict(([value, count], { at }) =>
    isNumber(count) ? part(value, Math.max(0, count.value), undefined, at) : undefined,
  ),
  take: strict(([value, count], { at }) =>
    isNumber(count) ? part(value, 0, Math.max(0, count.value), at) : undefined,
  ),
  union,
};

function isUnknown(node: Node): node is Extract<Node, { is: "unknown" }> {
  return node.is === "unknown";
}

function open(value: Node): string | undefined {
  return value.is === "list" || value.is === "block" ? value.open : undefined;
}

function sizeOf(value: Node): number {
  return value.is === "list" ? value.items.length : value.is === "block" ? value.keys().length : 0;
}

/** Lists put together; one that is unknown leaves the result open. */
function joined(given: readonly Node[], call: Call): Node {
  charge(given, call);
  const items = given.flatMap((value) => (value.is === "list" ? value.items : isUnknown(value) ? [] : [value]));
  const reason = given.find(isUnknown)?.reason ?? given.map(open).find((word) => word !== undefined);
  return listOf(call.at, items, reason);
}

function contains(call: Call): Node {
  const given = values(call);
  const [where, what] = given;
  if (!where || !what) return misfit(call);
  charge([where], call);
  if (where.is === "unknown" || what.is === "unknown") return unknownCall(call.name, given, call.at);
  if (where.is === "block") {
    if (what.is !== "scalar") return misfit(call);
    if (where.get(String(what.value))) return scalarOf(call.at, true);
    return where.open === undefined ? scalarOf(call.at, false) : unknownOf(call.at, where.open);
  }
  if (where.is === "list") {
    const answers = where.items.map((item) => sameValue(item, what));
    if (answers.includes(true)) return scalarOf(call.at, true);
    const reason = where.open ?? (answers.includes(undefined) ? "an item of the list is unknown" : undefined);
    return reason === undefined ? scalarOf(call.at, false) : unknownOf(call.at, reason, { refs: refsOf(where.items) });
  }
  if (!isText(where) || what.is !== "scalar") return misfit(call);
  return scalarOf(call.at, where.value.includes(String(what.value)));
}

function end(value: Node | undefined, position: 0 | -1, { at }: Call): Node | undefined {
  if (isText(value)) return scalarOf(at, value.value.at(position) ?? "");
  if (value?.is !== "list") return undefined;
  const item = value.items.at(position);
  if (value.open !== undefined && (position === -1 || !item))
    return unknownOf(at, value.open, { refs: refsOf(value.items) });
  return item ?? scalarOf(at, null);
}

function fromEnd(list: Node | undefined, position: Node | undefined): Node | undefined {
  if (list?.is !== "list" || !isNumber(position) || position.value < 1) return undefined;
  return list.open === undefined ? list.items.at(-position.value) : unknownOf(list.at, list.open);
}

/** Texts are searched without case, lists exactly. */
function positionOf(
  where: Node | undefined,
  what: Node | undefined,
  { at }: Call,
  which: "first" | "last",
): Node | undefined {
  if (isText(where) && isText(what)) {
    const [text, search] = [where.value.toLowerCase(), what.value.toLowerCase()];
    return scalarOf(at, which === "first" ? text.indexOf(search) : text.lastIndexOf(search));
  }
  if (where?.is !== "list" || !what) return undefined;
  const answers = where.items.map((item) => sameValue(item, what));
  if (where.open !== undefined || answers.includes(undefined))
    return unknownOf(at, where.open ?? "an item of the list is unknown");
  return scalarOf(at, which === "first" ? answers.indexOf(true) : answers.lastIndexOf(true));
}

function part(value: Node | undefined, start: number, end: number | undefined, at: Call["at"]): Node | undefined {
  if (isText(value)) return scalarOf(at, value.value.slice(start, end));
  if (value?.is !== "list") return undefined;
  const whole = end !== undefined && value.items.length >= end; // what may follow does not matter
  return listOf(at, value.items.slice(start, end), whole ? undefined : value.open);
}

/** The items, or keys with equal values, that all have. */
function intersection(given: readonly Node[], { at, scope }: Call): Node | undefined {
  const [first, ...others] = given;
  const reason = given.map(open).find((word) => word !== undefined);
  if (first?.is === "list" && others.every((other): other is List => other.is === "list")) {
    const comparisons = others.reduce((sum, other) => sum + first.items.length * sizeOf(other), 0);
    if (comparisons > longestList * 50) return undefined;
    scope.budget.left -= comparisons >> 3;
    const answers = first.items.map((item) => others.map((other) => other.items.some((it) => sameValue(item, it))));
    return listOf(
      at,
      first.items.filter((_, position) => answers[position]?.every(Boolean)),
      reason ?? given.flatMap((list) => (list.is === "list" ? list.items : [])).find(isUnknown)?.reason,
    );
  }
  if (first?.is !== "block") return undefined;
  const members = first.keys().flatMap((key) => {
    const member = first.get(key);
    const everywhere = others.every((other) => {
      const value = other.is === "block" ? other.get(key)?.value : undefined;
      return member !== undefined && value !== undefined && sameValue(member.value, value) === true;
    });
    return member && everywhere ? [[key, member] as const] : [];
  });
  return membersOf(at, new Map(members), reason);
}

/** Lists: each value once. Objects: all members, the later ones win, inner objects put together likewise. */
function union(call: Call): Node {
  const given = values(call);
  if (given.some((value) => value.is === "list")) return uniqueItems(given, call);
  const blocks = given.filter((value) => !isNull(value));
  if (blocks.length === 0 || blocks.every(isUnknown)) return unknownCall(call.name, given, call.at);
  if (blocks.some((value) => value.is === "scalar")) return misfit(call);
  return merged(blocks, call.at, true);
}

function uniqueItems(given: readonly Node[], call: Call): Node {
  const all = joined(given, call);
  if (all.is !== "list") return all;
  const seen = new Set<unknown>();
  const items = all.items.filter((item) => {
    if (item.is !== "scalar") return true;
    if (seen.has(item.value)) return false;
    seen.add(item.value);
    return true;
  });
  return listOf(call.at, withoutEqualBlocks(items), all.open);
}

function withoutEqualBlocks(items: readonly Node[]): readonly Node[] {
  const complex = items.filter((item) => item.is === "block" || item.is === "list");
  if (complex.length < 2) return items;
  const effort = { left: 200_000 };
  return items.filter((item, position) => {
    if (item.is !== "block" && item.is !== "list") return true;
    return !items.slice(0, position).some((earlier) => sameValue(earlier, item, effort) === true);
  });
}

/** Objects laid over each other. One that is unknown may bring more members and may replace any of those before it. */
export function merged(blocks: readonly Node[], at: Call["at"], deep: boolean): Node {
  return lazyBlock(at, () => {
    const layers = new Map<string, { readonly key: string; readonly values: (() => Node | undefined)[] }>();
    let open: string | undefined;
    for (const block of blocks) {
      const reason = block.is === "unknown" ? block.reason : block.is === "block" ? block.open : undefined;
      if (reason !== undefined) {
        open ??= reason;
        for (const { values: over } of layers.values())
          over.push(() => unknownOf(at, reason, { refs: refsOf([block]) }));
      }
      if (block.is !== "block") continue;
      for (const key of block.keys()) {
        const known = layers.get(key.toLowerCase());
        const value = () => block.get(key)?.value;
        if (known && deep) known.values.push(value);
        else layers.set(key.toLowerCase(), { key: known?.key ?? key, values: [value] });
      }
    }
    const members = [...layers.values()].map(({ key, values: made }) => {
      const member = (): Member => {
        const value = laidOver(
          made.map((make) => make()).filter((node) => node !== undefined),
          at,
        );
        return { key: value.at, whole: value.at, value };
      };
      return [key, member] as const;
    });
    return { members: new Map(members), open };
  });
}

/** The last value wins; objects are put together as long as only objects lie on each other. */
function laidOver(items: readonly Node[], at: Call["at"]): Node {
  const onTop = items.slice(items.findLastIndex((item) => item.is !== "block") + 1);
  return onTop.length > 1 ? merged(onTop, at, true) : (items.at(-1) ?? unknownOf(at, "no value"));
}
