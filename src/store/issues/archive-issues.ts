/** What becomes of the issues of repositories that are no longer watched, or no longer there: archived, or deleted when a person says so. */
import { sql } from "kysely";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { Db } from "../database.ts";

/** Archives the issues of repositories that are not watched now, and brings back those of repositories that are again; settings always are. */
export async function archiveIssues(db: Db, instanceId: InstanceId): Promise<void> {
  await sql`
    update issues i set archived = not archived
    from repositories r
    where r.id = i.repository_id and i.instance_id = ${instanceId}
      and i.archived = ((r.chosen or r.kind = 'settings') and r.gone_at is null)`.execute(db);
}

/** Issues, packages, scans and pull requests of repositories that the instance has and does not watch; a repository chosen again begins anew. */
export async function deleteUnwatched(db: Db, instanceId: InstanceId, ids: readonly RepositoryId[]): Promise<void> {
  const unwatched = sql`(select id from repositories
    where instance_id = ${instanceId} and kind = 'code' and not chosen and id = any(${[...ids]}::uuid[]))`;
  await sql`delete from issues where repository_id in ${unwatched}`.execute(db);
  await sql`delete from occurrences where repository_id in ${unwatched}`.execute(db);
  await sql`delete from history_occurrences where repository_id in ${unwatched}`.execute(db);
  await sql`delete from imports where repository_id in ${unwatched}`.execute(db);
  await sql`delete from manifests where repository_id in ${unwatched}`.execute(db);
  await sql`delete from packages where repository_id in ${unwatched}`.execute(db);
  await sql`delete from source_imports where repository_id in ${unwatched}`.execute(db);
  await sql`delete from branch_allows where repository_id in ${unwatched}`.execute(db);
  await sql`delete from unread_parts where repository_id in ${unwatched}`.execute(db);
  await sql`delete from pull_requests where repository_id in ${unwatched}`.execute(db);
  await sql`delete from scans where repository_id in ${unwatched}`.execute(db);
  await sql`update repositories set scanned_ref = null, scanned_commit = null, scanners_version = null,
    history_version = null, head_commit = null, head_checked_at = null where id in ${unwatched}`.execute(db);
}

/** Issues that are neither fixed nor archived, of these repositories: what a removal is about. */
export async function countLiveIssues(db: Db, instanceId: InstanceId, ids: readonly RepositoryId[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from issues
    where instance_id = ${instanceId} and repository_id = any(${[...ids]}::uuid[]) and state <> 'fixed'
      and not archived`.execute(db);
  return rows[0]?.count ?? 0;
}
