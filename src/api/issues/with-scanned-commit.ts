/** The commit that an issue's places are of: the one its branch was scanned at, if that is the branch scanned last. */
import { readScannedState } from "#flows/scan-repository/scanned-state.ts";
import type { Repository } from "#model/repository.ts";
import type { Db } from "#store/database.ts";
import type { IssueDetail } from "#store/issues.ts";
import { getRepository } from "#store/repositories.ts";

export async function withScannedCommit(db: Db, issue: IssueDetail): Promise<IssueDetail> {
  if (issue.scannedCommit !== undefined) return issue;
  // Beside the ref the flows keep which scanners looked at it, so the store cannot compare it with a branch.
  const repository: (Repository & { readonly scannedRef?: string }) | undefined = await getRepository(
    db,
    issue.repositoryId,
  );
  if (repository?.scannedRef === undefined || repository.scannedCommit === undefined) return issue;
  if (readScannedState(repository.scannedRef).ref !== issue.branch) return issue;
  return { ...issue, scannedCommit: repository.scannedCommit };
}
