/**
 * The hot path: anchors over raw bytes, then each hit is confirmed by its rule's shape. No text is decoded and no
 * regular expression runs before an anchor is there. The work is counted, not timed: the same bytes always give the
 * same result, and a hostile file ends with a Problem instead of a stall.
 * The loops over every byte are WebAssembly (prefilter.ts); figures stand in docs/measurements.md.
 */

import type { Hit, View } from "../text/view.ts";
import type { CompiledRules } from "./compile-rules.ts";
import type { CompiledAnchor } from "./compiled-anchor.ts";
import { findEncoded } from "./find-encoded.ts";
import { confirm, costOf, eachHit, eachRun, escapesIn, type RuleCandidate } from "./find-hits.ts";
import { rangeOf, withoutWords } from "./find-long-runs.ts";

export interface Candidates {
  readonly found: readonly RuleCandidate[];
  /** Offset from which the file was not examined any more; undefined if all was. */
  readonly stoppedAt?: number;
  /** False if no mark stands in the file that may silence something. */
  readonly mayBeMarked: boolean;
}

const mostCandidates = 20_000;

export function findCandidates(compiled: CompiledRules, view: View): Candidates {
  const { bytes } = view;
  const found: RuleCandidate[] = [];
  const skipTo = new Map<number, number>();
  const whole = rangeOf(compiled, bytes, 0, bytes.length);
  const long = withoutWords(compiled, bytes, whole);
  eachRun(compiled, view, long, (candidate) => {
    if (found.length < mostCandidates) found.push(candidate);
  });
  const last = found.at(-1);
  if (last !== undefined && found.length >= mostCandidates) return { found, stoppedAt: last.end, mayBeMarked: true };
  let budget = workBudget(bytes.length);
  const visit = (anchor: CompiledAnchor, hit: Hit) => {
    if (hit.start < (skipTo.get(anchor.rule) ?? 0)) return true;
    const confirmed = confirm(compiled, view, anchor, hit);
    budget -= costOf(confirmed);
    if (confirmed !== undefined) {
      const { rule, proposal } = confirmed;
      if (proposal.skipTo !== undefined)
        skipTo.set(anchor.rule, Math.max(skipTo.get(anchor.rule) ?? 0, proposal.skipTo));
      for (const candidate of proposal.candidates) found.push({ ...candidate, rule });
    }
    return budget >= 0 && found.length <= mostCandidates;
  };
  const escapes = escapesIn(compiled, view, whole);
  let mayBeMarked = false;
  const stoppedAt = eachHit(compiled, view, whole, visit, () => {
    mayBeMarked = true;
  });
  if (stoppedAt !== undefined) return { found, stoppedAt, mayBeMarked: true };
  let lastAt: number | undefined;
  findEncoded(compiled, view, long, escapes, {
    spend(work) {
      budget -= work;
      return budget >= 0 && found.length <= mostCandidates;
    },
    add(candidate) {
      found.push(candidate);
      lastAt = candidate.end;
    },
  });
  return budget < 0 || found.length > mostCandidates
    ? { found, stoppedAt: lastAt ?? 0, mayBeMarked }
    : { found, mayBeMarked };
}

/**
 * Of 47,000 real files (400 MB) none costs more than 2.2 per byte. A unit costs 2 to 30 ns, by what is read: files of 28 MB
 * that are made of anchors alone end after 0.1 to 2.5 seconds (hostile-anchors.test.ts tries smaller ones).
 */
export function workBudget(size: number): number {
  return Math.min(80_000_000, 20_000_000 + size * 3);
}
