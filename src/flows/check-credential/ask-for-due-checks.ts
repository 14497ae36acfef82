/** Asks for what is due: each credential once a day, and dead ones every time, for they may work again without a word. */
import { listCredentialsToCheck } from "#store/people/credentials.ts";
import type { App } from "../app.ts";
import { askForCredentialCheck } from "../jobs/ask.ts";

const day = 24 * 60 * 60_000;

export async function askForDueChecks(app: Pick<App, "db" | "jobs" | "now">): Promise<void> {
  const due = await listCredentialsToCheck(app.db, new Date(app.now().getTime() - day));
  for (const credential of due) await askForCredentialCheck(app, app.db, credential);
}
