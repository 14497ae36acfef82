/**
 * Tells whether a blob may hold a secret, before its path is known: the history scanner asks it for every object of a
 * pack and reads only the suspects again, under their true paths. It says yes too often rather than too seldom, and
 * names no secret.
 */
import { type CompiledAnchor, type CompiledRules, compileRules } from "./compile-rules.ts";
import { decidingHead, decodeBytes } from "./decode-bytes.ts";
import { workBudget } from "./find-candidates.ts";
import { escapeReach, findEncoded, type Sink } from "./find-encoded.ts";
import { confirm, costOf, eachHit, eachRun, escapesIn } from "./find-hits.ts";
import { type Range, rangeOf } from "./find-long-runs.ts";
import { isReportable } from "./judge-candidates.ts";
import { anyFacts } from "./path-facts.ts";
import { type Reach, windowReachOf } from "./rule-reach.ts";
import { secretRules } from "./rules.generated.ts";
import { reportedScore } from "./score.ts";
import { innermost, outermost, type SpanList } from "./span-lists.ts";
import type { Hit, View } from "./view.ts";

/**
 * Sorted pairs [from, to) of byte offsets of the blob.
 *
 * `evidence`: one pair for every reportable candidate, with its anchor. If the blob has any, it is a suspect. What lies
 * in one unbroken copy of a delta makes the child a suspect, too; a pair that does not is simply dropped: the windows
 * around what broke it find it again if it is still there.
 *
 * `reach`: what was looked at further than windows reach, whether something was found or not, and the head that decided
 * that the blob is binary or UTF-16. Where a child copies a part of such a pair without the whole, that part is a window:
 * the anchor may stand in it. A pair that begins at 0 or ends at the blob's size looked at the file's edge: it is carried
 * only to the same edge of the child.
 */
export interface Suspects {
  readonly evidence: Int32Array;
  readonly reach: Int32Array;
  /** False of what was taken as one piece (binary, UTF-16, given up, long lists): what is built on it is scanned whole. */
  readonly isPlain: boolean;
}

/** Windows are a delta's changes, widened by `before` and `after`; anchors outside cannot see the change. */
export const windowReach: Reach = widest(windowReachOf(secretRules), escapeReach);

function widest(one: Reach, other: Reach): Reach {
  return { before: Math.max(one.before, other.before), after: Math.max(one.after, other.after) };
}

/** Longer lists are not worth their mapping: the children are scanned whole. */
const mostPairs = 512;

let compiled: CompiledRules | undefined;

/**
 * `windows`: sorted pairs of what changed since a base whose suspects are known; undefined for a whole blob. Rules are
 * confirmed on the whole blob, wherever the windows end. `least` is the score from which a finding is wanted.
 */
export function findSuspects(bytes: Buffer, windows: Int32Array | undefined, least = reportedScore): Suspects {
  compiled ??= compileRules(secretRules);
  const decoded = decodeBytes(bytes);
  const all = Int32Array.of(0, bytes.length);
  if (decoded === undefined) {
    return { evidence: none, reach: Int32Array.of(0, Math.min(bytes.length, decidingHead)), isPlain: false };
  }
  if (decoded === bytes) return suspectsIn(compiled, bytes, windows, least);
  // UTF-16: offsets of the text are none of the blob, so it is taken as one piece.
  const { evidence } = suspectsIn(compiled, Buffer.from(decoded), undefined, least);
  return { evidence: evidence.length > 0 ? all : none, reach: all, isPlain: false };
}

const none = new Int32Array(0);

function suspectsIn(rules: CompiledRules, bytes: Buffer, windows: Int32Array | undefined, least: number): Suspects {
  const view: View = { bytes, facts: anyFacts };
  const evidence: SpanList = [];
  const reach: SpanList = [];
  let budget = workBudget(bytes.length);
  for (const range of rangesOf(rules, bytes, windows)) {
    eachRun(rules, view, range, (candidate) => {
      budget -= 50;
      if (isReportable(candidate, view, least)) evidence.push(candidate.start, candidate.end);
    });
    const escapes = escapesIn(rules, view, range);
    const visit = (anchor: CompiledAnchor, hit: Hit) => {
      // Hits are judged one by one, without the skipping of a whole scan: what one sees must not hang on another.
      const confirmed = confirm(rules, view, anchor, hit);
      budget -= confirmed === undefined ? 1 : costOf(confirmed.rule.shape);
      if (confirmed === undefined) return budget >= 0;
      const { rule, proposal } = confirmed;
      if (anchor.longReach !== undefined && proposal.looked !== "at-the-hit") {
        const { before, after } = anchor.longReach;
        reach.push(Math.max(0, hit.start - before), Math.min(bytes.length, hit.end + after));
      }
      for (const candidate of proposal.candidates) {
        if (!isReportable({ ...candidate, rule }, view, least)) continue;
        evidence.push(Math.min(hit.start, candidate.start), Math.max(hit.end, candidate.end));
      }
      return budget >= 0 && evidence.length < 40_000 && reach.length < 40_000;
    };
    const stoppedAt = eachHit(rules, view, range, visit);
    const sink: Sink = {
      spend(work) {
        budget -= work;
        return budget >= 0;
      },
      add(candidate) {
        if (isReportable(candidate, view, least)) evidence.push(candidate.start, candidate.end);
      },
    };
    findEncoded(rules, view, range, escapes, sink);
    // Made to stall: the ordinary scanner says so under its path, and nobody inherits from it.
    if (stoppedAt !== undefined || budget < 0) return wholeOf(bytes);
  }
  const pairs = { evidence: innermost(evidence), reach: outermost(reach), isPlain: true };
  if (pairs.reach.length > 2 * mostPairs || pairs.evidence.length > 2 * mostPairs) {
    return { ...wholeOf(bytes), ...(pairs.evidence.length === 0 && { evidence: none }) };
  }
  return pairs;
}

function wholeOf(bytes: Buffer): Suspects {
  const all = Int32Array.of(0, bytes.length);
  return { evidence: all, reach: all, isPlain: false };
}

function* rangesOf(rules: CompiledRules, bytes: Buffer, windows: Int32Array | undefined): Iterable<Range> {
  if (windows === undefined) yield rangeOf(rules, bytes, 0, bytes.length);
  else {
    for (let index = 0; index + 1 < windows.length; index += 2) {
      yield rangeOf(rules, bytes, Math.max(0, windows[index]!), Math.min(bytes.length, windows[index + 1]!));
    }
  }
}
