/** Finds exposed secrets in one file. */
import { createHash } from "node:crypto";
import type { Finding } from "#model/finding.ts";
import type { Problem } from "#model/scan-result.ts";
import { type Severity, severities } from "#model/severity.ts";
import type { SourceFile } from "#model/source-file.ts";
import { emptyResult, type FileResult, type FileScanner, type ScanContext } from "../file-scanner.ts";
import { type Judged, judgeCandidates } from "./judgement/judge-candidates.ts";
import { reportedScore } from "./judgement/score.ts";
import { type Keystore, nobodysSignal, worthlessScore } from "./keystores/keystore.ts";
import { readKeystore } from "./keystores/read-keystore.ts";
import { linePositions } from "./line-positions.ts";
import { fingerprintOf } from "./masking/fingerprint.ts";
import { maskValue } from "./masking/masking.ts";
import { compiledOwnRules, ownRules } from "./own-rules.ts";
import { factsKey, type PathFacts, pathFacts } from "./path-facts.ts";
import { withPrecomputed } from "./prefilter/precomputed.ts";
import type { PrefilterImage } from "./prefilter/prefilter-memory.ts";
import type { CompiledRules } from "./search/compile-rules.ts";
import { decodeBytes, withoutMark } from "./search/decode-bytes.ts";
import { findCandidates } from "./search/find-candidates.ts";
import { findRareLiterals } from "./search/find-rare-literals.ts";
import type { SecretRule } from "./secret-rule.ts";
import { type FoundPlace, withoutSilenced } from "./silencing/without-silenced.ts";
import { usersCandidates } from "./user-rules/users-candidates.ts";
import type { View } from "./view.ts";

/** Raise when the engine's results change; the hash of the rules is joined to it. */
const engineVersion = "13";

/** Larger files are not scanned whole in memory; a Problem says so. */
export const largestFile = 32 * 1024 * 1024;
const mostFindings = 1000;

let version: string | undefined;

export const secretsScanner: FileScanner = {
  name: "secrets",
  // Only where results are kept does anybody ask: a hash of all rules costs what a small scan does.
  get version() {
    version ??= `${engineVersion}-${rulesHash(ownRules())}`;
    return version;
  },
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
  if (stored !== undefined) return foundKeystore(stored, raw, { rules, file, facts, context });
  const bytes = decodeBytes(raw);
  if (bytes === undefined) return emptyResult;
  const original = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const view = { bytes: withoutMark(original), original, facts };
  // It says something of the bytes as they lie in the file.
  const isAsStored = bytes === raw && view.bytes === original;
  const known = isAsStored ? withKnown(rules, original, file) : rules;
  const { found: ruled, stoppedAt, mayBeMarked } = findCandidates(known, view);
  const users = usersCandidates(view, file.path, context.secrets);
  const least = context.minimumScore ?? reportedScore;
  const rare = least < reportedScore ? findRareLiterals(view) : [];
  const found = users.found.length + rare.length === 0 ? ruled : [...ruled, ...users.found, ...rare];
  const problems: Problem[] = [...(stoppedAt === undefined ? [] : [gaveUp(file, stoppedAt)]), ...users.problems];
  if (found.length + users.allowed.length + problems.length === 0 && !mayBeMarked) return emptyResult;
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
  return withoutSilenced({
    ...{ findings, allowed, view, mayBeMarked, isWhole, problems },
    ...{ path: file.path, settings: context.secrets },
  });
}

function withKnown(rules: CompiledRules, bytes: Buffer, { precomputed }: SourceFile): CompiledRules {
  return precomputed === undefined
    ? rules
    : { ...rules, prefilter: withPrecomputed(rules.prefilter, bytes, precomputed) };
}

/** The file as a whole is the secret: it has no lines, and no marks. */
function foundKeystore(
  { rule: id, identity, isOfNobody, ...stored }: Keystore,
  bytes: Uint8Array,
  given: { rules: CompiledRules; file: SourceFile; facts: PathFacts; context: ScanContext },
): FileResult {
  const { rules, file, facts, context } = given;
  const rule = rules.rules.find((one) => one.id === id);
  const isForTests = facts.sample && isOfNobody === true;
  const score = isForTests ? worthlessScore : stored.score;
  if (rule === undefined || score < (context.minimumScore ?? reportedScore)) return emptyResult;
  const signals = [
    ...stored.signals,
    ...(isForTests ? [nobodysSignal] : []),
    ...(facts.sample ? ["path of tests, examples or documentation"] : []),
  ];
  const judged: Judged = {
    ...{ rule, start: 0, end: 0, value: "", normalised: identity, score, formatOnly: false, malformed: false, signals },
  };
  const at = { path: file.path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  const finding = { ...findingOf(judged, at, facts, context), masked: `(${bytes.length} bytes)` };
  const view = { bytes: Buffer.alloc(0), facts };
  const findings = [{ finding, start: 0, end: 0 }];
  return withoutSilenced({
    ...{ findings, allowed: [], view, path: file.path, settings: context.secrets },
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
    masked: maskValue(value, hasPrefix(rule, value)),
    signals,
    ...(expires !== undefined && { expires }),
  };
}

function hasPrefix(rule: SecretRule, value: string): boolean {
  return (
    rule.shape.is === "token" &&
    rule.anchors.some(({ text, at }) => (at ?? 0) === 0 && text.length >= 3 && value.startsWith(text))
  );
}

function milder(severity: Severity): Severity {
  return severities[severities.indexOf(severity) + 1] ?? severity;
}

/** All that the results depend on: every rule's data, without the generators of its examples. */
function rulesHash(rules: readonly SecretRule[]): string {
  const data = JSON.stringify(rules, (key, value: unknown) => (key === "examples" ? undefined : value));
  return createHash("sha256").update(data).digest("hex").slice(0, 16);
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
