import { createHash } from "node:crypto";
import type { IssueId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import { tellIssues } from "#store/webhooks/told-issues.ts";
import { insertDeliveries, type NewDelivery } from "#store/webhooks/webhook-deliveries.ts";
import { listWebhooks } from "#store/webhooks/webhooks.ts";
import type { App } from "../app.ts";
import { askToDeliver } from "../jobs/ask.ts";
import type { AskedByPolicy, FollowAction } from "../policies/follow-actions.ts";
import { issueRows, listedIssues, repositoryOf } from "./gather-deliveries.ts";

/** What a policy notifies of: each issue once, however often it is applied. */
export const webhookByPolicy: FollowAction = async (app, tx, asked) => {
  const webhooks = (await listWebhooks(tx, asked.instanceId)).filter(
    ({ enabled, events }) => enabled && events.includes("policy"),
  );
  for (const webhook of webhooks) {
    const untold = await tellIssues(tx, webhook, asked.policy, asked.issues);
    if (untold.length === 0) continue;
    const added = await insertDeliveries(tx, webhook, [await deliveryOf(app, tx, asked, untold)], app.now());
    if (added.length > 0) await askToDeliver(app, tx, webhook);
  }
};

async function deliveryOf(
  app: App,
  tx: Db,
  { repositoryId, branch, verdict, policy }: AskedByPolicy,
  issues: readonly IssueId[],
): Promise<NewDelivery> {
  const hash = createHash("sha256")
    .update([...issues].sort().join("\n"))
    .digest("hex");
  const content = {
    ...{ policy, verdict, branch },
    repository: await repositoryOf(tx, repositoryId),
    total: issues.length,
    issues: await issueRows({ db: tx, publicUrl: app.publicUrl }, issues.slice(0, listedIssues)),
  };
  return { event: "policy", key: `policy ${policy} ${hash}`, content, at: app.now() };
}
