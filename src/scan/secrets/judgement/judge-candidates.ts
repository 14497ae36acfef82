import { runCheck } from "../checks/run-check.ts";
import { surely } from "../paths/path-facts.ts";
import type { SecretRule } from "../rule/secret-rule.ts";
import { entropy } from "../scoring/entropy.ts";
import { isOver, reportedScore, scoreOf } from "../scoring/score.ts";
import { readsAsWords } from "../scoring/word-letters.ts";
import type { RuleCandidate } from "../search/find-hits.ts";
import { type View, windowText } from "../text/view.ts";
import { knownPublic } from "./known-public.ts";
import { isWithinBase64, saysOther } from "./other-things.ts";
import { placeholderReason } from "./placeholders.ts";

export interface Judged {
  readonly rule: SecretRule;
  readonly start: number;
  readonly end: number;
  /** The characters of the file. */
  readonly value: string;
  /** What is fingerprinted. */
  readonly normalised: string;
  readonly score: number;
  /** The kind has a checksum, and this value's is wrong. */
  readonly formatOnly: boolean;
  /** Its structure shows that it is no token of the kind: what else it may be is for other rules to say. */
  readonly malformed: boolean;
  readonly signals: readonly string[];
  readonly expires?: string | undefined;
}

/** More than any score: the worst of a provider's shape comes before the best of a generic one. */
const kindGain = 1000;

/** Scores every candidate and keeps one per place: the better score wins, and a provider's shape beats a generic one. */
export function judgeCandidates(found: readonly RuleCandidate[], view: View): readonly Judged[] {
  const judged = found.flatMap((candidate) => judge(candidate, view) ?? []);
  const rank = (one: Judged) => one.score + (isOfKind(one, view) ? kindGain : 0);
  judged.sort((a, b) => rank(b) - rank(a) || b.end - b.start - (a.end - a.start) || a.start - b.start);
  const kept = withoutOverlaps(judged).sort((a, b) => a.start - b.start);
  return view.facts.sample ? withVectorsBelow(kept) : kept;
}

/** In one file of tests nobody keeps so many keys and passwords; test vectors do. */
const mostInTests = 25;

/** Test vectors of ciphers and protocols are random, too, and have the names of secrets: together they are shown on request only. */
function withVectorsBelow(found: readonly Judged[]): readonly Judged[] {
  const isVector = ({ rule, score }: Judged) => rule.generic === true && score >= reportedScore;
  const count = found.filter(isVector).length;
  if (count <= mostInTests) return found;
  const signal = `one of ${count} such values in a file of tests`;
  return found.map((one) =>
    isVector(one) ? { ...one, score: reportedScore - 1, signals: [...one.signals, signal] } : one,
  );
}

/** True if the candidate, alone, would be reported: whether another one takes its place is not asked. */
export function isReportable(candidate: RuleCandidate, view: View, least: number): boolean {
  return (judge(candidate, view)?.score ?? 0) >= Math.max(1, least);
}

/** A provider's shape beats a generic one; not if its checksum is wrong, nothing near speaks for it, and a name says secret. */
function isOfKind({ rule, score, malformed, formatOnly }: Judged, { facts }: View): boolean {
  if (rule.generic === true || malformed) return false;
  return !formatOnly || score >= reportedScore || facts.sample;
}

/** Keeps the first of overlapping spans: sorted starts and ends, so that many candidates stay cheap. */
function withoutOverlaps(ranked: readonly Judged[]): Judged[] {
  const kept: Judged[] = [];
  const taken = new Map<number, Judged[]>();
  const cell = 256;
  for (const one of ranked) {
    const cells: number[] = [];
    for (let index = Math.floor(one.start / cell); index <= Math.floor((one.end - 1) / cell); index++)
      cells.push(index);
    const clash = cells.some((index) =>
      taken.get(index)?.some((other) => one.start < other.end && other.start < one.end),
    );
    if (clash) continue;
    kept.push(one);
    for (const index of cells) {
      const list = taken.get(index);
      if (list === undefined) taken.set(index, [one]);
      else list.push(one);
    }
  }
  return kept;
}

function judge(candidate: RuleCandidate, view: View): Judged | undefined {
  const { rule, start, end } = candidate;
  const seen = candidate.within ?? { view, start, end };
  const value = candidate.value ?? seen.view.bytes.toString("utf8", seen.start, seen.end);
  const context = contextFound(rule, seen.view, seen.start, seen.end);
  if (rule.context?.required === true && !context) return undefined;
  if (rule.checks === undefined && rule.shape.is === "token" && isWithinBase64(seen.view.bytes, seen.start, seen.end))
    return undefined;
  const checks = (rule.checks ?? []).map((check) => runCheck(check, value));
  const { normalised = value, expires } = candidate;
  const known = knownPublic(value) ?? (normalised === value ? undefined : knownPublic(normalised));
  const checkPassed = checks.some((check) => check.verdict === "valid");
  const proven = candidate.proven === true || checkPassed;
  const checkFailed = candidate.formatOnly === true || (!proven && checks.some((check) => check.verdict === "invalid"));
  // A hash has the right form, too.
  const isOther = checkFailed && saysOther(seen.view.bytes, seen.start);
  const malformed = isOther || (!proven && checks.some((check) => check.verdict === "malformed"));
  const placeholder = rule.loose === true || proven ? undefined : placeholderReason(bodyOf(rule, value));
  const tooRegular =
    (rule.minimumEntropy !== undefined && entropy(value) < rule.minimumEntropy) || (!proven && isOfWords(rule, value));
  const machineWritten = surely(view.facts, "data");
  const base = candidate.score ?? rule.score;
  const score =
    known !== undefined
      ? 0
      : scoreOf({
          base,
          proven,
          checkPassed,
          checkFailed,
          malformed,
          placeholder,
          context,
          tooRegular,
          sample: view.facts.sample && candidate.evenInSamples !== true,
          machineWritten,
          over: isOver(expires),
        });
  const signals = [
    ...(candidate.signals ?? []),
    ...checks.map((check) => check.signal),
    ...(context ? ["a word nearby names the provider"] : []),
    ...(isOther ? ["its name says that it is another thing"] : []),
    ...(placeholder === undefined ? [] : [placeholder]),
    ...(known === undefined ? [] : [known]),
    ...(tooRegular ? ["too regular for a random value"] : []),
    ...(view.facts.sample ? ["path of tests, examples or documentation"] : []),
  ];
  return { rule, start, end, value, normalised, score, formatOnly: checkFailed, malformed, signals, expires };
}

/** The value without the provider's prefix, which may itself contain a placeholder's word (`sk_test_`). */
function bodyOf(rule: SecretRule, value: string): string {
  const anchor = rule.anchors.find(({ text, at }) => (at ?? 0) === 0 && value.startsWith(text));
  const body = anchor === undefined ? value : value.slice(anchor.text.length);
  // Long-lived tokens of Dropbox have ten times the same letter in their middle.
  const fixed = "parts" in rule.shape ? rule.shape.parts : [];
  return fixed.reduce(
    (rest, part) => ("text" in part && part.text.length > 7 ? rest.replace(part.text, "") : rest),
    body,
  );
}

/** Where chance makes the value, words show that it is an identifier or stands in for one; fixed parts are words themselves. */
function isOfWords(rule: SecretRule, value: string): boolean {
  if (rule.loose === true || rule.shape.is === "reader") return false;
  if (rule.shape.is === "token" && rule.shape.parts.filter((part) => "text" in part).length > 1) return false;
  return readsAsWords(bodyOf(rule, value));
}

function contextFound(rule: SecretRule, view: View, start: number, end: number): boolean {
  if (rule.context === undefined) return false;
  const { words, before, after } = rule.context;
  const text = `${windowText(view, start - before, start)} ${windowText(view, end, end + after)}`;
  return words.some((word) => text.includes(word));
}
