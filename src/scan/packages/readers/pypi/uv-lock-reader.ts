/** `uv.lock`: the projects of the workspace stand in it, with what each asks for, so that it needs no other file. */
import { packageKey } from "#model/package-key.ts";
import type { PackageSource, Relation } from "#model/package-manifest.ts";
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { folderOf, joinPath } from "../../paths.ts";
import { readAsText, textFileOf } from "../../reading/manifest-text.ts";
import { wordIn, wordsIn } from "../../reading/node-fields.ts";
import { askedFor, type Mention } from "./asked-for.ts";
import { type LockEntry, readLockEntries } from "./lock-entries.ts";
import { type Drafted, lockManifest } from "./lock-manifest.ts";
import { beside } from "./project-beside.ts";
import { readPyproject } from "./pyproject.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "uv.lock",
    ecosystem: "PyPI",
    matches: (path) => /(?:^|\/)uv\.lock$/.test(path),
    alone: "always",
    claims: (path) => [beside(path, "pyproject.toml")],
    pullsIn: (file) => {
      const text = textFileOf(file);
      return text ? memberProjects(text) : [];
    },
    read: (file, files) => readAsText(file, (text) => read(text, files)),
  },
];

/** The projects whose versions this file locks: they need not be read for themselves. */
function memberProjects(file: TextFile): readonly string[] {
  return readLockEntries(file, "package").entries.flatMap((entry) => {
    const own = ownFolder(entry.get("source"));
    const folder = own === undefined ? undefined : joinPath(folderOf(file.path), own);
    return folder === undefined ? [] : [folder === "" ? "pyproject.toml" : `${folder}/pyproject.toml`];
  });
}

function read(file: TextFile, files: UnitFiles): PackagesRead {
  const lock = readLockEntries(file, "package");
  const members = new Set(wordsIn(lock.get("manifest", "members")).map((name) => packageKey("PyPI", name)));
  const own = lock.entries.filter((entry) => ownFolder(entry.get("source")) !== undefined);
  const wanted = own.flatMap(wantedGroups);
  const groups = new Map<string, Set<string>>();
  for (const { name, group } of wanted) {
    if (group !== undefined) groups.set(name, (groups.get(name) ?? new Set()).add(group));
  }
  const drafts = lock.entries.map((entry): Drafted => {
    const source = sourceIn(entry.get("source"));
    const relation = ownRelation(entry, members);
    return {
      entry,
      wants: wantsOf(entry),
      ...(source ? { source } : {}),
      registry: wordIn(child(entry.get("source"), "registry")),
      ...(relation ? { relation } : {}),
      groups: [...(groups.get(packageKey("PyPI", entry.name)) ?? [])],
    };
  });
  const root = own.find((entry) => ownRelation(entry, members) === "root");
  const project = root && { name: root.name, ...(root.version === undefined ? {} : { version: root.version }) };
  const beginning = textFileOf(files.get(beside(file.path, "pyproject.toml")));
  const feeds = beginning ? readPyproject(beginning).feeds : [];
  const asked = own.length > 0 ? askedFor([...wanted, ...placesIn(files, wanted)], project, feeds) : undefined;
  return lockManifest({ file, format: "uv.lock", lock, drafts, asked, files });
}

/** Where the projects ask for it; what they ask for, and whether that is for development, is said by the lock file. */
function placesIn(files: UnitFiles, wanted: readonly Wanted[]): readonly (Mention & { readonly name: string })[] {
  const projects = files.paths.filter((path) => path.endsWith("pyproject.toml"));
  const packages = projects.flatMap((path) => {
    const text = textFileOf(files.get(path));
    return text ? readPyproject(text).packages : [];
  });
  const names = new Set(wanted.map(({ name }) => name));
  const asked = packages.filter(({ name }) => names.has(packageKey("PyPI", name)));
  return asked.map(({ name, at }) => ({ name, at, isDevelopment: true }));
}

function ownFolder(source: Node | undefined): string | undefined {
  return wordIn(child(source, "editable")) ?? wordIn(child(source, "virtual"));
}

function ownRelation(entry: LockEntry, members: ReadonlySet<string>): Relation | undefined {
  const folder = ownFolder(entry.get("source"));
  if (folder === ".") return "root";
  const isMember = members.has(packageKey("PyPI", entry.name));
  return isMember ? "workspace" : undefined;
}

interface Wanted {
  readonly name: string;
  readonly group?: string;
  readonly isDevelopment: boolean;
}

function wantedGroups(entry: LockEntry): readonly Wanted[] {
  const named = (node: Node | undefined) =>
    itemsOf(node).flatMap((item) => {
      const name = wordIn(child(item, "name"));
      return name === undefined ? [] : [packageKey("PyPI", name)];
    });
  const grouped = (table: string, isDevelopment: boolean) =>
    entry
      .table(table)
      .flatMap(({ name: group, value }) => named(value).map((name) => ({ name, group, isDevelopment })));
  return [
    ...named(entry.get("dependencies")).map((name) => ({ name, isDevelopment: false })),
    ...grouped("optional-dependencies", false),
    ...grouped("dev-dependencies", true),
  ];
}

/** With the version where the file gives it, for there may be several of the name. */
function wantsOf(entry: LockEntry): readonly string[] {
  const tables = ["optional-dependencies", "dev-dependencies"].flatMap((table) => entry.table(table));
  const lists = [entry.get("dependencies"), ...tables.map(({ value }) => value)];
  return lists.flatMap(itemsOf).flatMap((item) => {
    const name = wordIn(child(item, "name"));
    const version = wordIn(child(item, "version"));
    if (name === undefined) return [];
    const key = packageKey("PyPI", name);
    return [version === undefined ? key : `${key}@${version}`];
  });
}

function sourceIn(source: Node | undefined): PackageSource | undefined {
  const word = (key: string) => wordIn(child(source, key));
  const git = word("git");
  if (git !== undefined) {
    const [url = git, commit] = git.split("#");
    return { is: "git", url, ...(commit === undefined ? {} : { commit }) };
  }
  const url = word("url");
  if (url !== undefined) return { is: "archive", url };
  const path = word("path") ?? word("directory") ?? word("editable") ?? word("virtual");
  return path === undefined ? undefined : { is: "path", path };
}
