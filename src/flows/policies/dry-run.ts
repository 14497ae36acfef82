/** What other policies would have made of the pull requests of the last days: which they would have blocked, whose, and why. */
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { Policy } from "#model/policy.ts";
import type { PullRequestState } from "#model/pull-request.ts";
import { type RuleSettings, settle } from "#model/rule-setting.ts";
import type { PolicySubject, Verdict, VerdictOutcome } from "#model/verdict.ts";
import { decidePrepared } from "#scan/policies/decide-policies.ts";
import { preparePolicies } from "#scan/policies/prepare-policies.ts";
import { findRuleSettings } from "#store/issues/rule-settings.ts";
import { type RecordedPullRequest, recordedPullRequests } from "#store/pull-requests/recorded-pull-requests.ts";
import type { App } from "../app.ts";
import { scorerOfIntroduced } from "../urgency/score-introduced.ts";
import { policyPlace } from "./policy-place.ts";

export interface DryRunPullRequest {
  readonly repositoryId: RepositoryId;
  readonly repositoryName: string;
  readonly projectName: string;
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly state: PullRequestState;
  readonly updatedAt: Date;
  /** What really happened: the strictest verdict that it ever had; absent if it was judged before there were verdicts. */
  readonly was?: VerdictOutcome;
  /** With everything that it brought in at any time. */
  readonly wouldBe: VerdictOutcome;
  /** With what it holds still, or held at its end. */
  readonly wouldEnd: VerdictOutcome;
  readonly decidedBy: readonly string[];
  readonly findings: readonly {
    readonly fingerprint: string;
    readonly rule: string;
    readonly message: string;
    readonly policy: string;
  }[];
}

export interface DryRun {
  readonly pullRequests: number;
  readonly findings: number;
  readonly wouldBlock: number;
  /** By those policies, and not by those in force then. */
  readonly newlyBlocked: number;
  /** By those in force then, and not by these. */
  readonly freed: number;
  /** How many each author would have had blocked, most first. */
  readonly authors: readonly { readonly author: string; readonly blocked: number }[];
  /** How many each policy would have decided, most first. */
  readonly policies: readonly { readonly policy: string; readonly blocked: number }[];
  /** Those that would have been blocked, or were; newest first. */
  readonly rows: readonly DryRunPullRequest[];
}

export const dryRunDays = 90;
const mostRows = 500;
const mostFindings = 20;

export async function dryRun(
  app: Pick<App, "db" | "now">,
  about: { readonly instanceId: InstanceId; readonly policies: readonly Policy[]; readonly days?: number },
): Promise<DryRun> {
  const { instanceId, policies, days = dryRunDays } = about;
  const settings = await findRuleSettings(app.db, instanceId);
  const prepared = preparePolicies(policies.map((policy) => ({ ...policy, enabled: true })));
  const urgencyOf = await scorerOfIntroduced(app.db, instanceId);
  const since = new Date(app.now().getTime() - days * 86_400_000);
  const rows: DryRunPullRequest[] = [];
  let [pullRequests, findings] = [0, 0];
  for await (const recorded of recordedPullRequests(app.db, instanceId, since)) {
    const judged = judge(recorded, { settings, urgencyOf, decide: (...given) => decidePrepared(prepared, ...given) });
    pullRequests += 1;
    findings += recorded.findings.length;
    if (judged.wouldBe === "blocked" || judged.was === "blocked") rows.push(judged);
  }
  const blocked = rows.filter(({ wouldBe }) => wouldBe === "blocked");
  return {
    ...{ pullRequests, findings, wouldBlock: blocked.length },
    newlyBlocked: blocked.filter(({ was }) => was !== "blocked").length,
    freed: rows.length - blocked.length,
    authors: tally(blocked.map(({ author }) => author)).map(([author, count]) => ({ author, blocked: count })),
    policies: tally(blocked.flatMap(({ decidedBy }) => decidedBy)).map(([policy, count]) => ({
      policy,
      blocked: count,
    })),
    rows: rows.toSorted((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime()).slice(0, mostRows),
  };
}

type Decide = (...given: Parameters<typeof decidePrepared> extends [unknown, ...infer Rest] ? Rest : never) => Verdict;

function judge(
  recorded: RecordedPullRequest,
  {
    settings,
    urgencyOf,
    decide,
  }: {
    readonly settings: RuleSettings;
    readonly urgencyOf: Awaited<ReturnType<typeof scorerOfIntroduced>>;
    readonly decide: Decide;
  },
): DryRunPullRequest {
  const { findings, tags, defaultBranch, protectedRefs, targetRef, projectName, repositoryName, was, ...plain } =
    recorded;
  const place = policyPlace(
    recorded.repositoryId,
    {
      project: projectName,
      name: repositoryName,
      tags,
      protectedRefs,
      ...(defaultBranch !== null && { defaultBranch }),
    },
    { ref: targetRef, trigger: "pull-request" },
  );
  const subjects = findings.flatMap(({ finding, live, state, firstSeen }): (PolicySubject & { isOpen: boolean })[] => {
    const settled = settle(live ? { ...finding, live } : finding, settings);
    const isOpen = state === "open";
    if (!settled) return [];
    const urgency = urgencyOf(settled, { place, targetRef });
    return [{ finding: settled, urgency, novelty: "new", firstSeen: new Date(firstSeen), isOpen }];
  });
  const verdict = decide(place, subjects, recorded.updatedAt);
  const open = subjects.filter(({ isOpen }) => isOpen);
  const atEnd = open.length === subjects.length ? verdict : decide(place, open, recorded.updatedAt);
  return {
    ...{ ...plain, projectName, repositoryName },
    ...(was !== null && { was }),
    ...{ wouldBe: verdict.outcome, wouldEnd: atEnd.outcome, decidedBy: verdict.decidedBy },
    findings: blockingOf(verdict, subjects),
  };
}

function blockingOf(verdict: Verdict, subjects: readonly PolicySubject[]): DryRunPullRequest["findings"] {
  if (verdict.outcome === "passed") return [];
  const found = new Map(subjects.map(({ finding }) => [finding.fingerprint, finding]));
  return verdict.matches
    .flatMap(({ fingerprint, actions }) => {
      const policy = actions.find(({ action }) => action === "block")?.policy;
      const finding = found.get(fingerprint);
      return policy && finding ? [{ fingerprint, rule: finding.rule, message: finding.message, policy }] : [];
    })
    .slice(0, mostFindings);
}

function tally(words: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1));
}
