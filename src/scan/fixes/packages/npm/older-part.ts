/**
 * The older tree of a package-lock.json, modules in modules, with changed entries: all of version 1, and half of version 2.
 * Each module at the top that something changes in is written as npm writes it; the others stay as they are.
 */
import { modules } from "../../../packages/readers/npm/module-path.ts";
import { type JsonObject, objectOf } from "../../../packages/reading/json-fields.ts";
import { slicesOf } from "../../../packages/reading/json-slices.ts";
import type { TextChange } from "../../text-edits.ts";
import { memberIn, valueIn, withoutMembers } from "../json-members.ts";
import { addedMembers, entryChanges, inNpmOrder } from "./lock-members.ts";
import type { RaisedTree } from "./raised-tree.ts";

/** By path, without what goes. */
interface Changing {
  readonly entries: ReadonlyMap<string, JsonObject>;
  readonly added: ReadonlySet<string>;
  readonly gone: ReadonlySet<string>;
  /** Names of the modules in a folder in which something changes. */
  readonly within: ReadonlyMap<string, ReadonlySet<string>>;
  readonly missing: string[];
}

/** None where there is no such tree. A clause is why not. */
export function olderChanges(text: string, raised: RaisedTree): readonly TextChange[] | string {
  const older = memberIn(text, 0, "dependencies");
  if (!older) return [];
  const changing = changingIn(raised);
  const { slices } = slicesOf(text, older.start, older.end);
  const bySlice = new Map(slices.map((slice) => [slice.key, slice]));
  const changes: TextChange[] = [];
  const added: (readonly [name: string, value: JsonObject])[] = [];
  const gone = new Set<string>();
  for (const name of changing.within.get("") ?? []) {
    const slice = bySlice.get(name);
    const value = slice && objectOf(valueIn(text, slice));
    const next = changed(changing, modules + name, value);
    if (!next) gone.add(name);
    else if (slice && value) changes.push(...entryChanges(text, slice, value, next));
    else added.push([name, next]);
  }
  const [missing] = changing.missing;
  if (missing !== undefined) return `the older part of the lock file does not have ${missing}`;
  return [
    ...changes,
    ...addedMembers(text, { slices, gone, added }),
    ...withoutMembers(slices, ({ key }) => gone.has(key)),
  ];
}

function changingIn({ entries, added, gone }: RaisedTree): Changing {
  const kept = new Map<string, JsonObject>();
  for (const [{ path }, entry] of entries) if (!gone.has(path)) kept.set(path, entry);
  for (const { path, value } of added) kept.set(path, value);
  const within = new Map<string, Set<string>>();
  const missing: string[] = [];
  for (const path of new Set([...kept.keys(), ...gone])) {
    // In the folder of a member of a workspace: there the older part is not written.
    if (!path.startsWith(modules)) {
      if (kept.has(path)) missing.push(path);
      continue;
    }
    let folder = "";
    for (const name of path.slice(modules.length).split(`/${modules}`)) {
      within.set(folder, (within.get(folder) ?? new Set()).add(name));
      folder = below(folder, name);
    }
  }
  return { entries: kept, added: new Set(added.map(({ path }) => path)), gone, within, missing };
}

function below(folder: string, name: string): string {
  return `${folder === "" ? "" : `${folder}/`}${modules}${name}`;
}

/** Undefined if it goes, or is not there. */
function changed(changing: Changing, path: string, value: JsonObject | undefined): JsonObject | undefined {
  const { entries, added, gone, within, missing } = changing;
  if (gone.has(path)) return undefined;
  const entry = entries.get(path);
  if (!value && !added.has(path)) {
    missing.push(path);
    return undefined;
  }
  const own = entry ? olderEntry(value ?? {}, entry) : value;
  const names = within.get(path);
  if (!own || !names) return own;
  const { dependencies, ...rest } = own;
  const inside = new Map(Object.entries(objectOf(dependencies) ?? {}));
  for (const name of names) {
    const next = changed(changing, below(path, name), objectOf(inside.get(name)));
    if (next) inside.set(name, next);
    else inside.delete(name);
  }
  if (inside.size === 0) return rest;
  return { ...rest, dependencies: Object.fromEntries([...inside].sort(([a], [b]) => inNpmOrder(a, b))) };
}

function placeOf({ version, resolved, integrity, dev, optional, devOptional, peer }: JsonObject): JsonObject {
  const own = { version, resolved, integrity, dev, devOptional, optional, peer };
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
}

/** `requires` in place of what is asked for; nested modules are kept. */
function olderEntry(old: JsonObject, entry: JsonObject): JsonObject {
  const asked = Object.entries({ ...objectOf(entry.dependencies), ...objectOf(entry.optionalDependencies) });
  const requires = Object.fromEntries(asked.sort(([a], [b]) => inNpmOrder(a, b)));
  return {
    ...placeOf(entry),
    version: versionAs(old.version, entry.version),
    ...(asked.length > 0 && { requires }),
    ...(old.dependencies !== undefined && { dependencies: old.dependencies }),
  };
}

/** That of an alias has the name in it: `npm:name@1.0.0`. */
function versionAs(old: unknown, version: unknown): unknown {
  if (typeof old !== "string" || !old.startsWith("npm:")) return version;
  return `${old.slice(0, old.lastIndexOf("@"))}@${String(version)}`;
}
