/** Of what a place holds and is to hold, only the paths that differ: most settings are as they were six hours ago. */
import type { Finding } from "#model/finding.ts";
import { pathOf } from "#store/issues/occurrences.ts";

export interface ChangedFindings {
  /** All findings of these paths are replaced. */
  readonly replaced: readonly string[];
  readonly findings: readonly Finding[];
}

export function changedFindings(before: readonly Finding[], now: readonly Finding[]): ChangedFindings {
  const was = textsByPath(before);
  const is = textsByPath(now);
  const replaced = [...new Set([...was.keys(), ...is.keys()])].filter((path) => was.get(path) !== is.get(path));
  const touched = new Set(replaced);
  return { replaced, findings: now.filter((finding) => touched.has(pathOf(finding))) };
}

function textsByPath(findings: readonly Finding[]): ReadonlyMap<string, string> {
  const byPath = Map.groupBy(findings, pathOf);
  return new Map([...byPath].map(([path, all]) => [path, all.map(textOf).sort().join("\n")]));
}

/** The database keeps the keys of objects in an order of its own. */
function textOf(finding: Finding): string {
  return JSON.stringify(finding, (_key, value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
