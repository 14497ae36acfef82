/** What is kept under a hash of what it was made from, so that it is not made again: results of blobs and units, surveys. */
import { sql } from "kysely";
import type { InstanceId } from "#model/ids.ts";
import type { Db } from "../database.ts";

/** A table of such values, and its column; null stands for the empty value, which is nearly all. */
const columns = { blob_results: "result", surveys: "survey" } as const;

type KeptTable = keyof typeof columns;

const batchSize = 10_000;

/** The values there are, by the key in hex. Any number of keys. */
export async function findKept<T>(
  db: Db,
  table: KeptTable,
  instanceId: InstanceId,
  keys: readonly Uint8Array[],
  nothing: T,
): Promise<ReadonlyMap<string, T>> {
  const found = new Map<string, T>();
  for (let start = 0; start < keys.length; start += batchSize) {
    const batch = keys.slice(start, start + batchSize).map(asBuffer);
    const { rows } = await sql<{ key: string; value: T | null }>`
      select encode(kept.key, 'hex') as key, kept.${sql.ref(columns[table])} as value
      from unnest(${batch}::bytea[]) as given (key)
      join ${sql.table(table)} kept on kept.instance_id = ${instanceId} and kept.key = given.key`.execute(db);
    for (const row of rows) found.set(row.key, row.value ?? nothing);
  }
  return found;
}

/** What is there already stays. Nothing is written for an instance that is gone. `value` is JSON. */
export async function insertKept(
  db: Db,
  table: KeptTable,
  instanceId: InstanceId,
  rows: readonly { readonly key: Uint8Array; readonly value: string | null }[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += batchSize) {
    const batch = rows.slice(start, start + batchSize);
    // Ordered, so that two scans inserting the same keys wait for each other instead of deadlocking.
    await sql`
      with instance as materialized (select id from instances where id = ${instanceId} for key share)
      insert into ${sql.table(table)} (instance_id, key, ${sql.ref(columns[table])})
      select instance.id, given.key, given.value::jsonb
      from instance, unnest(
        ${batch.map(({ key }) => asBuffer(key))}::bytea[],
        ${batch.map(({ value }) => value)}::text[]
      ) as given (key, value)
      order by given.key
      on conflict do nothing`.execute(db);
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
