/** The places of a file where rules look: anchors over raw bytes, runs of one class, and what the rule's shape says there. */

import { mayBeOf, type PathFacts } from "../paths/path-facts.ts";
import { readers } from "../readers/readers.ts";
import type { SecretRule, Shape } from "../rule/secret-rule.ts";
import { alphabetTable } from "../text/alphabets.ts";
import { escapeHead, longestHead } from "../text/decoded-text.ts";
import { matchParts } from "../text/match-parts.ts";
import { type Candidate, type Hit, isIn, type Proposal, startsToken, type View } from "../text/view.ts";
import type { AnchorTable } from "./anchor-table.ts";
import type { CompiledRules } from "./compile-rules.ts";
import type { CompiledAnchor } from "./compiled-anchor.ts";
import { confirmShape } from "./confirm-shape.ts";
import { eachRunPart, type Range } from "./find-long-runs.ts";
import { eachNamedAnchor } from "./find-named-anchors.ts";
import { eachRareAnchor } from "./find-rare-anchors.ts";
import { findRuns } from "./find-runs.ts";
import { visitAnchors } from "./visit-anchors.ts";

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

/** What one confirmation costs, in bytes looked at; readers of whole documents cost more, and tables by their rows. */
export function costOf(confirmed: Confirmed | undefined): number {
  return confirmed === undefined ? 1 : shapeCost(confirmed.rule.shape) + (confirmed.proposal.cost ?? 0);
}

function shapeCost(shape: Shape): number {
  if (shape.is === "near") return shape.before + shape.after;
  return (shape.is === "reader" ? readers[shape.reader].cost : undefined) ?? ordinaryCost;
}

/** Where a name or token is read, and judged. */
const ordinaryCost = 150;

/**
 * Calls `visit` for every anchor that ends in the range and has what its rule needs beside it; false ends it, and the offset of the end is returned.
 */
export function eachHit(
  compiled: CompiledRules,
  { bytes, facts }: View,
  range: Range,
  visit: (anchor: CompiledAnchor, hit: Hit) => boolean,
  onMark?: () => void,
): number | undefined {
  const { prefilter, marks, rare, named } = compiled;
  const anchors = anchorsIn(compiled, facts);
  let stoppedAt: number | undefined;
  prefilter.anchors(bytes, range.parts ?? Int32Array.of(range.from, range.to), (end, text) => {
    if (marks[text] === 1) onMark?.();
    const goesOn = visitAnchors(anchors.at(text), bytes, end, visit);
    if (!goesOn) stoppedAt = end;
    return goesOn;
  });
  return (
    stoppedAt ??
    eachNamedAnchor(named, prefilter, bytes, range, visit) ??
    eachRareAnchor(rare, prefilter, bytes, range, visit)
  );
}

const narrowed = new WeakMap<AnchorTable, Map<string, AnchorTable>>();

/** Without those of rules that look in files of other kinds only: `key` of pipelines stands everywhere. */
function anchorsIn({ rules, anchors }: CompiledRules, facts: PathFacts): AnchorTable {
  if (facts.kind === "any") return anchors;
  const key = `${facts.kind}:${facts.format}`;
  const byFacts = narrowed.get(anchors) ?? new Map<string, AnchorTable>();
  narrowed.set(anchors, byFacts);
  let table = byFacts.get(key);
  if (table === undefined) {
    table = anchors.thatLook(({ rule }) => mayLook(rules[rule]!, facts));
    byFacts.set(key, table);
  }
  return table;
}

function mayLook({ only }: SecretRule, facts: PathFacts): boolean {
  return only === undefined || mayBeOf(facts, only);
}

/** Where escapes begin whose first characters end in the range. */
export function escapesIn({ prefilter }: CompiledRules, { bytes }: View, { from, to }: Range): number[] {
  const found: number[] = [];
  const places = prefilter.escapes(bytes, Math.max(0, from - longestHead), to);
  for (let index = 0; index < places.length; index++) {
    const at = places[index]!;
    const head = escapeHead(bytes, at);
    if (head > 0 && at + head > from && at + head <= to) found.push(at);
  }
  return found;
}

/** Undefined where the rule does not look: the path is none of its own. */
export function confirm({ rules }: CompiledRules, view: View, anchor: CompiledAnchor, hit: Hit): Confirmed | undefined {
  const rule = rules[anchor.rule]!;
  if (!mayLook(rule, view.facts)) return undefined;
  return { rule, hit, anchor, proposal: confirmShape(rule.shape, view, hit, anchor.anchor) };
}

/** Candidates of rules without anchors whose first characters are a run that starts in the range. */
export function eachRun(
  compiled: CompiledRules,
  { bytes }: View,
  range: Range,
  visit: (candidate: RuleCandidate) => void,
): void {
  for (const { rule, table, least, most, parts } of compiled.runs) {
    const found = (start: number, end: number) => {
      if (end - start > most || !startsToken(bytes, start)) return;
      const tokenEnd = parts === undefined ? end : matchParts(bytes, start, parts)?.at(-1);
      if (tokenEnd === undefined || isIn(alphabetTable("base62"), bytes[tokenEnd])) return;
      visit({ rule, start, end: tokenEnd });
    };
    eachRunPart(bytes, table, range, least, (part) => findRuns(bytes, table, { least, most }, part, found));
  }
}
