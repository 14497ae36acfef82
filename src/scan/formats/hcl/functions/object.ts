/** Functions that make or ask objects: `merge`, `lookup`, `zipmap`, `transpose`. Members are read when they are asked for. */
import type { Block, Member, Node } from "../../node.ts";
import type { Place } from "../../text-file.ts";
import { block, kindOf, limits, list, scalar, unknown, usedAt } from "./answer.ts";
import { textOrder } from "./compare-nodes.ts";
import { read, unknownPart } from "./terraform-function.ts";

/** The last one with a key wins. What stands before something unknown may be overridden by it, so it is unknown, too. */
export function merge(args: readonly Node[], at: Place): Node {
  const parts: (Block | Node)[] = [];
  for (const [position, arg] of args.entries()) {
    if (arg.is === "scalar" && arg.value === null) continue;
    if (arg.is !== "block" && arg.is !== "unknown") {
      return unknown(`argument ${position + 1}: an object was expected, ${kindOf(arg)} was given`, args, at);
    }
    parts.push(arg);
  }
  const [only] = parts;
  if (only?.is === "block" && parts.length === 1) return usedAt(only, at);
  const blocks = parts.filter((part) => part.is === "block");
  const open = parts.map((part) => (part.is === "unknown" ? part.reason : part.is === "block" ? part.open : undefined));
  const reason = open.find((each) => each !== undefined);
  if (reason !== undefined && blocks.every((part) => part.keys().length === 0)) return unknown(reason, args, at);
  return mergedBlock(parts, at, reason);
}

function mergedBlock(parts: readonly Node[], at: Place, open: string | undefined): Block {
  const found = new Map<string, Member | undefined>();
  const find = (key: string): Member | undefined => {
    const doubts: Node[] = [];
    for (const part of parts.toReversed()) {
      const member = part.is === "block" ? part.get(key) : undefined;
      if (member) {
        if (doubts.length === 0) return member;
        const reason = "it may be overridden by an unknown part of the merge";
        const from = member.value.from ?? member.value.at;
        return { ...member, value: { ...unknown(reason, [member.value, ...doubts], member.value.at), from } };
      }
      if (part.is === "unknown" || (part.is === "block" && part.open !== undefined)) doubts.push(part);
    }
    return undefined;
  };
  const get = (key: string): Member | undefined => {
    if (!found.has(key)) found.set(key, find(key));
    return found.get(key);
  };
  let keys: readonly string[] | undefined;
  const allKeys = () => {
    keys ??= [...new Set(parts.flatMap((part) => (part.is === "block" ? part.keys() : [])))].slice(0, limits.items);
    return keys;
  };
  return { is: "block", at, keys: allKeys, get, ...(open === undefined ? {} : { open }) };
}

export function lookup(args: readonly Node[], at: Place): Node {
  const [map, key, otherwise] = args;
  if (!map || !key) return unknown("no object and key were given", args, at);
  const reading = read("string", key);
  if (reading.is !== "value") return unknown(reading.reason, args, at);
  if (map.is === "unknown") return unknown(map.reason, args, at);
  if (map.is !== "block") return unknown(`argument 1: an object was expected, ${kindOf(map)} was given`, args, at);
  const member = map.get(reading.value);
  if (member) return usedAt(member.value, at);
  if (map.open !== undefined) return unknown(map.open, args, at);
  return otherwise ? usedAt(otherwise, at) : unknown(`the object has no ${JSON.stringify(reading.value)}`, args, at);
}

export function zipmap(args: readonly Node[], at: Place): Node {
  const [keys, values] = args;
  if (keys?.is !== "list" || values?.is !== "list") {
    return unknown(
      [keys, values].map((node) => node && unknownPart(node)).find(Boolean) ?? "the arguments must be two lists",
      args,
      at,
    );
  }
  const open = keys.open ?? values.open;
  if (open === undefined && keys.items.length !== values.items.length) {
    return unknown(
      `the lists have ${keys.items.length} and ${values.items.length} items; as many were expected`,
      args,
      at,
    );
  }
  const entries: (readonly [string, Node])[] = [];
  let doubt = open;
  for (const [position, key] of keys.items.entries()) {
    const reading = read("string", key);
    const value = values.items[position];
    if (reading.is === "wrong") return unknown(`argument 1: ${reading.reason}`, args, at);
    if (reading.is === "unknown") doubt ??= reading.reason;
    else if (value) entries.push([reading.value, value]);
  }
  return doubt !== undefined && entries.length === 0 ? unknown(doubt, args, at) : block(entries, at, doubt);
}

export function transpose([map]: readonly Node[], at: Place): Node {
  if (map?.is !== "block") {
    if (map?.is === "unknown") return unknown(map.reason, [map], at);
    return unknown("the argument must be an object of lists of strings", map ? [map] : [], at);
  }
  const turned = new Map<string, Node[]>();
  let open = map.open;
  for (const key of map.keys().toSorted(textOrder)) {
    const value = map.get(key)?.value;
    if (value?.is === "list") open ??= unknownPart(value);
    for (const item of value?.is === "list" ? value.items : []) {
      const reading = read("string", item);
      if (reading.is === "wrong") return unknown(`the object: ${reading.reason}`, [map], at);
      if (reading.is === "value")
        turned.set(reading.value, [...(turned.get(reading.value) ?? []), scalar(key, item.at)]);
    }
  }
  const entries = [...turned]
    .sort(([a], [b]) => textOrder(a, b))
    .map(([key, items]) => [key, list(items, at)] as const);
  return open !== undefined && entries.length === 0 ? unknown(open, [map], at) : block(entries, at, open);
}
