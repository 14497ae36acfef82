/**
 * `nuget.config` names no packages; it completes the projects below it, and its mistakes are theirs. What it says by itself is
 * where packages may come from.
 */
import type { Feed, Manifest } from "#model/package-manifest.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { problemOfSettings, readByHand } from "../../reading/manifest-text.ts";
import { type NugetSources, readNugetSources, type SourceMapping } from "./nuget-sources.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "nuget.config",
    ecosystem: "NuGet",
    matches: (path) => /(?:^|\/)nuget\.config$/i.test(path),
    alone: "always",
    read: (file) => readByHand(file, readFeeds),
  },
];

function readFeeds(file: TextFile): PackagesRead {
  const found = readNugetSources(file);
  const feeds = feedsOf(found);
  const problems = found.problems.map(problemOfSettings);
  if (feeds.length === 0) return { manifests: [], problems };
  const manifest: Manifest = {
    path: file.path,
    format: "nuget.config",
    ecosystem: "NuGet",
    isLocked: false,
    packages: [],
    feeds,
  };
  return { manifests: [manifest], problems };
}

function feedsOf({ sources, mapping, isCleared }: NugetSources): readonly Feed[] {
  const forAll = mapping.filter(({ patterns }) => patterns.includes("*")).map(({ source }) => source.toLowerCase());
  return sources
    .filter(({ location }) => /^https?:\/\//i.test(location))
    .map(({ name, location, at }) => ({
      name,
      address: location,
      ...scopesOf(name, mapping),
      // Where a mapping stands, a source without patterns gives nothing.
      isMapped: mapping.length > 0 && (forAll.length < 2 || !forAll.includes(name.toLowerCase())),
      isBesideOthers: !isCleared,
      at,
    }));
}

/** The patterns that are settled for it, unless they are all. */
function scopesOf(name: string, mapping: readonly SourceMapping[]): Pick<Feed, "scopes"> {
  const own = mapping.find(({ source }) => source.toLowerCase() === name.toLowerCase());
  return own && !own.patterns.includes("*") ? { scopes: own.patterns } : {};
}
