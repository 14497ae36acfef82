/** Starts pg-boss on our pool: its tables, its retries, its clean-up (of several processes one does it at a time). */
import { PgBoss } from "pg-boss";
import type { Logger } from "pino";
import type { Store } from "../open-store.ts";
import { prepareJobTables } from "./prepare-job-tables.ts";

export async function startBoss(store: Pick<Store, "db" | "pool">, log: Logger): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => store.pool.query(text, values) },
    schema: "pgboss",
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  });
  boss.on("error", (error) => log.warn({ err: error }, "job maintenance failed"));
  boss.on("warning", (warning) => log.warn({ warning: warning.message, data: warning.data }, "job maintenance warns"));
  await prepareJobTables(store.db, () => boss.start());
  return boss;
}

export async function stopBoss(boss: PgBoss): Promise<void> {
  await boss.stop({ graceful: false, close: false });
}
