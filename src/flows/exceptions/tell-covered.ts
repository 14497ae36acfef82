/** What an exception that begins or ends changes for others: open pull requests hear of it without another push, consoles at once. */
import type { InstanceId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import type { Covered } from "#store/exceptions/cover-findings.ts";
import { notifyLive } from "#store/live.ts";
import type { App } from "../app.ts";
import { askForFeedback } from "../jobs/ask.ts";

export async function tellCovered(
  app: Pick<App, "jobs">,
  tx: Db,
  instanceId: InstanceId,
  { issues, pullRequests }: Covered,
): Promise<void> {
  for (const repositoryId of new Set(issues.map((issue) => issue.repositoryId))) {
    await notifyLive(tx, { is: "issues-changed", instanceId, repositoryId });
  }
  for (const pullRequest of pullRequests) {
    await askForFeedback(app, tx, pullRequest);
    const { repositoryId, number } = pullRequest;
    await notifyLive(tx, { is: "pull-request-changed", instanceId, repositoryId, number });
  }
}
