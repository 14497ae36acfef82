/**
 * What a feed holds, and of packages that were published here and could come from outside just as well: whether versions
 * from outside are let in. Bounded; the answer says when it was cut.
 */
import type { FeedFact, FeedPackageFact } from "#model/posture/organization-settings.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type EncodedPath, type OrganizationClient, path } from "../organization-client.ts";
import { isWire, optionalText, type Wire, wireList, wireObject } from "../read-wire.ts";
import { askEach } from "./ask-each.ts";
import { feedPath, type ListedFeed } from "./feed-path.ts";

const perPage = 500;
const mostPages = 4;

/** Of a feed; whoever has more has a pattern, which shows in these. */
const mostAsked = 50;

type Packages = Pick<FeedFact, "packages" | "isCut">;

export async function readFeedPackages(client: OrganizationClient, feed: ListedFeed): Promise<Packages> {
  const { wires, isCut } = await listPackages(client, feed);
  const packages = wires.map((wire) => readPackage(wire, feed));
  const outside = new Set(feed.upstreams.filter(({ isPublic }) => isPublic).map(({ protocol }) => protocol));
  const confusable = packages.filter(({ isInternal, protocol }) => isInternal && outside.has(protocol));
  const asked = confusable.slice(0, mostAsked);
  const answers = await askEach(asked, async (one) => [one, await upstreaming(client, feed, one)] as const);
  const told = new Map(answers);
  return {
    packages: packages.map((one) => {
      const externalVersions = told.get(one);
      return externalVersions === undefined ? one : { ...one, externalVersions };
    }),
    isCut: isCut || asked.length < confusable.length,
  };
}

async function listPackages(
  client: OrganizationClient,
  feed: ListedFeed,
): Promise<{ readonly wires: readonly Wire[]; readonly isCut: boolean }> {
  const wires: Wire[] = [];
  // Who published a version shows in the version; without upstreams it was always somebody here.
  const includeAllVersions = feed.upstreams.length > 0 ? "true" : "false";
  for (let page = 0; page < mostPages; page += 1) {
    const query = { $top: perPage, $skip: page * perPage, includeAllVersions, includeDescription: "false" };
    const request = { host: "feeds.dev.azure.com", path: feedPath(feed, path`/packages`), query } as const;
    const found = wireList((await client.request(request)).body, "packages of a feed");
    wires.push(...found);
    if (found.length < perPage) return { wires, isCut: false };
  }
  return { wires, isCut: true };
}

function readPackage(wire: Wire, feed: ListedFeed): FeedPackageFact {
  const versions: readonly unknown[] = Array.isArray(wire.versions) ? wire.versions : [];
  const own = versions.filter(isWire).filter((version) => version.isDeleted !== true && isPublishedHere(version));
  return {
    name: optionalText(wire, "normalizedName") ?? optionalText(wire, "name") ?? "",
    protocol: optionalText(wire, "protocolType")?.toLowerCase() ?? "",
    isInternal: feed.upstreams.length === 0 || own.length > 0,
  };
}

/** What comes from an upstream names it. */
function isPublishedHere(version: Wire): boolean {
  const source = optionalText(version, "directUpstreamSourceId");
  return source === undefined || /^[0-]+$/.test(source);
}

/** Undefined where nobody tells: another kind of package, an older edition, or a feed that may not be read so far. */
async function upstreaming(
  client: OrganizationClient,
  feed: ListedFeed,
  { name, protocol }: FeedPackageFact,
): Promise<FeedPackageFact["externalVersions"]> {
  const rest = upstreamingPath(protocol, name);
  if (rest === undefined) return undefined;
  try {
    const { body } = await client.request({
      host: "pkgs.dev.azure.com",
      path: feedPath(feed, rest),
      apiVersion: "7.1-preview.1",
    });
    const value = optionalText(wireObject(body, "the upstreaming of a package"), "versionsFromExternalUpstreams");
    if (value?.toLowerCase() === "allowexternalversions") return "allowed";
    return value?.toLowerCase() === "auto" ? "auto" : undefined;
  } catch (error) {
    if (error instanceof RemoteError && ["not-found", "forbidden", "refused"].includes(error.code)) return undefined;
    throw error;
  }
}

function upstreamingPath(protocol: string, name: string): EncodedPath | undefined {
  const [, scope, unscoped] = /^@([^/]+)\/([^/]+)$/.exec(name) ?? [];
  const [group, artifact, more] = name.split(":");
  if (name === "" || name === "." || name === "..") return undefined;
  switch (protocol) {
    case "npm":
      return scope === undefined || unscoped === undefined
        ? path`/npm/packages/${name}/upstreaming`
        : (`/npm/packages/@${encodeURIComponent(scope)}/${encodeURIComponent(unscoped)}/upstreaming` as EncodedPath);
    case "maven":
      return group && artifact && more === undefined
        ? path`/maven/groups/${group}/artifacts/${artifact}/upstreaming`
        : undefined;
    case "nuget":
    case "pypi":
    case "cargo":
      return path`/${protocol}/packages/${name}/upstreaming`;
    default:
      return undefined;
  }
}
