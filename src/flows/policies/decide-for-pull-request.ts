/** The verdict of the policies in force on what a pull request brings in, stored with all that it rests on. */
import type { Finding } from "#model/finding.ts";
import type { VerdictId } from "#model/ids.ts";
import type { Policy } from "#model/policy.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { PolicySubject, Verdict } from "#model/verdict.ts";
import { decidePrepared } from "#scan/policies/decide-policies.ts";
import { preparePolicies } from "#scan/policies/prepare-policies.ts";
import { keepPolicySet } from "#store/policies/policy-sets.ts";
import { insertVerdict } from "#store/policies/verdicts.ts";
import type { PullRequestFinding } from "#store/pull-requests/pull-request-findings.ts";
import type { PullRequestRow } from "#store/pull-requests/pull-requests.ts";
import { getScanVersions } from "#store/scans/scans.ts";
import { findSecretChecks } from "#store/secrets/secret-checks.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { scorerOfIntroduced } from "../urgency/score-introduced.ts";
import { policiesInForce } from "./policies-in-force.ts";
import { findPolicyPlace } from "./policy-place.ts";

export interface DecidedVerdict {
  readonly id: VerdictId;
  readonly verdict: Verdict;
  /** Those that decided. */
  readonly policies: readonly Policy[];
  /** Which of them block what scans of one kind found, strictest first: as `decidedBy` says it of all kinds. */
  decidedByOf(kind: ScannerName): readonly string[];
}

/** Undefined if its repository is gone. Asked again about the same, it stores nothing new. */
export async function decideForPullRequest(
  app: Pick<App, "db" | "now">,
  about: {
    readonly pullRequest: PullRequestRow & { readonly scannedIteration: number };
    readonly findings: readonly PullRequestFinding[];
    /** What the source is compared with. */
    readonly base: string | undefined;
  },
): Promise<DecidedVerdict | undefined> {
  const { pullRequest, findings, base } = about;
  const { instanceId, repositoryId, number, scannedIteration: iteration, scanId, targetRef } = pullRequest;
  const now = app.now();
  return inTransaction(app.db, async (tx) => {
    const place = await findPolicyPlace(tx, repositoryId, { ref: targetRef, trigger: "pull-request" });
    if (!place) return undefined;
    const { policies, version: policiesVersion } = await policiesInForce(tx, instanceId);
    const open = findings.filter(({ state }) => state === "open");
    const checks = await findSecretChecks(tx, instanceId, secretsOf(open));
    const urgencyOf = await scorerOfIntroduced(tx, instanceId);
    const subjects = open.map(({ finding: found, firstSeen }): PolicySubject => {
      const finding = withCheck(found, checks);
      return { finding, urgency: urgencyOf(finding, { place, targetRef }), novelty: "new", firstSeen };
    });
    const prepared = preparePolicies(policies);
    const verdict = decidePrepared(prepared, place, subjects, now);
    const decidedByOf = (kind: ScannerName) => {
      const ofKind = subjects.filter(({ finding }) => finding.rule.startsWith(`${kind}/`));
      const deciding = decidePrepared(prepared, place, ofKind, now).decidedBy;
      return verdict.decidedBy.filter((policy) => deciding.includes(policy));
    };
    await keepPolicySet(tx, { instanceId, version: policiesVersion, policies, since: now });
    const scanned = scanId && (await getScanVersions(tx, scanId));
    const id = await insertVerdict(tx, {
      ...{ ...verdict, instanceId, repositoryId, number, iteration, trigger: "pull-request", policiesVersion },
      ...(scanId && { scanId }),
      ...(base !== undefined && { base }),
      commit: pullRequest.scannedCommit ?? "",
      scannersVersion: scanned?.scannersVersion ?? "",
      knowledgeVersion: scanned?.knowledgeVersion ?? "",
      facts: { place, subjects, now },
      at: now,
    });
    return { id, verdict, policies, decidedByOf };
  });
}

function secretsOf(findings: readonly Pick<PullRequestFinding, "finding">[]): readonly string[] {
  return findings.flatMap(({ finding }) => (finding.rule.startsWith("secrets/") ? [finding.fingerprint] : []));
}

/** What a provider said when it was asked about this secret, here or elsewhere. */
function withCheck(finding: Finding, checks: Awaited<ReturnType<typeof findSecretChecks>>): Finding {
  const check = checks.get(finding.fingerprint);
  if (!check) return finding;
  const { verdict, reason, at, isByItself } = check;
  return { ...finding, live: { verdict, reason, at: at.toISOString(), ...(isByItself && { isByItself }) } };
}
