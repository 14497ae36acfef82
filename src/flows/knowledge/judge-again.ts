/** When the world knows more, or the judges are others, everything that is stored is judged again. Git is not asked. */
import { judgesVersion } from "#scan/judges-version.generated.ts";
import { notifyLive } from "#store/live.ts";
import { setKnowledgeVersion } from "#store/packages/knowledge-versions.ts";
import { branchesWithManifests } from "#store/packages/manifests.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askToJudge } from "../jobs/ask.ts";
import type { JobData } from "../jobs/queues.ts";
import { judgeBranch } from "../packages/judge-branch.ts";
import { scoreBranch } from "../urgency/score-issues.ts";

/**
 * Asks for a judgement of every branch if this copy of knowledge, or the judges, are not those that they were judged by.
 * Tells how many branches that are.
 */
export async function judgeIfNewer(
  app: Pick<App, "db" | "jobs" | "knowledge" | "now">,
  judges = judgesVersion,
): Promise<number> {
  const { place } = app.knowledge;
  const version = `${app.knowledge.status().version} ${judges}`;
  return inTransaction(app.db, async (tx) => {
    if (!(await setKnowledgeVersion(tx, { place, version, changedAt: app.now() }))) return 0;
    const branches = await branchesWithManifests(tx);
    for (const branch of branches) await askToJudge(app, tx, branch);
    return branches.length;
  });
}

export async function judgeStored(
  app: Pick<App, "db" | "knowledge" | "now">,
  { instance: instanceId, repository: repositoryId, branch }: JobData["judge-packages"],
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const [here, at] = [{ instanceId, repositoryId, branch }, app.now()];
    const { areChanged } = await judgeBranch(app, tx, here, { at });
    await scoreBranch(tx, here, { at, changed: { is: "nothing" } });
    if (areChanged) await notifyLive(tx, { is: "issues-changed", instanceId, repositoryId });
  });
}
