/**
 * Settings of package managers that let a public package take the place of a private one of the same name: more than one
 * place is asked, and nothing settles which names come from where. Names that look like the repository's own make it worse.
 */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { Finding } from "#model/finding.ts";
import type { PackageKnowledge } from "#model/package-facts.ts";
import { packageKey } from "#model/package-key.ts";
import type { Feed, Manifest } from "#model/package-manifest.ts";
import type { Severity } from "#model/severity.ts";
import { fingerprintOf } from "../packages/fingerprint-of.ts";
import { folderOf } from "../packages/paths.ts";
import { isAzureArtifacts, looksPrivate, nameOf } from "./feed-places.ts";
import { foreignWords } from "./foreign-words.ts";
import { type NamesAtStake, namesAtStake } from "./names-at-stake.ts";
import { dependencyConfusion } from "./rules.ts";

/** For all manifests of a repository: whether one of them lets names be taken. */
export function confusionIn(
  manifests: readonly Manifest[],
  knowledge: PackageKnowledge,
): (manifest: Manifest) => readonly Finding[] {
  const settings = manifests.filter(({ feeds = [] }) => feeds.length > 0);
  if (settings.length === 0) return () => [];
  const names = namesAtStake(manifests);
  const open = openScopes(settings, names);
  const isSaid = saidAlready(settings);
  return (manifest) => [
    ...(isSaid(manifest) ? [] : confusionFound(manifest, names, knowledge)),
    ...(open.get(manifest) ?? []),
  ];
}

const ofProjects = "*.csproj";

/**
 * Sources that projects name are most often written once for all of them, and are said once. A mapping in a `nuget.config`
 * gives them nothing.
 */
function saidAlready(settings: readonly Manifest[]): (manifest: Manifest) => boolean {
  const mapped = new Set(
    settings
      .filter(({ format, feeds }) => format === "nuget.config" && feeds?.some(({ isMapped }) => isMapped))
      .map(({ path }) => folderOf(path)),
  );
  const first = new Map<string, Manifest>();
  const keyOf = ({ feeds = [] }: Manifest) =>
    feeds.map(({ at }) => `${at.path}:${at.startLine}:${at.startColumn}`).join("\n");
  for (const manifest of settings) {
    if (manifest.format !== ofProjects) continue;
    const key = keyOf(manifest);
    if (!first.has(key)) first.set(key, manifest);
  }
  return (manifest) => {
    if (manifest.format !== ofProjects || !manifest.feeds) return false;
    return first.get(keyOf(manifest)) !== manifest || isBelow(manifest.path, mapped);
  };
}

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  let folder = folderOf(path);
  for (let steps = 0; folder !== "" && steps < most.folders && !folders.has(folder); steps++) folder = folderOf(folder);
  return folders.has(folder);
}

function confusionFound(manifest: Manifest, names: NamesAtStake, knowledge: PackageKnowledge): readonly Finding[] {
  const { feeds = [], path, format, ecosystem } = manifest;
  const open = feeds.filter(({ scopes, isMapped }) => scopes === undefined && isMapped !== true);
  const [first] = open;
  const weakness = first && (severalFeeds(open, ecosystem) ?? oneForAll(first, ecosystem));
  if (!weakness) return [];
  const { message, at } = weakness;
  const isSettled = settledBy(feeds);
  const own = (names.get(ecosystem) ?? []).slice(0, most.names).filter((name) => !isSettled(name));
  const severity = weakness.severity === "medium" && own.length > 0 ? "high" : weakness.severity;
  const signals = [
    ...open.slice(0, mostShown).map((feed) => `from ${nameOf(feed)}`),
    ...own.slice(0, mostShown).map((name) => atStake(name, ecosystem, knowledge)),
  ];
  return [
    {
      rule: dependencyConfusion,
      aliases: [],
      severity,
      message,
      at: at.at,
      fingerprint: fingerprintOf([dependencyConfusion, "", format === ofProjects ? at.at.path : path]),
      signals,
    },
  ];
}

/** Nobody writes more patterns into his settings, has more names, or nests deeper; more are only there to take time. */
const most = { patterns: 200, names: 1000, folders: 64 };

/** Whether a scope or pattern of a feed says where a name comes from. */
function settledBy(feeds: readonly Feed[]): (name: string) => boolean {
  const all = feeds.flatMap(({ scopes = [], names = [] }) => [...scopes, ...names]).map((scope) => scope.toLowerCase());
  const exact = new Set(all);
  const beginnings = all.filter((scope) => scope.endsWith("*")).slice(0, most.patterns);
  return (name) => {
    const key = name.toLowerCase();
    const [scope = ""] = /^@[^/]+(?=\/)/.exec(key) ?? [];
    return exact.has(key) || exact.has(scope) || beginnings.some((one) => key.startsWith(one.slice(0, -1)));
  };
}

/** Where a public registry has told of the name, somebody holds it there already. */
function atStake(name: string, ecosystem: Ecosystem, knowledge: PackageKnowledge): string {
  const facts = knowledge.factsOf(ecosystem, packageKey(ecosystem, name));
  const isTaken = facts && facts.isPrivate !== true && facts.versions.length > 0;
  const shown = foreignWords(name);
  return isTaken
    ? `${shown} exists publicly, too (${foreignWords(facts.source)})`
    : `${shown} is named like projects of this repository`;
}

/**
 * npm's scopes that projects of the repository belong to, where settings give others a registry of their own but not these:
 * they come from the default one.
 */
function openScopes(settings: readonly Manifest[], names: NamesAtStake): ReadonlyMap<Manifest, readonly Finding[]> {
  const ofNpm = settings.filter(({ ecosystem }) => ecosystem === "npm");
  const feeds = ofNpm.flatMap((manifest) => manifest.feeds ?? []);
  const [first] = ofNpm.filter((manifest) => manifest.feeds?.some(({ scopes }) => scopes !== undefined));
  const [at] = first?.feeds ?? [];
  // A default that is private is a matter of its own.
  if (!first || !at || feeds.some((feed) => feed.scopes === undefined && looksPrivate(feed))) return new Map();
  const scopes = new Set(
    (names.get("npm") ?? []).slice(0, most.names).flatMap((name) => /^@[^/]+(?=\/)/.exec(name)?.[0] ?? []),
  );
  const isSettled = settledBy(feeds);
  const open = [...scopes].filter((scope) => !isSettled(`${scope}/x`));
  const findings = open.slice(0, mostShown).map((scope): Finding => {
    const shown = foreignWords(scope);
    return {
      rule: dependencyConfusion,
      aliases: [],
      severity: "low",
      message: `Packages of ${shown}, which projects of this repository belong to, come from the default registry: give the scope a registry of its own here, or make sure that it is yours there`,
      at: at.at,
      fingerprint: fingerprintOf([dependencyConfusion, scope, first.path]),
      signals: (names.get("npm") ?? [])
        .filter((name) => name.startsWith(`${scope}/`))
        .slice(0, mostShown)
        .map((name) => `${foreignWords(name)} is named like projects of this repository`),
    };
  });
  return new Map([[first, findings]]);
}

interface Weakness {
  readonly severity: Severity;
  readonly message: string;
  readonly at: Feed;
}

const mostShown = 10;

/** How each package manager settles it. */
const remedies: Readonly<Partial<Record<string, string>>> = {
  NuGet: "add packageSourceMapping, and <clear/> before the sources",
  RubyGems: "put the gems of each further source into a block of its own",
  PyPI: "name one index that has everything, not one beside the public one, or say of each package which it comes from",
};

function severalFeeds(open: readonly Feed[], ecosystem: string): Weakness | undefined {
  const beside = open.find(({ isBesideOthers }) => isBesideOthers);
  const own = open.find(looksPrivate);
  // A single source beside those of the machine may be the public one, written down.
  if (open.length < 2 && !(beside && (own ?? ecosystem !== "NuGet"))) return undefined;
  const at = own ?? beside ?? open[0];
  if (!at) return undefined;
  const others = open.length > 1 ? `${open.length} places` : `${nameOf(at)} and the places that the machine knows`;
  const remedy = remedies[ecosystem] ?? "settle which names come from where";
  const message = `Packages of any name may come from ${others}, so a public package can take the place of a private one of the same name: ${remedy}`;
  return { severity: own ? "high" : "medium", message, at };
}

/** One private registry for everything: safe if it keeps to its own names, which feeds of Azure Artifacts do. */
function oneForAll(feed: Feed, ecosystem: string): Weakness | undefined {
  if (ecosystem !== "npm" || !looksPrivate(feed) || isAzureArtifacts(feed)) return undefined;
  const message = `All packages without a scope come from ${nameOf(feed)}: if it passes unknown names on to a public registry, private ones can be taken there; give them a scope with a registry of its own`;
  return { severity: "low", message, at: feed };
}
