/** What a version of a Python package asks for, and in what two versions differ. Requirements by address are refused. */
import type { PublishedVersion } from "#model/fix-plan.ts";
import { packageKey } from "#model/package-key.ts";
import { readRequirement } from "../../../packages/readers/pypi/python-requirement.ts";
import { extraKey, type Marker, readMarker } from "./python-marker.ts";

export interface Need {
  readonly key: string;
  /** As it is published. */
  readonly name: string;
  readonly extras: readonly string[];
  readonly specifier: string;
  /** Undefined: always. */
  readonly marker: Marker | undefined;
  /** All that is said, blanks and the order of clauses aside: two needs with the same words are the same. */
  readonly words: string;
  /** The same without the specifier. */
  readonly edge: string;
}

/** Undefined if it is not known, or not understood in all its parts. */
export function needsOf({ requirements }: PublishedVersion): readonly Need[] | undefined {
  const needs = requirements?.map(needOf);
  return !needs || needs.includes(undefined) ? undefined : (needs as readonly Need[]);
}

export function needOf(text: string): Need | undefined {
  const read = text.length > 3000 ? undefined : readRequirement(text);
  if (!read || read.source) return undefined;
  const marker = read.marker === undefined ? undefined : readMarker(read.marker);
  if (read.marker !== undefined && !marker) return undefined;
  const key = packageKey("PyPI", read.name);
  const extras = [...new Set(read.extras.map(extraKey))].toSorted();
  const specifier = read.specifier.replace(/\s+/g, "");
  const edge = `${key}[${extras.join(",")}];${JSON.stringify(marker ?? null)}`;
  const words = `${edge} ${specifier.split(",").toSorted().join(",")}`;
  return { key, name: read.name, extras, specifier, marker, words, edge };
}
