/** Takes aside what settings and baseline silence, and tells which of their entries silenced nothing. */
import type { Finding } from "#model/finding.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import { isSpan } from "#model/span.ts";
import type { BaselineEntry } from "./parse-baseline.ts";
import { pathGlob } from "./path-glob.ts";
import type { Allow } from "./scan-settings.ts";

export interface Applied {
  readonly findings: readonly Finding[];
  readonly silenced: readonly SilencedFinding[];
  readonly unusedAllows: readonly Allow[];
  readonly unusedBaseline: readonly BaselineEntry[];
}

/** `today` is a date, `YYYY-MM-DD`: entries that ended before it silence nothing. */
export function applySettings(
  found: readonly Finding[],
  allows: readonly Allow[],
  baseline: readonly BaselineEntry[],
  today: string,
): Applied {
  const current = allows.filter(({ until }) => until === undefined || until >= today);
  const known = new Map(
    baseline
      .filter(({ expires }) => expires === undefined || expires >= today)
      .map((entry) => [entry.fingerprint, entry]),
  );
  const used = new Set<Allow | BaselineEntry>();
  const findings: Finding[] = [];
  const silenced: SilencedFinding[] = [];
  for (const finding of found) {
    const allow = current.find((one) => fits(one, finding));
    const entry = known.get(finding.fingerprint);
    if (allow !== undefined) used.add(allow);
    if (entry !== undefined) used.add(entry);
    if (allow !== undefined) silenced.push({ finding, reason: allow.reason, by: "configuration" });
    else if (entry !== undefined) silenced.push({ finding, reason: entry.reason, by: "baseline" });
    else findings.push(finding);
  }
  return {
    findings,
    silenced,
    unusedAllows: allows.filter((one) => !used.has(one)),
    unusedBaseline: baseline.filter((one) => !used.has(one)),
  };
}

function fits({ rule, path, fingerprint }: Allow, finding: Finding): boolean {
  if (rule !== undefined && rule !== finding.rule && !finding.aliases.includes(rule)) return false;
  if (path !== undefined && !(isSpan(finding.at) && pathGlob(path)(finding.at.path))) return false;
  return fingerprint === undefined || finding.fingerprint.startsWith(fingerprint);
}
