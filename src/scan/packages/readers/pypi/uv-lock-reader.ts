/** `uv.lock`: the projects of the workspace stand in it, with what each asks for, so that it needs no other file. */
import { packageKey } from "#model/package-key.ts";
import type { PackageSource, Relation } from "#model/package-manifest.ts";
import { child, itemsOf, type Node } from "../../../formats/node.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { folderOf, joinPath } from "../../paths.ts";
import { readAsText, textFileOf } from "../../reading/manifest-text.ts";
import { wordIn, wordsIn } from "../../reading/node-fields.ts";
import { type AskedFor, askedFor } from "./asked-for.ts";
import { type LockEntries, type LockEntry, readLockEntries } from "./lock-entries.ts";
import { type Drafted, lockManifest } from "./lock-manifest.ts";
import { beside } from "./project-beside.ts";

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
    read: (file) => readAsText(file, read),
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

function read(file: TextFile): PackagesRead {
  const lock = readLockEntries(file, "package");
  const members = new Set(wordsIn(lock.get("manifest", "members")).map((name) => packageKey("PyPI", name)));
  const asked = askedBy(lock);
  const drafts = lock.entries.map((entry): Drafted => {
    const source = sourceIn(entry.get("source"));
    const relation = ownRelation(entry, members);
    return {
      entry,
      wants: wantsOf(entry, relation === undefined),
      ...(source ? { source } : {}),
      ...(relation ? { relation } : directRelation(entry, asked)),
      groups: [...(asked.groups.get(packageKey("PyPI", entry.name)) ?? [])],
    };
  });
  const production = reachedByName(lock, asked.production);
  const marked = drafts.map((draft) => ({
    ...draft,
    ...(asked.isKnown ? { isDevelopment: !production.has(packageKey("PyPI", draft.entry.name)) } : {}),
  }));
  const root = lock.entries.find((entry) => ownRelation(entry, members) === "root");
  const project: AskedFor | undefined = root
    ? askedFor([], { name: root.name, ...(root.version === undefined ? {} : { version: root.version }) })
    : undefined;
  return lockManifest({ file, format: "uv.lock", lock, drafts: marked, asked: project });
}

function directRelation(entry: LockEntry, asked: Asked): { readonly relation?: Relation } {
  if (!asked.isKnown) return {};
  return { relation: asked.names.has(packageKey("PyPI", entry.name)) ? "direct" : "transitive" };
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

interface Asked {
  readonly names: ReadonlySet<string>;
  readonly production: ReadonlySet<string>;
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>;
  /** False if the file names no project. */
  readonly isKnown: boolean;
}

/** What the projects of the workspace ask for. */
function askedBy(lock: LockEntries): Asked {
  const names = new Set<string>();
  const production = new Set<string>();
  const groups = new Map<string, Set<string>>();
  const own = lock.entries.filter((entry) => ownFolder(entry.get("source")) !== undefined);
  for (const entry of own) {
    for (const { name, group, isDevelopment } of wantedGroups(entry)) {
      names.add(name);
      if (!isDevelopment) production.add(name);
      if (group === undefined) continue;
      const known = groups.get(name) ?? new Set();
      groups.set(name, known.add(group));
    }
  }
  return { names, production, groups, isKnown: own.length > 0 };
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
function wantsOf(entry: LockEntry, isForeign: boolean): readonly string[] {
  const lists = [entry.get("dependencies"), ...entry.table("optional-dependencies").map(({ value }) => value)];
  if (!isForeign) lists.push(...entry.table("dev-dependencies").map(({ value }) => value));
  return lists.flatMap(itemsOf).flatMap((item) => {
    const name = wordIn(child(item, "name"));
    const version = wordIn(child(item, "version"));
    if (name === undefined) return [];
    const key = packageKey("PyPI", name);
    return [version === undefined ? key : `${key}@${version}`];
  });
}

/** By name alone: of several versions all count as needed. */
function reachedByName(lock: LockEntries, starts: ReadonlySet<string>): ReadonlySet<string> {
  const wants = new Map<string, string[]>();
  for (const entry of lock.entries) {
    const key = packageKey("PyPI", entry.name);
    const isForeign = ownFolder(entry.get("source")) === undefined;
    const names = wantsOf(entry, isForeign).map((want) => want.split("@", 1)[0] ?? want);
    const known = wants.get(key);
    if (known) for (const name of names) known.push(name);
    else wants.set(key, names);
  }
  const reached = new Set(starts);
  for (const name of reached) for (const next of wants.get(name) ?? []) reached.add(next);
  return reached;
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
