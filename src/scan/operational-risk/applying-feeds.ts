/**
 * Which feed the repository's settings give a package of a lock file. A scope or a name that settings above the lock file give
 * to a feed belongs to it, whether or not the package manager reads them from there; what they say of all names counts only
 * where it does: npm, pnpm and Bun read the settings beside the lock file, Yarn those of the folders above, too.
 */
import { packageKey } from "#model/package-key.ts";
import type { Feed, Manifest, PackageUse } from "#model/package-manifest.ts";
import { feedSettingsNames } from "../packages/feed-settings.ts";
import { folderOf } from "../packages/paths.ts";

export interface Applying {
  /** Nearest first. */
  readonly feeds: readonly Feed[];
  /** Whether they are for all names, and not for this one or its scope. */
  readonly isForAll: boolean;
}

export type FeedsOf = (use: PackageUse) => Applying | undefined;

/** Folders are not nested deeper, nor do people write more patterns; more are only there to take time. */
const most = { folders: 64, patterns: 200 };

export function applyingFeeds(manifests: readonly Manifest[]): (manifest: Manifest) => FeedsOf | undefined {
  const byFolder = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    if (manifest.isLocked || manifest.ecosystem !== "npm" || !manifest.feeds) continue;
    const folder = folderOf(manifest.path);
    const same = byFolder.get(folder);
    if (same) same.push(manifest);
    else byFolder.set(folder, [manifest]);
  }
  return (manifest) => {
    if (!manifest.isLocked) return undefined;
    if (manifest.ecosystem === "npm") return byFolder.size === 0 ? undefined : feedsOfNpm(manifest, byFolder);
    return manifest.ecosystem === "PyPI" && manifest.feeds ? pinnedNames(manifest.feeds) : undefined;
  };
}

function feedsOfNpm(manifest: Manifest, byFolder: ReadonlyMap<string, readonly Manifest[]>): FeedsOf | undefined {
  const formats = feedSettingsNames(manifest.format);
  const forScopes = new Map<string, Feed[]>();
  const forAll: Feed[] = [];
  const own = folderOf(manifest.path);
  for (let folder = own, steps = 0; steps < most.folders; folder = folderOf(folder), steps++) {
    const beside = byFolder.get(folder)?.filter(({ format }) => formats.includes(format)) ?? [];
    const isRead = folder === own || manifest.format === "yarn.lock";
    for (const feed of beside.flatMap(({ feeds = [] }) => feeds)) {
      if (!feed.scopes) {
        if (isRead) forAll.push(feed);
        continue;
      }
      for (const scope of feed.scopes) addTo(forScopes, scope.toLowerCase(), feed);
    }
    if (folder === "") break;
  }
  if (forScopes.size === 0 && forAll.length === 0) return undefined;
  return ({ name }) => {
    const scope = /^@[^/]+(?=\/)/.exec(name)?.[0].toLowerCase();
    const feeds = scope === undefined ? undefined : forScopes.get(scope);
    if (feeds) return { feeds, isForAll: false };
    return forAll.length > 0 ? { feeds: forAll, isForAll: true } : undefined;
  };
}

function pinnedNames(feeds: readonly Feed[]): FeedsOf | undefined {
  const exact = new Map<string, Feed[]>();
  const beginnings: (readonly [beginning: string, feed: Feed])[] = [];
  for (const feed of feeds) {
    for (const name of feed.names ?? []) {
      if (!name.includes("*")) addTo(exact, packageKey("PyPI", name), feed);
      else if (/^[^*]+\*$/.test(name) && beginnings.length < most.patterns)
        beginnings.push([packageKey("PyPI", name.slice(0, -1)), feed]);
    }
  }
  if (exact.size === 0 && beginnings.length === 0) return undefined;
  return ({ name }) => {
    const key = packageKey("PyPI", name);
    const found =
      exact.get(key) ?? beginnings.flatMap(([beginning, feed]) => (key.startsWith(beginning) ? [feed] : []));
    return found.length > 0 ? { feeds: found, isForAll: false } : undefined;
  };
}

function addTo(feeds: Map<string, Feed[]>, key: string, feed: Feed): void {
  const same = feeds.get(key);
  if (same) same.push(feed);
  else feeds.set(key, [feed]);
}
