/** `composer.lock` with the `composer.json` beside it, which tells what the project itself asks for. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf, joinPath } from "../../paths.ts";
import { slicesOf } from "../../reading/json-slices.ts";
import { linked } from "../../reading/linked-packages.ts";
import { brokenAt, problemOfFormat, readAsText, textBeside } from "../../reading/manifest-text.ts";
import { type Asked, askedIn } from "./asked-packages.ts";
import { lockedPackages } from "./locked-packages.ts";

const format = "composer.lock";

const composerLockReader: PackageReader = {
  format,
  ecosystem: "Packagist",
  matches: (path) => fileNameOf(path) === "composer.lock",
  alone: "always",
  claims: (path, paths) =>
    [manifestOf(path), joinPath(folderOf(path), "vendor/composer/installed.json") ?? ""].filter((one) =>
      paths.has(one),
    ),
  read: (file, files) => readAsText(file, (text) => readLock(text, files)),
};

export const readers: readonly PackageReader[] = [composerLockReader];

function manifestOf(path: string): string {
  return joinPath(folderOf(path), "composer.json") ?? "composer.json";
}

function readLock(file: TextFile, files: UnitFiles): PackagesRead {
  const { slices, trouble } = slicesOf(file.text);
  const named = (key: string) => slices.filter((slice) => slice.key === key);
  const beside = textBeside(files.get(manifestOf(file.path)));
  const asked = beside.text && askedIn(beside.text);
  const groups = [
    ...named("packages").map((slice) => ({ slice, isDevelopment: false })),
    ...named("packages-dev").map((slice) => ({ slice, isDevelopment: true })),
  ];
  const read = groups.map(({ slice, isDevelopment }) =>
    lockedPackages(file, slice, { isDevelopment: () => isDevelopment, relationOf: (name) => relationOf(asked, name) }),
  );
  const packages = linked(read.flatMap(({ drafts }) => drafts)).map((use) => withRequest(use, asked));
  const unread = [...beside.problems, ...(asked?.problems ?? []).map(problemOfFormat)];
  const problems = [...unread, ...read.flatMap((one) => one.problems)];
  const isLock = groups.length > 0 || slices.some(({ key }) => key === "content-hash" || key === "hash");
  const broken = trouble ?? (isLock ? undefined : { at: 0, expected: 'the list "packages" or "packages-dev"' });
  if (broken) problems.push(brokenAt(file, format, broken));
  const locked: Manifest = {
    path: file.path,
    format,
    ecosystem: "Packagist",
    ...(asked?.root && { root: asked.root }),
    isLocked: true,
    packages,
  };
  return { manifests: isLock ? [locked] : [], problems };
}

function relationOf(asked: Asked | undefined, name: string): PackageUse["relation"] {
  if (!asked) return "unknown";
  return asked.packages.some((one) => one.name.toLowerCase() === name.toLowerCase()) ? "direct" : "transitive";
}

/** Where the project asks for it, so that both places can be shown and edited. */
function withRequest(use: PackageUse, asked: Asked | undefined): PackageUse {
  const request = asked?.packages.find((one) => one.name.toLowerCase() === use.name.toLowerCase());
  return request ? { ...use, requirement: request.requirement, alsoAt: [spanOf(request.at)] } : use;
}
