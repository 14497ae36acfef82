import type { FixWish } from "#flows/fixes/ask-for-fix.ts";
import type { IssueId, RepositoryId } from "#model/ids.ts";
import { getIssue } from "#store/issues/issues.ts";
import { getPullRequestOverview } from "#store/pull-requests/pull-requests.ts";
import type { Parts } from "../api-server.ts";
import { notFound } from "../problem-error.ts";
import type { Viewer } from "../viewer.ts";
import type { WishBody } from "./contract.ts";

/** One for each repository, in the order of their ids: who asks at the same time waits for them in that order. What the viewer may not see is not there. */
export async function wishesOf(
  { app }: Parts,
  { scope }: Viewer,
  body: WishBody,
): Promise<readonly Omit<FixWish, "askedBy">[]> {
  if ("repositoryId" in body) {
    const { pullRequest, fingerprints } = body;
    const repositoryId = body.repositoryId as RepositoryId;
    const row = await getPullRequestOverview(app.db, scope, repositoryId, pullRequest);
    if (!row) throw notFound("pull request");
    return [{ instanceId: row.instanceId, repositoryId, pullRequest, fingerprints }];
  }
  const wishes = new Map<RepositoryId, Omit<FixWish, "askedBy">>();
  for (const id of new Set(body.issues)) {
    const issue = await getIssue(app.db, scope, id as IssueId);
    if (!issue) throw notFound("issue");
    const { instanceId, repositoryId, finding } = issue;
    const fingerprints = [...(wishes.get(repositoryId)?.fingerprints ?? []), finding.fingerprint];
    wishes.set(repositoryId, { instanceId, repositoryId, fingerprints });
  }
  return [...wishes.values()].sort((a, b) => (a.repositoryId < b.repositoryId ? -1 : 1));
}
