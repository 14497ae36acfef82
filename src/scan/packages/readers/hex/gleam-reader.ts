/** Gleam: `manifest.toml`, its lock file, with the `gleam.toml` beside it; and `gleam.toml` alone. */

import type { PackageSource, PackageUse } from "#model/package-manifest.ts";
import { type Block, child, itemsOf, type Node } from "../../../formats/node.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { readToml } from "../../../formats/toml/read-toml.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf, joinPath } from "../../paths.ts";
import { type DraftPackage, linked, reachedFrom } from "../../reading/linked-packages.ts";
import { notLocked, problemOfFormat, readAsText, readByHand, textBeside } from "../../reading/manifest-text.ts";
import { unquoted, wordIn, wordsIn } from "../../reading/node-fields.ts";
import { manifestOf, packageUse } from "../../reading/package-use.ts";
import { type GleamToml, type GleamWant, gleamToml } from "./gleam-toml.ts";

const gleamLockReader: PackageReader = {
  format: "manifest.toml",
  ecosystem: "Hex",
  matches: (path) => fileNameOf(path) === "manifest.toml",
  alone: "always",
  claims: (path, paths) => [gleamBeside(path)].filter((one) => paths.has(one)),
  read: (file, files) => readAsText(file, (text) => readLock(text, files)),
};

const gleamTomlReader: PackageReader = {
  format: "gleam.toml",
  ecosystem: "Hex",
  matches: (path) => fileNameOf(path) === "gleam.toml",
  alone: "unless-claimed",
  read: (file) => readByHand(file, readGleamToml),
};

export const readers: readonly PackageReader[] = [gleamLockReader, gleamTomlReader];

function gleamBeside(path: string): string {
  return joinPath(folderOf(path), "gleam.toml") ?? "gleam.toml";
}

function readLock(file: TextFile, files: UnitFiles): PackagesRead {
  const { node, problems } = readToml(file);
  const list = child(node, "packages");
  const beside = textBeside(files.get(gleamBeside(file.path)));
  // Other programs have a manifest.toml too.
  const isGleams = list?.is === "list" || /^packages = \[/m.test(file.text);
  if (!isGleams && !beside.text) return { manifests: [], problems: beside.problems };
  const gleam = beside.text && gleamToml(beside.text);
  const asked = new Map((gleam?.wants ?? []).map((want) => [want.name, want]));
  const requirements = child(node, "requirements");
  const drafts = itemsOf(list).flatMap((item) => (item.is === "block" ? draftOf(item, requirements, asked) : []));
  const packages = withDevelopment(linked(drafts), asked);
  const manifest = manifestOf({
    path: file.path,
    format: "manifest.toml",
    ecosystem: "Hex",
    root: gleam && { name: gleam.name, version: gleam.version },
    isLocked: true,
    packages,
  });
  const broken = [...problems, ...(gleam?.problems ?? [])].map(problemOfFormat);
  return { manifests: [manifest], problems: [...broken, ...beside.problems] };
}

function draftOf(
  item: Block,
  requirements: Node | undefined,
  asked: ReadonlyMap<string, GleamWant>,
): readonly DraftPackage[] {
  const name = wordIn(child(item, "name"));
  if (name === undefined) return [];
  const version = child(item, "version");
  const want = asked.get(name);
  const request = child(requirements, name);
  const use = packageUse({
    ecosystem: "Hex",
    name,
    version: wordIn(version),
    requirement: want?.requirement ?? wordIn(child(request, "version")),
    at: spanOf(item.at),
    alsoAt: want && [spanOf(want.at)],
    versionAt: version && spanOf(unquoted(version.at)),
    relation: request || want ? "direct" : "transitive",
    groups: want?.isDevelopment ? ["dev"] : [],
    source: sourceOf(item),
    integrity: wordIn(child(item, "outer_checksum")),
  });
  return [{ use, keys: [name], wants: wordsIn(child(item, "requirements")) }];
}

function sourceOf(item: Node): PackageSource | undefined {
  const [source, repo, commit, path] = ["source", "repo", "commit", "path"].map((key) => wordIn(child(item, key)));
  if (source === "local") return { is: "path", path: path ?? "" };
  return source === "git" ? { is: "git", url: repo ?? "", ...(commit !== undefined && { commit }) } : undefined;
}

function withDevelopment(
  packages: readonly PackageUse[],
  asked: ReadonlyMap<string, GleamWant>,
): readonly PackageUse[] {
  if (asked.size === 0) return packages;
  const starts = packages.flatMap(({ name, relation }, at) =>
    relation === "direct" && !asked.get(name)?.isDevelopment ? [at] : [],
  );
  const needed = reachedFrom(packages, starts);
  return packages.map((use, position) => ({ ...use, isDevelopment: !needed.has(position) }));
}

function readGleamToml(file: TextFile): PackagesRead {
  const gleam = gleamToml(file);
  const problems = gleam.problems.map(problemOfFormat);
  const packages = [...rootOf(gleam), ...gleam.wants.map(useOf)];
  if (packages.length === 0) return { manifests: [], problems };
  const { name, version } = gleam;
  return {
    manifests: [
      manifestOf({
        path: file.path,
        format: "gleam.toml",
        ecosystem: "Hex",
        root: { name, version },
        isLocked: false,
        packages,
      }),
    ],
    problems: gleam.wants.length > 0 ? [...problems, notLocked(file, "manifest.toml")] : problems,
  };
}

function rootOf({ name, nameAt, version, licenses }: GleamToml): readonly PackageUse[] {
  if (name === undefined || !nameAt) return [];
  return [packageUse({ ecosystem: "Hex", name, version, at: spanOf(nameAt), relation: "root", licenses })];
}

function useOf({ name, requirement, requirementAt, source, isDevelopment, at }: GleamWant): PackageUse {
  return packageUse({
    ecosystem: "Hex",
    name,
    version: /^(?:==\s*)?(\d+\.\d+\.\d+[\w.+-]*)$/.exec(requirement ?? "")?.[1],
    requirement,
    at: spanOf(at),
    versionAt: requirementAt && spanOf(requirementAt),
    relation: "direct",
    isDevelopment,
    groups: isDevelopment ? ["dev"] : [],
    source,
  });
}
