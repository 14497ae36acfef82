/** What the heads of default branches were when they were looked at: the proof that no push was missed. */
import { sql } from "kysely";
import type { InstanceId, OrganizationId, RepositoryId } from "#model/ids.ts";
import type { Db } from "../database.ts";

export interface SeenHead {
  readonly id: RepositoryId;
  /** Absent if the branch has none. */
  readonly commit?: string | undefined;
}

/** A newer look stays; one that lies far ahead was noted before the clock was put back. */
export async function setHeads(db: Db, heads: readonly SeenHead[], at: Date): Promise<void> {
  if (heads.length === 0) return;
  await sql`
    update repositories r set head_commit = given.commit, head_checked_at = ${at}
    from (select distinct on (id) id, commit from unnest(
      ${heads.map(({ id }) => id)}::uuid[], ${heads.map(({ commit }) => commit ?? null)}::text[]) as g (id, commit)) given
    where r.id = given.id and (r.head_checked_at is null or r.head_checked_at <= ${at}
      or r.head_checked_at > ${at}::timestamptz + interval '15 minutes')`.execute(db);
}

/** What was known of it holds no longer: it counts as never looked at, and is looked at first. */
export async function forgetHead(db: Db, id: RepositoryId): Promise<void> {
  await db.updateTable("repositories").set({ headCheckedAt: null }).where("id", "=", id).execute();
}

/** How far a repository's scan is behind what was seen at the remote. */
export interface RepositoryLag {
  readonly id: RepositoryId;
  readonly name: string;
  readonly project: string;
  readonly organizationId: OrganizationId;
  readonly headCommit: string | null;
  readonly scannedCommit: string | null;
  /** ISO text. */
  readonly headCheckedAt: Date | null;
}

/** Those with an unscanned or never checked head first, then those checked longest ago. */
export async function listLags(db: Db, instanceId: InstanceId, limit: number): Promise<readonly RepositoryLag[]> {
  const { rows } = await sql<RepositoryLag>`
    select r.id, r.name, p.name as project, r.organization_id, r.head_commit, r.scanned_commit, r.head_checked_at
    from repositories r join projects p on p.id = r.project_id
    where r.instance_id = ${instanceId} and r.chosen and r.gone_at is null and not r.is_disabled
      and r.default_branch is not null
    order by (r.scanned_ref, r.scanned_commit) is not distinct from (r.default_branch, r.head_commit), r.head_checked_at nulls first, lower(r.name)
    limit ${limit}`.execute(db);
  return rows;
}
