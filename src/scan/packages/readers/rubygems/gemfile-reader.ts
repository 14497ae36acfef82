/** A Gemfile without its lock file: the gems that are asked for. */
import type { PackageSource, PackageUse } from "#model/package-manifest.ts";
import { spanOf } from "../../../formats/text-file.ts";
import type { PackageReader } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { notLocked, readByHand } from "../../reading/manifest-text.ts";
import { exactVersion } from "./exact-version.ts";
import { type GemfileGem, gemfileGems, isDevelopmentOnly } from "./gemfile.ts";
import { gemfileFeeds } from "./gemfile-feeds.ts";

const format = "Gemfile";

const gemfileReader: PackageReader = {
  format,
  ecosystem: "RubyGems",
  matches: (path) => /^(?:Gemfile|gems\.rb)$/.test(fileNameOf(path)) || /\.gemfile$/.test(path),
  alone: "unless-claimed",
  read: (file) =>
    readByHand(file, (text) => {
      const packages = gemfileGems(text).map(useOf);
      const feeds = gemfileFeeds(text);
      if (packages.length === 0) return { manifests: [], problems: [] };
      return {
        manifests: [
          {
            path: file.path,
            format,
            ecosystem: "RubyGems",
            isLocked: false,
            packages,
            ...(feeds.length > 0 && { feeds }),
          },
        ],
        problems: [notLocked(text, "Gemfile.lock")],
      };
    }),
};

export const readers: readonly PackageReader[] = [gemfileReader];

function useOf(gem: GemfileGem): PackageUse {
  const version = exactVersion(gem.requirement);
  const source = sourceOf(gem);
  return {
    ecosystem: "RubyGems",
    name: gem.name,
    ...(version !== undefined && { version }),
    ...(gem.requirement !== undefined && { requirement: gem.requirement }),
    at: spanOf(gem.at),
    ...(gem.requirementAt && { versionAt: spanOf(gem.requirementAt) }),
    relation: "direct",
    isDevelopment: isDevelopmentOnly(gem.groups),
    ...(gem.groups.length > 0 && { groups: gem.groups }),
    ...(source && { source }),
  };
}

function sourceOf({ git, path }: GemfileGem): PackageSource | undefined {
  if (git !== undefined) return { is: "git", url: git };
  return path === undefined ? undefined : { is: "path", path };
}
