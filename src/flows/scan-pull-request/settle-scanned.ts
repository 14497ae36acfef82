/** An update that brought no new commits (a vote, a reviewer, a status) needs no scan; feedback that is still owed is asked for. */
import type { Because } from "#model/scan.ts";
import { getPullRequest } from "#store/pull-requests/pull-requests.ts";
import type { App } from "../app.ts";
import { askForFeedback } from "../jobs/ask.ts";
import type { CurrentPullRequest } from "./read-pull-request.ts";

/** True if the latest iteration is scanned already. */
export async function settleScanned(app: App, current: CurrentPullRequest, because: Because): Promise<boolean> {
  const { pullRequest, iteration, repository } = current;
  const row = await getPullRequest(app.db, repository.id, pullRequest.number);
  const isScanned = row?.scannedIteration === iteration.id && row.scannedCommit === iteration.sourceCommit;
  if (!isScanned || because.is === "person") return false;
  if (row.postedIteration !== row.scannedIteration || row.postedState === "pending") {
    await askForFeedback(app, app.db, { ...pullRequest, instanceId: repository.instanceId });
  }
  return true;
}
