/** Asks for looks at secrets that are due, in instances whose people allowed some provider to be asked. */
import type { InstanceId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import { instancesWithLiveChecks } from "#store/secrets/live-check-settings.ts";
import type { App } from "../app.ts";
import { askToCheckSecrets } from "../jobs/ask.ts";

export async function askForLiveChecks(app: Pick<App, "db" | "jobs">): Promise<void> {
  for (const instance of await instancesWithLiveChecks(app.db)) await askToCheckSecrets(app, app.db, { instance });
}

/** After a scan: there may be secrets that nobody asked about. */
export async function askForLiveChecksOf(app: Pick<App, "jobs">, tx: Db, instance: InstanceId): Promise<void> {
  const allowed = await instancesWithLiveChecks(tx);
  if (allowed.includes(instance)) await askToCheckSecrets(app, tx, { instance });
}
