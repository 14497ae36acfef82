/**
 * What the policies make of the issues of a branch: after a scan of those that changed, once a day of all that are open,
 * because time alone makes some of them older. A verdict is kept for each portion that was looked at.
 */
import type { Policy, PolicyTrigger } from "#model/policy.ts";
import { decidePrepared } from "#scan/policies/decide-policies.ts";
import { preparePolicies } from "#scan/policies/prepare-policies.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { listScannedBranches } from "#store/instances/scanned-branches.ts";
import { type BranchSubject, branchSubjects, portion } from "#store/issues/branch-subjects.ts";
import { keepPolicySet } from "#store/policies/policy-sets.ts";
import { insertVerdict, lastJudged, type NewVerdict } from "#store/policies/verdicts.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askToApplyPolicies } from "../jobs/ask.ts";
import type { JobData } from "../jobs/queues.ts";
import { scannersOf } from "../scan-repository/scanners-version.ts";
import { followActions } from "./follow-actions.ts";
import { policiesInForce } from "./policies-in-force.ts";
import { findPolicyPlace } from "./policy-place.ts";

/** What was written while the last verdict was made may bear an earlier time. */
const overlapMilliseconds = 60_000;

/** Once a day, wherever some policy asks for it. */
export async function askToApplyAll(app: Pick<App, "db" | "jobs">): Promise<void> {
  const branches = await listScannedBranches(app.db);
  for (const [instanceId, ofInstance] of Map.groupBy(branches, (branch) => branch.instanceId)) {
    const { policies } = await policiesInForce(app.db, instanceId);
    if (!policies.some((policy) => asksAt(policy, "schedule"))) continue;
    for (const branch of ofInstance) await askToApplyPolicies(app, app.db, branch, "schedule");
  }
}

function asksAt({ enabled, triggers }: Policy, trigger: PolicyTrigger): boolean {
  return enabled && triggers.includes(trigger);
}

export async function applyPolicies(app: App, job: JobData["apply-policies"], signal: AbortSignal): Promise<void> {
  const { repository: repositoryId, branch, trigger } = job;
  const repository = await getRepository(app.db, repositoryId);
  if (!repository) return;
  const { instanceId } = repository;
  const { policies, version: policiesVersion } = await policiesInForce(app.db, instanceId);
  if (!policies.some((policy) => asksAt(policy, trigger))) return;
  const place = await findPolicyPlace(app.db, repositoryId, { ref: branch, trigger });
  if (!place) return;
  const now = app.now();
  const since = trigger === "push" ? await lastJudged(app.db, { repositoryId, branch }, trigger) : undefined;
  const changedSince = since && new Date(since.getTime() - overlapMilliseconds);
  const prepared = preparePolicies(policies);
  await keepPolicySet(app.db, { instanceId, version: policiesVersion, policies, since: now });
  for await (const subjects of branchSubjects(app.db, { instanceId, repositoryId, branch }, { changedSince })) {
    signal.throwIfAborted();
    const verdict = decidePrepared(prepared, place, subjects, now);
    const matched = new Set(verdict.matches.map(({ fingerprint }) => fingerprint));
    const deciding = subjects.filter(({ finding }) => matched.has(finding.fingerprint));
    await record(app, deciding, {
      ...{ ...verdict, instanceId, repositoryId, branch, trigger, policiesVersion },
      commit: repository.scannedCommit ?? "",
      scannersVersion: scannersOf(repository),
      knowledgeVersion: app.knowledge.status().version,
      facts: {
        ...{ place, subjects: deciding.map(({ issue: _issue, ...subject }) => subject), now },
        ...(subjects.length === portion && { isPart: true }),
      },
      at: now,
    });
  }
}

async function record(
  app: App,
  subjects: readonly BranchSubject[],
  verdict: NewVerdict & { readonly branch: string },
): Promise<void> {
  const { instanceId, repositoryId, branch, matches } = verdict;
  const issues = new Map(subjects.map(({ finding, issue }) => [finding.fingerprint, issue]));
  await inTransaction(app.db, async (tx) => {
    const id = await insertVerdict(tx, verdict);
    const asked = matches.flatMap(({ fingerprint, actions }) => {
      const issue = issues.get(fingerprint);
      return issue ? actions.map((action) => ({ ...action, issue })) : [];
    });
    await followActions(app, tx, { instanceId, repositoryId, branch, verdict: id }, asked);
  });
}
