/** The smallest step up that ends all that is known against a package; never down, never to a prerelease that nobody asked for. */
import type { Advisory } from "#model/advisory.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import { compareVersions, isPrerelease, isVersionAffected } from "../packages/versions.ts";
import type { KnownPackage } from "./package-advisories.ts";

/** Undefined if no version that ends the advisory is known. */
export type ChooseUpgrade = (advisory: Advisory, from: string) => string | undefined;

/** The newest are looked at. */
const mostCandidates = 2000;

/** Events and versions that are looked at for one package: an advisory may hold hundreds of thousands. */
const mostWork = 2_000_000;

/**
 * `published`: the versions that there are; empty if nobody knows them. The next one in order is of the same major version
 * if there is such a one. If no version is free of everything, it is the one against which the least is known.
 */
export function upgradesOf({ ecosystem, advisories }: KnownPackage, published: readonly string[]): ChooseUpgrade {
  const known = inOrder(ecosystem, published);
  // A fix can be newer than what is known of the registry.
  const fixes = inOrder(ecosystem, advisories.flatMap(fixesOf));
  const work = advisories.reduce((sum, advisory) => sum + workOf(advisory), 0);
  let left = mostWork;
  const counts = new Map<string, number>();
  const countOf = (version: string): number => {
    let count = counts.get(version);
    if (count === undefined && left <= 0) return Number.POSITIVE_INFINITY;
    if (count === undefined) {
      left -= work;
      count = advisories.filter(({ affected }) => isVersionAffected(ecosystem, version, affected)).length;
      counts.set(version, count);
    }
    return count;
  };
  const chosen = new Map<string, string>();
  return (advisory, from) => {
    const ready = chosen.get(from);
    if (ready !== undefined) return ready;
    const takesPrereleases = isPrerelease(ecosystem, from);
    const flavour = flavourOf(from);
    const isAbove = (version: string) =>
      (takesPrereleases || !isPrerelease(ecosystem, version)) && compareVersions(ecosystem, version, from) > 0;
    const isClean = (version: string) => isAbove(version) && countOf(version) === 0;
    const fit = known.filter((version) => flavourOf(version) === flavour);
    const named = flavour === "" ? fixes : fixes.map((version) => inFlavour(version, flavour));
    const clean = fit.find(isClean) ?? named.find(isClean);
    if (clean !== undefined) chosen.set(from, clean);
    return clean ?? leastAffected(advisory, [...fit, ...named].filter(isAbove));
  };

  function leastAffected(advisory: Advisory, versions: readonly string[]): string | undefined {
    const ending = versions.filter((version) => {
      left -= workOf(advisory);
      return left > 0 && !isVersionAffected(ecosystem, version, advisory.affected);
    });
    const least = Math.min(...ending.map(countOf));
    return Number.isFinite(least) ? ending.find((version) => countOf(version) === least) : undefined;
  }
}

const flavours = /[.-](?:android|(?:jre|jdk|java)\d*)$/i;

/** One version for several platforms, as Maven's packages have it: `33.0.0-jre` and `33.0.0-android`. */
function flavourOf(version: string): string {
  return flavours.exec(version)?.[0].toLowerCase() ?? "";
}

/** Advisories name one of them where all are meant. */
function inFlavour(version: string, flavour: string): string {
  return version.replace(flavours, flavour);
}

function inOrder(ecosystem: Ecosystem, versions: readonly string[]): readonly string[] {
  return [...new Set(versions)].sort((a, b) => compareVersions(ecosystem, a, b)).slice(-mostCandidates);
}

function fixesOf({ affected }: Advisory): readonly string[] {
  return affected.flatMap(({ ranges }) =>
    ranges.flatMap(({ events }) => events.flatMap((event) => ("fixed" in event ? [event.fixed] : []))),
  );
}

const mostFixes = 50;

/** The fixes that an advisory names, from the lowest; one that it means itself is none. */
export function fixedIn(ecosystem: Ecosystem, advisory: Advisory): readonly string[] {
  const most = Math.ceil(mostWork / (workOf(advisory) + 1));
  return inOrder(ecosystem, fixesOf(advisory))
    .slice(0, most)
    .filter((version) => !isVersionAffected(ecosystem, version, advisory.affected))
    .slice(0, mostFixes);
}

function workOf({ affected }: Advisory): number {
  return affected.reduce(
    (sum, { ranges, versions }) => ranges.reduce((all, { events }) => all + events.length, sum + versions.length),
    0,
  );
}

/** True if the step may break what uses it. Below 1.0 the second number says so where the ecosystem counts like that. */
export function crossesMajor(ecosystem: Ecosystem, from: string, to: string): boolean {
  const [major, minor] = numbersOf(from);
  const [toMajor, toMinor] = numbersOf(to);
  if (major !== toMajor) return true;
  return major === "0" && breaksAtMinor.has(ecosystem) && minor !== toMinor;
}

const breaksAtMinor: ReadonlySet<Ecosystem> = new Set(["npm", "Deno", "crates.io", "Pub", "Hex"]);

function numbersOf(version: string): readonly [major: string, minor: string] {
  const [, epoch = "", major = "", minor = "0"] = /^v?(\d{1,9}!)?(\d{1,9})(?:\.(\d{1,9}))?/i.exec(version) ?? [];
  return [`${epoch}${major}`, minor];
}
