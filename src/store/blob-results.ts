/** Results of scanners by content: a blob, or a unit of several, that was scanned once is not scanned again. */
import { sql } from "kysely";
import type { Finding } from "#model/finding.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Problem } from "#model/scan-result.ts";
import type { Db } from "./database.ts";
import { json } from "./json.ts";

export interface BlobResult {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

const nothing: BlobResult = Object.freeze({ findings: Object.freeze([]), problems: Object.freeze([]) });
const batchSize = 10_000;

/** The results there are, by the key in hex. Any number of keys. */
export async function findBlobResults(
  db: Db,
  instanceId: InstanceId,
  keys: readonly Uint8Array[],
): Promise<ReadonlyMap<string, BlobResult>> {
  const found = new Map<string, BlobResult>();
  for (let start = 0; start < keys.length; start += batchSize) {
    const batch = keys.slice(start, start + batchSize).map(asBuffer);
    const { rows } = await sql<{ key: string; result: BlobResult | null }>`
      select encode(b.key, 'hex') as key, b.result
      from unnest(${batch}::bytea[]) as given (key)
      join blob_results b on b.instance_id = ${instanceId} and b.key = given.key`.execute(db);
    for (const row of rows) found.set(row.key, row.result ?? nothing);
  }
  return found;
}

/** What is there already stays. Nothing is written for an instance that is gone. */
export async function insertBlobResults(
  db: Db,
  instanceId: InstanceId,
  rows: readonly (BlobResult & { readonly key: Uint8Array })[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += batchSize) {
    const batch = rows.slice(start, start + batchSize);
    // Ordered, so that two scans inserting the same keys wait for each other instead of deadlocking.
    await sql`
      with instance as materialized (select id from instances where id = ${instanceId} for key share)
      insert into blob_results (instance_id, key, result)
      select instance.id, given.key, given.result::jsonb
      from instance, unnest(
        ${batch.map((row) => asBuffer(row.key))}::bytea[],
        ${batch.map((row) => (row.findings.length + row.problems.length === 0 ? null : json({ findings: row.findings, problems: row.problems })))}::text[]
      ) as given (key, result)
      order by given.key
      on conflict do nothing`.execute(db);
  }
}

/** Rows of older scanner versions are never asked for again; deleting others only costs a second scan. */
export async function deleteOldBlobResults(db: Db, olderThan: Date): Promise<number> {
  const result = await db.deleteFrom("blobResults").where("createdAt", "<", olderThan).executeTakeFirst();
  return Number(result.numDeletedRows);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
