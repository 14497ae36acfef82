/** Clears away what nobody needs any more, and ends exceptions whose time is over. */
import { deleteOldBlobResults } from "#store/blob-results.ts";
import { deleteExpiredDrafts } from "#store/connection-drafts.ts";
import { deleteOldHookEvents } from "#store/hook-events.ts";
import { deleteOldPipelineFiles } from "#store/pipeline-files.ts";
import { deleteOldPreviews } from "#store/pipeline-previews.ts";
import { deleteOldRunResults } from "#store/posture-results.ts";
import { deleteOldSpend } from "#store/remote-spend.ts";
import { closeAbandonedScans } from "#store/scans.ts";
import { deleteExpiredSessions } from "#store/sessions.ts";
import { deleteExpiredAttempts } from "#store/sign-in-attempts.ts";
import { deleteUnusedSignIns } from "#store/sign-ins.ts";
import { deleteOldSurveys } from "#store/surveys.ts";
import { clearDeliveries } from "#store/webhook-deliveries.ts";
import type { App } from "./app.ts";
import { endDueExceptions } from "./exceptions/decide-exception.ts";
import { refreshFigures } from "./figures/refresh-figures.ts";

const day = 24 * 60 * 60_000;
const keptResultDays = 60;
const keptEventDays = 30;
const keptSpendDays = 30;

export async function maintain(app: App): Promise<void> {
  const now = app.now();
  const daysAgo = (days: number) => new Date(now.getTime() - days * day);
  await deleteExpiredSessions(app.db, now);
  await deleteExpiredDrafts(app.db, now);
  await deleteExpiredAttempts(app.db, now);
  await deleteUnusedSignIns(app.db, daysAgo(1));
  await deleteOldSpend(app.db, daysAgo(keptSpendDays));
  await endDueExceptions(app);
  await refreshFigures(app);
  await closeAbandonedScans(app.db, daysAgo(1));
  await deleteOldHookEvents(app.db, daysAgo(keptEventDays));
  await clearDeliveries(app.db, daysAgo(keptEventDays));
  await deleteOldBlobResults(app.db, daysAgo(keptResultDays));
  await deleteOldSurveys(app.db, daysAgo(keptResultDays));
  await deleteOldPipelineFiles(app.db, daysAgo(keptEventDays));
  await deleteOldPreviews(app.db, daysAgo(keptEventDays));
  await deleteOldRunResults(app.db, daysAgo(keptEventDays));
}
