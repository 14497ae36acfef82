/** Package feeds of an organization and its projects: where their packages come from, who may publish, and what is in them. */
import type { FeedFact } from "#model/posture/organization-settings.ts";
import { type EncodedPath, type OrganizationClient, path } from "../organization-client.ts";
import { collect, wholeList } from "../pages.ts";
import { inner, isWire, optionalText, requiredText, type Wire } from "../read-wire.ts";
import { askEach } from "./ask-each.ts";
import type { CollectedProject, Collecting } from "./collector.ts";
import { feedPath, type ListedFeed } from "./feed-path.ts";
import { readFeedPackages } from "./read-feed-packages.ts";
import { resolveSubjects } from "./subjects.ts";
import { pageOf } from "./web-address.ts";

const host = "feeds.dev.azure.com";
const where = "feeds";

export async function readFeeds(
  client: OrganizationClient,
  given: Pick<Collecting, "organization" | "projects" | "known">,
): Promise<readonly FeedFact[]> {
  const wires = await listFeeds(client, given.projects);
  return askEach(wires, async (wire) => {
    const feed = readListed(wire);
    const [permissions, packages] = await Promise.all([
      readPermissions(client, feed, given.known.people),
      readFeedPackages(client, feed),
    ]);
    const name = requiredText(wire, "name", where);
    const project = given.projects.find(({ id }) => id.toLowerCase() === feed.projectId);
    const url = pageOf(given.organization, project, `_artifacts/feed/${encodeURIComponent(name)}`);
    return { ...feed, name, url, permissions, ...packages };
  });
}

/** The organization's list has those of projects, too; where it names no project, each project is asked for its own. */
async function listFeeds(client: OrganizationClient, projects: readonly CollectedProject[]): Promise<readonly Wire[]> {
  const list = (at: EncodedPath) => collect(wholeList(client, { host, path: at }, where), (wire) => wire);
  const all = await list(path`/_apis/packaging/feeds`);
  const isWhole = all.some((wire) => optionalText(inner(wire, "project"), "id") !== undefined);
  const others = isWhole ? [] : await askEach(projects, ({ id }) => list(path`/${id}/_apis/packaging/feeds`));
  const byId = new Map([...all, ...others.flat()].map((wire) => [requiredText(wire, "id", where), wire]));
  return [...byId.values()];
}

function readListed(wire: Wire): ListedFeed {
  const projectId = optionalText(inner(wire, "project"), "id")?.toLowerCase();
  const sources: readonly unknown[] = Array.isArray(wire.upstreamSources) ? wire.upstreamSources : [];
  const isOn = wire.upstreamEnabled !== false;
  const used = sources.filter(isWire).filter((source) => !isRemoved(source));
  return {
    id: requiredText(wire, "id", where).toLowerCase(),
    ...(projectId === undefined ? {} : { projectId }),
    upstreams: isOn ? used.map(readUpstream) : [],
  };
}

function isRemoved(source: Wire): boolean {
  return (
    optionalText(source, "deletedDate") !== undefined || optionalText(source, "status")?.toLowerCase() === "disabled"
  );
}

function readUpstream(source: Wire): FeedFact["upstreams"][number] {
  return {
    name: optionalText(source, "name") ?? "",
    protocol: optionalText(source, "protocol")?.toLowerCase() ?? "",
    isPublic: optionalText(source, "upstreamSourceType")?.toLowerCase() === "public",
  };
}

async function readPermissions(
  client: OrganizationClient,
  { id, projectId }: ListedFeed,
  people: Collecting["known"]["people"],
): Promise<FeedFact["permissions"]> {
  const request = { host, path: feedPath({ id, ...(projectId && { projectId }) }, path`/permissions`) } as const;
  const wires = await collect(wholeList(client, request, "permissions of a feed"), (wire) => wire);
  const descriptors = wires.map(descriptorOf);
  const subjects = await resolveSubjects(
    client,
    descriptors.filter((one) => one !== ""),
    people,
  );
  return wires.map((wire, at) => {
    const descriptor = descriptors[at] ?? "";
    const known = subjects.get(descriptor);
    const name = optionalText(wire, "displayName") ?? known?.name ?? descriptor;
    const role = optionalText(wire, "role")?.toLowerCase() ?? "none";
    return { subject: known?.subject ?? descriptor, name: known?.name ?? name, role };
  });
}

/** As text, or as an object with its two halves. */
function descriptorOf({ identityDescriptor }: Wire): string {
  if (typeof identityDescriptor === "string") return identityDescriptor;
  if (!isWire(identityDescriptor)) return "";
  const type = optionalText(identityDescriptor, "identityType") ?? "";
  return `${type};${optionalText(identityDescriptor, "identifier") ?? ""}`;
}
