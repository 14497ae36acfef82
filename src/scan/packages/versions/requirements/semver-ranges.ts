/** npm and Cargo: ranges of node-semver; Cargo's differ in what a version alone means. */

import satisfies from "semver/functions/satisfies.js";
import minVersion from "semver/ranges/min-version.js";
import validRange from "semver/ranges/valid.js";

export function npmSatisfies(version: string, requirement: string): boolean | undefined {
  const range = npmRangeOf(requirement);
  return range === undefined ? undefined : satisfies(version, range, true);
}

export function npmLowest(requirement: string): string | undefined {
  const range = npmRangeOf(requirement);
  return range === undefined ? undefined : lowestOfRange(range);
}

export function cargoSatisfies(version: string, requirement: string): boolean | undefined {
  const range = cargoRangeOf(requirement);
  return range === undefined ? undefined : satisfies(version, range);
}

export function cargoLowest(requirement: string): string | undefined {
  const range = cargoRangeOf(requirement);
  return range === undefined ? undefined : lowestOfRange(range);
}

/** A package under another name and those of a workspace have their range behind a prefix; addresses and tags have none. */
function npmRangeOf(requirement: string): string | undefined {
  const range = requirement.trim().replace(/^(?:workspace:|npm:(?:@[^/@]+\/)?[^@]+@)/, "");
  if (requirement.startsWith("workspace:") && /^[*^~]?$/.test(range)) return undefined;
  return validRange(range, true) ?? undefined;
}

function cargoRangeOf(requirement: string): string | undefined {
  const parts = requirement.split(",").map((part) => part.trim());
  return (
    validRange(parts.map((part) => (/^\d+(?:\.\d+)*(?:[-+]\S*)?$/.test(part) ? `^${part}` : part)).join(" ")) ??
    undefined
  );
}

/** What nothing bounds from below has no lowest version worth naming. */
function lowestOfRange(range: string): string | undefined {
  const lowest = minVersion(range, true)?.version;
  return lowest?.startsWith("0.0.0") && !/(?:^|[\s=^~])0\.0\.0/.test(range) ? undefined : lowest;
}
