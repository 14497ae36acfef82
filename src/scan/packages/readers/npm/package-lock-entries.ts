/**
 * The entries of package-lock.json and npm-shrinkwrap.json, in all three versions. The first nests them as modules are
 * nested on disk, the later ones name the folders; either way Node's own rule tells which module a name means.
 */
import type { PackageSource } from "#model/package-manifest.ts";
import { deepestNesting } from "../../../formats/format-problem.ts";
import { folderOf } from "../../paths.ts";
import { eachMember, fail, type JsonCursor, readText, skipValue, type Texts } from "../../reading/json-cursor.ts";
import type { LockEntry } from "./lock-entries.ts";
import type { LockAsk } from "./lock-projects.ts";
import { moduleName, modules, withoutSlash } from "./module-path.ts";
import { type ModuleFolder, moduleFolder, moduleIn, resolveModule } from "./module-tree.ts";
import { npmSpecOf, remoteSource } from "./npm-spec.ts";
import { type Fields, noFields, readField } from "./package-lock-fields.ts";
import type { Section } from "./project-file.ts";
import { type RegistryOf, registryReader } from "./registry-of.ts";

export interface PackageLock {
  name?: string;
  version?: string;
  readonly entries: LockEntry[];
  readonly asks: LockAsk[];
  readonly root: ModuleFolder;
  /** False for version 1, which knows no workspaces. */
  hasFolders: boolean;
  /** The root, the workspaces and what lies above them, by their paths relative to the lock file. */
  readonly folders: Map<string, ModuleFolder>;
}

/** What an entry asks for, until all entries are known. */
interface Wants {
  readonly entry: number;
  readonly from: ModuleFolder;
  readonly asks: readonly (readonly [Section, Texts])[];
}

interface Link {
  readonly from: ModuleFolder;
  readonly name: string;
  readonly target: string;
  readonly start: number;
  readonly end: number;
}

interface State extends PackageLock {
  readonly cursor: JsonCursor;
  readonly wants: Wants[];
  readonly links: Link[];
  readonly registryOf: RegistryOf;
  /** What one entry's wants lead to is gathered here: a list that grows takes room for many. */
  readonly found: number[];
}

export function readPackageLock(cursor: JsonCursor): PackageLock {
  const root = moduleFolder();
  const folders = new Map([["", root]]);
  const state: State = {
    cursor,
    entries: [],
    asks: [],
    root,
    hasFolders: true,
    folders,
    wants: [],
    links: [],
    registryOf: registryReader(),
    found: [],
  };
  const former: number[] = [];
  eachMember(cursor, (key) => {
    if (key === "name" || key === "version") state[key] = readText(cursor) ?? "";
    else if (key === "packages") eachMember(cursor, (path, start) => readEntry(state, path, start));
    else if (key === "dependencies") {
      former.push(cursor.at);
      skipValue(cursor);
    }
  });
  if (former.length > 0 && state.entries.every(({ relation }) => relation === "root")) {
    const end = cursor.at;
    state.hasFolders = false;
    for (const at of former) {
      cursor.at = at;
      readNested(state, root, 0);
    }
    cursor.at = end;
  }
  settleLinks(state);
  for (const want of state.wants) resolveWants(state, want);
  return state;
}

function readEntry(state: State, path: string, start: number): void {
  const { cursor } = state;
  const fields = noFields();
  eachMember(cursor, (key) => readField(cursor, fields, key));
  const isModule = path.includes(modules);
  const folder = isModule ? moduleAt(state, path) : folderAt(state, path);
  if (fields.isLink && fields.resolved !== undefined) {
    const { parent = state.root } = folder;
    state.links.push({ from: parent, name: moduleName(path), target: fields.resolved, start, end: cursor.at });
    return;
  }
  if (!isModule) keepAsks(state, path, fields);
  const name = fields.name ?? (path === "" ? state.name : moduleName(path));
  if (name === undefined || name === "") return;
  const relation = path === "" ? "root" : isModule ? "transitive" : "workspace";
  const resolved = relation === "transitive" ? sourceOfResolved(fields.resolved) : undefined;
  const source: PackageSource | undefined = relation === "workspace" ? { is: "path", path } : resolved;
  const version = fields.version ?? (path === "" ? state.version : undefined);
  const { groups, integrity, licenses, isDevelopment } = fields;
  folder.entry = state.entries.length;
  keepWants(state, folder, fields);
  const end = cursor.at;
  const registry = relation === "transitive" ? state.registryOf(fields.resolved) : undefined;
  const rest = { isDevelopment, groups, source, registry, integrity, licenses, dependsOn: [] };
  state.entries.push({ name, version, start, end, relation, ...rest });
}

function keepAsks({ asks }: State, folder: string, fields: Fields): void {
  for (const [section, texts] of fields.asks ?? []) {
    for (let at = 0; at < texts.length; at += 2) {
      asks.push({ folder, name: texts[at] ?? "", spec: texts[at + 1] ?? "", section });
    }
  }
}

function keepWants(state: State, from: ModuleFolder, { asks }: Fields): void {
  if (asks) state.wants.push({ entry: state.entries.length, from, asks });
}

/** A tarball may be a registry's own; what is asked for tells it, see `resolveWants`. */
function sourceOfResolved(resolved: string | undefined): PackageSource | undefined {
  if (resolved === undefined || resolved.startsWith("https:") || resolved.startsWith("http:")) return undefined;
  const spec = npmSpecOf(resolved);
  return spec.is === "elsewhere" ? spec.source : undefined;
}

/** Longer paths exist on no disk, and would cost their length for each folder in them. */
const longestPath = 1024;

/** A folder of the repository; what is in it may use the modules of the folders above. */
function folderAt(state: State, path: string): ModuleFolder {
  const known = state.folders.get(path);
  if (known || path.length > longestPath) return known ?? moduleFolder(state.root);
  const made = moduleFolder(folderAt(state, folderOf(path)));
  state.folders.set(path, made);
  return made;
}

function moduleAt(state: State, path: string): ModuleFolder {
  if (path.length > longestPath) return moduleIn(state.root, withoutSlash(path));
  let at = path.indexOf(modules);
  let folder = at <= 0 ? state.root : folderAt(state, path.slice(0, at - 1));
  while (at >= 0) {
    const start = at + modules.length;
    at = path.indexOf(modules, start);
    folder = moduleIn(folder, withoutSlash(path.slice(start, at < 0 ? path.length : at)));
  }
  return folder;
}

/** Version 1: `dependencies` in `dependencies`. */
function readNested(state: State, folder: ModuleFolder, depth: number): void {
  const { cursor } = state;
  if (depth > deepestNesting) fail(cursor, `no more than ${deepestNesting} levels of nesting`);
  eachMember(cursor, (name, start) => readNestedEntry(state, moduleIn(folder, name), { name, start, depth }));
}

interface NestedPlace {
  readonly name: string;
  readonly start: number;
  readonly depth: number;
}

function readNestedEntry(state: State, folder: ModuleFolder, { name, start, depth }: NestedPlace): void {
  const { cursor, entries } = state;
  const fields = noFields();
  // Its own modules come after it in the list, though they end before it does.
  const position = entries.push({ name, start, end: start, relation: "unknown", isDevelopment: false }) - 1;
  folder.entry = position;
  eachMember(cursor, (key) => {
    if (key === "dependencies") readNested(state, folder, depth + 1);
    else readField(cursor, fields, key);
  });
  const { version, groups, integrity, licenses, isDevelopment, asks } = fields;
  // What is nested is there for the sake of what it is nested in.
  const relation = depth > 0 ? "transitive" : "unknown";
  const registry = state.registryOf(fields.resolved);
  const rest = { isDevelopment, groups, registry, integrity, licenses, dependsOn: [] };
  entries[position] = { ...namedBy(name, version), start, end: cursor.at, relation, ...rest };
  if (asks) state.wants.push({ entry: position, from: folder, asks });
}

function namedBy(name: string, version: string | undefined): Pick<LockEntry, "name" | "version" | "source"> {
  const spec = npmSpecOf(version ?? "");
  if (spec.is === "elsewhere") return { name, source: spec.source };
  if (spec.is === "registry" && spec.name !== undefined) return { name: spec.name, version: spec.range };
  return { name, version };
}

/** A link means the workspace that it leads to, and knows its name. */
function settleLinks(state: State): void {
  for (const { from, name, target, start, end } of state.links) {
    const folder = moduleIn(from, name);
    const entry = state.folders.get(target)?.entry;
    const workspace = entry === undefined ? undefined : state.entries[entry];
    if (entry !== undefined && workspace) {
      folder.entry = entry;
      if (workspace.relation === "workspace" && workspace.name === moduleName(target)) workspace.name = name;
      continue;
    }
    folder.entry = state.entries.length;
    const source: PackageSource = { is: "path", path: target };
    state.entries.push({ name, start, end, relation: "transitive", isDevelopment: false, source, dependsOn: [] });
  }
}

function resolveWants({ entries, found: all }: State, { entry, from, asks }: Wants): void {
  let count = 0;
  for (const [, pairs] of asks) {
    for (let at = 0; at < pairs.length; at += 2) {
      const found = resolveModule(from, pairs[at] ?? "");
      if (found === undefined) continue;
      all[count++] = found;
      const spec = pairs[at + 1] ?? "";
      if (!spec.startsWith("http")) continue;
      const target = entries[found];
      if (target && !target.source) target.source = remoteSource(spec);
    }
  }
  const wanting = entries[entry];
  if (wanting) wanting.dependsOn = all.slice(0, count);
}
