/** Sprig's functions over lists; lists do not change, every function makes a new one. */

import { printed } from "../print-value.ts";
import type { Room } from "../room.ts";
import { argument, type FunctionTable, TemplateFailure } from "../template-function.ts";
import { bool, byText, isTrue, isUnknown, list, nil, type Value } from "../value.ts";
import { type Args, intArgument, listArgument, stringArgument } from "./arguments.ts";
import { areEqual } from "./equal.ts";
import { joinedWith } from "./texts.ts";

/** Lists grow by appending in loops; copies are work. */
function made(items: readonly Value[], room: Room): Value {
  room.spend(items.length / 8);
  return list(items);
}

function unique(items: readonly Value[], room: Room): readonly Value[] {
  const found: Value[] = [];
  for (const item of items) {
    room.spend(found.length / 8);
    if (!found.some((other) => areEqual(other, item))) found.push(item);
  }
  return found;
}

function itemsOfText(args: Args, position: number): readonly Value[] {
  const value = argument(args, position);
  return value.is === "list" ? value.items.filter(({ is }) => is !== "nil") : value.is === "nil" ? [] : [value];
}

function sliced(args: Args): readonly Value[] {
  const items = listArgument(args, 0);
  return items.slice(args[1] ? intArgument(args, 1) : 0, args[2] ? intArgument(args, 2) : items.length);
}

function chunks(size: number, items: readonly Value[]): readonly Value[] {
  if (size < 1) throw new TemplateFailure("the size of a chunk must be positive");
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => list(items.slice(n * size, (n + 1) * size)));
}

function has(args: Args): Value {
  const needle = argument(args, 0);
  const haystack = listArgument(args, 1);
  const found = haystack.some((item) => areEqual(item, needle));
  return !found && isUnknown(needle) ? needle : bool(found);
}

const listTable: FunctionTable = {
  first: (args) => orUnknown(args, (items) => items[0] ?? nil),
  last: (args) => orUnknown(args, (items) => items.at(-1) ?? nil),
  rest: (args, { room }) => orUnknown(args, (items) => made(items.slice(1), room)),
  initial: (args, { room }) => orUnknown(args, (items) => made(items.slice(0, -1), room)),
  append: (args, { room }) => made([...listArgument(args, 0), argument(args, 1)], room),
  push: (args, { room }) => made([...listArgument(args, 0), argument(args, 1)], room),
  prepend: (args, { room }) => made([argument(args, 1), ...listArgument(args, 0)], room),
  reverse: (args, { room }) => made(listArgument(args, 0).toReversed(), room),
  uniq: (args, { room }) => list(unique(listArgument(args, 0), room)),
  compact: (args, { room }) => made(listArgument(args, 0).filter(isTrue), room),
  without: (args, { room }) =>
    made(
      listArgument(args, 0).filter((item) => !args.slice(1).some((other) => areEqual(item, other))),
      room,
    ),
  has,
  slice: (args, { room }) => made(sliced(args), room),
  chunk: (args, { room }) => made(chunks(intArgument(args, 0), listArgument(args, 1)), room),
};

function orUnknown(args: Args, run: (items: readonly Value[]) => Value): Value {
  const value = argument(args, 0);
  return isUnknown(value) ? value : run(listArgument(args, 0));
}

export const listFunctions: FunctionTable = {
  ...listTable,
  // Each has a twin that fails loudly where the other stays silent.
  ...Object.fromEntries(
    Object.entries(listTable).map(([name, run]) => [`must${name.charAt(0).toUpperCase()}${name.slice(1)}`, run]),
  ),
  list: (args, { room }) => made(args, room),
  tuple: (args, { room }) => made(args, room),
  concat: (args, { room }) =>
    made(
      args.flatMap((_, position) => listArgument(args, position)),
      room,
    ),
  join: (args, { room }) => {
    const text = joinedWith(itemsOfText(args, 1).map(printed), stringArgument(args, 0));
    room.reserve(text.text.length);
    return text;
  },
  sortAlpha: (args, { room }) =>
    made(
      itemsOfText(args, 0)
        .map(printed)
        .sort((a, b) => byText(a.text, b.text)),
      room,
    ),
  toStrings: (args, { room }) => made(itemsOfText(args, 0).map(printed), room),
  all: (args) => bool(args.every(isTrue)),
  any: (args) => bool(args.some(isTrue)),
  default: (args) => {
    const given = args.length > 1 ? args.at(-1) : undefined;
    return given && isTrue(given) ? given : argument(args, 0);
  },
  coalesce: (args) => args.find(isTrue) ?? nil,
  empty: (args) => bool(!isTrue(argument(args, 0))),
  ternary: (args) => argument(args, isTrue(argument(args, 2)) ? 0 : 1),
};
