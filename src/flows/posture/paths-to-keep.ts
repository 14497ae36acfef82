/**
 * Attack paths that are not found any more only because facts about their projects, which were known when they were found,
 * are not known now. They stay until somebody can look again.
 */
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import type { AttackPath } from "#model/posture/attack-path.ts";
import type { FactKey } from "#model/posture/fact-key.ts";
import { openAttackPaths } from "#store/attack-paths.ts";
import type { Db } from "#store/database.ts";

/** What paths are made of. */
const needed: ReadonlySet<FactKey> = new Set([
  ...(["repositories", "branchPolicies", "definitions", "generalSettings", "pipelinePermissions", "checks"] as const),
  ...(["environments", "connections", "variableGroups", "secureFiles", "queues", "resourceRoles", "access"] as const),
  ...(["pools", "people", "feeds", "releases"] as const),
]);

export async function pathsToKeep(
  tx: Db,
  organizationId: OrganizationId,
  {
    paths,
    lost,
  }: {
    readonly paths: readonly AttackPath[];
    readonly lost: readonly { readonly projectId: ProjectId | null; readonly key: FactKey; readonly lostAt: Date }[];
  },
): Promise<ReadonlySet<string>> {
  const missed = lost.filter(({ key }) => needed.has(key));
  if (missed.length === 0) return new Set();
  const found = new Set(paths.map(({ id }) => id));
  const unseen = (await openAttackPaths(tx, organizationId)).filter(({ path }) => !found.has(path.id));
  const kept = unseen.filter(({ path, seenAt }) => {
    const projects = new Set<string | undefined>(path.edges.flatMap(({ from, to }) => [from.projectId, to.projectId]));
    return missed.some(({ projectId, lostAt }) => lostAt > seenAt && (projectId === null || projects.has(projectId)));
  });
  return new Set(kept.map(({ path }) => path.id));
}
