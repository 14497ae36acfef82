/** Replies that may be commands: whether the organization can tell of them, and where nobody does, a look at the threads. */
import { listEventTypes } from "#azure-devops/subscriptions.ts";
import type { SubscribedEventType } from "#model/hook-event.ts";
import type { ProjectId } from "#model/ids.ts";
import type { HookSubscription } from "#store/hooks/hook-subscriptions.ts";
import { pullRequestsToListenTo } from "#store/pull-requests/pull-requests-to-listen-to.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askToObeyComment } from "../jobs/ask.ts";
import { remoteAnswer } from "../remote-answer.ts";
import type { SyncContext } from "./sync-context.ts";

export const commentEvent: SubscribedEventType = "ms.vss-code.git-pullrequest-comment-event";

/** Asked only until there is a hook: older servers do not know the event. */
export async function offersComments(
  { client }: Pick<SyncContext, "client">,
  rows: readonly HookSubscription[],
): Promise<boolean> {
  if (rows.some(({ eventType, status }) => eventType === commentEvent && status === "enabled")) return true;
  const answer = await remoteAnswer(() => listEventTypes(client));
  // What cannot be asked is tried: then the answer to the hook tells.
  return answer.is === "no" || answer.value.includes(commentEvent);
}

/** Each costs one call. */
const mostPullRequests = 100;

/** Active pull requests in which we wrote, the ones that changed last first; `unheard`: projects that may have missed something. */
export async function lookForCommands(
  app: App,
  { organization }: Pick<SyncContext, "organization">,
  unheard: ReadonlySet<ProjectId>,
): Promise<void> {
  const found = await pullRequestsToListenTo(app.db, {
    ...{ organizationId: organization.id, eventType: commentEvent, unheard: [...unheard], limit: mostPullRequests },
  });
  await inTransaction(app.db, async (tx) => {
    for (const pullRequest of found) await askToObeyComment(app, tx, pullRequest);
  });
}
