/** Functions of lists and objects. Items stay the nodes they were, so nobody loses where a value was written. */
import type { List, Node } from "../../node.ts";
import type { Place } from "../../text-file.ts";
import { kindOf, limits, list, scalar, unknown, usedAt } from "./answer.ts";
import { among, same, textOrder, withoutRepetitions } from "./compare-nodes.ts";
import { toText } from "./convert-scalar.ts";
import { graphemes } from "./graphemes.ts";
import { lookup, merge, transpose, zipmap } from "./object.ts";
import { type FunctionTable, read, structural, unknownPart } from "./terraform-function.ts";

const any = Number.POSITIVE_INFINITY;

/** A function of one list; everything else is answered for it. */
function ofList(more: number, call: (list: List, rest: readonly Node[], at: Place) => Node, optional = 0) {
  return structural(1 + more - optional, 1 + more, (args, at) => {
    const [first, ...rest] = args;
    if (first?.is === "list") return call(first, rest, at);
    return notList(first, args, at);
  });
}

function notList(node: Node | undefined, args: readonly Node[], at: Place): Node {
  if (node?.is === "unknown") return unknown(node.reason, args, at);
  return unknown(`the argument must be a list; ${node ? kindOf(node) : "nothing"} was given`, args, at);
}

export const collectionFunctions: FunctionTable = {
  alltrue: ofList(0, (node, _, at) => everyIs(node, false, at)),
  anytrue: ofList(0, (node, _, at) => everyIs(node, true, at)),
  chunklist: ofList(1, chunk),
  coalesce: structural(1, any, (args, at) => firstWith(args, at, isGiven)),
  coalescelist: structural(1, any, (args, at) => firstWith(args, at, isFilled)),
  compact: ofList(0, (node, _, at) =>
    list(
      node.items.filter((item) => item.is !== "scalar" || (item.value !== null && item.value !== "")),
      at,
      node.open ?? unknownPart(node),
    ),
  ),
  concat: structural(0, any, concat),
  contains: ofList(1, ({ items, open }, [wanted], at) => {
    const found = wanted ? among(items, wanted) : false;
    if (found === true) return scalar(true, at);
    if (found === false && open === undefined) return scalar(false, at);
    return unknown(open ?? "the list has unknown items", wanted ? [...items, wanted] : items, at);
  }),
  distinct: ofList(0, (node, _, at) => list(withoutRepetitions(node.items), at, node.open)),
  element: ofList(1, (node, [position], at) => item(node, position, at)),
  flatten: ofList(0, (node, _, at) => flatten(node, at)),
  index: ofList(1, indexOf),
  keys: structural(1, 1, ([node], at) => {
    if (node?.is !== "block") return notObject(node, at);
    const members = node.keys().toSorted(textOrder);
    const nodes = members.map((key) => scalar(key, node.get(key)?.key ?? node.at));
    return nodes.length === 0 && node.open !== undefined ? unknown(node.open, [], at) : list(nodes, at, node.open);
  }),
  length: structural(1, 1, ([node], at) => (node ? length(node, at) : unknown("no argument was given", [], at))),
  lookup: structural(2, 3, lookup),
  matchkeys: structural(3, 3, matchKeys),
  merge: structural(0, any, merge),
  one: ofList(0, ({ items, open }, _, at) => {
    const [only] = items;
    if (open !== undefined || items.length > 1) return unknown(open ?? "the list has more than one item", items, at);
    return only ? usedAt(only, at) : scalar(null, at);
  }),
  reverse: ofList(0, (node, _, at) => list(node.items.toReversed(), at, node.open)),
  slice: ofList(2, slice),
  sort: ofList(0, sort),
  transpose: structural(1, 1, transpose),
  values: structural(1, 1, ([node], at) => {
    if (node?.is !== "block") return notObject(node, at);
    const nodes = node
      .keys()
      .toSorted(textOrder)
      .flatMap((key) => node.get(key)?.value ?? []);
    return nodes.length === 0 && node.open !== undefined ? unknown(node.open, [], at) : list(nodes, at, node.open);
  }),
  zipmap: structural(2, 2, zipmap),
};

function notObject(node: Node | undefined, at: Place): Node {
  if (node?.is === "unknown") return unknown(node.reason, [node], at);
  return unknown(`the argument must be an object; ${node ? kindOf(node) : "nothing"} was given`, [], at);
}

/** `alltrue` stops at false, `anytrue` at true; either ends without an unknown part if it stops. */
function everyIs({ items, open }: List, stop: boolean, at: Place): Node {
  let reason = open;
  for (const each of items) {
    const reading = read("bool", each);
    if (reading.is === "value" && reading.value === stop) return scalar(stop, at);
    if (reading.is === "wrong" && !isNull(each)) return unknown(`the list: ${reading.reason}`, items, at);
    if (isNull(each) && !stop) return scalar(false, at);
    if (reading.is === "unknown") reason ??= reading.reason;
  }
  return reason === undefined ? scalar(!stop, at) : unknown(reason, items, at);
}

const isNull = (node: Node) => node.is === "scalar" && node.value === null;

/** Undefined: cannot be known. */
function isGiven(node: Node): boolean | undefined {
  if (node.is === "unknown") return undefined;
  return node.is !== "scalar" || (node.value !== null && node.value !== "");
}

function isFilled(node: Node): boolean | undefined {
  if (node.is === "list") return node.items.length > 0 ? true : node.open === undefined ? false : undefined;
  if (node.is === "block") return node.keys().length > 0 ? true : node.open === undefined ? false : undefined;
  return node.is === "unknown" ? undefined : false;
}

function firstWith(args: readonly Node[], at: Place, wanted: (node: Node) => boolean | undefined): Node {
  for (const arg of args) {
    const answer = wanted(arg);
    if (answer) return usedAt(arg, at);
    if (answer === undefined) {
      const reason = arg.is === "unknown" ? arg.reason : (unknownPart(arg) ?? "the list has unknown items");
      return unknown(reason, args, at);
    }
  }
  return unknown("no argument has a value", args, at);
}

/** An unknown list among known ones stays as an item, so that what it depends on is seen; the list is open then. */
function concat(args: readonly Node[], at: Place): Node {
  const items: Node[] = [];
  let open: string | undefined;
  let known = 0;
  for (const [position, arg] of args.entries()) {
    if (arg.is === "list") {
      known += arg.items.length;
      if (known > limits.items) return unknown(`the list would have more than ${limits.items} items`, [], at);
      items.push(...arg.items);
      open ??= arg.open;
    } else if (arg.is === "unknown") {
      items.push(arg);
      open ??= arg.reason;
    } else return unknown(`argument ${position + 1}: a list was expected, ${kindOf(arg)} was given`, args, at);
  }
  return open !== undefined && known === 0 ? unknown(open, args, at) : list(items, at, open);
}

function flatten(node: List, at: Place): Node {
  const items: Node[] = [];
  let open = node.open;
  let known = 0;
  let left = limits.nodes;
  const walk = ({ items: nested, open: more }: List, depth: number): void => {
    open ??= more;
    for (const each of nested) {
      if (--left < 0 || depth > limits.depth) {
        open ??= "the list is too large";
        return;
      }
      if (each.is === "list") walk(each, depth + 1);
      else {
        if (each.is === "unknown") open ??= each.reason;
        else known++;
        items.push(each);
      }
    }
  };
  walk(node, 0);
  return open !== undefined && known === 0 ? unknown(open, items, at) : list(items, at, open);
}

function length(node: Node, at: Place): Node {
  if (node.is === "unknown") return unknown(node.reason, [node], at);
  if (node.is === "scalar") {
    const reading = read("string", node);
    return reading.is === "value"
      ? scalar(graphemes(reading.value).length, at)
      : unknown("the argument is null", [], at);
  }
  if (node.open !== undefined) return unknown(node.open, [node], at);
  return scalar(node.is === "list" ? node.items.length : node.keys().length, at);
}

function item(node: List, position: Node | undefined, at: Place): Node {
  const reading = position && read("number", position);
  if (reading?.is !== "value") return unknown(reading?.reason ?? "", position ? [node, position] : [node], at);
  if (node.open !== undefined) return unknown(node.open, [node], at);
  const count = node.items.length;
  if (count === 0) return unknown("the list is empty", [], at);
  const found = node.items[((Math.trunc(reading.value) % count) + count) % count];
  return found ? usedAt(found, at) : unknown("the list has no such item", [node], at);
}

function indexOf(node: List, [wanted]: readonly Node[], at: Place): Node {
  for (const [position, each] of node.items.entries()) {
    const answer = wanted ? same(each, wanted) : undefined;
    if (answer) return scalar(position, at);
    if (answer === undefined) return unknown("the list has unknown items", [node], at);
  }
  return unknown(node.open ?? "the item is not in the list", [node], at);
}

function slice(node: List, [from, to]: readonly Node[], at: Place): Node {
  const start = from && read("whole", from);
  const end = to && read("whole", to);
  if (start?.is !== "value") return unknown(start?.reason ?? "", [node], at);
  if (end?.is !== "value") return unknown(end?.reason ?? "", [node], at);
  if (node.open !== undefined) return unknown(node.open, [node], at);
  const fits = start.value >= 0 && start.value <= end.value && end.value <= node.items.length;
  if (!fits)
    return unknown(`the list has ${node.items.length} items; ${start.value} to ${end.value} are not all in it`, [], at);
  return list(node.items.slice(start.value, end.value), at);
}

function sort(node: List, _: readonly Node[], at: Place): Node {
  const texts = node.items.map((each) => (each.is === "scalar" ? toText(each.value) : undefined));
  const wrong = node.items.find((each) => each.is === "list" || each.is === "block");
  if (wrong) return unknown(`the list must have strings only; ${kindOf(wrong)} is among them`, [node], at);
  const order = [...texts.keys()].sort((a, b) => textOrder(texts[a] ?? "\u{10ffff}", texts[b] ?? "\u{10ffff}"));
  return list(
    order.flatMap((position) => node.items[position] ?? []),
    at,
    node.open,
  );
}

function chunk(node: List, [size]: readonly Node[], at: Place): Node {
  const reading = size && read("whole", size);
  if (reading?.is !== "value") return unknown(reading?.reason ?? "", [node], at);
  if (reading.value < 0) return unknown("the size must not be negative", [node], at);
  const step = reading.value || Math.max(1, node.items.length);
  const chunks: Node[] = [];
  for (let start = 0; start < node.items.length; start += step)
    chunks.push(list(node.items.slice(start, start + step), at));
  return list(chunks, at, node.open);
}

function matchKeys(args: readonly Node[], at: Place): Node {
  const [values, keys, wanted] = args;
  if (values?.is !== "list" || keys?.is !== "list" || wanted?.is !== "list") {
    return notList(
      [values, keys, wanted].find((node) => node?.is !== "list"),
      args,
      at,
    );
  }
  if (values.items.length !== keys.items.length)
    return unknown("the lists of values and keys differ in length", args, at);
  let open = values.open ?? keys.open;
  const items = values.items.filter((_, position) => {
    const key = keys.items[position];
    const answer = key ? among(wanted.items, key) : false;
    if (answer === undefined || (answer === false && wanted.open !== undefined)) open ??= "the list has unknown keys";
    return answer === true;
  });
  return open !== undefined && items.length === 0 ? unknown(open, args, at) : list(items, at, open);
}
