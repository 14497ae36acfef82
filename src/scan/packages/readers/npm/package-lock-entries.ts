/**
 * The entries of package-lock.json and npm-shrinkwrap.json, in all three versions. The first nests them as modules are
 * nested on disk, the later ones name the folders; either way Node's own rule tells which module a name means.
 */
import type { PackageSource } from "#model/package-manifest.ts";
import { deepestNesting } from "../../../formats/format-problem.ts";
import {
  eachMember,
  fail,
  isObject,
  type JsonCursor,
  readText,
  readTexts,
  readTrue,
  skipValue,
} from "./json-cursor.ts";
import type { LockEntry } from "./lock-entries.ts";
import type { LockAsk } from "./lock-projects.ts";
import { type ModuleFolder, moduleFolder, moduleIn, resolveModule } from "./module-tree.ts";
import { npmSpecOf, remoteSource } from "./npm-spec.ts";
import { readLicenses, type Section } from "./project-file.ts";

export interface PackageLock {
  name?: string;
  version?: string;
  readonly entries: LockEntry[];
  readonly asks: LockAsk[];
  readonly root: ModuleFolder;
  /** False for version 1, which knows no workspaces. */
  hasFolders: boolean;
  /** By path relative to the lock file: of modules, and of workspaces. */
  readonly folders: Map<string, ModuleFolder>;
}

/** What an entry asks for, until all entries are known. */
interface Wants {
  readonly entry: number;
  readonly from: ModuleFolder;
  readonly texts: readonly (readonly [name: string, spec: string])[];
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
}

export function readPackageLock(cursor: JsonCursor): PackageLock {
  const root = moduleFolder();
  const folders = new Map([["", root]]);
  const state: State = { cursor, entries: [], asks: [], root, hasFolders: true, folders, wants: [], links: [] };
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

/** The members of an entry that every version has. */
interface Fields {
  name?: string;
  version?: string;
  resolved?: string;
  integrity?: string;
  licenses?: readonly string[];
  isLink?: boolean;
  isDevelopment?: boolean;
  readonly groups: string[];
  readonly texts: (readonly [string, string])[];
  readonly asks: (readonly [Section, string, string])[];
  nestedAt?: number;
}

// oxlint-disable-next-line max-lines-per-function -- one case for each member that an entry may have
function readField(cursor: JsonCursor, fields: Fields, key: string): void {
  switch (key) {
    case "name":
    case "version":
    case "resolved":
    case "integrity": {
      const text = readText(cursor);
      if (text !== undefined) fields[key] = text;
      return;
    }
    case "license":
      fields.licenses = readLicenses(cursor);
      return;
    case "link":
      fields.isLink = readTrue(cursor);
      return;
    case "dev":
      if (!readTrue(cursor)) return;
      fields.isDevelopment = true;
      fields.groups.push("dev");
      return;
    case "devOptional":
      // Something in production may want it, if only as an option.
      if (readTrue(cursor)) fields.groups.push("dev", "optional");
      return;
    case "optional":
    case "peer":
      if (readTrue(cursor)) fields.groups.push(key);
      return;
    case "inBundle":
    case "bundled":
      if (readTrue(cursor)) fields.groups.push("bundled");
      return;
    case "dependencies":
    case "devDependencies":
    case "optionalDependencies":
    case "peerDependencies":
      readAsked(cursor, fields, key);
      return;
    default:
  }
}

function readAsked(cursor: JsonCursor, fields: Fields, section: Section): void {
  for (const [name, spec] of readTexts(cursor)) {
    fields.texts.push([name, spec]);
    fields.asks.push([section, name, spec]);
  }
}

function readEntry(state: State, path: string, start: number): void {
  const { cursor } = state;
  const fields: Fields = { groups: [], texts: [], asks: [] };
  eachMember(cursor, (key) => readField(cursor, fields, key));
  const folder = folderAt(state, path);
  if (fields.isLink && fields.resolved !== undefined) {
    const { parent = state.root } = folder;
    state.links.push({ from: parent, name: moduleName(path), target: fields.resolved, start, end: cursor.at });
    return;
  }
  const isModule = path.includes("node_modules/");
  if (!isModule)
    for (const [section, name, spec] of fields.asks) state.asks.push({ folder: path, name, spec, section });
  const name = fields.name ?? (path === "" ? state.name : moduleName(path));
  if (name === undefined || name === "") return;
  const relation = path === "" ? "root" : isModule ? "transitive" : "workspace";
  const resolved = relation === "transitive" ? sourceOfResolved(fields.resolved) : undefined;
  const source: PackageSource | undefined = relation === "workspace" ? { is: "path", path } : resolved;
  const version = fields.version ?? (path === "" ? state.version : undefined);
  folder.entry = state.entries.length;
  addEntry(state, folder, fields, { name, version, start, end: cursor.at, relation, source });
}

type Known = Pick<LockEntry, "name" | "version" | "start" | "end" | "relation" | "source">;

function addEntry(state: State, from: ModuleFolder, fields: Fields, known: Known): void {
  const { groups, integrity, licenses, isDevelopment = false, texts } = fields;
  if (texts.length > 0) state.wants.push({ entry: state.entries.length, from, texts });
  state.entries.push({ ...known, isDevelopment, groups, integrity, licenses, dependsOn: [] });
}

/** A tarball may be a registry's own; what is asked for tells it, see `resolveWants`. */
function sourceOfResolved(resolved: string | undefined): PackageSource | undefined {
  if (resolved === undefined || /^https?:/.test(resolved)) return undefined;
  const spec = npmSpecOf(resolved);
  return spec.is === "elsewhere" ? spec.source : undefined;
}

/** Longer paths exist on no disk, and would cost their length for each folder in them. */
const longestPath = 1024;

function folderAt(state: State, path: string): ModuleFolder {
  const known = state.folders.get(path);
  if (known || path.length > longestPath) return known ?? moduleFolder(state.root);
  const modules = path.lastIndexOf("node_modules/");
  const isModule = modules === 0 || path[modules - 1] === "/";
  const parentEnd = isModule ? modules - 1 : path.lastIndexOf("/");
  const parent = folderAt(state, path.slice(0, Math.max(0, parentEnd)));
  const made = isModule ? moduleIn(parent, moduleName(path)) : moduleFolder(parent);
  state.folders.set(path, made);
  return made;
}

function moduleName(path: string): string {
  const modules = path.lastIndexOf("node_modules/");
  return modules < 0 ? path.slice(path.lastIndexOf("/") + 1) : path.slice(modules + "node_modules/".length);
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
  const { cursor } = state;
  const fields: Fields = { groups: [], texts: [], asks: [] };
  // Its own modules come after it in the list, though they end before it does.
  const position = state.entries.push({ name, start, end: start, relation: "unknown", isDevelopment: false }) - 1;
  folder.entry = position;
  eachMember(cursor, (key) => {
    if (key === "dependencies") readNested(state, folder, depth + 1);
    else if (key !== "requires") readField(cursor, fields, key);
    else if (isObject(cursor)) fields.texts.push(...readTexts(cursor));
  });
  const { version, groups, integrity, licenses, isDevelopment = false, texts } = fields;
  state.entries[position] = {
    ...namedBy(name, version),
    start,
    end: cursor.at,
    // What is nested is there for the sake of what it is nested in.
    relation: depth > 0 ? "transitive" : "unknown",
    isDevelopment,
    groups,
    integrity,
    licenses,
    dependsOn: [],
  };
  if (texts.length > 0) state.wants.push({ entry: position, from: folder, texts });
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

function resolveWants({ entries }: State, { entry, from, texts }: Wants): void {
  const dependsOn = entries[entry]?.dependsOn;
  for (const [name, spec] of texts) {
    const found = resolveModule(from, name);
    if (found === undefined) continue;
    dependsOn?.push(found);
    const target = entries[found];
    if (target && !target.source && /^https?:/.test(spec)) target.source = remoteSource(spec);
  }
}
