/** `Gemfile.lock` and `gems.locked`, with the Gemfile beside them for the groups that the lock does not know. */
import type { PackageSource, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf, joinPath } from "../../paths.ts";
import { type DraftPackage, linked, reachedFrom } from "../../reading/linked-packages.ts";
import { problemAt, readAsText, textByHand } from "../../reading/manifest-text.ts";
import { type GemfileGem, gemfileGems, isDevelopmentOnly } from "./gemfile.ts";
import { gemfileFeeds } from "./gemfile-feeds.ts";
import { type GemfileLock, type GemSource, gemfileLock, type LockedGem } from "./gemfile-lock.ts";

function readerOf(lock: string, manifest: string): PackageReader {
  const manifestOf = (path: string): string => joinPath(folderOf(path), manifest) ?? manifest;
  return {
    format: lock,
    ecosystem: "RubyGems",
    matches: (path) => fileNameOf(path) === lock || (lock === "Gemfile.lock" && /\.gemfile\.lock$/.test(path)),
    alone: "always",
    // The lock tells what the gemspecs beside it ask for.
    claims: (path, paths) => [
      ...[manifestOf(path)].filter((one) => paths.has(one)),
      ...paths.in(folderOf(path)).filter((one) => one.endsWith(".gemspec")),
    ],
    read: (file, files) => readAsText(file, (text) => readLock(lock, text, manifestOf(file.path), files)),
  };
}

export const readers: readonly PackageReader[] = [
  readerOf("Gemfile.lock", "Gemfile"),
  readerOf("gems.locked", "gems.rb"),
];

function readLock(format: string, file: TextFile, manifestPath: string, files: UnitFiles): PackagesRead {
  const lock = gemfileLock(file);
  const manifest = textByHand(files.get(manifestPath));
  const feeds = manifest ? gemfileFeeds(manifest) : [];
  const asked = new Map((manifest ? gemfileGems(manifest) : []).map((gem) => [gem.name, gem]));
  const packages = linked(lock.gems.map((gem) => draftOf(gem, lock, asked.get(gem.name))));
  const needed = reachedFrom(
    packages,
    packages.flatMap((use, at) => (isNeeded(use) ? [at] : [])),
  );
  const marked = packages.map((use, position) =>
    asked.size > 0 && use.relation !== "root" ? { ...use, isDevelopment: !needed.has(position) } : use,
  );
  const manifests =
    lock.isLock || marked.length > 0
      ? [
          {
            path: file.path,
            format,
            ecosystem: "RubyGems",
            isLocked: true,
            packages: marked,
            ...(feeds.length > 0 && { feeds }),
          } as const,
        ]
      : [];
  return { manifests, problems: problemsOf(file, lock) };
}

/** Asked for by the project outside of the groups for development. The project itself counts as well. */
function isNeeded({ relation, groups }: PackageUse): boolean {
  return relation === "root" || (relation === "direct" && !isDevelopmentOnly(groups ?? []));
}

function draftOf(gem: LockedGem, lock: GemfileLock, asked: GemfileGem | undefined): DraftPackage {
  const requirement = lock.dependencies.get(gem.name);
  const [first, ...more] = gem.at;
  const integrity = lock.checksums.get(`${gem.name}@${gem.version}`);
  const source = sourceOf(gem.source);
  const isRoot = gem.source.is === "PATH" && gem.source.remote === ".";
  const alsoAt = [...more, ...(asked ? [asked.at] : [])];
  const use: PackageUse = {
    ecosystem: "RubyGems",
    name: gem.name,
    version: gem.version,
    ...(requirement && { requirement }),
    at: spanOf(first ?? gem.versionAt),
    ...(alsoAt.length > 0 && { alsoAt: alsoAt.map(spanOf) }),
    versionAt: spanOf(gem.versionAt),
    relation: isRoot ? "root" : requirement === undefined ? "transitive" : "direct",
    isDevelopment: false,
    ...(asked && asked.groups.length > 0 && { groups: asked.groups }),
    ...(source && { source }),
    ...(integrity !== undefined && { integrity }),
  };
  return { use, keys: [gem.name], wants: [...gem.wants] };
}

function sourceOf({ is, remote = "", revision }: GemSource): PackageSource | undefined {
  if (is === "PATH") return { is: "path", path: remote };
  if (is !== "GIT") return undefined;
  return { is: "git", url: remote, ...(revision !== undefined && { commit: revision }) };
}

function problemsOf(file: TextFile, lock: GemfileLock): readonly Problem[] {
  if (!lock.isLock && file.text.trim() !== "") {
    const message = 'This is no lock file of Bundler: a section such as "GEM" was expected. No gems were read from it.';
    return [problemAt({ file, start: 0, end: 0 }, "syntax", message)];
  }
  const message =
    'Here a section or a gem such as "rake (13.0.6)" was expected. This line was left out, the others were read.';
  return lock.trouble ? [problemAt(lock.trouble, "syntax", message)] : [];
}
