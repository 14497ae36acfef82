/** bun.lock, the text form. The binary bun.lockb before it is not read. */
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import {
  eachItem,
  eachMember,
  isObject,
  isText,
  type JsonCursor,
  jsonCursor,
  readText,
  readTexts,
} from "../../reading/json-cursor.ts";
import { endOfJson } from "../../reading/json-problems.ts";
import { problemAt, readAsText } from "../../reading/manifest-text.ts";
import { isInstalled } from "./installed-path.ts";
import type { LockEntry } from "./lock-entries.ts";
import { filesOfLock, joinProjects, type LockAsk } from "./lock-projects.ts";
import { type ModuleFolder, moduleFolder, moduleIn, resolveModule } from "./module-tree.ts";
import { divideAtName, npmSpecOf } from "./npm-spec.ts";
import { type Section, sections } from "./project-file.ts";
import { type RegistryOf, registryReader } from "./registry-of.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "bun.lock",
    ecosystem: "npm",
    matches: (path) => fileNameOf(path) === "bun.lock" && !isInstalled(path),
    alone: "always",
    claims: filesOfLock,
    read,
  },
];

interface BunLock {
  readonly cursor: JsonCursor;
  readonly entries: LockEntry[];
  readonly asks: LockAsk[];
  readonly root: ModuleFolder;
  /** Where the modules of a project are looked for, by its folder. */
  readonly projects: Map<string, ModuleFolder>;
  readonly wants: { readonly entry: number; readonly from: ModuleFolder; readonly names: readonly string[] }[];
  readonly problems: Problem[];
  readonly registryOf: RegistryOf;
  name?: string | undefined;
}

function read(file: SourceFile, files: UnitFiles): PackagesRead {
  return readAsText(file, (text) => {
    const root = moduleFolder();
    const cursor = jsonCursor(text);
    const lock: BunLock = {
      cursor,
      entries: [],
      asks: [],
      root,
      projects: new Map(),
      wants: [],
      problems: [],
      registryOf: registryReader(),
    };
    eachMember(cursor, (key) => {
      if (key === "workspaces") eachMember(cursor, (folder, start) => readProject(lock, folder, start));
      else if (key === "packages") eachMember(cursor, (path, start) => readEntry(lock, path, start));
    });
    const { entries, asks, projects, name } = lock;
    const resolve = (ask: LockAsk) => resolveModule(projects.get(ask.folder) ?? root, ask.name);
    for (const ask of asks) addEdge(entries, projects.get(ask.folder)?.entry, resolve(ask));
    for (const { entry, from, names } of lock.wants) {
      for (const wanted of names) addEdge(entries, entry, resolveModule(from, wanted));
    }
    return joinProjects(
      {
        file: text,
        format: "bun.lock",
        entries,
        asks,
        root: { name },
        projects: () => (folder) => projects.has(folder),
        resolve,
        hasFlags: false,
        problems: [...lock.problems, ...endOfJson(cursor)],
      },
      files,
    );
  });
}

function addEdge(entries: readonly LockEntry[], from: number | undefined, to: number | undefined): void {
  if (from !== undefined && to !== undefined) entries[from]?.dependsOn?.push(to);
}

function readProject(lock: BunLock, folder: string, start: number): void {
  const { cursor, root } = lock;
  let name: string | undefined;
  let version: string | undefined;
  eachMember(cursor, (key) => {
    const section = sections.find((one) => one === key);
    if (key === "name") name = readText(cursor);
    else if (key === "version") version = readText(cursor);
    else if (section) keepAsks(lock, folder, section);
  });
  const isRoot = folder === "";
  const modules = isRoot || name === undefined ? root : moduleIn(root, name);
  lock.projects.set(folder, modules);
  if (isRoot) lock.name = name;
  if (name === undefined) return;
  modules.entry = lock.entries.length;
  const own = { name, version, start, end: cursor.at, isDevelopment: false, dependsOn: [] };
  if (isRoot) lock.entries.push({ ...own, relation: "root" });
  else lock.entries.push({ ...own, relation: "workspace", source: { is: "path", path: folder } });
}

function keepAsks({ cursor, asks }: BunLock, folder: string, section: Section): void {
  const texts = readTexts(cursor);
  for (let at = 0; at < texts.length; at += 2) {
    asks.push({ folder, name: texts[at] ?? "", spec: texts[at + 1] ?? "", section });
  }
}

function readEntry(lock: BunLock, path: string, start: number): void {
  const { cursor, entries } = lock;
  let ident: string | undefined;
  let integrity: string | undefined;
  let registry: string | undefined;
  let names: readonly string[] = [];
  eachItem(cursor, (index) => {
    if (isObject(cursor)) names = [...names, ...readWanted(cursor)];
    else if (isText(cursor)) {
      const text = readText(cursor) ?? "";
      if (index === 0) ident = text;
      else if (/^sha\d+-/.test(text)) integrity = text;
      // For an empty text Bun asks the registry that is set up.
      else if (index === 1) registry = lock.registryOf(text);
    }
  });
  if (ident === undefined) {
    const message = `The entry '${path}' does not begin with a name and a version, so this package was left out.`;
    lock.problems.push(problemAt({ file: cursor.file, start, end: cursor.at }, "syntax", message));
    return;
  }
  const [name, spec] = divideAtName(ident);
  const folder = folderOf(lock.root, path);
  // Projects are described among the workspaces.
  if (spec.startsWith("workspace:") || spec.startsWith("root:")) return;
  const asked = npmSpecOf(spec);
  const known = asked.is === "elsewhere" ? { name, source: asked.source } : { name, version: spec };
  folder.entry = entries.length;
  if (names.length > 0) lock.wants.push({ entry: entries.length, from: folder, names });
  const rest = { relation: "transitive", isDevelopment: false, registry, integrity } as const;
  entries.push({ ...known, ...rest, start, end: cursor.at, dependsOn: [] });
}

function readWanted(cursor: JsonCursor): readonly string[] {
  const names: string[] = [];
  eachMember(cursor, (key) => {
    if (key === "dependencies" || key === "optionalDependencies" || key === "peerDependencies") {
      for (const name of readTexts(cursor).filter((_, index) => index % 2 === 0)) names.push(name);
    }
  });
  return names;
}

/** More names within each other than this are in no tree of modules. */
const deepestModules = 64;

/** `a/@b/c` is the module `@b/c` of the module `a`. */
function folderOf(root: ModuleFolder, path: string): ModuleFolder {
  let folder = root;
  const parts = path.split("/", 2 * deepestModules);
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? "";
    folder = moduleIn(folder, part.startsWith("@") && at + 1 < parts.length ? `${part}/${parts[++at]}` : part);
  }
  return folder;
}
