/** What a person decided about a rule comes to the issues and pull requests that are there. Nothing is scanned again. */
import { branchesWithRule, reapplySettings } from "#store/issues/apply-branch-findings.ts";
import { getRuleSetting } from "#store/issues/rule-settings.ts";
import { notifyLive } from "#store/live.ts";
import { pullRequestsWithRule } from "#store/pull-requests/pull-request-findings.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askForFeedback } from "../jobs/ask.ts";
import type { JobData } from "../jobs/queues.ts";
import { applyPostureRule } from "../posture/apply-posture-rule.ts";
import { scoreBranch } from "../urgency/score-issues.ts";

export async function applyRuleSetting(
  app: Pick<App, "db" | "jobs" | "now">,
  { instance: instanceId, rule: ruleId }: JobData["apply-rule-setting"],
  signal: AbortSignal,
): Promise<void> {
  const by = (await getRuleSetting(app.db, instanceId, ruleId))?.changedBy;
  for (const branch of await branchesWithRule(app.db, instanceId, ruleId)) {
    signal.throwIfAborted();
    await inTransaction(app.db, async (tx) => {
      const at = app.now();
      await reapplySettings(tx, { ...branch, ruleId, at, by });
      await scoreBranch(tx, branch, { at, changed: { is: "nothing" } });
      await notifyLive(tx, { is: "issues-changed", instanceId, repositoryId: branch.repositoryId });
    });
  }
  await applyPostureRule(app, instanceId, ruleId);
  // Findings of pull requests are settled whenever they are read: only what was told there needs another look.
  const pullRequests = await pullRequestsWithRule(app.db, instanceId, ruleId);
  await inTransaction(app.db, async (tx) => {
    for (const pullRequest of pullRequests) {
      await askForFeedback(app, tx, pullRequest);
      const { repositoryId, number } = pullRequest;
      await notifyLive(tx, { is: "pull-request-changed", instanceId, repositoryId, number });
    }
  });
}
