/** Takes aside what settings and baseline silence, and tells which of their entries silenced nothing. */
import type { Allow } from "#model/allow.ts";
import type { Finding } from "#model/finding.ts";
import type { SilencedFinding, Skip } from "#model/silenced-finding.ts";
import { isSpan } from "#model/span.ts";
import { maskWords } from "../mask-reasons.ts";
import type { BaselineEntry } from "./parse-baseline.ts";
import { pathGlob } from "./path-glob.ts";
import type { ScanSettings } from "./scan-settings.ts";

export interface Applied {
  readonly findings: readonly Finding[];
  readonly silenced: readonly SilencedFinding[];
  readonly unusedAllows: readonly Allow[];
  readonly unusedBaseline: readonly BaselineEntry[];
}

/**
 * `today` is a date, `YYYY-MM-DD`: entries that ended before it silence nothing. `file` is the settings file, if what is
 * silenced shall say where.
 */
export function applySettings(
  found: readonly Finding[],
  allows: readonly Allow[],
  baseline: readonly BaselineEntry[],
  today: string,
  file?: string,
): Applied {
  const current = allows
    .filter(({ until }) => until === undefined || until >= today)
    .map((allow) => ({ allow, fits: matcherOf(allow) }));
  const inForce = ({ expires }: BaselineEntry) => expires === undefined || expires >= today;
  const known = new Map(baseline.filter(inForce).map((entry) => [entry.fingerprint, entry]));
  const used = new Set<Allow>();
  // A report has an entry for each place of a secret, and all of them are one.
  const usedPrints = new Set<string>();
  const findings: Finding[] = [];
  const silenced: SilencedFinding[] = [];
  for (const finding of found) {
    const allow = current.find(({ fits }) => fits(finding))?.allow;
    const entry = known.get(finding.fingerprint);
    if (allow !== undefined) used.add(allow);
    if (entry !== undefined) usedPrints.add(entry.fingerprint);
    if (allow !== undefined) silenced.push({ finding, ...reasonOf(allow, file), by: "configuration" });
    else if (entry !== undefined) silenced.push({ finding, reason: maskWords(entry.reason), by: "baseline" });
    else findings.push(finding);
  }
  return {
    findings,
    silenced,
    unusedAllows: allows.filter((one) => !used.has(one)),
    unusedBaseline: baseline.filter((one) => !inForce(one) || !usedPrints.has(one.fingerprint)),
  };
}

/** Reasons are printed and kept; whoever wrote one may have named what it allows. */
function reasonOf({ reason: written, line }: Allow, file: string | undefined): Skip {
  const reason = maskWords(written);
  if (file === undefined || line === 0) return { reason };
  return { reason, at: { path: file, startLine: line, startColumn: 1, endLine: line, endColumn: 1 } };
}

/** They are the whole organization's: that one of them is not here is no news. No line says so of one alone. */
export function testValues({ secrets }: ScanSettings): readonly Allow[] {
  return (secrets?.testValues ?? []).map((fingerprint) => ({ fingerprint, reason: "a known test value", line: 0 }));
}

/** Whether an entry allows all that the file may hold, so that nobody has to know what that is. */
export function allowsFile(allows: readonly Allow[], path: string, today: string): boolean {
  return allows.some(
    ({ rule, fingerprint, until = today, path: glob }) =>
      rule === undefined && fingerprint === undefined && until >= today && glob !== undefined && pathGlob(glob)(path),
  );
}

function matcherOf({ rule, path, fingerprint }: Allow): (finding: Finding) => boolean {
  const isThere = path === undefined ? undefined : pathGlob(path);
  return (finding) => {
    if (rule !== undefined && rule !== finding.rule && !finding.aliases.includes(rule)) return false;
    if (isThere && !(isSpan(finding.at) && isThere(finding.at.path))) return false;
    return fingerprint === undefined || finding.fingerprint.startsWith(fingerprint);
  };
}
