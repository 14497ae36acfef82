/** Whether people call a place production, by an instance's settings. Where they say nothing, nobody knows. */
import { pathGlob } from "../settings/path-glob.ts";
import type { PlacePattern, UrgencySettings } from "./urgency-settings.ts";

export interface UrgencyPlace {
  /** `project/repository`. */
  readonly repository: string;
  /** Short name. */
  readonly branch: string;
  readonly tags: readonly string[];
  readonly pipelines: readonly string[];
}

export type Production = { readonly is: boolean; readonly because: string } | undefined;

/** Globs are read once for many places. */
export function productionReader({
  production,
  notProduction,
}: Pick<UrgencySettings, "production" | "notProduction">): (place: UrgencyPlace) => Production {
  const yes = production.map(patternReader);
  const no = notProduction.map(patternReader);
  return (place) => {
    const why = firstReason(yes, place);
    if (why !== undefined) return { is: true, because: `production: ${why}` };
    const whyNot = firstReason(no, place);
    return whyNot === undefined ? undefined : { is: false, because: `not production: ${whyNot}` };
  };
}

type Reader = (place: UrgencyPlace) => string | undefined;

function firstReason(readers: readonly Reader[], place: UrgencyPlace): string | undefined {
  for (const read of readers) {
    const reason = read(place);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function patternReader(pattern: PlacePattern): Reader {
  const parts = [
    partReader("repository", pattern.repositories, ({ repository }) => [repository]),
    partReader("branch", pattern.branches, ({ branch }) => [branch]),
    partReader("tag", pattern.tags, ({ tags }) => tags),
    partReader("pipeline", pattern.pipelines, ({ pipelines }) => pipelines),
  ].filter((part) => part !== undefined);
  return (place) => {
    const reasons = parts.map((part) => part(place));
    return reasons.length > 0 && reasons.every((reason) => reason !== undefined) ? reasons.join(", ") : undefined;
  };
}

function partReader(
  word: string,
  globs: readonly string[],
  namesOf: (place: UrgencyPlace) => readonly string[],
): Reader | undefined {
  if (globs.length === 0) return undefined;
  const fits = globs.map((glob) => pathGlob(glob, { hidden: true }));
  return (place) => {
    const name = namesOf(place).find((one) => fits.some((fit) => fit(one)));
    return name === undefined ? undefined : `${word} ${name}`;
  };
}
