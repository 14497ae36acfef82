/** Writes changed entries into a package-lock.json, in the list of folders and in the older tree beside it (version 2). */
import { isDeepStrictEqual } from "node:util";
import { modules } from "../../../packages/readers/npm/module-path.ts";
import { type JsonObject, objectOf } from "../../../packages/reading/json-fields.ts";
import { type JsonSlice, slicesOf } from "../../../packages/reading/json-slices.ts";
import type { TextChange } from "../../text-edits.ts";
import { jsonAs, memberIn, replaced, valueIn, withoutMembers } from "../json-members.ts";
import type { LockTree } from "./lock-tree.ts";
import type { RaisedTree } from "./raised-tree.ts";

/** A clause is why not. */
export function lockChanges(text: string, tree: LockTree, raised: RaisedTree): readonly TextChange[] | string {
  const changes: TextChange[] = [];
  for (const [{ slice, value, path }, entry] of raised.entries)
    if (slice && !raised.gone.has(path)) changes.push(...entryChanges(text, slice, value, entry));
  const added = raised.added.map(({ path, value }) => [path, value] as const);
  changes.push(...addedMembers(text, { slices: tree.slices, gone: raised.gone, added }));
  changes.push(...withoutMembers(tree.slices, ({ key }) => raised.gone.has(key)));
  const older = memberIn(text, 0, "dependencies");
  if (!older) return changes;
  for (const [{ path }, entry] of raised.entries) {
    if (raised.gone.has(path)) continue;
    const slice = nestedAt(text, older, path);
    const value = slice && objectOf(valueIn(text, slice));
    if (!value) return `the older part of the lock file does not have ${path}`;
    changes.push(...entryChanges(text, slice, value, olderEntry(value, entry)));
  }
  const inOlder = addedOlder(text, older, raised);
  return typeof inOlder === "string" ? inOlder : [...changes, ...inOlder, ...withoutNested(text, older, raised.gone)];
}

interface Adding {
  readonly slices: readonly JsonSlice[];
  readonly gone: ReadonlySet<string>;
  readonly added: readonly (readonly [key: string, value: JsonObject])[];
}

/** Where npm sorts them in; next to what stays. */
function addedMembers(text: string, { slices, gone, added }: Adding): readonly TextChange[] {
  const kept = slices.filter(({ key }) => !gone.has(key));
  const last = kept.at(-1);
  const [first] = slices;
  if (!first || !last) return [];
  const lineStart = text.lastIndexOf("\n", first.at - 1);
  const blanks = text.slice(lineStart, first.at).trim() === "" && lineStart >= 0 ? text.slice(lineStart, first.at) : "";
  const end = blanks !== "" && text[lineStart - 1] === "\r" ? `\r${blanks}` : blanks;
  return added
    .toSorted(([a], [b]) => inNpmOrder(a, b))
    .map(([key, value]) => {
      const next = kept.find((slice) => slice.key !== "" && inNpmOrder(slice.key, key) > 0);
      const member = `${JSON.stringify(key)}:${blanks === "" ? "" : " "}${jsonAs(text, first.at, value)}`;
      return next
        ? { start: next.at, end: next.at, text: `${member},${end}` }
        : { start: last.end, end: last.end, text: `,${end}${member}` };
    });
}

function inNpmOrder(a: string, b: string): number {
  return a.localeCompare(b, "en");
}

/** Below others the older part is not written. */
function addedOlder(text: string, older: JsonSlice, { added, gone }: RaisedTree): readonly TextChange[] | string {
  const names = added.map(({ path }) => wayOf(path));
  const deep = names.find((way) => way?.length !== 1);
  if (deep) return `${deep.join(" in ")} would come into the older part of the lock file as well`;
  const members = added.map(({ value }, at) => [names[at]?.[0] ?? "", olderOf(value)] as const);
  const goneAtTop = new Set([...gone].flatMap((path) => (wayOf(path)?.length === 1 ? (wayOf(path)?.[0] ?? []) : [])));
  return addedMembers(text, { slices: slicesOf(text, older.start, older.end).slices, gone: goneAtTop, added: members });
}

function olderOf(entry: JsonObject): JsonObject {
  const { version, resolved, integrity, dev, optional, devOptional, peer } = entry;
  const own = { version, resolved, integrity, dev, devOptional, optional, peer };
  const there = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  return olderEntry(there, entry);
}

/** What is written the same stays; where members come or go the entry is written anew. */
function entryChanges(text: string, slice: JsonSlice, old: JsonObject, entry: JsonObject): readonly TextChange[] {
  const keys = Object.keys(entry);
  const isSame = keys.length === Object.keys(old).length && keys.every((key) => Object.hasOwn(old, key));
  const changed = keys.filter((key) => !isDeepStrictEqual(old[key], entry[key]));
  if (!isSame) return [replaced(slice, jsonAs(text, slice.start, entry))];
  const { slices } = slicesOf(text, slice.start, slice.end);
  return slices
    .filter(({ key }) => changed.includes(key))
    .map((member) => replaced(member, jsonAs(text, member.at, entry[member.key])));
}

/** `requires` in place of what is asked for, and nested modules kept. */
function olderEntry(old: JsonObject, entry: JsonObject): JsonObject {
  const { requires: _, ...rest } = old;
  const requires = { ...objectOf(entry.dependencies), ...objectOf(entry.optionalDependencies) };
  const own: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(rest))
    own[key] = ["version", "resolved", "integrity"].includes(key) ? entry[key] : value;
  if (Object.keys(requires).length === 0) return own;
  const { dependencies, ...before } = own;
  return { ...before, requires, ...(dependencies !== undefined && { dependencies }) };
}

function wayOf(path: string): readonly string[] | undefined {
  if (!path.startsWith(modules)) return undefined;
  return path.slice(modules.length).split(`/${modules}`);
}

function nestedAt(text: string, older: JsonSlice, path: string): JsonSlice | undefined {
  let slice: JsonSlice | undefined;
  let list: JsonSlice | undefined = older;
  for (const name of wayOf(path) ?? []) {
    slice = list && memberIn(text, list.start, name);
    list = slice && memberIn(text, slice.start, "dependencies");
  }
  return slice;
}

function withoutNested(text: string, older: JsonSlice, gone: ReadonlySet<string>): readonly TextChange[] {
  const byList = new Map<JsonSlice, Set<string>>();
  const lists = new Map<string, JsonSlice | undefined>();
  for (const path of gone) {
    const way = wayOf(path) ?? [];
    const name = way.at(-1);
    const parent = way
      .slice(0, -1)
      .map((one) => modules + one)
      .join("/");
    // What goes with the module that it is in is gone with it.
    if (name === undefined || gone.has(parent)) continue;
    if (!lists.has(parent)) {
      const above = parent === "" ? undefined : nestedAt(text, older, parent);
      lists.set(parent, parent === "" ? older : above && memberIn(text, above.start, "dependencies"));
    }
    const list = lists.get(parent);
    if (list) byList.set(list, (byList.get(list) ?? new Set()).add(name));
  }
  return [...byList].flatMap(([list, names]) =>
    withoutMembers(slicesOf(text, list.start, list.end).slices, ({ key }) => names.has(key)),
  );
}
