/** Files of pipelines as they were read at a commit: there they never change, and are not asked for again. */
import { sql } from "kysely";
import type { InstanceId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { storable } from "../json.ts";

export interface PipelineFile {
  readonly instanceId: InstanceId;
  readonly repositoryId: string;
  readonly commit: string;
  readonly path: string;
}

export async function findPipelineFile(db: Db, file: PipelineFile, now: Date): Promise<string | undefined> {
  const { instanceId, repositoryId, commit, path } = file;
  const { rows } = await sql<{ content: string; isStale: boolean }>`
    select content, used_at < ${now}::timestamptz - interval '1 day' as is_stale from pipeline_files
    where instance_id = ${instanceId} and repository_id = ${repositoryId} and commit = ${commit} and path = ${path}`.execute(
    db,
  );
  if (rows[0]?.isStale) {
    await sql`update pipeline_files set used_at = ${now}
      where instance_id = ${instanceId} and repository_id = ${repositoryId} and commit = ${commit}
        and path = ${path}`.execute(db);
  }
  return rows[0]?.content;
}

/** A text that the database would change is asked for again the next time. */
export async function keepPipelineFile(db: Db, file: PipelineFile, content: string, now: Date): Promise<void> {
  const { instanceId, repositoryId, commit, path } = file;
  if (storable(content) !== content || storable(path) !== path) return;
  await sql`
    insert into pipeline_files (instance_id, repository_id, commit, path, content, used_at)
    select id, ${repositoryId}, ${commit}, ${path}, ${content}, ${now} from instances where id = ${instanceId}
    on conflict do nothing`.execute(db);
}

export async function deleteOldPipelineFiles(db: Db, before: Date): Promise<void> {
  await sql`delete from pipeline_files where used_at < ${before}`.execute(db);
}
