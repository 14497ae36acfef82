/** Clears away what nobody needs any more, and ends dismissals whose time is over. */
import { deleteOldBlobResults } from "#store/blob-results.ts";
import { deleteExpiredDrafts } from "#store/connection-drafts.ts";
import { endDismissals } from "#store/dismiss-issue.ts";
import { deleteOldHookEvents } from "#store/hook-events.ts";
import { closeAbandonedScans } from "#store/scans.ts";
import { deleteExpiredSessions } from "#store/sessions.ts";
import type { App } from "./app.ts";

const day = 24 * 60 * 60_000;
const keptResultDays = 60;
const keptEventDays = 30;

export async function maintain(app: App): Promise<void> {
  const now = app.now();
  const daysAgo = (days: number) => new Date(now.getTime() - days * day);
  await deleteExpiredSessions(app.db, now);
  await deleteExpiredDrafts(app.db, now);
  await endDismissals(app.db, now);
  await closeAbandonedScans(app.db, daysAgo(1));
  await deleteOldHookEvents(app.db, daysAgo(keptEventDays));
  await deleteOldBlobResults(app.db, daysAgo(keptResultDays));
}
