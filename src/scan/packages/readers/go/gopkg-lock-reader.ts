/** `Gopkg.lock` of dep, which Go used before it had modules. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { problemOfFormat, readAsText } from "../../reading/manifest-text.ts";
import { wordIn } from "../../reading/node-fields.ts";
import { packageUse } from "../../reading/package-use.ts";
import { type LockEntry, readLockEntries } from "../pypi/lock-entries.ts";
import { withoutV } from "./go-version.ts";

const format = "Gopkg.lock";

export const readers: readonly PackageReader[] = [
  {
    format,
    ecosystem: "Go",
    matches: (path) => fileNameOf(path) === format,
    alone: "always",
    read: (file) => readAsText(file, read),
  },
];

function read(file: TextFile): PackagesRead {
  const lock = readLockEntries(file, "projects");
  const manifest = {
    path: file.path,
    format,
    ecosystem: "Go",
    isLocked: true,
    packages: lock.entries.map(useOf),
  } as const;
  return { manifests: lock.entries.length === 0 ? [] : [manifest], problems: lock.problems.map(problemOfFormat) };
}

/** Without a version a branch is used: its commit tells no version. */
function useOf(entry: LockEntry): PackageUse {
  const { name, version, versionAt, at } = entry;
  return packageUse({
    ecosystem: "Go",
    name,
    version: version === undefined ? undefined : withoutV(version),
    requirement: version === undefined ? (wordIn(entry.get("branch")) ?? wordIn(entry.get("revision"))) : undefined,
    at: spanOf(at),
    versionAt: versionAt && spanOf(versionAt),
    relation: "unknown",
  });
}
