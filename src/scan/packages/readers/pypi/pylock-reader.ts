/** `pylock.toml` (PEP 751): what is installed, with the groups and extras that its markers name. */
import { packageKey } from "#model/package-key.ts";
import type { PackageSource } from "#model/package-manifest.ts";
import { child, itemsOf } from "../../../formats/node.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { readAsText } from "../../reading/manifest-text.ts";
import { type NamedMember, wordIn, wordsIn } from "../../reading/node-fields.ts";
import { type LockEntry, readLockEntries } from "./lock-entries.ts";
import { type Drafted, lockManifest } from "./lock-manifest.ts";
import { beside, projectBeside } from "./project-beside.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "pylock.toml",
    ecosystem: "PyPI",
    matches: (path) => /(?:^|\/)pylock(?:\.[^/.]+)?\.toml$/.test(path),
    alone: "always",
    claims: (path) => [beside(path, "pyproject.toml")],
    read: (file, files) => readAsText(file, (text) => read(text, files)),
  },
];

function read(file: TextFile, files: UnitFiles): PackagesRead {
  const lock = readLockEntries(file, "packages");
  const defaults = new Set(wordsIn(lock.get("", "default-groups")));
  const drafts = lock.entries.map((entry) => draftOf(entry, defaults));
  return lockManifest({ file, format: "pylock.toml", lock, drafts, asked: projectBeside(file.path, files), files });
}

function draftOf(entry: LockEntry, defaults: ReadonlySet<string>): Drafted {
  const marker = wordIn(entry.get("marker")) ?? "";
  const groups = namesIn(marker, "dependency_groups");
  const extras = namesIn(marker, "extras");
  const directory = new Map(entry.table("directory").map((member) => [member.name, member.value]));
  const isProject = wordIn(directory.get("path")) === ".";
  const source = sourceOf(entry);
  return {
    entry,
    wants: itemsOf(entry.get("dependencies")).flatMap((item) => {
      const name = wordIn(child(item, "name"));
      const version = wordIn(child(item, "version"));
      if (name === undefined) return [];
      return [version === undefined ? packageKey("PyPI", name) : `${packageKey("PyPI", name)}@${version}`];
    }),
    ...(source ? { source } : {}),
    registry: wordIn(entry.get("index")),
    ...(isProject ? { relation: "root" } : {}),
    groups: [...groups, ...extras],
    isDevelopment: groups.length > 0 && extras.length === 0 && !groups.some((group) => defaults.has(group)),
  };
}

/** Of `'dev' in dependency_groups or 'x' in extras`. */
function namesIn(marker: string, variable: string): readonly string[] {
  const pattern = new RegExp(`["']([^"']{1,100})["'] in ${variable}\\b`, "g");
  return [...marker.slice(0, 10_000).matchAll(pattern)].map(([, name = ""]) => name);
}

function sourceOf(entry: LockEntry): PackageSource | undefined {
  const vcs = wordsOf(entry.table("vcs"));
  if (vcs.size > 0) {
    const commit = vcs.get("commit-id") ?? vcs.get("requested-revision");
    const url = vcs.get("url") ?? vcs.get("path") ?? "";
    return { is: "git", url, ...(commit === undefined ? {} : { commit }) };
  }
  const path = wordsOf(entry.table("directory")).get("path");
  if (path !== undefined) return { is: "path", path };
  const archive = wordsOf(entry.table("archive"));
  const url = archive.get("url");
  if (url !== undefined) return { is: "archive", url };
  const file = archive.get("path");
  return file === undefined ? undefined : { is: "path", path: file };
}

function wordsOf(members: readonly NamedMember[]): ReadonlyMap<string, string> {
  return new Map(
    members.flatMap(({ name, value }) => {
      const word = wordIn(value);
      return word === undefined ? [] : [[name, word]];
    }),
  );
}
