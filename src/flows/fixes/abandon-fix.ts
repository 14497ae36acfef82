/** A person wants a fix no more: its pull request is abandoned, and its branch goes if nobody else pushed to it. */
import { type Fix, isLiveFix } from "#model/fix.ts";
import type { App } from "../app.ts";
import { openOrganization } from "../instances/open-organization.ts";
import { findScannableRepository } from "../repositories/find-scannable-repository.ts";
import { closeFix } from "./close-fix.ts";
import { endFix } from "./record-fix.ts";

/** False if it is over already. */
export async function abandonFix(app: App, fix: Fix, by: string): Promise<boolean> {
  if (!isLiveFix(fix.state)) return false;
  const end = { state: "closed-by-people", reason: `${by} abandoned it in Sallyport.` } as const;
  const repository = await findScannableRepository(app, fix.repositoryId);
  if (!repository || (fix.pullRequest === undefined && fix.headCommit === undefined)) {
    await endFix(app, fix, end);
    return true;
  }
  const client = await openOrganization(app, repository.organizationId, "pull-request");
  await closeFix(app, { client, repository, fix }, end);
  return true;
}
