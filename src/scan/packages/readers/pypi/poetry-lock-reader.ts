/** `poetry.lock` of every version; the `pyproject.toml` beside it says what was asked for. */
import { packageKey } from "#model/package-key.ts";
import type { PackageSource } from "#model/package-manifest.ts";
import { textOf } from "../../../formats/node.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { readAsText } from "../../reading/manifest-text.ts";
import { wordIn, wordsIn } from "../../reading/node-fields.ts";
import { type LockEntry, readLockEntries } from "./lock-entries.ts";
import { type Drafted, lockManifest } from "./lock-manifest.ts";
import { beside, projectBeside } from "./project-beside.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "poetry.lock",
    ecosystem: "PyPI",
    matches: (path) => /(?:^|\/)poetry\.lock$/.test(path),
    alone: "always",
    claims: (path) => [beside(path, "pyproject.toml")],
    read: (file, files) => readAsText(file, (text) => read(text, files)),
  },
];

function read(file: TextFile, files: UnitFiles): PackagesRead {
  const lock = readLockEntries(file, "package");
  const drafts = lock.entries.map(draftOf);
  return lockManifest({ file, format: "poetry.lock", lock, drafts, asked: projectBeside(file.path, files), files });
}

function draftOf(entry: LockEntry): Drafted {
  const category = textOf(entry.get("category"));
  const groups = category === undefined ? wordsIn(entry.get("groups")) : [category];
  const optional = entry.get("optional");
  const isOptional = optional?.is === "scalar" && optional.value === true;
  const source = sourceOf(entry);
  return {
    entry,
    wants: entry.names("dependencies").map((name) => packageKey("PyPI", name)),
    ...(source ? { source } : {}),
    registry: registryIn(entry),
    groups: [...groups, ...(isOptional ? ["optional"] : [])],
    ...(groups.length > 0 ? { isDevelopment: !groups.includes("main") } : {}),
  };
}

/** What comes from the public index has no source. */
function registryIn(entry: LockEntry): string {
  return wordIn(entry.table("source").find(({ name }) => name === "url")?.value) ?? "";
}

function sourceOf(entry: LockEntry): PackageSource | undefined {
  const members = entry.table("source");
  if (members.length === 0) return undefined;
  const source = new Map(members.map(({ name, value }) => [name, wordIn(value)]));
  const type = source.get("type");
  const url = source.get("url") ?? "";
  const commit = source.get("resolved_reference") ?? source.get("reference");
  if (type === "git") return { is: "git", url, ...(commit === undefined ? {} : { commit }) };
  if (type === "url") return { is: "archive", url };
  if (type === "directory" || type === "file") return { is: "path", path: url };
  return undefined;
}
