/**
 * Packages that a lock file takes from another registry than the repository's settings give their scope or name: a public
 * package may have taken the place of a private one already. Nobody needs to be asked for it. Lock files that do not say where
 * a package was found say nothing here.
 */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { Finding } from "#model/finding.ts";
import { packageKey } from "#model/package-key.ts";
import type { Feed, Manifest, PackageUse } from "#model/package-manifest.ts";
import { isPublicRegistry } from "#model/public-registry.ts";
import type { Severity } from "#model/severity.ts";
import { fingerprintOf } from "../packages/fingerprint-of.ts";
import { nameWithVersions } from "../packages/name-with-versions.ts";
import { referenceWithWay } from "../packages/package-reference.ts";
import { folderOf } from "../packages/paths.ts";
import { purlOf } from "../packages/purl.ts";
import { type Applying, applyingFeeds } from "./applying-feeds.ts";
import { hostOf, isNpmOwn, looksPrivate, placeOf } from "./feed-places.ts";
import type { Place } from "./finding-about.ts";
import { foreignWords } from "./foreign-words.ts";
import { namesAtStake } from "./names-at-stake.ts";
import { shadowedName } from "./rules.ts";

interface Shadowed {
  readonly use: PackageUse;
  readonly position: number;
  readonly registry: string;
  readonly feed: Feed;
  readonly isForAll: boolean;
  /** It is named like the repository's own projects. */
  readonly isOwn: boolean;
}

/** A lock file that somebody made with other settings has hundreds of them: one finding is enough. */
const mostOfFeed = 25;
const mostShown = 10;

/** For all manifests of a repository: which packages of one of them come from elsewhere. */
export function shadowedIn(manifests: readonly Manifest[]): (place: Place) => readonly Finding[] {
  const feedsFor = applyingFeeds(manifests);
  let own: ReadonlySet<string> | undefined;
  const isOwn = ({ ecosystem, name }: PackageUse): boolean => {
    const keyOf = (of: Ecosystem, one: string): string => `${of}\n${packageKey(of, one)}`;
    own ??= new Set([...namesAtStake(manifests)].flatMap(([of, names]) => names.map((one) => keyOf(of, one))));
    return own.has(keyOf(ecosystem, name));
  };
  return (place) => {
    const { manifest } = place;
    const feedsOf = feedsFor(manifest);
    if (!feedsOf) return [];
    const found = manifest.packages.flatMap((use, position): readonly Shadowed[] => {
      const { registry, source, relation } = use;
      if (registry === undefined || source || relation === "root" || relation === "workspace") return [];
      const applying = feedsOf(use);
      const feed = applying && contradicted(registry, applying, manifest);
      return feed ? [{ use, position, registry, feed, isForAll: applying.isForAll, isOwn: isOwn(use) }] : [];
    });
    if (found.length === 0) return [];
    const named = found.filter((one) => !one.isForAll || one.isOwn);
    const others = found.filter((one) => one.isForAll && !one.isOwn && isPassedBy(one, manifest));
    return [
      ...[...Map.groupBy(named, ({ feed }) => feed).values()].flatMap((same) =>
        same.length > mostOfFeed ? together(same, place) : byName(same).map((versions) => alone(versions, place)),
      ),
      ...together(others, place),
    ];
  };
}

/** The setting that says otherwise: the nearest, if none of them names the place and all of them can be read. */
function contradicted(registry: string, { feeds }: Applying, { format }: Manifest): Feed | undefined {
  if (looksPrivateHere(registry)) return undefined;
  const place = registry === "" ? "" : placeOf(registry);
  if (place === undefined) return undefined;
  // PDM tells where the files lie, which may be another host than the index's.
  if (format === "pdm.lock" && !isPublicRegistry(registry)) return undefined;
  for (const { address } of feeds) {
    const own = placeOf(address);
    if (own === undefined || own === place || isPublicRegistry(address)) return undefined;
  }
  return feeds[0];
}

function looksPrivateHere(registry: string): boolean {
  return registry !== "" && looksPrivate({ address: registry });
}

/** Mirrors are used or not, as people like; a private registry for everything is there to be the only one. */
function isPassedBy({ feed, registry }: Shadowed, { format }: Manifest): boolean {
  return looksPrivate(feed) && !(format === "package-lock.json" && isNpmOwn(registry));
}

function severityOf({ feed, registry, isForAll, isOwn, use }: Shadowed): Severity {
  if (isForAll) return isOwn ? "medium" : "low";
  // Scopes of vendors have packages in both places.
  const isPrivate = isOwn || looksPrivate(feed) || use.ecosystem !== "npm";
  return isPrivate && isPublicRegistry(registry) ? "high" : "medium";
}

type Versions = readonly [Shadowed, ...Shadowed[]];

function byName(all: readonly Shadowed[]): readonly Versions[] {
  const names = Map.groupBy(all, ({ use: { ecosystem, name } }) => packageKey(ecosystem, name));
  return [...names.values()].flatMap(([first, ...others]): readonly Versions[] => (first ? [[first, ...others]] : []));
}

function alone(versions: Versions, place: Place): Finding {
  const [one] = versions;
  const { use, position } = one;
  const { ecosystem, name, version } = use;
  const isDevelopment = versions.every((other) => other.use.isDevelopment);
  const named = nameWithVersions(
    name,
    versions.map((other) => other.use.version),
  );
  const fingerprint = [shadowedName, purlOf({ ecosystem, name: packageKey(ecosystem, name) }), place.manifest.path];
  return {
    rule: shadowedName,
    aliases: [],
    severity: severityOf(one),
    message: `${named} is locked from ${whereFrom(versions)}, but ${saidBy(one)}: look whether it is the package that you mean`,
    at: use.at,
    fingerprint: fingerprintOf(fingerprint),
    signals: signalsOf(one, place.manifest),
    package: referenceWithWay(place, { use, position, version }, isDevelopment),
  };
}

function together(all: readonly Shadowed[], { manifest }: Place): readonly Finding[] {
  const [first] = all;
  if (!first) return [];
  const subject = all.length === 1 ? "1 package is" : `${all.length} packages are`;
  const scope = first.isForAll ? "" : (first.feed.scopes?.[0] ?? first.feed.name ?? first.feed.address);
  return [
    {
      rule: shadowedName,
      aliases: [],
      severity: severityOf(first),
      message: `${subject} locked from ${whereFrom(all)}, but ${saidBy(first)}: install again with these settings and commit the lock file`,
      at: first.use.at,
      fingerprint: fingerprintOf([shadowedName, scope, manifest.path]),
      signals: [
        ...signalsOf(first, manifest),
        ...all.slice(0, mostShown).map(({ use }) => nameWithVersions(foreignWords(use.name), [use.version])),
      ],
    },
  ];
}

function whereFrom(all: readonly Shadowed[]): string {
  const hosts = new Set(all.map(({ registry }) => (registry === "" ? "the public registry" : hostOf(registry))));
  const [first = "", ...others] = hosts;
  return foreignWords(first) + (others.length > 0 ? ` and ${others.length} more` : "");
}

function saidBy({ feed, isForAll, use }: Shadowed): string {
  const { path, startLine } = feed.at;
  const scope = use.ecosystem === "npm" ? /^@[^/]+(?=\/)/.exec(use.name)?.[0] : undefined;
  const what = isForAll ? "all packages" : scope === undefined ? "it" : foreignWords(scope);
  return `${path}:${startLine} takes ${what} from ${foreignWords(hostOf(feed.address))}`;
}

function signalsOf({ feed, registry, isOwn, use }: Shadowed, manifest: Manifest): readonly string[] {
  const { path, startLine } = feed.at;
  // Yarn reads the settings of the folders above.
  const isRead =
    use.ecosystem !== "npm" || manifest.format === "yarn.lock" || folderOf(path) === folderOf(manifest.path);
  return [
    `locked from ${registry === "" ? "the default of the package manager" : foreignWords(registry)}`,
    `${path}:${startLine} names ${foreignWords(feed.address)}`,
    ...(isRead ? [] : [`the package manager does not read ${path} for ${manifest.path}: it lies in another folder`]),
    ...(isOwn ? ["named like projects of this repository"] : []),
  ];
}
