/** How much of its weight each factor of the operational risk takes, from 0 to 1, with the datum that says so. */
import type { PackageFacts, VersionFacts } from "#model/package-facts.ts";
import { compareVersions, isPrerelease } from "../packages/versions.ts";
import type { RiskWeight } from "../settings/package-settings.ts";
import { ageWords, dateOf, daysBetween, monthsOf } from "./dates.ts";

export type Measure =
  | { readonly is: "known"; readonly share: number; readonly datum: string }
  | { readonly is: "unknown" }
  /** Says nothing about such a package: it counts neither for the score nor for the confidence. */
  | { readonly is: "not-applicable" };

export interface Measured {
  readonly facts: PackageFacts;
  /** In use, if that is known. */
  readonly version: string | undefined;
  readonly published: string | undefined;
  /** ISO date. */
  readonly today: string;
  /** One of the names that everybody in the ecosystem knows. */
  readonly isFamous: boolean;
}

const unknown: Measure = { is: "unknown" };
const notApplicable: Measure = { is: "not-applicable" };
const most = 5_000;

/** In the order in which they are shown. */
export const measures: Readonly<Record<RiskWeight, (measured: Measured) => Measure>> = {
  "release-age": releaseAge,
  "no-recent-release": noRecentRelease,
  "single-maintainer": singleMaintainer,
  "maintainer-change": maintainerChange,
  "no-repository": noRepository,
  "majors-behind": majorsBehind,
  "versions-behind": versionsBehind,
  popularity,
};

/** Of everything that was ever published, previews included: they are work too. */
function lastRelease({ facts }: Measured): string | undefined {
  return facts.versions
    .flatMap(({ published }) => published ?? [])
    .reduce<string | undefined>((last, one) => (last === undefined || one > last ? one : last), undefined);
}

/** Months and the share of the weight there; linear between. */
const byAge: readonly (readonly [months: number, share: number])[] = [
  [12, 0],
  [24, 15 / 40],
  [36, 30 / 40],
  [60, 1],
];

function releaseAge(measured: Measured): Measure {
  const last = lastRelease(measured);
  const days = daysBetween(last, measured.today);
  if (last === undefined || days === undefined) return unknown;
  return { is: "known", share: shareAt(monthsOf(days)), datum: `last release ${dateOf(last)}, ${ageWords(days)} ago` };
}

function shareAt(months: number): number {
  const next = byAge.findIndex(([at]) => months < at);
  if (next === 0) return 0;
  const [to, from] = [byAge[next], byAge[next - 1]];
  if (!to || !from) return 1;
  return from[1] + ((to[1] - from[1]) * (months - from[0])) / (to[0] - from[0]);
}

function noRecentRelease(measured: Measured): Measure {
  const days = daysBetween(lastRelease(measured), measured.today);
  if (days === undefined) return unknown;
  const isOld = monthsOf(days) >= 24;
  return {
    is: "known",
    share: isOld ? 1 : 0,
    datum: isOld ? "no release within 24 months" : "released within 24 months",
  };
}

function singleMaintainer({ facts: { maintainers } }: Measured): Measure {
  if (!maintainers) return unknown;
  const { count } = maintainers;
  return { is: "known", share: count <= 1 ? 1 : 0, datum: count === 1 ? "1 maintainer" : `${count} maintainers` };
}

/** Of several, one may come and go. */
function maintainerChange({ facts: { maintainers }, today }: Measured): Measure {
  if (maintainers && maintainers.count > 1) return notApplicable;
  const days = daysBetween(maintainers?.changed, today);
  if (days === undefined) return unknown;
  return { is: "known", share: days < 90 ? 1 : 0, datum: `the maintainer changed ${ageWords(days)} ago` };
}

function noRepository({ facts: { repository, isPrivate } }: Measured): Measure {
  if (isPrivate) return notApplicable;
  if (repository === undefined) return unknown;
  const isThere = repository !== "";
  return {
    is: "known",
    share: isThere ? 0 : 1,
    datum: isThere ? "links to its repository" : "no link to a repository",
  };
}

/** Released, not withdrawn, newer than the one in use. */
function newerThan({ facts, version }: Measured): readonly VersionFacts[] | undefined {
  const { ecosystem, versions } = facts;
  if (version === undefined || versions.length === 0) return undefined;
  return versions
    .slice(0, most)
    .filter((one) => one.withdrawn === undefined && !isPrerelease(ecosystem, one.version))
    .filter((one) => compareVersions(ecosystem, one.version, version) > 0);
}

/** Above it stand years: `2024.1` is no major after `2023.9`. */
const leastYear = 1990;

function majorOf(version: string): number | undefined {
  const digits = /^v?(\d{1,9})(?!\d)/.exec(version)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function majorsBehind(measured: Measured): Measure {
  const newer = newerThan(measured);
  const major = majorOf(measured.version ?? "");
  // In Go a new major is another module.
  if (!newer || major === undefined || measured.facts.ecosystem === "Go") return unknown;
  if (major >= leastYear) return notApplicable;
  const majors = new Set(
    newer.map(({ version }) => majorOf(version) ?? 0).filter((one) => one > major && one < leastYear),
  );
  const count = majors.size;
  const share = count === 0 ? 0 : count === 1 ? 8 / 15 : 1;
  return { is: "known", share, datum: count === 1 ? "1 major version behind" : `${count} major versions behind` };
}

/** As many versions, or as many months, behind the newest of the same major take all of the weight. */
const full = { versions: 12, months: 24 };

function versionsBehind(measured: Measured): Measure {
  const { facts, version, published } = measured;
  const major = majorOf(version ?? "");
  const newer = newerThan(measured)?.filter((one) => majorOf(one.version) === major || (major ?? 0) >= leastYear);
  if (!newer) return unknown;
  const [newest] = newer.toSorted((a, b) => compareVersions(facts.ecosystem, b.version, a.version));
  if (!newest) return { is: "known", share: 0, datum: "the newest of its major version" };
  const days = newest.published === undefined ? undefined : daysBetween(published, newest.published);
  const share = newer.length / full.versions + monthsOf(days ?? 0) / full.months;
  const older = days === undefined || days < 1 ? "" : `, ${ageWords(days)} older than ${newest.version}`;
  const datum = `${newer.length} newer ${newer.length === 1 ? "version" : "versions"} of the same major${older}`;
  return { is: "known", share: Math.min(1, share), datum };
}

/** More than nine in ten packages of any registry have fewer dependents, or downloads since they exist. */
const many = { dependents: 100, downloads: 1_000_000 };

function popularity({ facts: { isPrivate, downloads, dependents }, isFamous }: Measured): Measure {
  if (isPrivate) return notApplicable;
  const percentile = downloads?.percentile;
  if (percentile !== undefined) {
    const share = percentile < 0.5 ? 1 : percentile < 0.9 ? 8 / 15 : 0;
    return { is: "known", share, datum: `more downloads than ${Math.floor(percentile * 100)} % of the ecosystem` };
  }
  if (isFamous) return { is: "known", share: 0, datum: "among the best known of the ecosystem" };
  if (downloads?.unit === "all time" && downloads.count >= many.downloads)
    return { is: "known", share: 0, datum: `${downloads.count} downloads` };
  if (dependents === undefined || dependents < many.dependents) return unknown;
  return { is: "known", share: 0, datum: `${dependents} packages depend on it` };
}

/** Those that need no more releases: hardly any were ever needed, nearly everybody uses it, nothing is known against it. */
export function isFinished({ facts, isFamous }: Measured, isVulnerable: boolean): boolean {
  const isTop = isFamous || (facts.downloads?.percentile ?? 0) >= 0.99;
  return isTop && !isVulnerable && facts.versions.length > 0 && facts.versions.length <= 3;
}
