/** Turns what rules answer about one pipeline into findings, evaluations and silenced findings. */
import type { Finding, Fix } from "#model/finding.ts";
import type { Rule } from "#model/rule.ts";
import type { Evaluation, Problem } from "#model/scan-result.ts";
import { compareSeverity } from "#model/severity.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import type { ScanContext } from "../file-scanner.ts";
import { type Place, positionOf, spanOf } from "../formats/text-file.ts";
import { marksIn } from "../iac/skip-marks.ts";
import type { TreeResult } from "../tree-scanner.ts";
import type { Hit } from "./cicd-rule.ts";
import { type Editable, proveEdits } from "./edits/prove-edits.ts";
import { fingerprintOfHit } from "./fingerprint-of-hit.ts";
import type { Judged } from "./judged.ts";

export interface JudgedPipeline {
  readonly path: string;
  readonly language: string;
  /** Where one looks if a rule has no place of its own. */
  readonly whole: Place;
  /** Of jobs and steps, by their address. */
  readonly places?: ReadonlyMap<string, Place>;
  /** Set where edits can be proven. */
  readonly editable?: Editable;
}

export function reportHits(
  { path, language, whole, places, editable }: JudgedPipeline,
  judged: readonly Judged[],
  context: ScanContext,
): TreeResult {
  const findings = new Map<string, Finding>();
  const silenced = new Map<string, SilencedFinding>();
  const evaluations: Evaluation[] = [];
  const problems: Problem[] = [];
  const fixes = editable ? proveEdits(judged, editable) : new Map<string, Fix>();
  for (const { rule, answer } of judged) {
    const hits = "is" in answer ? [] : answer;
    for (const hit of hits) {
      const finding = findingOf(rule, hit, language, places?.get(hit.address));
      const mark = markFor(rule, hit);
      if (mark) {
        const by = { finding, reason: mark.reason ?? "", by: "inline", at: spanOf(mark.at) } as const;
        silenced.set(finding.fingerprint, by);
      } else if (isWorse(finding, findings.get(finding.fingerprint))) {
        findings.set(finding.fingerprint, withFix(finding, fixes));
      }
    }
    if (context.includePassed) {
      const result = "is" in answer ? "unknown" : hits.length > 0 ? "fail" : "pass";
      const resource = { address: path, language, at: spanOf(firstLine(whole)) };
      const at = spanOf(firstLine(hits[0]?.at ?? whole));
      evaluations.push({ rule: rule.id, aliases: rule.aliases, result, at, resource });
    }
  }
  for (const fingerprint of findings.keys()) silenced.delete(fingerprint);
  return { findings: [...findings.values()], silenced: [...silenced.values()], evaluations, problems };
}

function findingOf(rule: Rule, hit: Hit, language: string, place: Place | undefined): Finding {
  const { at, address, why, severity, includedAt = [] } = hit;
  const chain = includedAt.map((place) => `${place.file.path}:${positionOf(place.file, place.start).line}`);
  const through = chain.length === 0 ? "" : ` (called from ${chain.slice(0, 5).join(", from ")})`;
  return {
    rule: rule.id,
    aliases: rule.aliases,
    severity: severity ?? rule.severity,
    message: `${rule.title}: ${address}: ${why}${through}`,
    at: spanOf(firstLine(at)),
    fingerprint: fingerprintOfHit(rule, hit),
    resource: { address, language, at: spanOf(firstLine(place ?? at)) },
  };
}

/** Several hits may be one finding, which is as severe as the worst of them. */
function isWorse({ severity }: Finding, before: Finding | undefined): boolean {
  return before === undefined || compareSeverity(severity, before.severity) < 0;
}

function withFix(finding: Finding, fixes: ReadonlyMap<string, Fix>): Finding {
  const fix = fixes.get(finding.fingerprint);
  return fix ? { ...finding, fix } : finding;
}

/** A mark in the lines of the hit, or in comments right above it. */
function markFor({ id, aliases }: Rule, { at }: Hit) {
  const { file, start, end } = at;
  return marksIn(file).find((mark) => {
    if (mark.id !== id && !aliases.includes(mark.id)) return false;
    if (mark.at.start >= start && mark.at.start < end) return true;
    const [from, to] = mark.at.start < start ? [mark.at.end, start] : [end, mark.at.start];
    if (to - from > 400) return false;
    const between = file.text.slice(from, to);
    return mark.at.start < start ? /^[^\n]*\n(?:[ \t]*#[^\n]*\n)*[^\n]*$/.test(between) : !between.includes("\n");
  });
}

/** Nobody wants a page underlined. */
function firstLine(place: Place): Place {
  const length = place.file.text.slice(place.start, place.end).indexOf("\n");
  return length < 0 ? place : { ...place, end: place.start + length };
}
