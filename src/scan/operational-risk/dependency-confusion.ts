/**
 * Settings of package managers that let a public package take the place of a private one of the same name: more than one
 * place is asked, and nothing settles which names come from where.
 */
import type { Finding } from "#model/finding.ts";
import type { Feed, Manifest } from "#model/package-manifest.ts";
import type { Severity } from "#model/severity.ts";
import { fingerprintOf } from "../packages/fingerprint-of.ts";
import { foreignWords } from "./foreign-words.ts";
import { dependencyConfusion } from "./rules.ts";

export function confusionFound(manifest: Manifest): readonly Finding[] {
  const { feeds = [], path, ecosystem } = manifest;
  const open = feeds.filter(({ scopes, isMapped }) => scopes === undefined && isMapped !== true);
  const [first] = open;
  const weakness = first && (severalFeeds(open, ecosystem) ?? oneForAll(first, ecosystem));
  if (!weakness) return [];
  const { severity, message, at } = weakness;
  const signals = open.slice(0, mostShown).map((feed) => `from ${nameOf(feed)}`);
  return [
    {
      rule: dependencyConfusion,
      aliases: [],
      severity,
      message,
      at: at.at,
      fingerprint: fingerprintOf([dependencyConfusion, "", path]),
      signals,
    },
  ];
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
  PyPI: "name one index that has everything (index-url), not an extra one",
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

function nameOf({ name, address }: Feed): string {
  return foreignWords(name !== undefined && name !== "" ? name : hostOf(address));
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

function isAzureArtifacts({ address }: Feed): boolean {
  return /^(?:[\w-]+\.)?pkgs\.(?:dev\.azure|visualstudio)\.com$/.test(hostOf(address));
}

/** Hosts within a network, and products that companies run for their own packages. */
function looksPrivate(feed: Feed): boolean {
  const host = hostOf(feed.address);
  const isWithin =
    !host.includes(".") || /(?:\.(?:local|lan|internal|intranet|corp|home)|^[\d.]+)(?::\d+)?$/.test(host);
  return (
    isAzureArtifacts(feed) ||
    isWithin ||
    /artifactory|nexus|proget|jfrog|verdaccio|baget/i.test(feed.address.slice(0, 2000))
  );
}
