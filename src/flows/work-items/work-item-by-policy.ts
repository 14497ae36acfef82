import type { FollowAction } from "../policies/follow-actions.ts";
import { askForWorkItems } from "./ask-for-work-items.ts";

/** What a policy asks for after a scan. What has a work item already is no news to anybody. */
export const workItemByPolicy: FollowAction = async (app, tx, { instanceId, repositoryId, policy, issues }) => {
  const askedBy = { is: "policy", policy } as const;
  const answers = await askForWorkItems(app, tx, { instanceId, repositoryId, issues, askedBy });
  for (const answer of answers) {
    if (answer.is === "refused") app.log.debug({ ...answer, policy, repositoryId }, "a policy's work item is not made");
  }
};
