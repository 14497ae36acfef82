/** What people are told of a repository's history: a scan of its own, and only while the last look at it was not whole. */
import { sql } from "kysely";
import type { RepositoryId, ScanId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { finishScan, insertScan, type NewScan } from "./scans.ts";

/** Takes back what was told of looks before. Gives the scans that are gone. */
export async function forgetHistoryScans(tx: Db, repositoryId: RepositoryId): Promise<readonly ScanId[]> {
  const { rows } = await sql<{ id: ScanId }>`
    delete from scans where repository_id = ${repositoryId} and target @> '{"is": "history"}'::jsonb returning id
  `.execute(tx);
  return rows.map(({ id }) => id);
}

/** Beside it there is no other of the same repository. */
export async function recordHistoryScan(
  tx: Db,
  scan: Omit<NewScan, "target">,
  result: Omit<Parameters<typeof finishScan>[2], "findings">,
): Promise<ScanId> {
  await forgetHistoryScans(tx, scan.repositoryId);
  const id = await insertScan(tx, { ...scan, target: { is: "history" } });
  await finishScan(tx, id, result);
  return id;
}
