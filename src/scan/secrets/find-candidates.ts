/**
 * The hot path: anchors over raw bytes, then each hit is confirmed by its rule's shape. No text is decoded and no
 * regular expression runs before an anchor is there. The work is counted, not timed: the same bytes always give the
 * same result, and a hostile file ends with a Problem instead of a stall.
 * Measured with all scanning included, one thread of a busy 2-core machine, second pass: 434 MB per CPU second over
 * Go's source (15,000 files, 229 MB), 356 over node_modules (48,000 files, 400 MB, with 8 KB on average).
 */
import { alphabetTable } from "./alphabets.ts";
import { type AnchorHits, findAnchors, newHits } from "./anchor-automaton.ts";
import type { CompiledAnchor, CompiledRules } from "./compile-rules.ts";
import { confirmShape } from "./confirm-shape.ts";
import { escapeLength } from "./decoded-text.ts";
import { findEncoded } from "./find-encoded.ts";
import { findRuns } from "./find-runs.ts";
import { matchParts, textAt } from "./match-parts.ts";
import { mayBe } from "./path-facts.ts";
import { readerLimits } from "./readers/reader-limits.ts";
import type { SecretRule, Shape } from "./secret-rule.ts";
import { type Candidate, type Hit, isIn, type Proposal, startsToken, type View } from "./view.ts";

export interface RuleCandidate extends Candidate {
  readonly rule: SecretRule;
  /** Of a decoded text: where the value and the words around it stand in that. */
  readonly within?: Hit & { readonly view: View };
}

export interface Candidates {
  readonly found: readonly RuleCandidate[];
  /** Offset from which the file was not examined any more; undefined if all was. */
  readonly stoppedAt?: number;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What happened at one hit: 1 unit of work where its rule did not even look. */
export interface Confirmed {
  readonly rule: SecretRule;
  readonly hit: Hit;
  readonly anchor: CompiledAnchor;
  readonly proposal: Proposal;
}

const blockSize = 4 * 1024 * 1024;
const mostCandidates = 20_000;
const streams: readonly [AnchorHits, AnchorHits, AnchorHits, AnchorHits] = [newHits(), newHits(), newHits(), newHits()];

export function findCandidates(compiled: CompiledRules, view: View): Candidates {
  const { bytes } = view;
  const found: RuleCandidate[] = [];
  const skipTo = new Int32Array(compiled.rules.length);
  const whole = { from: 0, to: bytes.length };
  const escapes: number[] = [];
  eachRun(compiled, view, whole, (candidate) => {
    if (found.length < mostCandidates) found.push(candidate);
  });
  const last = found.at(-1);
  if (last !== undefined && found.length >= mostCandidates) return { found, stoppedAt: last.end };
  let budget = workBudget(bytes.length);
  const visit = (anchor: CompiledAnchor, hit: Hit) => {
    if (hit.start < skipTo[anchor.rule]!) return true;
    const confirmed = confirm(compiled, view, anchor, hit);
    budget -= confirmed === undefined ? 1 : costOf(confirmed.rule.shape);
    if (confirmed !== undefined) {
      const { rule, proposal } = confirmed;
      if (proposal.skipTo !== undefined) skipTo[anchor.rule] = Math.max(skipTo[anchor.rule]!, proposal.skipTo);
      for (const candidate of proposal.candidates) found.push({ ...candidate, rule });
    }
    return budget >= 0 && found.length <= mostCandidates;
  };
  const stoppedAt = eachHit(compiled, view, whole, visit, (start) => escapes.push(start));
  if (stoppedAt !== undefined) return { found, stoppedAt };
  let lastAt: number | undefined;
  findEncoded(compiled, view, whole, escapes, {
    spend(work) {
      budget -= work;
      return budget >= 0 && found.length <= mostCandidates;
    },
    add(candidate) {
      found.push(candidate);
      lastAt = candidate.end;
    },
  });
  return budget < 0 || found.length > mostCandidates ? { found, stoppedAt: lastAt ?? 0 } : { found };
}

/**
 * Of 47,000 real files (400 MB) none costs more than 2.2 per byte. A unit costs about 10 ns, so that a file made to
 * stall ends after about two seconds.
 */
export function workBudget(size: number): number {
  return Math.min(80_000_000, 20_000_000 + size * 3);
}

/** What one confirmation costs, in bytes looked at; readers of whole documents cost more. */
export function costOf(shape: Shape): number {
  if (shape.is === "near") return shape.before + shape.after;
  return (shape.is === "reader" ? readerLimits[shape.reader].cost : undefined) ?? 150;
}

/**
 * Calls `visit` for every anchor that ends in the range; false ends it, and the offset of the end is returned.
 * `wake` is told where escapes begin.
 */
export function eachHit(
  compiled: CompiledRules,
  { bytes }: View,
  { from, to }: Range,
  visit: (anchor: CompiledAnchor, hit: Hit) => boolean,
  wake?: (start: number) => void,
): number | undefined {
  const { automaton, anchors, escapeHeads } = compiled;
  for (let block = from; block < to; block += blockSize) {
    findAnchors(automaton, bytes, block, Math.min(to, block + blockSize), streams);
    for (const hits of streams) {
      for (let index = 0; index < hits.count; index++) {
        const end = hits.ends[index]!;
        for (const output of automaton.outputs[hits.states[index]!]!) {
          if (escapeHeads[output]! > 0) {
            const start = end - escapeHeads[output]!;
            if (wake !== undefined && escapeLength(bytes, start) > 0) wake(start);
          }
          for (const anchor of anchors[output]!) {
            if (!visit(anchor, { start: end - anchor.length, end })) return end;
          }
        }
      }
    }
  }
  return undefined;
}

/** Undefined where the rule does not look: the case differs, or the path is none of its own. */
export function confirm({ rules }: CompiledRules, view: View, anchor: CompiledAnchor, hit: Hit): Confirmed | undefined {
  const rule = rules[anchor.rule]!;
  const { text, foldCase, at } = anchor.anchor;
  if (foldCase !== true && !textAt(view.bytes, hit.start, text, false)) return undefined;
  if (rule.only !== undefined && !mayBe(view.facts, ...rule.only)) return undefined;
  return { rule, hit, anchor, proposal: confirmShape(rule.shape, view, hit, at ?? 0) };
}

/** Candidates of rules without anchors whose first characters are a run that starts in the range. */
export function eachRun(
  compiled: CompiledRules,
  { bytes }: View,
  range: Range,
  visit: (candidate: RuleCandidate) => void,
): void {
  for (const { rule, alphabet, least, most, parts } of compiled.runs) {
    findRuns(bytes, alphabetTable(alphabet), { least, most }, range, (start, end) => {
      if (end - start > most || !startsToken(bytes, start)) return;
      const tokenEnd = parts === undefined ? end : matchParts(bytes, start, parts)?.at(-1);
      if (tokenEnd === undefined || isIn(alphabetTable("base62"), bytes[tokenEnd])) return;
      visit({ rule, start, end: tokenEnd });
    });
  }
}
