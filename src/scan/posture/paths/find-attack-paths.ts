/**
 * Paths from classes of people to what matters: one for each class and target, the cheapest whose guards hold nobody up, and the
 * fewest settings that end all ways between the two. What is not known makes a way possible, never absent in silence.
 */
import type { AttackPath } from "#model/posture/attack-path.ts";
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import { type DraftPath, draftPaths } from "./draft-paths.ts";
import { classGaps, type EntryClass, entryClasses } from "./entry-classes.ts";
import { finishPaths } from "./finish-paths.ts";
import { type Ground, groundOf, type PathContext, type ProjectGround } from "./ground.ts";
import { type GuardedGraph, newGraph } from "./guarded-graph.ts";
import { gapsOfPaths } from "./path-gaps.ts";
import { newPlaces } from "./run-place.ts";
import { addProjectWays } from "./ways-across-projects.ts";
import { addBuildIdentityWays } from "./ways-by-build-identity.ts";
import { addFeedWays } from "./ways-by-feeds.ts";
import { addInjectionWays } from "./ways-by-injection.ts";
import { addTemplateWays } from "./ways-by-templates.ts";
import { addOutsiderWays, addReaderForks, outsiders } from "./ways-of-outsiders.ts";
import { addCodeWays, type Building } from "./ways-to-code.ts";
import { addResourceWays } from "./ways-to-resources.ts";

export interface AttackPaths {
  readonly paths: readonly AttackPath[];
  readonly graph: { readonly nodes: number; readonly edges: number };
  /** As sentences. */
  readonly gaps: readonly string[];
}

const mostPaths = 5000;

export function findAttackPaths(facts: OrganizationFacts, context: PathContext): AttackPaths {
  const ground = groundOf(facts, context);
  const drafts: DraftPath[] = [];
  const nodes = new Set<string>();
  let edges = 0;
  const gaps = [...gapsOfPaths(facts, context.pipelines), ...classGaps(ground)];
  for (const entry of [outsiders(ground), ...entryClasses(ground)]) {
    if (drafts.length > mostPaths) break;
    const graph = graphOf(ground, entry);
    for (const key of graph.faces.keys()) nodes.add(key);
    for (const ways of graph.ways.values()) edges += ways.filter(({ cost }) => cost > 0).length;
    // One more than are told shows that there are more.
    for (const draft of draftPaths(graph, entry.node)) if (drafts.length <= mostPaths) drafts.push(draft);
  }
  if (drafts.length > mostPaths) {
    drafts.length = mostPaths;
    gaps.push(`Only ${mostPaths} paths are told: there are more. End some of these first.`);
  }
  return { paths: finishPaths(drafts, ground), graph: { nodes: nodes.size, edges }, gaps };
}

function graphOf(ground: Ground, entry: EntryClass): GuardedGraph {
  const graph = newGraph(entry.node);
  const building: Building = { ground, graph, entry, places: newPlaces() };
  if (entry.node.id === "outsiders") addOutsiderWays(building);
  else {
    for (const project of projectsOf(ground, entry)) {
      addCodeWays(building, project);
      addInjectionWays(building, project);
      if (entry.is !== "contributors") addReaderForks(building, project);
      addTemplateWays(building, project);
      addBuildIdentityWays(building, project);
    }
  }
  const resources = addResourceWays(building);
  addProjectWays(building, resources);
  addFeedWays(building);
  return graph;
}

/** Its own, and those to whose groups it belongs; a class of the whole organization may have rights in any. */
function projectsOf({ projects, membership }: Ground, { projectId, subjects }: EntryClass): readonly ProjectGround[] {
  if (projectId === undefined) return projects;
  const ids = new Set([projectId]);
  for (const subject of subjects) {
    for (const circle of membership?.circlesOf(subject) ?? []) {
      const group = membership?.groups.get(circle);
      if (group?.projectId !== undefined) ids.add(group.projectId as typeof projectId);
    }
  }
  return projects.filter(({ facts }) => ids.has(facts.id));
}
