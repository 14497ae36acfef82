import { createHash } from "node:crypto";
import { insertDeliveries } from "#store/webhooks/webhook-deliveries.ts";
import { listWebhooks } from "#store/webhooks/webhooks.ts";
import { askToDeliver } from "../jobs/ask.ts";
import type { FollowAction } from "../policies/follow-actions.ts";
import { issueRows, listedIssues, repositoryOf } from "./gather-deliveries.ts";

/** What a policy notifies of: the same issues once, however often it is applied. */
export const webhookByPolicy: FollowAction = async (app, tx, asked) => {
  const { instanceId, repositoryId, branch, verdict, policy, issues } = asked;
  const webhooks = (await listWebhooks(tx, instanceId)).filter(
    ({ enabled, events }) => enabled && events.includes("policy"),
  );
  if (webhooks.length === 0) return;
  const hash = createHash("sha256")
    .update([...issues].sort().join("\n"))
    .digest("hex");
  const content = {
    ...{ policy, verdict, branch },
    repository: await repositoryOf(tx, repositoryId),
    total: issues.length,
    issues: await issueRows({ db: tx, publicUrl: app.publicUrl }, issues.slice(0, listedIssues)),
  };
  const delivery = { event: "policy", key: `policy ${policy} ${hash}`, content, at: app.now() } as const;
  for (const webhook of webhooks) {
    const added = await insertDeliveries(tx, webhook, [delivery], app.now());
    if (added.length > 0) await askToDeliver(app, tx, webhook);
  }
};
