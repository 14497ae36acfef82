/**
 * What policies ask for beside blocking and commenting, for issues of a branch: each action is one function, which may be
 * called twice about the same issues. Actions without one are in the verdict, and nothing else follows.
 */
import type { InstanceId, IssueId, RepositoryId, VerdictId } from "#model/ids.ts";
import type { PolicyAction } from "#model/policy.ts";
import type { Db } from "#store/database.ts";
import type { App } from "../app.ts";
import { fixByPolicy } from "../fixes/fix-by-policy.ts";
import { webhookByPolicy } from "../webhooks/webhook-by-policy.ts";
import { workItemByPolicy } from "../work-items/work-item-by-policy.ts";

export interface AskedByPolicy {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  /** The full name of its ref. */
  readonly branch: string;
  readonly verdict: VerdictId;
  /** The id of the policy that asks. */
  readonly policy: string;
  readonly issues: readonly IssueId[];
}

export type FollowAction = (app: App, tx: Db, asked: AskedByPolicy) => Promise<void>;

const functions: Readonly<Partial<Record<PolicyAction, FollowAction>>> = {
  fix: fixByPolicy,
  "work-item": workItemByPolicy,
  webhook: webhookByPolicy,
};

export async function followActions(
  app: App,
  tx: Db,
  about: Omit<AskedByPolicy, "policy" | "issues">,
  asked: readonly { readonly action: PolicyAction; readonly policy: string; readonly issue: IssueId }[],
): Promise<void> {
  for (const [action, ofAction] of Map.groupBy(asked, (one) => one.action)) {
    const follow = functions[action];
    if (!follow) continue;
    for (const [policy, ofPolicy] of Map.groupBy(ofAction, (one) => one.policy)) {
      await follow(app, tx, { ...about, policy, issues: ofPolicy.map(({ issue }) => issue) });
    }
  }
}
