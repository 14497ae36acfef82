/** The places of a file where rules look: anchors over raw bytes, runs of one class, and what the rule's shape says there. */
import { alphabetTable } from "./alphabets.ts";
import { type AnchorHits, findAnchors, newHits } from "./anchor-automaton.ts";
import { mayStandAt } from "./anchor-probes.ts";
import type { CompiledAnchor, CompiledRules } from "./compile-rules.ts";
import { confirmShape } from "./confirm-shape.ts";
import { escapeLength } from "./decoded-text.ts";
import { eachRunPart, type Range } from "./find-long-runs.ts";
import { eachNamedAnchor } from "./find-named-anchors.ts";
import { eachRareAnchor } from "./find-rare-anchors.ts";
import { findRuns } from "./find-runs.ts";
import { matchParts } from "./match-parts.ts";
import { mayBe } from "./path-facts.ts";
import { readerLimits } from "./readers/reader-limits.ts";
import type { SecretRule, Shape } from "./secret-rule.ts";
import { type Candidate, type Hit, isIn, type Proposal, startsToken, type View } from "./view.ts";

export interface RuleCandidate extends Candidate {
  readonly rule: SecretRule;
  /** Of a decoded text: where the value and the words around it stand in that. */
  readonly within?: Hit & { readonly view: View };
}

/** What happened at one hit: 1 unit of work where its rule did not even look. */
export interface Confirmed {
  readonly rule: SecretRule;
  readonly hit: Hit;
  readonly anchor: CompiledAnchor;
  readonly proposal: Proposal;
}

const blockSize = 4 * 1024 * 1024;
const streams: readonly [AnchorHits, AnchorHits, AnchorHits, AnchorHits] = [newHits(), newHits(), newHits(), newHits()];

/** What one confirmation costs, in bytes looked at; readers of whole documents cost more. */
export function costOf(shape: Shape): number {
  if (shape.is === "near") return shape.before + shape.after;
  return (shape.is === "reader" ? readerLimits[shape.reader].cost : undefined) ?? 150;
}

/**
 * Calls `visit` for every anchor that ends in the range and has what its rule needs beside it; false ends it, and the offset of the end is returned.
 * `wake` is told where escapes begin.
 */
export function eachHit(
  compiled: CompiledRules,
  { bytes }: View,
  range: Range,
  visit: (anchor: CompiledAnchor, hit: Hit) => boolean,
  wake?: (start: number) => void,
): number | undefined {
  const { automaton, anchors, escapeHeads, rare, named } = compiled;
  const { from, to } = range;
  for (let block = from; block < to; block += blockSize) {
    findAnchors(automaton, bytes, block, Math.min(to, block + blockSize), streams);
    for (const hits of streams) {
      for (let index = 0; index < hits.count; index++) {
        const end = hits.ends[index]!;
        const state = hits.states[index]!;
        const head = escapeHeads[state]!;
        if (head > 0 && wake !== undefined && escapeLength(bytes, end - head) > 0) wake(end - head);
        for (const anchor of anchors[state]!) {
          const start = end - anchor.length;
          if (mayStandAt(anchor.probes, bytes, start, end) && !visit(anchor, { start, end })) return end;
        }
      }
    }
  }
  return eachNamedAnchor(named, bytes, range, visit) ?? eachRareAnchor(rare, bytes, range, visit);
}

/** Undefined where the rule does not look: the path is none of its own. */
export function confirm({ rules }: CompiledRules, view: View, anchor: CompiledAnchor, hit: Hit): Confirmed | undefined {
  const rule = rules[anchor.rule]!;
  if (rule.only !== undefined && !mayBe(view.facts, ...rule.only)) return undefined;
  return { rule, hit, anchor, proposal: confirmShape(rule.shape, view, hit, anchor.anchor.at ?? 0) };
}

/** Candidates of rules without anchors whose first characters are a run that starts in the range. */
export function eachRun(
  compiled: CompiledRules,
  { bytes }: View,
  range: Range,
  visit: (candidate: RuleCandidate) => void,
): void {
  for (const { rule, alphabet, least, most, parts } of compiled.runs) {
    const table = alphabetTable(alphabet);
    const found = (start: number, end: number) => {
      if (end - start > most || !startsToken(bytes, start)) return;
      const tokenEnd = parts === undefined ? end : matchParts(bytes, start, parts)?.at(-1);
      if (tokenEnd === undefined || isIn(alphabetTable("base62"), bytes[tokenEnd])) return;
      visit({ rule, start, end: tokenEnd });
    };
    eachRunPart(range, least, (part) => findRuns(bytes, table, { least, most }, part, found));
  }
}
