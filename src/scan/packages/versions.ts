/** Everything about versions, by each ecosystem's own rules. Never throws: what is no version stands below all versions. */
import type { AffectedRange, AffectedVersions, RangeEvent } from "#model/advisory.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import { orderOf, rangeOrderOf } from "./versions/order-of.ts";
import { requirementRulesOf } from "./versions/requirement-rules.ts";
import { isCommit } from "./versions/version-order.ts";

/** Below zero if `a` is the older one. */
export function compareVersions(ecosystem: Ecosystem, a: string, b: string): number {
  if (a === b) return 0;
  const { parse, compare } = orderOf(ecosystem);
  return compare(parse(a), parse(b));
}

export function isPrerelease(ecosystem: Ecosystem, version: string): boolean {
  const { parse, isPrerelease: is } = orderOf(ecosystem);
  return is(parse(version));
}

const longestRequirement = 1000;

/** Whether what a manifest asks for may be this version; undefined if that cannot be told. */
export function satisfies(ecosystem: Ecosystem, version: string, requirement: string): boolean | undefined {
  if (requirement.length > longestRequirement || version.length > longestRequirement) return undefined;
  return requirementRulesOf(ecosystem).satisfies(version, requirement);
}

/** The oldest version that a requirement allows; undefined if it does not say one. */
export function lowestOf(ecosystem: Ecosystem, requirement: string): string | undefined {
  return requirement.length > longestRequirement ? undefined : requirementRulesOf(ecosystem).lowest(requirement);
}

/** Whether an advisory means the version, as OSV has it: the union of all ranges and of all versions that are named. */
export function isVersionAffected(
  ecosystem: Ecosystem,
  version: string,
  affected: readonly AffectedVersions[],
): boolean {
  const isIn = rangeTest(ecosystem, version);
  return affected.some(
    ({ ranges, versions }) => ranges.some(isIn) || (versions.length > 0 && isNamed(ecosystem, version, versions)),
  );
}

function isNamed(ecosystem: Ecosystem, version: string, versions: readonly string[]): boolean {
  if (versions.includes(version)) return true;
  const { parse, compare, isVersion } = rangeOrderOf(ecosystem);
  const parsed = parse(version);
  return isVersion(parsed) && versions.some((one) => compare(parsed, parse(one)) === 0);
}

function rangeTest(ecosystem: Ecosystem, version: string): (range: AffectedRange) => boolean {
  const { parse, compare, isVersion } = rangeOrderOf(ecosystem);
  const parsed = parse(version);
  // A branch or a commit can be anything: it is affected only if everything is.
  if (isCommit(version) || !isVersion(parsed)) return ({ events }) => events.length > 0 && events.every(isFromTheStart);
  const bySize = (a: RangeEvent, b: RangeEvent): number => {
    if (isFromTheStart(a) || isFromTheStart(b)) return Number(isFromTheStart(b)) - Number(isFromTheStart(a));
    return compare(parse(boundOf(a)), parse(boundOf(b)));
  };
  return ({ events }) => {
    let isAffected = false;
    for (const event of isInOrder(events) ? events : inOrder(ecosystem, events, bySize)) {
      if ("introduced" in event) {
        if (isFromTheStart(event) || compare(parsed, parse(event.introduced)) >= 0) isAffected = true;
      } else if ("fixed" in event) {
        if (compare(parsed, parse(event.fixed)) >= 0) isAffected = false;
      } else if (compare(parsed, parse(event.lastAffected)) > 0) isAffected = false;
    }
    return isAffected;
  };
}

const sorted = new WeakMap<
  readonly RangeEvent[],
  { readonly ecosystem: Ecosystem; readonly all: readonly RangeEvent[] }
>();

/** Sorted once: many versions are held against the same long range. */
function inOrder(
  ecosystem: Ecosystem,
  events: readonly RangeEvent[],
  bySize: (a: RangeEvent, b: RangeEvent) => number,
): readonly RangeEvent[] {
  const known = sorted.get(events);
  if (known?.ecosystem === ecosystem) return known.all;
  const all = events.toSorted(bySize);
  sorted.set(events, { ecosystem, all });
  return all;
}

/** One range from where it begins to where it ends, as nearly all are. */
function isInOrder([first, , third]: readonly RangeEvent[]): boolean {
  return third === undefined && first !== undefined && "introduced" in first;
}

function isFromTheStart(event: RangeEvent): boolean {
  return "introduced" in event && event.introduced === "0";
}

function boundOf(event: RangeEvent): string {
  return "introduced" in event ? event.introduced : "fixed" in event ? event.fixed : event.lastAffected;
}
