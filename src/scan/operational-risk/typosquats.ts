/**
 * Packages that the project asks for itself under a name that imitates a famous one. What many others use too, or what is
 * old and has many releases, is a package of its own and not suspected.
 */
import type { PackageFacts } from "#model/package-facts.ts";
import { packageKey } from "#model/package-key.ts";
import type { JudgeContext } from "../package-judge.ts";
import { daysBetween, monthsOf } from "./dates.ts";
import type { Found } from "./finding-about.ts";
import { type LookAlike, lookAlikeOf } from "./look-alikes/look-alike.ts";
import { typosquat } from "./rules.ts";
import type { UsedPackage } from "./used-packages.ts";

export function typosquatFound({ ecosystem, key, facts, uses }: UsedPackage, context: JudgeContext): readonly Found[] {
  const [main, ...others] = uses.filter(({ use }) => use.relation === "direct");
  const like = main && lookAlikeOf(ecosystem, key);
  if (!like || (facts && isEstablished(facts, like, context))) return [];
  return [
    {
      rule: typosquat,
      severity: facts ? "high" : "medium",
      says: `has nearly the name of ${like.of} (${like.by}): is it the one that is meant?`,
      uses: [main, ...others],
      signals: facts ? evidenceOf(facts) : ["nothing is known about the package itself"],
    },
  ];
}

/** Share of the famous one's downloads from which a package stands for itself. */
const ownShare = 1 / 1000;
const old = { months: 36, versions: 10, dependents: 100, percentile: 0.5 };

function isEstablished(facts: PackageFacts, { of }: LookAlike, { knowledge, today }: JudgeContext): boolean {
  const { ecosystem, downloads, dependents = 0, isPrivate, versions } = facts;
  if (isPrivate || dependents >= old.dependents || (downloads?.percentile ?? 0) >= old.percentile) return true;
  const famous = knowledge.factsOf(ecosystem, packageKey(ecosystem, of))?.downloads;
  if (downloads && famous?.unit === downloads.unit) return downloads.count >= famous.count * ownShare;
  const age = daysBetween(firstOf(facts), today);
  return age !== undefined && monthsOf(age) >= old.months && versions.length >= old.versions;
}

function firstOf({ versions }: PackageFacts): string | undefined {
  return versions
    .flatMap(({ published }) => published ?? [])
    .reduce<string | undefined>((first, one) => (first === undefined || one < first ? one : first), undefined);
}

function evidenceOf(facts: PackageFacts): readonly string[] {
  const { downloads, dependents, versions } = facts;
  const first = firstOf(facts);
  return [
    ...(downloads ? [`${downloads.count} downloads (${downloads.unit})`] : []),
    ...(dependents === undefined ? [] : [`${dependents} packages depend on it`]),
    `${versions.length} ${versions.length === 1 ? "version" : "versions"}${first === undefined ? "" : `, the first of ${first.slice(0, 10)}`}`,
  ];
}
