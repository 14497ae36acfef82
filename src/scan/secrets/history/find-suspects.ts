/**
 * Tells whether a blob may hold a secret, before its path is known: the history scanner asks it for every object of a
 * pack and reads only the suspects again, under their true paths. It says yes too often rather than too seldom, and
 * names no secret.
 */

import { isReportable } from "../judgement/judge-candidates.ts";
import { readKeystore } from "../keystores/read-keystore.ts";
import { compiledOwnRules } from "../own-rules.ts";
import { anyFacts } from "../paths/path-facts.ts";
import { drawnLook, lookBehind } from "../prefilter/prefilter-memory.ts";
import { secretRules } from "../rules.generated.ts";
import { reportedScore } from "../scoring/score.ts";
import type { CompiledRules } from "../search/compile-rules.ts";
import type { CompiledAnchor } from "../search/compiled-anchor.ts";
import { decodeBytes, withoutMark } from "../search/decode-bytes.ts";
import { workBudget } from "../search/find-candidates.ts";
import { escapeReach, findEncoded, type Sink } from "../search/find-encoded.ts";
import { confirm, costOf, eachHit, eachRun, escapesIn, type RuleCandidate } from "../search/find-hits.ts";
import { type Range, rangeOf, withoutWords } from "../search/find-long-runs.ts";
import { namedReach } from "../search/find-named.ts";
import { type Reach, refusalReach, windowReachOf, windowSight } from "../search/rule-reach.ts";
import { type Sight, sightOf } from "../search/sight.ts";
import type { Hit, Proposal, View } from "../text/view.ts";
import { joinWindows } from "./join-windows.ts";
import { distinctSpans, type SpanList, widestSights } from "./span-lists.ts";

/**
 * Offsets of the blob, in lists without gaps.
 *
 * `evidence`: one pair [from, to) for every reportable candidate, with its anchor, sorted. If the blob has any, it is a suspect.
 * What lies in one unbroken copy of a delta makes the child a suspect, too; a pair that does not is simply dropped: the windows
 * around what broke it, or what `far` says, find it again if it is still there.
 *
 * `far`: anchors that see further than windows reach, whether something was found or not. Quadruples, sorted by anchor: a
 * pair of what was seen, then the pair of the anchor. Where a child has the anchor without all that was seen, it is judged
 * again. What begins below 0 or ends above the blob's size saw the file's end, and is carried only to the same end of the child.
 */
export interface Suspects {
  readonly evidence: Int32Array;
  readonly far: Int32Array;
  /** False of what was taken as one piece (binary, UTF-16, given up, long lists): what is built on it is scanned whole. */
  readonly isPlain: boolean;
}

/** What changed in a blob since a base whose suspects are known: sorted pairs of offsets. */
export interface Changes {
  /** What is new; empty pairs where two copies meet that were not neighbours, and where the base ended otherwise. */
  readonly splices: Int32Array;
  /** Where anchors are looked for: the splices, widened by `windowReach`, and the anchors that see one of them from further away. They do not touch. */
  readonly windows: Int32Array;
}

/** Windows are a delta's changes, widened by `before` and `after`: what stands outside cannot see the change, or is in `far`. */
export const windowReach: Reach = windowReachOf(secretRules);

/** How far anything is looked at that is not told by `far`: around an escape, and elsewhere. */
export const farthestSight = {
  beside: Math.max(windowReach.before, windowReach.after),
  escaped: Math.max(escapeReach.before, escapeReach.after),
};

/** True if an escape may begin in the part: then what stands behind escapes may matter there. */
export function hasEscape(bytes: Buffer, from: number, to: number): boolean {
  return escapesIn(compiledOwnRules(), { bytes, facts: anyFacts }, { from, to, runs: none }).length > 0;
}

/** Longer lists are not worth their mapping: the children are scanned whole. */
const mostPairs = 512;
const mostFar = 4096;

/**
 * `changes` are undefined for a whole blob. Rules are confirmed on the whole blob, wherever the windows end. `least` is the
 * score from which a finding is wanted.
 */
export function findSuspects(bytes: Buffer, changes: Changes | undefined, least = reportedScore): Suspects {
  // A file that is a key is one in any of its versions, and nothing in it stands beside anything.
  if (readKeystore(bytes) !== undefined) return wholeOf(bytes);
  const compiled = compiledOwnRules();
  const decoded = decodeBytes(bytes);
  if (decoded === undefined) {
    return { evidence: none, far: none, isPlain: false };
  }
  if (decoded === bytes) return suspectsIn(compiled, withoutMark(bytes), changes, least);
  // UTF-16: offsets of the text are none of the blob, so it is taken as one piece.
  const { evidence } = suspectsIn(compiled, Buffer.from(decoded), undefined, least);
  return { evidence: evidence.length > 0 ? Int32Array.of(0, bytes.length) : none, far: none, isPlain: false };
}

const none = new Int32Array(0);
const noEscapes: readonly number[] = [];
/** So far from an anchor it is decided whether it is one, and runs are followed: a provider's word by the run behind it. */
const besideAnchors = Math.max(lookBehind, namedReach + drawnLook);
/** Of a run that is looked at as a candidate, in bytes looked at. */
const costOfRun = 50;

/** What the parts of a search share. */
interface Search {
  readonly rules: CompiledRules;
  readonly view: View;
  readonly least: number;
  readonly evidence: SpanList;
  readonly far: SpanList;
  /** Work that is left; below 0 it was too much. */
  budget: number;
  /** The last answer of a reader that several hits may share. */
  lastRead?: Proposal;
  /** True once something is found behind escapes that a change of its other end would not lead to again. */
  isFarBehindEscapes?: boolean;
}

function suspectsIn(rules: CompiledRules, bytes: Buffer, changes: Changes | undefined, least: number): Suspects {
  const view: View = { bytes, facts: anyFacts };
  const search: Search = { rules, view, least, evidence: [], far: [], budget: workBudget(bytes.length) };
  const isThrough = changes === undefined ? searchWhole(search) : searchWindows(search, changes);
  // Made to stall: the ordinary scanner says so under its path, and nobody inherits from it.
  if (!isThrough || search.budget < 0 || !searchEscapes(search, changes?.windows)) return wholeOf(bytes);
  // A document of keys in percent signs: what is built on it is scanned whole.
  if (search.isFarBehindEscapes === true) return wholeOf(bytes);
  const suspects = { evidence: distinctSpans(search.evidence), far: widestSights(search.far), isPlain: true };
  if (suspects.far.length > 4 * mostFar || suspects.evidence.length > 2 * mostPairs) {
    return { ...wholeOf(bytes), ...(suspects.evidence.length === 0 && { evidence: none }) };
  }
  return suspects;
}

/** False if it was stopped. */
function searchWhole(search: Search): boolean {
  const { rules, view } = search;
  const whole = rangeOf(rules, view.bytes, 0, view.bytes.length);
  const stoppedAt = eachHit(rules, view, whole, (anchor, hit) => visit(search, anchor, hit));
  searchRuns(search, withoutWords(rules, view.bytes, whole));
  return stoppedAt === undefined;
}

function searchWindows(search: Search, { windows, splices }: Changes): boolean {
  const { rules, view } = search;
  const joined = joinWindows(view.bytes, windows, besideAnchors);
  const range = { ...rangeOf(rules, joined.bytes, 0, joined.bytes.length), parts: joined.windows };
  const stoppedAt = eachHit(rules, { ...view, bytes: joined.bytes }, range, (anchor, hit) => {
    const end = joined.placeOf(hit.end);
    return end < 0 || visit(search, anchor, { start: end - anchor.length, end }, splices);
  });
  joined.eachWithRuns(withoutWords(rules, joined.bytes, range).runs, (from, to, runs) =>
    searchRuns(search, { from, to, runs }),
  );
  return stoppedAt === undefined;
}

/** False if there is enough of it. */
function visit(search: Search, anchor: CompiledAnchor, hit: Hit, splices?: Int32Array): boolean {
  const { rules, view, least, evidence, far } = search;
  const sight = sightOf(rules.rules[anchor.rule]!, anchor, view.bytes, hit);
  search.budget--;
  if (splices !== undefined && !sees(sight, splices)) {
    // The base saw the same: its evidence is carried, but not how far it saw, if another rule sees further from there.
    keepFar(search, sight, hit);
    return search.budget >= 0;
  }
  // Hits are judged one by one, without the skipping of a whole scan: what one sees must not hang on another.
  const confirmed = sight.isRefused === true ? undefined : confirm(rules, view, anchor, hit);
  keepFar(search, confirmed?.proposal.looked === "at-the-hit" ? atSight(sight, hit) : sight, hit);
  // Hits of one heading, or of one list, get the same answer: its evidence is that of the first, and each sees when it changes.
  if (confirmed !== undefined && confirmed.proposal === search.lastRead) return search.budget >= 0;
  if (confirmed !== undefined) search.budget -= costOf(confirmed);
  if (confirmed?.proposal.cost !== undefined) search.lastRead = confirmed.proposal;
  for (const candidate of confirmed?.proposal.candidates ?? []) {
    if (!isReportable({ ...candidate, rule: confirmed!.rule }, view, least)) continue;
    evidence.push(Math.min(hit.start, candidate.start), Math.max(hit.end, candidate.end));
  }
  return search.budget >= 0 && evidence.length < 40_000 && far.length < 160_000;
}

function atSight({ from, to }: Sight, { start, end }: Hit): Sight {
  return { from: Math.max(from, start - refusalReach.before), to: Math.min(to, end + refusalReach.after) };
}

function keepFar({ view, far }: Search, sight: Sight, hit: Hit): void {
  if (!isFar(sight, hit)) return;
  far.push(Math.max(-1, sight.from), Math.min(view.bytes.length + 1, sight.to), hit.start, hit.end);
}

/** Rules without anchors, and what long runs hide. */
function searchRuns(search: Search, range: Range): void {
  const { rules, view } = search;
  eachRun(rules, view, range, (candidate) => {
    search.budget -= costOfRun;
    addIfReportable(search, candidate);
  });
  findEncoded(rules, view, range, noEscapes, sinkOf(search));
}

/** False if it was too much. */
function searchEscapes(search: Search, windows: Int32Array | undefined): boolean {
  const { rules, view } = search;
  for (const range of widened(windows, view.bytes.length)) {
    const escapes = escapesIn(rules, view, range);
    if (escapes.length > 0) findEncoded(rules, view, range, escapes, sinkBehindEscapes(search));
    if (search.budget < 0) return false;
  }
  return true;
}

function sinkOf(search: Search): Sink {
  return {
    spend(work) {
      search.budget -= work;
      return search.budget >= 0;
    },
    add: (candidate) => void addIfReportable(search, candidate),
  };
}

function sinkBehindEscapes(search: Search): Sink {
  const add = (candidate: RuleCandidate) => {
    if (!addIfReportable(search, candidate)) return;
    if (candidate.end - candidate.start > escapeReach.after) search.isFarBehindEscapes = true;
  };
  return { ...sinkOf(search), add };
}

function addIfReportable({ view, least, evidence }: Search, candidate: RuleCandidate): boolean {
  const isReported = isReportable(candidate, view, least);
  if (isReported) evidence.push(candidate.start, candidate.end);
  return isReported;
}

function wholeOf(bytes: Buffer): Suspects {
  return { evidence: Int32Array.of(0, bytes.length), far: none, isPlain: false };
}

/** True if it holds a byte that is new, or bytes that were no neighbours. */
function sees({ from, to }: Sight, splices: Int32Array): boolean {
  let low = 0;
  let high = splices.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (splices[middle * 2 + 1]! > from) high = middle;
    else low = middle + 1;
  }
  return low * 2 < splices.length && splices[low * 2]! < to;
}

/** True of what windows around changes do not hold for sure. */
function isFar({ from, to }: Sight, { start, end }: Hit): boolean {
  return from < start - windowSight.before || to > end + windowSight.after;
}

/** Windows in which escapes are looked for: they are few, and see further than anything else that is not carried. */
function* widened(windows: Int32Array | undefined, size: number): Iterable<Range> {
  const runs = none;
  if (windows === undefined) yield { from: 0, to: size, runs };
  else {
    for (let index = 0; index + 1 < windows.length; ) {
      const from = Math.max(0, windows[index]! - escapeReach.before);
      let to = windows[index + 1]! + escapeReach.after;
      for (index += 2; windows[index]! - escapeReach.before <= to; index += 2)
        to = windows[index + 1]! + escapeReach.after;
      yield { from, to: Math.min(size, to), runs };
    }
  }
}
