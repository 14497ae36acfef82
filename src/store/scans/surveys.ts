/** What tree scanners saw in files, by content and path: which files belong together is known without reading them again. */
import type { InstanceId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { json } from "../json.ts";
import { findKept, insertKept } from "./kept-by-key.ts";

/** By language, the paths that a file pulls in; empty if it is nothing to the scanner. */
type Survey = Readonly<Record<string, readonly string[]>>;

const nothing: Survey = Object.freeze({});

/** The surveys there are, by the key in hex. Any number of keys. */
export function findSurveys(
  db: Db,
  instanceId: InstanceId,
  keys: readonly Uint8Array[],
): Promise<ReadonlyMap<string, Survey>> {
  return findKept(db, "surveys", instanceId, keys, nothing);
}

export async function insertSurveys(
  db: Db,
  instanceId: InstanceId,
  rows: readonly { readonly key: Uint8Array; readonly survey: Survey }[],
): Promise<void> {
  const kept = rows.map(({ key, survey }) => ({ key, value: Object.keys(survey).length === 0 ? null : json(survey) }));
  await insertKept(db, "surveys", instanceId, kept);
}

/** Surveys of older scanner versions are never asked for again; deleting others only costs a second look. */
export async function deleteOldSurveys(db: Db, olderThan: Date): Promise<number> {
  const result = await db.deleteFrom("surveys").where("createdAt", "<", olderThan).executeTakeFirst();
  return Number(result.numDeletedRows);
}
