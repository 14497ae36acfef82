/** Runs a function in a transaction; inside one already, it just joins it. */
import type { Db } from "./database.ts";

export async function inTransaction<T>(db: Db, run: (tx: Db) => Promise<T>): Promise<T> {
  return db.isTransaction ? run(db) : db.transaction().execute(run);
}
