/** Says `pending` on the iteration at once, so that nobody merges in the belief that nothing looks. */
import { getPullRequest } from "#store/pull-requests/pull-requests.ts";
import type { App } from "../app.ts";
import { postOwnStatus } from "../give-feedback/pull-request-status.ts";
import { isLetThrough } from "../policies/judge-unfinished.ts";
import type { CurrentPullRequest } from "./read-pull-request.ts";

export async function announceScan(
  app: App,
  { client, repository, iteration, pullRequest }: CurrentPullRequest,
): Promise<void> {
  const row = await getPullRequest(app.db, repository.id, pullRequest.number);
  // A scan that failed for good is tried again every few minutes; each time a line that says so would be noise.
  if (row?.postedState === "error" && row.postedIteration === iteration.id) return;
  if (row && isLetThrough(row, iteration.id)) return;
  await postOwnStatus(app, client, {
    repositoryId: repository.id,
    number: pullRequest.number,
    iteration: iteration.id,
    state: "pending",
    description: "Looking for security problems",
  });
}
