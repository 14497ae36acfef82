/**
 * Attack paths that are not found any more only because facts about their projects, which were known when they were found,
 * are not known now. They stay until somebody can look again.
 */
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import type { AttackPath } from "#model/posture/attack-path.ts";
import type { FactKey } from "#model/posture/fact-key.ts";
import { postureWords } from "#scan/posture/posture-words.ts";
import type { Db } from "#store/database.ts";
import { openAttackPaths } from "#store/posture/attack-paths.ts";

/** What paths are made of. */
const needed: ReadonlySet<FactKey> = new Set(
  [...postureWords.values()].flatMap(({ category, needs }) => (category === "path" ? needs : [])),
);

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
): Promise<readonly AttackPath[]> {
  const missed = lost.filter(({ key }) => needed.has(key));
  if (missed.length === 0) return [];
  const found = new Set(paths.map(({ id }) => id));
  const unseen = (await openAttackPaths(tx, organizationId)).filter(({ path }) => !found.has(path.id));
  const kept = unseen.filter(({ path, seenAt }) => {
    const projects = new Set<string | undefined>(path.edges.flatMap(({ from, to }) => [from.projectId, to.projectId]));
    return missed.some(({ projectId, lostAt }) => lostAt > seenAt && (projectId === null || projects.has(projectId)));
  });
  return kept.map(({ path }) => path);
}
