/** Finds exposed secrets in one file. */
import type { Finding } from "#model/finding.ts";
import type { Problem } from "#model/scan-result.ts";
import { type Severity, severities } from "#model/severity.ts";
import type { SourceFile } from "#model/source-file.ts";
import { emptyResult, type FileResult, type FileScanner, type ScanContext } from "../file-scanner.ts";
import { engineVersion } from "./engine-version.generated.ts";
import { type Judged, judgeCandidates } from "./judgement/judge-candidates.ts";
import { judgeKeystore } from "./keystores/judge-keystore.ts";
import { readKeystore } from "./keystores/read-keystore.ts";
import { fingerprintOf } from "./masking/fingerprint.ts";
import { maskValue } from "./masking/masking.ts";
import { compiledOwnRules } from "./own-rules.ts";
import { factsKey, type PathFacts, pathFacts } from "./paths/path-facts.ts";
import { withPrecomputed } from "./prefilter/precomputed.ts";
import type { PrefilterImage } from "./prefilter/prefilter-memory.ts";
import type { SecretRule } from "./rule/secret-rule.ts";
import { reportedScore } from "./scoring/score.ts";
import type { CompiledRules } from "./search/compile-rules.ts";
import { fileView } from "./search/file-view.ts";
import { findCandidates } from "./search/find-candidates.ts";
import { findRareLiterals } from "./search/find-rare-literals.ts";
import { type FoundPlace, withoutSilenced } from "./silencing/without-silenced.ts";
import { linePositions } from "./text/line-positions.ts";
import type { View } from "./text/view.ts";
import { usersCandidates } from "./user-rules/users-candidates.ts";

/** Larger files are not scanned whole in memory; a Problem says so. */
export const largestFile = 32 * 1024 * 1024;
const mostFindings = 1000;
/** Less (a thousandth of a second) is not told: nearly every file has nothing to say. */
const leastToldWork = 100_000;

const binaryResult: FileResult = { ...emptyResult, isBinary: true };

export const secretsScanner: FileScanner = {
  name: "secrets",
  version: engineVersion,
  pathClass: (path) => {
    const facts = pathFacts(path);
    return facts === undefined ? undefined : factsKey(facts);
  },
  scan(file, context) {
    return scanForSecrets(compiledOwnRules(), file, context);
  },
};

/** For a thread that works out ahead what the loops over every byte find (prefilter/precomputed.ts). */
export function secretsImage(): PrefilterImage {
  return compiledOwnRules().image;
}

/** The scanner's work with any set of rules. */
function scanForSecrets(rules: CompiledRules, file: SourceFile, context: ScanContext): FileResult {
  const facts = pathFacts(file.path);
  if (facts === undefined || file.size === 0) return emptyResult;
  if (file.size > largestFile) return { ...emptyResult, problems: [tooLarge(file)] };
  const raw = file.bytes();
  const stored = readKeystore(raw);
  if (stored !== undefined) return foundKeystore(judgeKeystore(stored, rules.rules, facts), file, facts, context);
  const text = fileView(raw, facts);
  if (text === undefined) return binaryResult;
  const { view, isAsStored } = text;
  // It says something of the bytes as they lie in the file.
  const known = isAsStored ? withKnown(rules, view.original, file) : rules;
  const { found: ruled, stoppedAt, mayBeMarked } = findCandidates(known, view);
  const users = usersCandidates(view, file.path, context.secrets);
  const least = context.minimumScore ?? reportedScore;
  const rare = least < reportedScore ? findRareLiterals(view) : [];
  const found = users.found.length + rare.length === 0 ? ruled : [...ruled, ...users.found, ...rare];
  const problems: Problem[] = [...(stoppedAt === undefined ? [] : [gaveUp(file, stoppedAt)]), ...users.problems];
  const worked = users.work >= leastToldWork ? { ownRuleWork: users.work } : undefined;
  if (found.length + users.allowed.length + problems.length === 0 && !mayBeMarked)
    return worked ? { ...emptyResult, ...worked } : emptyResult;
  const judge = (some: typeof found) => judgeCandidates(some, view).filter(({ score }) => score >= least && score > 0);
  const judged = judge(found);
  if (judged.length > mostFindings) problems.push(tooMany(file, judged.length));
  const findings = foundPlaces(judged.slice(0, mostFindings), view, file.path, context);
  // One by one: what is no secret to its own rule keeps no other rule from finding one there.
  const hidden = users.allowed.flatMap(({ candidate, list }) => judge([candidate]).map((one) => ({ one, list })));
  const hiddenOnes = hidden.map(({ one }) => one);
  const allowed = foundPlaces(hiddenOnes, view, file.path, context).map((place, index) => ({
    ...place,
    list: hidden[index]!.list,
  }));
  const isWhole = problems.length === 0 && least <= reportedScore;
  const kept = withoutSilenced({
    ...{ findings, allowed, view, mayBeMarked, isWhole, problems },
    ...{ path: file.path, settings: context.secrets },
  });
  return { ...kept, ...worked };
}

function withKnown(rules: CompiledRules, bytes: Buffer, { precomputed }: SourceFile): CompiledRules {
  return precomputed === undefined
    ? rules
    : { ...rules, prefilter: withPrecomputed(rules.prefilter, bytes, precomputed) };
}

/** The file as a whole is the secret: it has no lines, and no marks. */
function foundKeystore(
  judged: Judged | undefined,
  file: SourceFile,
  facts: PathFacts,
  context: ScanContext,
): FileResult {
  if (judged === undefined || judged.score < (context.minimumScore ?? reportedScore)) return emptyResult;
  const { path, size } = file;
  const at = { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  const finding = { ...findingOf(judged, at, facts, context), masked: `(${size} bytes)` };
  const view = { bytes: Buffer.alloc(0), facts };
  const findings = [{ finding, start: 0, end: 0 }];
  return withoutSilenced({
    ...{ findings, allowed: [], view, path, settings: context.secrets },
    ...{ mayBeMarked: false, isWhole: true, problems: [] },
  });
}

/** Each finding beside the bytes that it is about. */
function foundPlaces(judged: readonly Judged[], view: View, path: string, context: ScanContext): readonly FoundPlace[] {
  if (judged.length === 0) return [];
  const positionOf = linePositions(view.original ?? view.bytes);
  return judged.map((one) => ({
    finding: findingOf(one, { ...positionOf(one.start, one.end), path }, view.facts, context),
    start: one.start,
    end: one.end,
  }));
}

function findingOf(
  { rule, value, normalised, signals, score, formatOnly, expires }: Judged,
  at: Finding["at"],
  facts: PathFacts,
  context: ScanContext,
): Finding {
  return {
    rule: rule.id,
    aliases: rule.aliases,
    severity: formatOnly ? "low" : facts.sample || score < reportedScore ? milder(rule.severity) : rule.severity,
    message: formatOnly
      ? `${rule.title}, by its form only: checksum or content are not those of a real one.`
      : `${rule.title}.`,
    at,
    fingerprint: fingerprintOf(context.fingerprintKey, rule.family ?? rule.id, normalised),
    masked: maskValue(value, prefixLength(rule, value)),
    signals,
    ...(expires !== undefined && { expires }),
  };
}

/** Of the provider's prefix that the value begins with; 0 without one. */
function prefixLength({ shape, anchors }: SecretRule, value: string): number {
  if (shape.is !== "token") return 0;
  const prefixes = anchors.filter(({ text, at }) => (at ?? 0) === 0 && text.length >= 3 && value.startsWith(text));
  return Math.max(0, ...prefixes.map(({ text }) => text.length));
}

function milder(severity: Severity): Severity {
  return severities[severities.indexOf(severity) + 1] ?? severity;
}

function tooLarge(file: SourceFile): Problem {
  return {
    scanner: "secrets",
    code: "too-large",
    message: `The file has ${file.size} bytes; files up to ${largestFile} are searched for secrets. Nothing in it was examined.`,
    path: file.path,
  };
}

function gaveUp(file: SourceFile, at: number): Problem {
  return {
    scanner: "secrets",
    code: "gave-up",
    message: `The file holds too many secret-like places; it was examined up to byte ${at} of ${file.size}.`,
    path: file.path,
  };
}

function tooMany(file: SourceFile, count: number): Problem {
  return {
    scanner: "secrets",
    code: "too-many-findings",
    message: `The file holds ${count} secrets; the first ${mostFindings} are reported.`,
    path: file.path,
  };
}
