/** Sprig's functions over dicts. `set`, `unset` and `merge` change the dict they are given. */
import type { Room } from "../room.ts";
import { argument, type FunctionTable, TemplateFailure } from "../template-function.ts";
import { textFrom } from "../traced-text.ts";
import { at, bool, type Dict, type Entry, isTrue, isUnknown, list, nil, sortedKeys, type Value } from "../value.ts";
import { type Args, dictArgument, listArgument, stringArgument } from "./arguments.ts";

const deepest = 100;

function copied(value: Value, room: Room, depth = 0): Value {
  room.spend(1);
  if (depth > deepest) throw new TemplateFailure("the value is nested too deep");
  if (value.is === "list") return { ...value, items: value.items.map((item) => copied(item, room, depth + 1)) };
  if (value.is !== "dict") return value;
  const entries = new Map<string, Entry>();
  for (const [key, entry] of value.entries) entries.set(key, { ...entry, value: copied(entry.value, room, depth + 1) });
  return { ...value, entries };
}

/** Fills what the target lacks or has empty; with `overwrite`, what the source has wins. */
function mergeInto(target: Dict, source: Dict, overwrite: boolean, room: Room, depth = 0): Dict {
  if (depth > deepest) throw new TemplateFailure("the value is nested too deep");
  for (const [key, entry] of source.entries) {
    room.spend(1);
    const own = target.entries.get(key)?.value;
    if (own?.is === "dict" && entry.value.is === "dict") mergeInto(own, entry.value, overwrite, room, depth + 1);
    else if (own === undefined || !isTrue(own) || overwrite) target.entries.set(key, entry);
  }
  return target;
}

function merged(args: Args, overwrite: boolean, room: Room): Value {
  const target = dictArgument(args, 0);
  for (let position = 1; position < args.length; position++) {
    if (!isUnknown(args[position])) mergeInto(target, dictArgument(args, position), overwrite, room);
  }
  return target;
}

function picked(args: Args, isWanted: (key: string, names: ReadonlySet<string>) => boolean, room: Room): Dict {
  const source = dictArgument(args, 0);
  const names = new Set(
    args
      .slice(1)
      .flatMap((_, n) =>
        args[n + 1]?.is === "list" ? listArgument(args, n + 1).flatMap(keyText) : [stringArgument(args, n + 1)],
      ),
  );
  room.spend(source.entries.size);
  return { is: "dict", entries: new Map([...source.entries].filter(([key]) => isWanted(key, names))) };
}

function keyText(value: Value): readonly string[] {
  return value.is === "text" ? [value.text] : [];
}

function newDict(args: Args): Dict {
  const entries = new Map<string, Entry>();
  for (let n = 0; n < args.length; n += 2) entries.set(stringArgument(args, n), { value: args[n + 1] ?? nil });
  return { is: "dict", entries };
}

/** Keys, then what to answer where they lead nowhere, then the dict. */
function dig(args: Args): Value {
  if (args.length < 3) throw new TemplateFailure("it needs at least three arguments");
  let value: Value = argument(args, args.length - 1);
  for (let n = 0; n < args.length - 2; n++) {
    if (isUnknown(value)) return value;
    const next: Value | undefined = value.is === "dict" ? at(value, stringArgument(args, n)) : undefined;
    if (next === undefined) return argument(args, args.length - 2);
    value = next;
  }
  return value;
}

function got(args: Args): Value {
  const value = argument(args, 0);
  return isUnknown(value) ? value : (at(dictArgument(args, 0), stringArgument(args, 1)) ?? nil);
}

function changedDict(args: Args, change: (dict: Dict) => void): Value {
  const value = argument(args, 0);
  if (isUnknown(value)) return value;
  const target = dictArgument(args, 0);
  change(target);
  return target;
}

export const dictFunctions: FunctionTable = {
  dict: newDict,
  get: got,
  set: (args) => changedDict(args, ({ entries }) => entries.set(stringArgument(args, 1), { value: argument(args, 2) })),
  unset: (args) => changedDict(args, ({ entries }) => entries.delete(stringArgument(args, 1))),
  hasKey: (args) => {
    const value = argument(args, 0);
    return isUnknown(value) ? value : bool(dictArgument(args, 0).entries.has(stringArgument(args, 1)));
  },
  keys: (args) => list(args.flatMap((_, n) => keysOf(dictArgument(args, n)))),
  values: (args) =>
    list(args.flatMap((_, n) => sortedKeys(dictArgument(args, n)).map((key) => at(dictArgument(args, n), key) ?? nil))),
  pluck: (args) => list(args.slice(1).flatMap((_, n) => at(dictArgument(args, n + 1), stringArgument(args, 0)) ?? [])),
  pick: (args, { room }) => picked(args, (key, names) => names.has(key), room),
  omit: (args, { room }) => picked(args, (key, names) => !names.has(key), room),
  dig,
  merge: (args, { room }) => merged(args, false, room),
  mustMerge: (args, { room }) => merged(args, false, room),
  mergeOverwrite: (args, { room }) => merged(args, true, room),
  mustMergeOverwrite: (args, { room }) => merged(args, true, room),
  deepCopy: (args, { room }) => copied(argument(args, 0), room),
  mustDeepCopy: (args, { room }) => copied(argument(args, 0), room),
};

function keysOf(dict: Dict): readonly Value[] {
  return sortedKeys(dict).map((key) => textFrom(key, dict.entries.get(key)?.key));
}
