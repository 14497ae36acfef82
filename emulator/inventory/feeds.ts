/** Package feeds, of the organization or of a project: views, permissions, packages and their versions. */
import { hostUrl } from "../edition.ts";
import { buildIdentitiesOf } from "../identity/build-identities.ts";
import { principalName } from "../identity/graph-shapes.ts";
import { type Group, groupsOf } from "../identity/groups.ts";
import { descriptorOfGroup, descriptorOfUser } from "../identity/identity-descriptor.ts";
import { bodyObject, isTrue, pageOf, textOf } from "../query-values.ts";
import { requireGroup } from "../rights.ts";
import { type Call, list, type Route } from "../route.ts";
import { optionalProject } from "../shapes.ts";
import type { World } from "../world.ts";
import { type Feed, type FeedPackage, type FeedRole, inventoryOf, type UpstreamSource } from "./inventory.ts";
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
    upstreamEnabled: feed.upstreams.length > 0,
    fullyQualifiedName: feed.name,
    fullyQualifiedId: feed.id,
    upstreamSources: feed.upstreams.map(upstreamShape),
    capabilities: "defaultCapabilities",
    ...(project ? { project: { id: project.id, name: project.name, visibility: "Private" } } : {}),
  };
}

/** Where public packages come from is not on the internet here. */
function upstreamShape({ id, name, protocol, isPublic }: UpstreamSource): Record<string, unknown> {
  const location = isPublic ? `https://registry.${name}.example/` : `vsts-feed://${name}`;
  return {
    id,
    name,
    protocol,
    location,
    displayLocation: location,
    upstreamSourceType: isPublic ? "public" : "internal",
    status: "ok",
  };
}

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

function versionShape(feed: Feed, url: string, version: FeedPackage["versions"][number], isLatest: boolean) {
  const upstream = feed.upstreams.find(({ name }) => name === version.from);
  return {
    id: version.id,
    normalizedVersion: version.version,
    version: version.version,
    isLatest,
    isListed: true,
    isDeleted: false,
    isCachedVersion: upstream !== undefined,
    ...(upstream ? { directUpstreamSourceId: upstream.id } : {}),
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
    versions: one.versions
      .slice(isTrue(call, "includeAllVersions") ? 0 : -1)
      .reverse()
      .map((version, index) => versionShape(feed, url, version, index === 0)),
    isCached: one.versions.every(({ from }) => from !== undefined),
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
    ...versionShape(feed, url, version, index === one.versions.length - 1),
    author: "",
    description: "",
    summary: "",
    tags: [],
    dependencies: [],
    files: [],
    sourceChain: feed.upstreams.filter(({ name }) => name === version.from).map(upstreamShape),
    protocolMetadata: { schemaVersion: 1, data: {} },
    url: `${url}/Packages/${one.id}/Versions/${version.id}`,
    _links: { feed: { href: url }, package: { href: `${url}/Packages/${one.id}` } },
  };
}

/** What a feed begins with: administrators own it, everybody reads, runs may take packages from upstream sources. */
function roleAtFirst(feed: Feed, group: Group): FeedRole | undefined {
  if (group.project?.id !== feed.projectId) return undefined;
  if (group.contains === "everybody" || group.grants === "readers") return "reader";
  if (group.grants === "contributors") return "collaborator";
  return group.grants ? "administrator" : undefined;
}

function permissionsOf(call: Call, world: World, feed: Feed): Record<string, unknown>[] {
  const { organization } = call;
  const idsToo = isTrue(call, "includeIds");
  // most groups of an organization hold nothing, so a shape is made for those that do
  const held = (
    role: FeedRole | undefined,
    shape: () => { readonly identityDescriptor: string; readonly identityId: string; readonly displayName: string },
  ) => {
    if (role === undefined || role === "none") return [];
    const { identityDescriptor, identityId, displayName } = shape();
    return [{ role, identityDescriptor, displayName, ...(idsToo ? { identityId } : {}), isInheritedRole: false }];
  };
  const groups = groupsOf(organization).flatMap((group) =>
    held(feed.roles.get(group.descriptor) ?? roleAtFirst(feed, group), () => ({
      identityDescriptor: descriptorOfGroup(group),
      identityId: group.id,
      displayName: principalName(organization, group),
    })),
  );
  const builders = buildIdentitiesOf(organization).flatMap((builder) => {
    const atFirst = builder.project?.id === feed.projectId ? "collaborator" : undefined;
    return held(feed.roles.get(builder.descriptor) ?? atFirst, () => ({ ...builder, identityId: builder.id }));
  });
  const people = [...world.users.values()].flatMap((user) =>
    held(feed.roles.get(user.descriptor), () => ({
      identityDescriptor: descriptorOfUser(organization, user),
      identityId: user.id,
      displayName: user.displayName,
    })),
  );
  return [...groups, ...builders, ...people];
}

/** The package of a path below a protocol: `packages/{name}`, `packages/@{scope}/{name}`, `groups/{group}/artifacts/{artifact}`. */
function requireUpstreamed(call: Call, feed: Feed): FeedPackage {
  const { protocol = "", scope, packageName = "", groupId } = call.params;
  const plain = groupId === undefined ? packageName : `${groupId}:${packageName}`;
  const name = scope === undefined ? plain : `@${scope.replace(/^@/, "")}/${packageName}`;
  const found = feed.packages.find(
    (one) => one.protocolType.toLowerCase() === protocol.toLowerCase() && one.name.toLowerCase() === name.toLowerCase(),
  );
  if (found) return found;
  throw missing("PackageNotFoundException", `The package ${name} was not found in ${feed.name}.`);
}

function upstreamingRoutes(): readonly Route[] {
  const at = "/{organization}/{project?}/_apis/packaging/feeds/{feedId}/{protocol}";
  const paths = [
    `${at}/packages/{packageName}/upstreaming`,
    `${at}/packages/{scope}/{packageName}/upstreaming`,
    `${at}/groups/{groupId}/artifacts/{packageName}/upstreaming`,
  ];
  return paths.flatMap((path): Route[] => [
    {
      method: "GET",
      host: "pkgs.dev.azure.com",
      path,
      scopes,
      handle(call, world) {
        const { externalVersions } = requireUpstreamed(call, requireFeed(call, world));
        return { body: { versionsFromExternalUpstreams: externalVersions } };
      },
    },
    {
      method: "PATCH",
      host: "pkgs.dev.azure.com",
      path,
      scopes: ["packaging_write"],
      handle(call, world) {
        const project = optionalProject(call, world);
        requireGroup(
          call,
          project ? "project administrators" : "collection administrators",
          project,
          "Administer feed",
        );
        const { versionsFromExternalUpstreams } = bodyObject(call);
        const isAllowed = textOf(versionsFromExternalUpstreams)?.toLowerCase() === "allowexternalversions";
        const found = requireUpstreamed(call, requireFeed(call, world));
        found.externalVersions = isAllowed ? "allowExternalVersions" : "auto";
        return { status: 204 };
      },
    },
  ]);
}

function get(path: string, handle: Route["handle"]): Route {
  return { method: "GET", host, path: `${root}${path}`, scopes, handle };
}

export const feedRoutes: readonly Route[] = [
  get("", (call, world) => list(feedsOf(call, world).map((feed) => feedShape(call, world, feed)))),
  get("/{feedId}", (call, world) => ({ body: feedShape(call, world, requireFeed(call, world)) })),
  get("/{feedId}/permissions", (call, world) => {
    return list(permissionsOf(call, world, requireFeed(call, world)));
  }),
  get("/{feedId}/views", (call, world) => {
    const url = `${feedUrl(call, world, requireFeed(call, world))}/Views/${localView}`;
    const links = { self: { href: url } };
    return list([{ id: localView, name: "Local", url, _links: links, type: "implicit", visibility: "collection" }]);
  }),
  get("/{feedId}/packages", (call, world) => {
    const feed = requireFeed(call, world);
    const protocol = call.query("protocolType")?.toLowerCase();
    const name = call.query("packageNameQuery")?.toLowerCase();
    const found = feed.packages.filter(
      (one) =>
        (protocol === undefined || one.protocolType.toLowerCase() === protocol) &&
        (name === undefined || one.name.toLowerCase().includes(name)),
    );
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
  ...upstreamingRoutes(),
];
