/** What the policies say about findings at one place. Several may match; the strictest wins, and the verdict names it. */
import type { Policy, PolicyAction } from "#model/policy.ts";
import { policyActions } from "#model/policy.ts";
import type { PolicyMatch, PolicyPlace, PolicySubject, Verdict } from "#model/verdict.ts";
import { compareStrictness } from "./compare-strictness.ts";
import {
  type PreparedGroup,
  type PreparedPolicies,
  type PreparedPolicy,
  preparePolicies,
  type SubjectFacts,
} from "./prepare-policies.ts";

export function decidePolicies(
  policies: readonly Policy[],
  place: PolicyPlace,
  subjects: readonly PolicySubject[],
  now: Date,
): Verdict {
  return decidePrepared(preparePolicies(policies), place, subjects, now);
}

/** The same for those who ask often: `preparePolicies` once, and then for each place. */
export function decidePrepared(
  prepared: PreparedPolicies,
  place: PolicyPlace,
  subjects: readonly PolicySubject[],
  now: Date,
): Verdict {
  const here = policiesAt(prepared, place);
  const matches = new Map<string, Match>();
  const blocked = new Map<Policy, number>();
  for (const subject of subjects) {
    const facts = prepared.factsOf(subject, now);
    let match: Match | undefined;
    for (const { policy, groups } of here) {
      if (groups.length > 0 && !groups.some((group) => group.holdsFor(facts))) continue;
      match ??= matchOf(matches, facts);
      for (const action of policy.actions) {
        const graceEnds = action === "block" ? graceEndOf(policy, subject) : undefined;
        if (graceEnds !== undefined && graceEnds > now.getTime()) {
          match.graceEnds = Math.min(match.graceEnds ?? graceEnds, graceEnds);
          addAction(match, "record", policy);
          continue;
        }
        addAction(match, action, policy);
        if (action === "block") blocked.set(policy, (blocked.get(policy) ?? 0) + 1);
      }
    }
  }
  return {
    outcome: blocked.size > 0 ? "blocked" : "passed",
    decidedBy: [...blocked]
      .sort(([a, countOfA], [b, countOfB]) => compareStrictness(a, b) || countOfB - countOfA || compareIds(a, b))
      .map(([{ id }]) => id),
    matches: [...matches.values()].map(tell),
  };
}

interface Match {
  readonly facts: SubjectFacts;
  /** By action, the strictest policy that asks for it. */
  readonly actions: Map<PolicyAction, Policy>;
  graceEnds?: number;
}

interface PolicyHere {
  readonly policy: Policy;
  /** Those whose conditions on the place hold; empty: every finding. */
  readonly groups: readonly PreparedGroup[];
}

function policiesAt({ policies }: PreparedPolicies, place: PolicyPlace): readonly PolicyHere[] {
  return policies.flatMap((prepared: PreparedPolicy) => {
    if (!prepared.appliesAt(place)) return [];
    const groups = prepared.groups.filter((group) => group.holdsAt(place));
    return prepared.groups.length > 0 && groups.length === 0 ? [] : [{ policy: prepared.policy, groups }];
  });
}

/** The same problem in several places is one match. */
function matchOf(matches: Map<string, Match>, facts: SubjectFacts): Match {
  const key = `${facts.scanner} ${facts.subject.finding.fingerprint}`;
  const known = matches.get(key);
  if (known) return known;
  const match: Match = { facts, actions: new Map() };
  matches.set(key, match);
  return match;
}

function addAction({ actions }: Match, action: PolicyAction, policy: Policy): void {
  const known = actions.get(action);
  if (known === undefined || compareStrictness(policy, known) < 0) actions.set(action, policy);
}

function graceEndOf({ graceDays }: Policy, { firstSeen }: PolicySubject): number | undefined {
  return graceDays > 0 ? firstSeen.getTime() + graceDays * 86_400_000 : undefined;
}

/** Strictest action first; `record` only where nothing else follows, and grace only where nothing blocks. */
function tell({ facts, actions, graceEnds }: Match): PolicyMatch {
  const asked = policyActions.filter((action) => actions.has(action));
  const shown = asked.length > 1 ? asked.filter((action) => action !== "record") : asked;
  return {
    fingerprint: facts.subject.finding.fingerprint,
    scanner: facts.scanner,
    actions: shown.map((action) => ({ action, policy: actions.get(action)!.id })),
    ...(graceEnds !== undefined && !actions.has("block") && { graceUntil: new Date(graceEnds).toISOString() }),
  };
}

function compareIds(a: Policy, b: Policy): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
