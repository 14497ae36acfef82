/** When the world knows more, everything that is stored is judged again. Git is not asked. */
import { setKnowledgeVersion } from "#store/knowledge-versions.ts";
import { notifyLive } from "#store/live.ts";
import { branchesWithManifests } from "#store/manifests.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askToJudge } from "../ask.ts";
import { judgeBranch } from "../packages/judge-branch.ts";
import type { JobData } from "../queues.ts";

/** Asks for a judgement of every branch if this copy of knowledge is not the one that they were judged by. */
export async function judgeIfNewer(app: Pick<App, "db" | "jobs" | "knowledge" | "now">): Promise<void> {
  const { place } = app.knowledge;
  const { version } = app.knowledge.status();
  await inTransaction(app.db, async (tx) => {
    if (!(await setKnowledgeVersion(tx, { place, version, changedAt: app.now() }))) return;
    for (const branch of await branchesWithManifests(tx)) await askToJudge(app, tx, branch);
  });
}

export async function judgeStored(
  app: Pick<App, "db" | "knowledge" | "now">,
  { instance: instanceId, repository: repositoryId, branch }: JobData["judge-packages"],
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const { areChanged } = await judgeBranch(app, tx, { instanceId, repositoryId, branch }, { at: app.now() });
    if (areChanged) await notifyLive(tx, { is: "issues-changed", instanceId, repositoryId });
  });
}
