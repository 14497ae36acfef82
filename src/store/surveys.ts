/** What tree scanners saw in files, by content and path: which files belong together is known without reading them again. */
import { sql } from "kysely";
import type { InstanceId } from "#model/ids.ts";
import type { Db } from "./database.ts";
import { json } from "./json.ts";

/** By language, the paths that a file pulls in; empty if it is nothing to the scanner. */
type Survey = Readonly<Record<string, readonly string[]>>;

const nothing: Survey = Object.freeze({});
const batchSize = 10_000;

/** The surveys there are, by the key in hex. Any number of keys. */
export async function findSurveys(
  db: Db,
  instanceId: InstanceId,
  keys: readonly Uint8Array[],
): Promise<ReadonlyMap<string, Survey>> {
  const found = new Map<string, Survey>();
  for (let start = 0; start < keys.length; start += batchSize) {
    const batch = keys.slice(start, start + batchSize).map(asBuffer);
    const { rows } = await sql<{ key: string; survey: Survey | null }>`
      select encode(s.key, 'hex') as key, s.survey
      from unnest(${batch}::bytea[]) as given (key)
      join surveys s on s.instance_id = ${instanceId} and s.key = given.key`.execute(db);
    for (const row of rows) found.set(row.key, row.survey ?? nothing);
  }
  return found;
}

/** What is there already stays. Nothing is written for an instance that is gone. */
export async function insertSurveys(
  db: Db,
  instanceId: InstanceId,
  rows: readonly { readonly key: Uint8Array; readonly survey: Survey }[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += batchSize) {
    const batch = rows.slice(start, start + batchSize);
    // Ordered, so that two scans inserting the same keys wait for each other instead of deadlocking.
    await sql`
      with instance as materialized (select id from instances where id = ${instanceId} for key share)
      insert into surveys (instance_id, key, survey)
      select instance.id, given.key, given.survey::jsonb
      from instance, unnest(
        ${batch.map(({ key }) => asBuffer(key))}::bytea[],
        ${batch.map(({ survey }) => (Object.keys(survey).length === 0 ? null : json(survey)))}::text[]
      ) as given (key, survey)
      order by given.key
      on conflict do nothing`.execute(db);
  }
}

/** Surveys of older scanner versions are never asked for again; deleting others only costs a second look. */
export async function deleteOldSurveys(db: Db, olderThan: Date): Promise<number> {
  const result = await db.deleteFrom("surveys").where("createdAt", "<", olderThan).executeTakeFirst();
  return Number(result.numDeletedRows);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
