/** Says `pending` on the iteration at once, so that nobody merges in the belief that nothing looks. */
import type { App } from "../app.ts";
import { postOwnStatus } from "../pull-request-status.ts";
import type { CurrentPullRequest } from "./read-pull-request.ts";

export async function announceScan(
  app: App,
  { client, repository, iteration, pullRequest }: CurrentPullRequest,
): Promise<void> {
  await postOwnStatus(app, client, {
    repositoryId: repository.id,
    number: pullRequest.number,
    iteration: iteration.id,
    state: "pending",
    description: "Looking for exposed secrets",
  });
}
