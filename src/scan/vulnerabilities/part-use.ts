/** What source files say about the use of what is vulnerable. It is evidence that moves priority; nothing is hidden by it. */
import type { Reachability } from "#model/package-finding.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { JudgeContext, UseEvidence } from "../package-judge.ts";
import { affectedEntries, type Match, type MatchedUse } from "./find-matches.ts";

interface Used {
  readonly reachability?: Reachability;
  readonly signals: readonly string[];
}

const mostParts = 100;

export function useOf(
  { advisory }: Match,
  main: MatchedUse,
  { manifest, context }: { readonly manifest: Manifest; readonly context: JudgeContext },
): Used {
  const { use } = context;
  const reachability = use?.reachabilityOf(manifest, main.position);
  const entries = main.use.ecosystem === "Go" ? affectedEntries(advisory, main) : [];
  const parts = entries.every(({ parts: some = [] }) => some.length > 0)
    ? [...new Set(entries.flatMap(({ parts: some = [] }) => some.map(({ path }) => path)))].slice(0, mostParts)
    : [];
  if (parts.length === 0) return { ...(reachability && { reachability }), signals: [] };
  return { ...(reachability && { reachability }), ...ofParts(parts, manifest, use, reachability) };
}

/** Of a Go module only the packages that the advisory names are affected. */
function ofParts(
  parts: readonly string[],
  manifest: Manifest,
  use: UseEvidence | undefined,
  reachability: Reachability | undefined,
): Used {
  const answers = parts.map((part) => ({ part, isImported: use?.importsPart(manifest, part) }));
  const imported = answers.flatMap(({ part, isImported }) => (isImported === true ? [part] : []));
  if (imported.length > 0) {
    const word = reachability?.is === "imported-by-tests" ? "tests import" : "first-party code imports";
    return { signals: [`${word} ${named(imported)}, which is affected`] };
  }
  if (answers.some(({ isImported }) => isImported === undefined)) {
    return { signals: [`matched by module: only ${named(parts)} is affected, and its imports are not known`] };
  }
  return {
    reachability: { is: "not-imported" },
    signals: [`only ${named(parts)} is affected, and first-party code does not import it`],
  };
}

function named(parts: readonly string[]): string {
  const [first = "", ...others] = parts;
  return others.length === 0 ? first : `${first} (or ${others.length} more)`;
}
