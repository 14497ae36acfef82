import type { Finding } from "#model/finding.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { Evaluation, Problem } from "#model/scan-result.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import { isSpan } from "#model/span.ts";

export interface UnitResult {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly silenced?: readonly SilencedFinding[];
  readonly evaluations?: readonly Evaluation[];
  readonly manifests?: readonly Manifest[];
}

/** What several units say together. Units share files, so the same may be said more than once: it is kept once. */
export function joinUnitResults(results: Iterable<UnitResult>): Required<UnitResult> {
  const findings = new Map<string, Finding>();
  const problems = new Map<string, Problem>();
  const silenced = new Map<string, SilencedFinding>();
  const evaluations: Evaluation[] = [];
  const manifests: Manifest[] = [];
  for (const result of results) {
    for (const finding of result.findings) addOnce(findings, nameOf(finding), finding);
    for (const problem of result.problems) addOnce(problems, JSON.stringify(problem), problem);
    for (const one of result.silenced ?? []) addOnce(silenced, nameOf(one.finding), one);
    evaluations.push(...(result.evaluations ?? []));
    manifests.push(...(result.manifests ?? []));
  }
  // What one unit skips and another does not is not silenced.
  for (const name of findings.keys()) silenced.delete(name);
  return {
    findings: [...findings.values()],
    problems: [...problems.values()],
    silenced: [...silenced.values()],
    evaluations,
    manifests,
  };
}

function addOnce<T>(all: Map<string, T>, name: string, one: T): void {
  if (!all.has(name)) all.set(name, one);
}

function nameOf({ fingerprint, at }: Finding): string {
  return isSpan(at) ? `${fingerprint} ${at.path} ${at.startLine} ${at.startColumn}` : `${fingerprint} ${at.resource}`;
}
