import type { Db } from "#store/database.ts";
import { organizationsWithWorkItems } from "#store/fixes/work-items.ts";
import type { App } from "../app.ts";
import { askToSyncWorkItems } from "../jobs/ask.ts";

/** Boards tells nothing by itself: people's changes are seen after so long. */
const lookMilliseconds = 5 * 60_000;

export function lookedBefore(now: Date): Date {
  return new Date(now.getTime() - lookMilliseconds);
}

/** Wherever an issue of a work item changed, or nobody has looked at it for a time. */
export async function askAboutWorkItems(app: Pick<App, "jobs" | "now">, db: Db): Promise<void> {
  const now = app.now();
  for (const organization of await organizationsWithWorkItems(db, now, lookedBefore(now))) {
    await askToSyncWorkItems(app, db, organization);
  }
}
