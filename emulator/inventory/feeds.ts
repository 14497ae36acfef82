/** Package feeds, of the organization or of a project: views, permissions, packages and their versions. */
import { hostUrl } from "../edition.ts";
import { groupsOf } from "../identity/groups.ts";
import { pageOf } from "../query-values.ts";
import { type Call, list, type Route } from "../route.ts";
import { optionalProject } from "../shapes.ts";
import type { World } from "../world.ts";
import { type Feed, type FeedPackage, inventoryOf } from "./inventory.ts";
import { missing } from "./page.ts";

const host = "feeds.dev.azure.com" as const;
const root = "/{organization}/{project?}/_apis/packaging/feeds";
const scopes = ["packaging"];
const localView = "00000000-0000-4000-8000-000000000001";

function feedUrl(call: Call, world: World, feed: Feed): string {
  const project = feed.projectId === undefined ? "" : `/${feed.projectId}`;
  return `${hostUrl(world, host)}/${call.organization.name}${project}/_apis/Packaging/Feeds/${feed.id}`;
}

function feedShape(call: Call, world: World, feed: Feed): Record<string, unknown> {
  const project = feed.projectId === undefined ? undefined : call.organization.projects.get(feed.projectId);
  const url = feedUrl(call, world, feed);
  return {
    description: feed.description,
    url,
    _links: { self: { href: url }, packages: { href: `${url}/Packages` }, permissions: { href: `${url}/Permissions` } },
    hideDeletedPackageVersions: true,
    defaultViewId: localView,
    id: feed.id,
    name: feed.name,
    upstreamEnabled: feed.hasPublicUpstream,
    fullyQualifiedName: feed.name,
    fullyQualifiedId: feed.id,
    upstreamSources: feed.hasPublicUpstream ? [npmjs] : [],
    capabilities: "defaultCapabilities",
    ...(project ? { project: { id: project.id, name: project.name, visibility: "Private" } } : {}),
  };
}

const npmjs = {
  id: "00000000-0000-4000-8000-000000000002",
  name: "npmjs",
  protocol: "npm",
  location: "https://registry.npmjs.example/",
  displayLocation: "https://registry.npmjs.example/",
  upstreamSourceType: "public",
  status: "ok",
};

function feedsOf(call: Call, world: World): Feed[] {
  const project = optionalProject(call, world);
  return inventoryOf(world, call.organization).feeds.filter((feed) => feed.projectId === project?.id);
}

function requireFeed(call: Call, world: World): Feed {
  const wanted = call.params.feedId?.toLowerCase();
  const feed = feedsOf(call, world).find((one) => one.id === wanted || one.name.toLowerCase() === wanted);
  if (feed) return feed;
  throw missing("FeedIdNotFoundException", `A feed with ID '${call.params.feedId}' doesn't exist.`);
}

function versionShape(url: string, version: FeedPackage["versions"][number], isLatest: boolean) {
  return {
    id: version.id,
    normalizedVersion: version.version,
    version: version.version,
    isLatest,
    isListed: true,
    isDeleted: false,
    isCachedVersion: false,
    storageId: version.id,
    publishDate: version.publishDate.toISOString(),
    views: [{ id: localView, name: "Local", type: "implicit", url: `${url}/Views/${localView}` }],
  };
}

function packageShape(call: Call, world: World, feed: Feed, one: FeedPackage): Record<string, unknown> {
  const url = feedUrl(call, world, feed);
  return {
    id: one.id,
    normalizedName: one.name.toLowerCase(),
    name: one.name,
    protocolType: one.protocolType,
    url: `${url}/Packages/${one.id}`,
    versions: one.versions.slice(-1).map((version) => versionShape(url, version, true)),
    isCached: false,
    starCount: 0,
    _links: { self: { href: `${url}/Packages/${one.id}` }, feed: { href: url } },
  };
}

function requirePackage(call: Call, feed: Feed): FeedPackage {
  const found = feed.packages.find((one) => one.id === call.params.packageId?.toLowerCase());
  if (found) return found;
  throw missing("PackageNotFoundException", `The package ${call.params.packageId} was not found in ${feed.name}.`);
}

function fullVersion(call: Call, world: World, feed: Feed, one: FeedPackage, index: number): Record<string, unknown> {
  const version = one.versions[index];
  if (!version)
    throw missing("PackageVersionNotFoundException", `${one.name} has no version ${call.params.packageVersionId}.`);
  const url = feedUrl(call, world, feed);
  return {
    ...versionShape(url, version, index === one.versions.length - 1),
    author: "",
    description: "",
    summary: "",
    tags: [],
    dependencies: [],
    files: [],
    sourceChain: [],
    protocolMetadata: { schemaVersion: 1, data: {} },
    url: `${url}/Packages/${one.id}/Versions/${version.id}`,
    _links: { feed: { href: url }, package: { href: `${url}/Packages/${one.id}` } },
  };
}

/** As the groups of the organization: administrators own every feed, everybody may read. */
function permissionsOf(call: Call) {
  return groupsOf(call.organization)
    .filter((group) => !group.project)
    .map((group) => ({
      role: group.grants ? "administrator" : "reader",
      identityDescriptor: `Microsoft.TeamFoundation.Identity;${group.sid}`,
      identityId: group.id,
      displayName: group.displayName,
      isInheritedRole: false,
    }));
}

function get(path: string, handle: Route["handle"]): Route {
  return { method: "GET", host, path: `${root}${path}`, scopes, handle };
}

export const feedRoutes: readonly Route[] = [
  get("", (call, world) => list(feedsOf(call, world).map((feed) => feedShape(call, world, feed)))),
  get("/{feedId}", (call, world) => ({ body: feedShape(call, world, requireFeed(call, world)) })),
  get("/{feedId}/permissions", (call, world) => {
    requireFeed(call, world);
    return list(permissionsOf(call));
  }),
  get("/{feedId}/views", (call, world) => {
    const url = `${feedUrl(call, world, requireFeed(call, world))}/Views/${localView}`;
    const links = { self: { href: url } };
    return list([{ id: localView, name: "Local", url, _links: links, type: "implicit", visibility: "collection" }]);
  }),
  get("/{feedId}/packages", (call, world) => {
    const feed = requireFeed(call, world);
    const protocol = call.query("protocolType")?.toLowerCase();
    const found = feed.packages.filter((one) => protocol === undefined || one.protocolType.toLowerCase() === protocol);
    return list(pageOf(call, found, 1000).map((one) => packageShape(call, world, feed, one)));
  }),
  get("/{feedId}/packages/{packageId}", (call, world) => {
    const feed = requireFeed(call, world);
    return { body: packageShape(call, world, feed, requirePackage(call, feed)) };
  }),
  get("/{feedId}/packages/{packageId}/versions", (call, world) => {
    const feed = requireFeed(call, world);
    const one = requirePackage(call, feed);
    return list(one.versions.map((_, index) => fullVersion(call, world, feed, one, index)).reverse());
  }),
  get("/{feedId}/packages/{packageId}/versions/{packageVersionId}", (call, world) => {
    const feed = requireFeed(call, world);
    const one = requirePackage(call, feed);
    const wanted = call.params.packageVersionId?.toLowerCase();
    const index = one.versions.findIndex((version) => version.id === wanted || version.version === wanted);
    return { body: fullVersion(call, world, feed, one, index) };
  }),
];
