/** `pdm.lock`: which groups a package is in stands with it; the `pyproject.toml` beside it says which are for development. */
import { packageKey } from "#model/package-key.ts";
import type { PackageSource } from "#model/package-manifest.ts";
import { child, itemsOf } from "../../../formats/node.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { readAsText } from "../../reading/manifest-text.ts";
import { wordIn, wordsIn } from "../../reading/node-fields.ts";
import { type LockEntry, readLockEntries } from "./lock-entries.ts";
import { type Drafted, lockManifest } from "./lock-manifest.ts";
import { beside, projectBeside } from "./project-beside.ts";
import { isDevelopmentName } from "./python-package.ts";
import { readRequirement } from "./python-requirement.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "pdm.lock",
    ecosystem: "PyPI",
    matches: (path) => /(?:^|\/)pdm\.lock$/.test(path),
    alone: "always",
    claims: (path) => [beside(path, "pyproject.toml")],
    read: (file, files) => readAsText(file, (text) => read(text, files)),
  },
];

function read(file: TextFile, files: UnitFiles): PackagesRead {
  const lock = readLockEntries(file, "package");
  const asked = projectBeside(file.path, files);
  const isDevelopment = new Map<string, boolean>();
  for (const use of [...(asked?.byName.values() ?? [])].flat())
    for (const group of use.groups ?? []) isDevelopment.set(group, use.isDevelopment);
  const drafts = lock.entries.map((entry) =>
    draftOf(entry, (group) => group !== "default" && (isDevelopment.get(group) ?? isDevelopmentName(group))),
  );
  return lockManifest({ file, format: "pdm.lock", lock, drafts, asked, files });
}

function draftOf(entry: LockEntry, isForDevelopment: (group: string) => boolean): Drafted {
  const groups = wordsIn(entry.get("groups"));
  const source = sourceOf(entry);
  return {
    entry,
    wants: wordsIn(entry.get("dependencies")).flatMap((text) => {
      const requirement = readRequirement(text);
      if (!requirement) return [];
      const name = packageKey("PyPI", requirement.name);
      return requirement.version === undefined ? name : `${name}@${requirement.version}`;
    }),
    ...(source ? { source } : {}),
    registry: hostOfFiles(entry),
    groups,
    ...(groups.length > 0 ? { isDevelopment: groups.every(isForDevelopment) } : {}),
  };
}

/** With the strategy `static_urls` each file has its address; which index named it is not said. */
function hostOfFiles(entry: LockEntry): string | undefined {
  const [first] = itemsOf(entry.get("files"));
  return /^https?:\/\/[^/]{1,300}\//i.exec(wordIn(child(first, "url")) ?? "")?.[0];
}

function sourceOf(entry: LockEntry): PackageSource | undefined {
  const word = (key: string) => wordIn(entry.get(key));
  const git = word("git");
  const commit = word("revision") ?? word("ref");
  if (git !== undefined) return { is: "git", url: git, ...(commit === undefined ? {} : { commit }) };
  const path = word("path");
  if (path !== undefined) return { is: "path", path };
  const url = word("url");
  return url === undefined ? undefined : { is: "archive", url };
}
