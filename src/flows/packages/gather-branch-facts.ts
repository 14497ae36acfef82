/** Asks registries about the packages of a branch where nothing is known of them, or not lately, and judges it by the answers. */
import { askedPackages } from "#knowledge/package-facts/asked-packages.ts";
import { gatherFacts } from "#knowledge/package-facts/gather-facts.ts";
import { listManifests } from "#store/packages/manifests.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askToJudge } from "../jobs/ask.ts";
import type { JobData } from "../jobs/queues.ts";

/** A job must end: what is left is asked about the next day. */
const budgetMilliseconds = 5 * 60_000;

export async function gatherBranchFacts(
  app: Pick<App, "db" | "jobs" | "knowledge" | "factsSources" | "log">,
  { instance: instanceId, repository: repositoryId, branch }: JobData["gather-facts"],
  signal: AbortSignal,
): Promise<void> {
  const sources = app.factsSources;
  if (!sources) return;
  const packages = askedPackages(await listManifests(app.db, repositoryId, branch));
  const { folder } = app.knowledge;
  const { problems, ...counts } = await gatherFacts({ packages, folder, sources, signal, budgetMilliseconds });
  for (const { source, message } of problems) app.log.warn({ source, reason: message }, "package facts not gathered");
  app.log.info({ repository: repositoryId, ...counts }, "package facts gathered");
  if (counts.gathered === 0) return;
  await inTransaction(app.db, (tx) => askToJudge(app, tx, { instanceId, repositoryId, branch }));
}
