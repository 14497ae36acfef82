/** Results of scanners by content: a blob, or a unit of several, that was scanned once is not scanned again. */
import type { Finding } from "#model/finding.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import type { Db } from "../database.ts";
import { json } from "../json.ts";
import { findKept, insertKept } from "./kept-by-key.ts";

export interface BlobResult {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly silenced: readonly SilencedFinding[];
  /** Of a unit of packages. */
  readonly manifests?: readonly Manifest[];
  /** Of a source file: the names that it imports. */
  readonly imports?: readonly string[];
  /** The bytes are no text: what looks for secrets left them aside. */
  readonly isBinary?: true;
}

const none = Object.freeze([]);
const nothing: BlobResult = Object.freeze({ findings: none, problems: none, silenced: none });

/** True for nearly all: such a result is kept as null. */
export function saysNothing({
  findings,
  problems,
  silenced,
  manifests = none,
  imports = none,
  isBinary,
}: BlobResult): boolean {
  const listed = findings.length + problems.length + silenced.length + manifests.length + imports.length;
  return listed === 0 && isBinary !== true;
}

/** The results there are, by the key in hex. Any number of keys. */
export function findBlobResults(
  db: Db,
  instanceId: InstanceId,
  keys: readonly Uint8Array[],
): Promise<ReadonlyMap<string, BlobResult>> {
  return findKept(db, "blob_results", instanceId, keys, nothing);
}

export async function insertBlobResults(
  db: Db,
  instanceId: InstanceId,
  rows: readonly (BlobResult & { readonly key: Uint8Array })[],
): Promise<void> {
  const kept = rows.map(({ key, ...result }) => ({ key, value: saysNothing(result) ? null : json(result) }));
  await insertKept(db, "blob_results", instanceId, kept);
}

/** Rows of older scanner versions are never asked for again; deleting others only costs a second scan. */
export async function deleteOldBlobResults(db: Db, olderThan: Date): Promise<number> {
  const result = await db.deleteFrom("blobResults").where("createdAt", "<", olderThan).executeTakeFirst();
  return Number(result.numDeletedRows);
}
