/** Repositories whose history this scanner has not read: those that were there before it, and those where it was given up. */
import { secretsScanner } from "#scan/secrets/secrets-scanner.ts";
import { listUnreadHistories } from "#store/scans/read-histories.ts";
import type { App } from "../app.ts";
import { askForHistoryScan } from "../jobs/ask.ts";

export async function askForHistories(app: Pick<App, "db" | "jobs">): Promise<void> {
  for (const one of await listUnreadHistories(app.db, secretsScanner.version))
    await askForHistoryScan(app, app.db, one);
}
