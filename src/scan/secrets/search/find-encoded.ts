/**
 * Secrets behind base64 and escapes: the text around is decoded, at most 8 KB at once and three layers deep, and the
 * rules look at it as they look at a file. Places lead back to the characters of the file.
 * Plain text costs a look at its long runs, which are found once for all (find-long-runs.ts), and a few more anchors; the three alignments of every rule's anchor in base64, the other way, need 2,000.
 */

import { type DecodedText, decodeBase64, decodeEscapes } from "../text/decoded-text.ts";
import type { View } from "../text/view.ts";
import type { CompiledRules } from "./compile-rules.ts";
import { confirm, costOf, eachHit, eachRun, escapesIn, type RuleCandidate } from "./find-hits.ts";
import { findLiterals } from "./find-literals.ts";
import { type Range, rangeOf, withoutWords } from "./find-long-runs.ts";
import { type Sight, sightOf } from "./sight.ts";

const deepest = 3;
/** How much is decoded before and behind an escape, and how much at once. */
const around = { before: 512, after: 1024, most: 8192 };
/** How far left of a change an escape may stand that sees it, and how far right. */
export const escapeReach = { before: around.after, after: around.before };

/** Takes the candidates and their cost; false ends the search. */
export interface Sink {
  /** False if there was enough of it. */
  spend(work: number): boolean;
  add(candidate: RuleCandidate): void;
}

/** `escapes`: where escapes begin, in order. Candidates are of base64 literals that touch the range. */
export function findEncoded(
  compiled: CompiledRules,
  view: View,
  range: Range,
  escapes: readonly number[],
  sink: Sink,
  depth = 1,
): void {
  let going = true;
  findLiterals(view.bytes, range, (start, end) => {
    if (going) going = look(compiled, view, decodeBase64(view.bytes, start, end), "base64", sink, depth);
  });
  for (const { from, to } of pieces(escapes, view.bytes.length)) {
    if (!going) return;
    going = look(compiled, view, decodeEscapes(view.bytes, from, to), "escapes", sink, depth);
  }
}

interface Piece {
  readonly from: number;
  readonly to: number;
}

/** What stands around the escapes, in pieces that overlap where they had to be cut. */
function* pieces(escapes: readonly number[], size: number): Iterable<Piece> {
  let piece: Piece | undefined;
  for (const at of escapes) {
    const next = { from: Math.max(0, at - around.before), to: Math.min(size, at + around.after) };
    if (piece === undefined) piece = next;
    else if (next.from <= piece.to && next.to - piece.from <= around.most) piece = { from: piece.from, to: next.to };
    else {
      yield piece;
      piece = next;
    }
  }
  if (piece !== undefined) yield piece;
}

function look(
  compiled: CompiledRules,
  outer: View,
  decoded: DecodedText,
  layer: "base64" | "escapes",
  sink: Sink,
  depth: number,
): boolean {
  const { bytes, originOf } = decoded;
  const view: View = { bytes, facts: outer.facts };
  const whole = rangeOf(compiled, bytes, 0, bytes.length);
  const signal = layer === "base64" ? "inside base64" : "behind escapes";
  const add = (candidate: RuleCandidate, from: number) => {
    const { rule, start, end } = candidate;
    // What no provider's shape explains is left alone inside base64: whole programs and styles stand there.
    if (layer === "base64" && rule.generic === true) return;
    // Without an escape in it or at its end, the plain text holds the same.
    if (layer === "escapes" && !isEscaped(decoded, Math.min(from, start), end + 1)) return;
    sink.add({
      ...candidate,
      start: originOf(start),
      end: originOf(Math.min(end, bytes.length)),
      within: candidate.within ?? { view, start, end },
      signals: [...(candidate.signals ?? []), signal],
    });
  };
  let going = sink.spend(bytes.length * 2);
  const long = withoutWords(compiled, bytes, whole);
  eachRun(compiled, view, long, (candidate) => add(candidate, candidate.start));
  eachHit(compiled, view, whole, (anchor, hit) => {
    // Its candidates would be left alone, and judging them is what costs.
    const rule = compiled.rules[anchor.rule]!;
    if (layer === "base64" && rule.generic === true) return going;
    // What no escape stands in is read in the plain text.
    if (layer === "escapes" && !seesEscape(decoded, sightOf(rule, anchor, bytes, hit))) return going;
    const confirmed = confirm(compiled, view, anchor, hit);
    going &&= sink.spend(costOf(confirmed));
    for (const candidate of confirmed?.proposal.candidates ?? [])
      add({ ...candidate, rule: confirmed!.rule }, hit.start);
    return going;
  });
  if (!going || depth === deepest) return going;
  const inner: Sink = { spend: (work) => sink.spend(work), add: (candidate) => add(candidate, candidate.start) };
  findEncoded(compiled, view, long, escapesIn(compiled, view, whole), inner, depth + 1);
  return sink.spend(0);
}

function seesEscape(decoded: DecodedText, { from, to, isRefused }: Sight): boolean {
  return isRefused !== true && isEscaped(decoded, Math.max(0, from), to + 1);
}

function isEscaped({ bytes, originOf }: DecodedText, from: number, to: number): boolean {
  const end = Math.min(to, bytes.length);
  return originOf(end) - originOf(from) > end - from;
}
