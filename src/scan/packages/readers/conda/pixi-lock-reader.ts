/** `pixi.lock` of all versions, and the explicit lists of addresses that conda writes (`@EXPLICIT`). */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { nothingRead, type PackageReader, type PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { problemAt, readAsText } from "../../reading/manifest-text.ts";
import { merged } from "../../reading/merged-packages.ts";
import { packageUse } from "../../reading/package-use.ts";
import { linesOf, placeOfLine } from "../../reading/text-lines.ts";
import { condaArtifact } from "./conda-artifact.ts";
import { type LockItem, lockItems } from "./lock-items.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "pixi.lock",
    ecosystem: "Conda",
    matches: (path) => fileNameOf(path) === "pixi.lock",
    alone: "always",
    read: (file) => readAsText(file, readPixi),
  },
  {
    format: "conda explicit list",
    ecosystem: "Conda",
    matches: (path) =>
      (path.endsWith(".lock") || path.endsWith(".txt")) &&
      /(?:^|\/)(?:conda-[\w-]+\.lock|(?:[\w-]+-)?(?:spec-file|explicit)(?:[-_][\w-]+)?\.txt)$/.test(path),
    alone: "always",
    read: (file) => readAsText(file, readExplicit),
  },
];

function readPixi(file: TextFile): PackagesRead {
  const [packages, older] = [lockItems(file, "packages"), lockItems(file, "package")];
  if (!packages.isThere && !older.isThere) {
    const message = "This is no pixi.lock: a list 'packages' was expected. Nothing was read from it.";
    return {
      manifests: [],
      problems: file.text.trim() === "" ? [] : [problemAt({ file, start: 0, end: 0 }, "syntax", message)],
    };
  }
  return lockedRead(
    file,
    "pixi.lock",
    [...packages.items, ...older.items].flatMap((item) => pixiPackage(file, item) ?? []),
  );
}

function lockedRead({ path }: TextFile, format: string, packages: readonly PackageUse[]): PackagesRead {
  return {
    manifests: [{ path, format, ecosystem: "Conda", isLocked: true, packages: merged(packages) }],
    problems: [],
  };
}

/** Of conda the address says name and version; of PyPI, and in older files, fields do. */
function pixiPackage(file: TextFile, item: LockItem): PackageUse | undefined {
  const word = (key: string) => item.fields.get(key)?.value;
  const [conda, pypi] = [word("conda"), word("pypi")];
  const isPython = pypi !== undefined || word("kind") === "pypi" || word("manager") === "pip";
  const archive = condaArtifact(conda ?? word("url") ?? "");
  const name = word("name") ?? archive?.name;
  if (name === undefined) return undefined;
  const license = word("license");
  const isLocal = pypi !== undefined && /^\.{0,2}\//.test(pypi);
  return packageUse({
    ecosystem: isPython ? "PyPI" : "Conda",
    name,
    version: word("version") ?? archive?.version,
    at: spanOf({ file, start: item.start, end: item.end }),
    relation: "unknown",
    source: isLocal ? { is: "path", path: pypi } : undefined,
    licenses: license === undefined ? [] : [license],
  });
}

/** Other files are called so, too. */
function readExplicit(file: TextFile): PackagesRead {
  if (!/^@EXPLICIT\s*$/m.test(file.text)) return nothingRead;
  const packages = linesOf(file.text).flatMap((line): readonly PackageUse[] => {
    const archive = /^\s*(?:https?|file):/.test(line.text) ? condaArtifact(line.text.trim()) : undefined;
    if (!archive) return [];
    const { name, version } = archive;
    return [
      packageUse({ ecosystem: "Conda", name, version, at: spanOf(placeOfLine(file, line)), relation: "unknown" }),
    ];
  });
  return lockedRead(file, "conda explicit list", packages);
}
