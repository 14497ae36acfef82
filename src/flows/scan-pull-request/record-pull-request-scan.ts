/** Writes what a pull request's scan found out, with the job that tells it to the people there, in one transaction. */
import type { Finding } from "#model/finding.ts";
import { isSpan } from "#model/span.ts";
import { notifyLive } from "#store/live.ts";
import { applyPullRequestFindings } from "#store/pull-requests/pull-request-findings.ts";
import { setPullRequestScan } from "#store/pull-requests/pull-requests.ts";
import { finishScan } from "#store/scans/scans.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askAboutFixes } from "../fixes/ask-about-fixes.ts";
import { onlyInCommits } from "../give-feedback/only-in-commits.ts";
import { askForFeedback } from "../jobs/ask.ts";
import { askForLiveChecksOf } from "../live-checks/ask-for-live-checks.ts";
import { judgeExpiredOf } from "../live-checks/judge-expired.ts";
import { endOfScan } from "../scan-repository/end-of-scan.ts";
import type { BegunScan } from "../scan-repository/recorded-scan.ts";
import { isUnjudgedBy } from "../scan-tree/is-unjudged-by.ts";
import type { Introduced } from "./find-introduced.ts";
import type { CurrentPullRequest } from "./read-pull-request.ts";

export async function recordPullRequestScan(
  app: App,
  done: { readonly scan: BegunScan; readonly current: CurrentPullRequest; readonly introduced: Introduced },
): Promise<void> {
  const { scan, introduced } = done;
  const { repository, iteration, pullRequest } = done.current;
  const { id: repositoryId, instanceId } = repository;
  const { number } = pullRequest;
  const at = app.now();
  await inTransaction(app.db, async (tx) => {
    const end = endOfScan(scan, introduced.files, introduced.result, at);
    // False if another process took this scan over while this one was thought dead: then that one's result counts.
    if (!(await finishScan(tx, scan.id, end))) return;
    const { findings, silenced } = introduced;
    const isUnknown = unknownAfter(introduced);
    await applyPullRequestFindings(tx, { repositoryId, number, findings, silenced, at, isUnknown });
    await setPullRequestScan(tx, repositoryId, number, {
      scanId: scan.id,
      iteration: iteration.id,
      commit: iteration.sourceCommit,
      outcome: end.outcome,
    });
    await askForFeedback(app, tx, { repositoryId, instanceId, number });
    await judgeExpiredOf(app, tx, { instanceId, findings });
    if (findings.some(({ rule }) => rule.startsWith("secrets/"))) await askForLiveChecksOf(app, tx, instanceId);
    await askAboutFixes(app, tx, { repositoryId, pullRequest: number });
    await notifyLive(tx, { is: "scan-changed", scanId: scan.id, instanceId, repositoryId });
    await notifyLive(tx, { is: "pull-request-changed", instanceId, repositoryId, number });
  });
}

/** What was found before and could not be looked for now is neither there nor solved. */
function unknownAfter({ result: { unjudged = [] }, missedInCommits: missed }: Introduced) {
  const isUnjudged = isUnjudgedBy(unjudged);
  return (finding: Finding): boolean => {
    if (onlyInCommits(finding) === undefined) return isUnjudged(finding);
    return missed === "all" || (isSpan(finding.at) && missed.has(finding.at.path));
  };
}
