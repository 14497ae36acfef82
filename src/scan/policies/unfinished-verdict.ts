/** What the policies say where a scan did not end: nothing is known of findings then, only how long it has been. */
import type { Policy } from "#model/policy.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { PolicyPlace, Verdict } from "#model/verdict.ts";
import { compareStrictness } from "./compare-strictness.ts";
import { preparePolicies } from "./prepare-policies.ts";

export type UnfinishedAnswer =
  /** Nothing is decided yet: ask again after so many minutes. */
  { readonly is: "waiting"; readonly minutes: number } | { readonly is: "decided"; readonly verdict: Verdict };

/**
 * Only policies that may block here count. One that fails closed blocks from its time on; before the last time of all is
 * over, the scan may still end by itself. `missing`: the scanners that did not end, if others did.
 */
export function unfinishedVerdict(
  policies: readonly Policy[],
  place: PolicyPlace,
  minutesWaited: number,
  missing?: readonly ScannerName[],
): UnfinishedAnswer {
  const concerned = preparePolicies(policies)
    .policies.filter(({ policy, groups, ...prepared }) => {
      if (!policy.actions.includes("block") || !prepared.appliesAt(place)) return false;
      return (
        groups.length === 0 ||
        groups.some(
          ({ scanners, ...group }) =>
            group.holdsAt(place) && (missing?.some((name) => scanners?.includes(name) ?? true) ?? true),
        )
      );
    })
    .map(({ policy }) => policy);
  const closed = concerned.filter(({ unfinished }) => unfinished.fails === "closed");
  const blocking = closed.filter(({ unfinished }) => unfinished.afterMinutes <= minutesWaited).sort(compareStrictness);
  if (blocking.length > 0) {
    return decided({ outcome: "unfinished", decidedBy: blocking.map(({ id }) => id), matches: [] });
  }
  if (closed.length > 0) return waiting(Math.min(...closed.map(afterMinutes)) - minutesWaited);
  const last = Math.max(0, ...concerned.map(afterMinutes));
  if (last > minutesWaited) return waiting(last - minutesWaited);
  return decided({ outcome: "passed", decidedBy: [], matches: [] });
}

function afterMinutes({ unfinished }: Policy): number {
  return unfinished.afterMinutes;
}

function waiting(minutes: number): UnfinishedAnswer {
  return { is: "waiting", minutes };
}

function decided(verdict: Verdict): UnfinishedAnswer {
  return { is: "decided", verdict };
}
