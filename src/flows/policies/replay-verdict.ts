/**
 * Comes to a verdict again from what was kept with it, and says whether it is the same: the policies of then decide about
 * the facts of then. Where the commit is still there and the scanners are those of then, it is scanned again, too.
 */
import type { RepositoryId, VerdictId } from "#model/ids.ts";
import type { Policy } from "#model/policy.ts";
import type { Problem } from "#model/scan-result.ts";
import type { Verdict } from "#model/verdict.ts";
import { packageJudges } from "#scan/packages/package-judges.ts";
import { decidePolicies } from "#scan/policies/decide-policies.ts";
import { unfinishedVerdict } from "#scan/policies/unfinished-verdict.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { getPolicySet } from "#store/policies/policy-sets.ts";
import { getVerdict, type VerdictRow } from "#store/policies/verdicts.ts";
import type { App } from "../app.ts";
import { isUnread, readUnread } from "../give-feedback/read-unread.ts";
import { findIntroduced } from "../scan-pull-request/find-introduced.ts";
import { scannersVersion } from "../scan-repository/scanners-version.ts";
import { policiesVersion } from "./policies-in-force.ts";

export type Replayed =
  | { readonly is: "unknown" }
  | {
      readonly is: "replayed";
      readonly verdict: VerdictRow;
      /** What the scan of then could not examine; absent if it was whole, or is not kept any more. */
      readonly unread?: readonly Problem[];
      /** In words; empty: the decision is the same. */
      readonly differences: readonly string[];
      readonly scan: ReplayedScan;
    };

export type ReplayedScan =
  | { readonly is: "skipped"; readonly because: string }
  /** `missing`: fingerprints that were decided about and are not found any more. `unread`: what could not be examined now. */
  | {
      readonly is: "scanned";
      readonly found: number;
      readonly missing: readonly string[];
      readonly unread: readonly Problem[];
    };

export async function replayVerdict(app: App, id: VerdictId, signal: AbortSignal): Promise<Replayed> {
  const verdict = await getVerdict(app.db, { is: "everything" }, id);
  if (!verdict) return { is: "unknown" };
  const policies = await getPolicySet(app.db, verdict.instanceId, verdict.policiesVersion);
  const differences = policies ? decideAgain(verdict, policies) : ["The policies of then are not kept any more."];
  const unread = verdict.scanId && (await readUnread(app, verdict.scanId));
  const scan = await scanAgain(app, verdict, signal);
  return { is: "replayed", verdict, ...(unread && { unread }), differences, scan };
}

function decideAgain(verdict: VerdictRow, policies: readonly Policy[]): readonly string[] {
  const differences: string[] = [];
  if (policiesVersion(policies) !== verdict.policiesVersion) {
    differences.push("The policies that are kept are not those that the verdict names.");
  }
  const again = decide(verdict, policies);
  if (!again) return [...differences, "Nothing would be decided yet: the scan would be waited for."];
  for (const part of ["outcome", "decidedBy", "matches"] as const) {
    if (canonical(again[part]) === canonical(verdict[part])) continue;
    differences.push(`${wordOf[part]}: it was ${describe(verdict, part)}, and is ${describe(again, part)} now.`);
  }
  return differences;
}

const wordOf = { outcome: "Outcome", decidedBy: "Deciding policies", matches: "Matches" } as const;

function decide({ facts }: VerdictRow, policies: readonly Policy[]): Verdict | undefined {
  const { place, subjects, now, minutesWaited } = facts;
  if (minutesWaited === undefined) return decidePolicies(policies, place, subjects, now);
  const answer = unfinishedVerdict(policies, place, minutesWaited);
  return answer.is === "decided" ? answer.verdict : undefined;
}

function describe(verdict: Verdict, part: keyof typeof wordOf): string {
  if (part === "outcome") return verdict.outcome;
  if (part === "decidedBy") return verdict.decidedBy.join(", ") || "none";
  return `${verdict.matches.length} findings (${canonical(verdict.matches).slice(0, 200)})`;
}

/** Objects with their fields in order: the database has an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

async function scanAgain(app: App, verdict: VerdictRow, signal: AbortSignal): Promise<ReplayedScan> {
  const skipped = (because: string): ReplayedScan => ({ is: "skipped", because });
  if (verdict.number === undefined) return skipped("Only pull requests are compared with a commit.");
  if (verdict.facts.minutesWaited !== undefined) return skipped("There was no scan to do again.");
  const version = await scannersVersion(app);
  if (verdict.scannersVersion !== version) {
    return skipped(
      `The scanners are others (${version}) than those of then (${verdict.scannersVersion || "unknown"}).`,
    );
  }
  const mirror = app.mirrors.existing(verdict.repositoryId);
  if (!mirror) return skipped("There is no copy of the repository here any more.");
  try {
    for (const commit of [verdict.commit, verdict.base]) {
      if (commit && !(await mirror.resolve(`${commit}^{commit}`))) {
        return skipped(`The commit ${commit.slice(0, 12)} is not in the copy of the repository any more.`);
      }
    }
    const repository = await getRepository(app.db, verdict.repositoryId as RepositoryId);
    if (repository?.defaultBranch === undefined) return skipped("The repository has no default branch.");
    const { findings, result } = await findIntroduced(app, {
      // Of what its target knew then nothing is left; what was known is not among the facts.
      current: {
        repository: { ...repository, defaultBranch: repository.defaultBranch },
        pullRequest: { targetRef: "" },
      },
      range: { ...(verdict.base && { from: verdict.base }), to: verdict.commit },
      ...{ mirror, scan: { onProgress: () => undefined }, signal },
    });
    const found = new Set(findings.map(({ fingerprint }) => fingerprint));
    const wanted = verdict.facts.subjects.filter(({ finding }) => isComparable(app, verdict, finding.rule));
    const missing = wanted.flatMap(({ finding }) => (found.has(finding.fingerprint) ? [] : [finding.fingerprint]));
    const unread = result.problems.filter(isUnread);
    return { is: "scanned", found: wanted.length - missing.length, missing, unread };
  } finally {
    mirror.release();
  }
}

/** What is said of packages rests on what the world knew then. */
function isComparable({ knowledge }: App, { knowledgeVersion }: VerdictRow, rule: string): boolean {
  if (knowledge.status().version === knowledgeVersion) return true;
  return !packageJudges.some((judge) => rule.startsWith(`${judge}/`));
}
