/**
 * Makes what another scanner found issues of a branch, or findings of a pull request. What the same tool and category had
 * brought before is replaced; everything else stays. Refuses a pull request whose target is not known to this tool, because
 * nobody could tell what the pull request brings.
 */
import type { Finding } from "#model/finding.ts";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import { isSpan } from "#model/span.ts";
import type { ImportedAnalysis } from "#scan/sarif-import/read-sarif.ts";
import type { Db } from "#store/database.ts";
import { applyBranchFindings, type IssueChanges, lockIssues } from "#store/issues/apply-branch-findings.ts";
import { knownFingerprints, silencedFingerprints } from "#store/issues/known-fingerprints.ts";
import type { Branch } from "#store/issues/occurrences.ts";
import { notifyLive } from "#store/live.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { applyPullRequestFindings, listPullRequestFindings } from "#store/pull-requests/pull-request-findings.ts";
import { getPullRequest } from "#store/pull-requests/pull-requests.ts";
import {
  deleteImport,
  hasImport,
  type ImportRow,
  type ImportTarget,
  importedOccurrences,
  replaceImport,
} from "#store/scans/imports.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askForFeedback, askToApplyPolicies } from "../jobs/ask.ts";
import { scoreBranch } from "../urgency/score-issues.ts";

export interface GivenImport {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  /** For the audit log. */
  readonly repositoryName: string;
  readonly target: ImportTarget;
  readonly analyses: readonly ImportedAnalysis[];
  /** In place of what the file says. */
  readonly commit?: string | undefined;
  readonly by: string;
}

export type Imported =
  | { readonly is: "done"; readonly imports: readonly ImportRow[] }
  | { readonly is: "refused"; readonly because: string };

/** In one transaction: all of the file counts, or nothing. */
export async function applyImport(app: Pick<App, "db" | "jobs" | "now">, given: GivenImport): Promise<Imported> {
  const { instanceId, repositoryId, repositoryName, target, analyses, by } = given;
  return inTransaction(app.db, async (tx): Promise<Imported> => {
    const at = app.now();
    if (!(await lockIssues(tx, repositoryId))) return { is: "refused", because: "The repository is gone." };
    const imports: ImportRow[] = [];
    for (const analysis of analyses) {
      const done =
        target.is === "branch"
          ? await toBranch(tx, { instanceId, repositoryId, branch: target.ref }, { analysis, at })
          : await toPullRequest(tx, { repositoryId, number: target.number }, { analysis, at });
      if (typeof done === "string") throw new ImportRefused(done);
      const { tool, version, category, key, problems, results, skipped } = analysis;
      const counts = { results, skipped, ...done };
      const about = { tool, version, category, key, problems, commit: given.commit ?? analysis.commit };
      imports.push(await replaceImport(tx, { instanceId, repositoryId, target, ...about, at, by, counts }));
    }
    await tellOthers(app, tx, given);
    const subject = `${analyses.map(({ tool }) => tool).join(", ")} into ${repositoryName}`;
    await insertAuditEvent(tx, { actor: by, action: "results-imported", subject, instanceId, at, data: target });
    return { is: "done", imports };
  }).catch((error: unknown): Imported => {
    if (error instanceof ImportRefused) return { is: "refused", because: error.message };
    throw error;
  });
}

/** Takes the transaction back. */
class ImportRefused extends Error {
  override readonly name = "ImportRefused";
}

type Counts = Pick<ImportRow["counts"], "findings" | "silenced" | "known" | "opened" | "fixed">;

interface Bringing {
  readonly analysis: ImportedAnalysis;
  readonly at: Date;
}

async function toBranch(tx: Db, branch: Branch, { analysis, at }: Bringing): Promise<Counts> {
  const { key, isCut } = analysis;
  const before = await importedOccurrences(tx, branch, key);
  const given = isCut ? withFormer(analysis, before) : analysis;
  const isFirst = !(await hasImport(tx, branch.repositoryId, { is: "branch", ref: branch.branch }, key));
  const changes = await replaceOnBranch(tx, branch, { key, at, ...given });
  // What a first import brings was there before anybody looked, as with a first scan.
  const paths = given.findings.flatMap((finding) => (isSpan(finding.at) ? [finding.at.path] : []));
  const changed = isFirst ? ({ is: "nothing" } as const) : ({ is: "files", paths: new Set(paths) } as const);
  await scoreBranch(tx, branch, { at, changed });
  const { opened, reopened, fixed } = changes;
  const found = { findings: analysis.findings.length, silenced: analysis.silenced.length, known: 0 };
  return { ...found, opened: opened.length + reopened.length, fixed: fixed.length };
}

interface Found {
  readonly findings: readonly Finding[];
  readonly silenced: readonly SilencedFinding[];
}

/** An analysis that was cut off says nothing about what it does not report. */
function withFormer(analysis: Found, before: Awaited<ReturnType<typeof importedOccurrences>>): Found {
  const { findings, silenced } = analysis;
  const seen = new Set([...findings, ...silenced.map((one) => one.finding)].map(({ fingerprint }) => fingerprint));
  const left = before.filter(({ finding }) => !seen.has(finding.fingerprint));
  return {
    findings: [...findings, ...left.flatMap(({ finding, skip }) => (skip ? [] : [finding]))],
    silenced: [
      ...silenced,
      ...left.flatMap(({ finding, skip }) => (skip ? [{ ...skip, finding, by: "configuration" as const }] : [])),
    ],
  };
}

function replaceOnBranch(
  tx: Db,
  branch: Branch,
  { key: importKey, at, findings, silenced }: Found & { readonly key: string; readonly at: Date },
): Promise<IssueChanges> {
  return applyBranchFindings(tx, { ...branch, importKey, at, replaced: "all", findings, silenced });
}

interface OfPullRequest {
  readonly repositoryId: RepositoryId;
  readonly number: number;
}

/** Gives why not, in words. */
async function toPullRequest(
  tx: Db,
  { repositoryId, number }: OfPullRequest,
  { analysis, at }: Bringing,
): Promise<Counts | string> {
  const { key, isCut, tool } = analysis;
  const pullRequest = await getPullRequest(tx, repositoryId, number);
  if (!pullRequest) return `Pull request ${number} is not known here: it is as soon as it was scanned.`;
  if (pullRequest.state !== "active") return `Pull request ${number} is ${pullRequest.state}.`;
  const { targetRef } = pullRequest;
  if (!(await hasImport(tx, repositoryId, { is: "branch", ref: targetRef }, key))) {
    const branch = targetRef.replace(/^refs\/heads\//, "");
    return `What ${tool} finds on ${branch} is not known here, so nobody can tell what the pull request brings. Import its results for ${branch} first, in the same category.`;
  }
  const onTarget = await knownFingerprints(tx, repositoryId, targetRef);
  const hidden = await silencedFingerprints(tx, repositoryId, targetRef);
  const isNew = ({ fingerprint }: Finding) => !onTarget.has(fingerprint) && !hidden.has(fingerprint);
  const brought: Found = {
    findings: analysis.findings.filter(isNew),
    silenced: analysis.silenced.filter(({ finding }) => isNew(finding)),
  };
  const former = isCut ? await formerOf(tx, { repositoryId, number }, key) : [];
  const { findings, silenced } = isCut ? withFormer(brought, former) : brought;
  const unique = [...new Map(findings.map((finding) => [finding.fingerprint, finding])).values()];
  const shown = new Set(unique.map(({ fingerprint }) => fingerprint));
  const hiddenOnes = silenced.filter(({ finding }) => !shown.has(finding.fingerprint));
  const given = { repositoryId, number, findings: unique, silenced: hiddenOnes, at, importKey: key };
  const { appeared, gone } = await applyPullRequestFindings(tx, given);
  const counts = { findings: unique.length, silenced: hiddenOnes.length, opened: appeared.length, fixed: gone.length };
  return { ...counts, known: analysis.findings.length - brought.findings.length };
}

async function formerOf(tx: Db, { repositoryId, number }: OfPullRequest, key: string) {
  const all = await listPullRequestFindings(tx, repositoryId, number);
  return all.flatMap(({ fingerprint, finding, state, skip = null }) =>
    state !== "fixed" && fingerprint.startsWith(key) ? [{ finding, skip }] : [],
  );
}

async function tellOthers(
  app: Pick<App, "jobs">,
  tx: Db,
  { instanceId, repositoryId, target }: Pick<GivenImport, "instanceId" | "repositoryId" | "target">,
): Promise<void> {
  if (target.is === "branch") {
    await askToApplyPolicies(app, tx, { instanceId, repositoryId, branch: target.ref }, "push");
    await notifyLive(tx, { is: "issues-changed", instanceId, repositoryId });
    return;
  }
  const { number } = target;
  await askForFeedback(app, tx, { instanceId, repositoryId, number });
  await notifyLive(tx, { is: "pull-request-changed", instanceId, repositoryId, number });
}

/** Ends an import: what it brought counts as fixed. */
export async function endImport(
  app: Pick<App, "db" | "jobs" | "now">,
  row: ImportRow,
  { by, repositoryName }: { readonly by: string; readonly repositoryName: string },
): Promise<void> {
  const { id, instanceId, repositoryId, branch, number, key, tool } = row;
  const at = app.now();
  const nothing = { findings: [], silenced: [] };
  await inTransaction(app.db, async (tx) => {
    if (!(await lockIssues(tx, repositoryId))) return;
    if (branch !== undefined) {
      const place = { instanceId, repositoryId, branch };
      await replaceOnBranch(tx, place, { key, at, ...nothing });
      await scoreBranch(tx, place, { at, changed: { is: "nothing" } });
      await tellOthers(app, tx, { instanceId, repositoryId, target: { is: "branch", ref: branch } });
    } else if (number !== undefined) {
      await applyPullRequestFindings(tx, { repositoryId, number, ...nothing, at, importKey: key });
      await tellOthers(app, tx, { instanceId, repositoryId, target: { is: "pull-request", number } });
    }
    await deleteImport(tx, id);
    const subject = `${tool} in ${repositoryName}`;
    await insertAuditEvent(tx, { actor: by, action: "import-deleted", subject, instanceId, at });
  });
}
