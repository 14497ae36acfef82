/** Which repositories' histories were read, by which scanner and from which heads. */
import { sql } from "kysely";
import type { RepositoryId } from "#model/ids.ts";
import type { Repository } from "#model/repository.ts";
import type { Db } from "../database.ts";

/** Ends the version of a history of which something could not be read: the next occasion tries again. */
export const unfinished = " unfinished";

/** Scanned ones that are still watched, of which no history was read to its end with a version that begins so. */
export async function listUnreadHistories(
  db: Db,
  version: string,
): Promise<readonly Pick<Repository, "id" | "instanceId">[]> {
  return db
    .selectFrom("repositories")
    .select(["id", "instanceId"])
    .where("chosen", "=", true)
    .where("goneAt", "is", null)
    .where("isDisabled", "=", false)
    .where("scannedCommit", "is not", null)
    .where(sql<boolean>`coalesce(not starts_with(history_version, ${version})
      or right(history_version, ${unfinished.length}) = ${unfinished}, true)`)
    .orderBy("id")
    .execute();
}

/** Its history was read by that scanner, with these heads. */
export async function setHistoryVersion(db: Db, id: RepositoryId, historyVersion: string): Promise<void> {
  await db.updateTable("repositories").set({ historyVersion }).where("id", "=", id).execute();
}
