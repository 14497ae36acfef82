import type { RepositoryId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import { listLiveFixes } from "#store/fixes/fixes.ts";
import type { App } from "../app.ts";
import { askToMakeFix } from "../jobs/ask.ts";

/**
 * Something happened that fixes under way may have to do with: a branch was scanned, a pull request was closed. Without a
 * repository: of all, because news may have been lost.
 */
export async function askAboutFixes(
  app: Pick<App, "jobs">,
  tx: Db,
  of: { readonly repositoryId?: RepositoryId; readonly pullRequest?: number } = {},
): Promise<void> {
  const { repositoryId, pullRequest } = of;
  for (const fix of await listLiveFixes(tx, repositoryId)) {
    const isMeant = pullRequest === undefined || [fix.pullRequest, fix.forPullRequest].includes(pullRequest);
    if (isMeant) await askToMakeFix(app, tx, fix);
  }
}
