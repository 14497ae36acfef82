/** Clears away what nobody needs any more, and ends exceptions whose time is over. */

import { deleteOldHookEvents } from "#store/hooks/hook-events.ts";
import { deleteExpiredDrafts } from "#store/instances/connection-drafts.ts";
import { deleteOldSpend } from "#store/instances/remote-spend.ts";
import { deleteExpiredSessions } from "#store/people/sessions.ts";
import { deleteExpiredAttempts } from "#store/people/sign-in-attempts.ts";
import { deleteUnusedSignIns } from "#store/people/sign-ins.ts";
import { deleteOldPipelineFiles } from "#store/posture/pipeline-files.ts";
import { deleteOldPreviews } from "#store/posture/pipeline-previews.ts";
import { deleteOldRunResults } from "#store/posture/posture-results.ts";
import { deleteOldBlobResults } from "#store/scans/blob-results.ts";
import { closeAbandonedScans } from "#store/scans/scans.ts";
import { deleteOldSurveys } from "#store/scans/surveys.ts";
import { clearDeliveries } from "#store/webhooks/webhook-deliveries.ts";
import type { App } from "../app.ts";
import { endDueExceptions } from "../exceptions/decide-exception.ts";
import { refreshFigures } from "../figures/refresh-figures.ts";

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
