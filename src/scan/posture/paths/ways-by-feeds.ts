/** Packages that others install: by people who may publish them, and by runs whose build service may. */
import type { FeedFact } from "#model/posture/organization-settings.ts";
import type { Severity } from "#model/severity.ts";
import { type Ground, knownOf, proof, readAt } from "./ground.ts";
import { addTarget, addWay } from "./guarded-graph.ts";
import { buildServices } from "./ways-across-projects.ts";
import type { Building } from "./ways-to-code.ts";

const publishing: ReadonlySet<string> = new Set(["contributor", "administrator"]);

export function addFeedWays(building: Building): void {
  const { ground, graph, entry, places } = building;
  const { membership } = ground;
  for (const feed of sharedFeeds(ground)) {
    // Its own project publishes there, as it should.
    if (feed.projectId !== undefined && feed.projectId === entry.projectId) continue;
    const publishers = feed.permissions.filter(({ role }) => publishing.has(role));
    const circlesOf = (subject: string) => membership?.circlesOf(subject) ?? new Set([subject]);
    const direct = publishers.find(({ subject }) => entry.subjects.some((one) => circlesOf(one).has(subject)));
    if (direct) addPublish(building, feed, { from: graph.start, by: direct, says: `${entry.name} may publish to it` });
    for (const { crossing, key, project, theirs, hasSecrets } of places.byKey.values()) {
      if (theirs !== "all" || !hasSecrets || project.facts.id !== entry.projectId) continue;
      const from = crossing ?? key;
      const service = buildServices(ground, project).find(({ descriptor }) =>
        publishers.some(({ subject }) => circlesOf(descriptor).has(subject)),
      );
      const by = service && publishers.find(({ subject }) => circlesOf(service.descriptor).has(subject));
      if (!by || graph.ways.get(from)?.some(({ to }) => to === `feed ${feed.id}`.toLowerCase())) continue;
      addPublish(building, feed, { from, by, says: `jobs act as ${service.name}, which may publish to it` });
    }
  }
}

interface Publish {
  readonly from: string;
  readonly by: FeedFact["permissions"][number];
  readonly says: string;
}

function addPublish({ ground, graph }: Building, feed: FeedFact, { from, by, says }: Publish): void {
  const { id, name, url } = feed;
  const users = consumersOf(ground).get(name.toLowerCase()) ?? new Set();
  const severity: Severity = users.size > 1 || feed.projectId === undefined ? "high" : "medium";
  addWay(graph, from, addTarget(graph, { node: { kind: "feed", id, name: `feed ${name}`, url }, severity }), {
    is: "publishes",
    says: `${name} is a feed that others install from${users.size > 0 ? ` (pipelines of ${users.size} projects)` : ""}: ${says}`,
    certainty: "authorised",
    evidence: [proof(`permissions of feed ${name}: ${by.name} is ${by.role}`, { url, ...readAt(ground.facts.feeds) })],
    endedBy: [
      ground.kept.get(`feed ${id} ${by.subject}`, () => ({
        what: `Feed settings > Permissions of ${name}: change the role of ${by.name} to Feed Reader, and let one pipeline publish.`,
        url,
        price: 1,
      })),
    ],
  });
}

/** Of the organization, or used by pipelines of other projects. */
function sharedFeeds(ground: Ground): readonly FeedFact[] {
  return (knownOf(ground.facts.feeds) ?? []).filter(({ projectId, name }) => {
    if (projectId === undefined) return true;
    return [...(consumersOf(ground).get(name.toLowerCase()) ?? [])].some((id) => id !== projectId);
  });
}

const consumers = new WeakMap<Ground, ReadonlyMap<string, ReadonlySet<string>>>();

/** Projects by the feed that their pipelines install from. */
function consumersOf(ground: Ground): ReadonlyMap<string, ReadonlySet<string>> {
  const known = consumers.get(ground);
  if (known) return known;
  const made = new Map<string, Set<string>>();
  for (const { facts, pipelines } of ground.projects) {
    for (const { kind, name } of pipelines.flatMap(({ judged }) => judged?.items ?? [])) {
      if (kind !== "feed") continue;
      const bare = name.slice(name.lastIndexOf("/") + 1).toLowerCase();
      const list = made.get(bare) ?? new Set();
      made.set(bare, list.add(facts.id));
    }
  }
  consumers.set(ground, made);
  return made;
}
