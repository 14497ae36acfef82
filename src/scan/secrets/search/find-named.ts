/**
 * Finds a provider's token that has no prefix: the provider's word opens a name, section or sentence, and the first
 * value behind it has the token's shape and is joined to it as values are. A hash, version or id beside the word is none.
 */

import { beginsWithAlgorithm, inElementOfSum, isSumOf, otherThings } from "../judgement/other-things.ts";
import type { Part, Shape } from "../rule/secret-rule.ts";
import { alphabetTable } from "../text/alphabets.ts";
import { matchParts } from "../text/match-parts.ts";
import { joinedEnd } from "../text/provider-words.ts";
import { isHash } from "../text/value-forms.ts";
import { type Candidate, type Hit, isIn, noProposal, type Proposal, type View } from "../text/view.ts";
import { firstValue, gluedEnd, looksDrawn } from "./first-value.ts";
import { isBeside, type NamedValue, wordIndent } from "./named-beside.ts";

/** How far behind the provider's word a value may begin. */
export const namedReach = 96;

/** How much prose, punctuation or other settings may stand between the name and its value. */
const widestGap = 48;

/** Words after which a value may stand with nothing but a space between. */
const introductions =
  /(^|[^a-z])(token|key|secret|apikey|authtoken|apitoken|accesstoken|bearer|basic|password|pass|pat|credential|code|is|sid|value|id|auth|ssws|geniekey|splunk|sso-key)$/;

/** What the name of a setting says that holds a credential. */
const credentialName =
  /token|key|secret|pass|pwd|auth|cred|pat\b|api|sid|code|bearer|licen[cs]e|dsn|hook|jwt|session|account|app|client|value|default|sso|sign|seed/;

/** For a value in other characters than the documents say. */
const looseLoss = 3;
const leastForeign = 4;
const leastForeignShare = 0.15;
const looseSignal = "in other characters than usual";

const assignedScore = 66;
/** Nothing but the form speaks for a value that stands beside the word without a sign between. */
const besideScore = 64;

/** `isJoined`: the word is an ordinary one, and counts only with what a key is called behind it. */
export function namedProposal(
  { parts, loose, mixed }: Shape & { is: "named" },
  view: View,
  hit: Hit,
  isJoined = false,
): Proposal {
  const { bytes } = view;
  const wordEnd = isJoined ? joinedEnd(bytes, hit.start, hit.end) : hit.end;
  if (wordEnd === undefined) return noProposal;
  const limit = Math.min(bytes.length, hit.end + namedReach);
  const nameEnd = gluedEnd(bytes, wordEnd, limit);
  const first = firstValue(bytes, nameEnd, limit, loose === undefined ? [parts] : [parts, loose]);
  if (first === undefined) return noProposal;
  const { start, end, form } = first;
  const value = bytes.toString("latin1", start, end);
  if (!looksDrawn(bytes, start, end, form + 1) || !/[A-Za-z]/.test(value)) return noProposal;
  if (beginsWithAlgorithm(value) || isPinned(bytes, start, value)) return noProposal;
  if (form > 0 && !isOfOther(bytes, start, parts, loose!)) return noProposal;
  if (mixed === true && !/[a-z][A-Z]|[A-Z][a-z]/.test(value)) return noProposal;
  if (isNameOf(bytes.toString("latin1", hit.start, hit.end), value)) return noProposal;
  const before = bytes.toString("latin1", Math.max(0, hit.start - wordIndent), hit.start).toLowerCase();
  if (isOfBadge(before + bytes.toString("latin1", hit.start, start))) return noProposal;
  if (isSumOf(before, bytes.toString("latin1", wordEnd, start))) return noProposal;
  const found = { view, word: { start: hit.start, end: wordEnd }, nameEnd, start, end, value };
  const candidate = assigned(found) ?? beside(found);
  if (candidate === undefined) return noProposal;
  const { score = 0, signals = [] } = candidate;
  const rated = form === 0 ? candidate : { ...candidate, score: score - looseLoss, signals: [...signals, looseSignal] };
  return { candidates: [rated], skipTo: end };
}

/** `build.svg?style=svg&acme-token=4f…`: shows a figure to everybody who opens a page, and does nothing else. */
function isOfBadge(before: string): boolean {
  return /\.svg\?[\w=&-]{1,60}=$/.test(before);
}

/** A key that is drawn holds one of fewer letters by chance. */
const leastWord = 4;

/** `AcmeV1ListOrders`: what code calls something of the provider's. */
function isNameOf(word: string, value: string): boolean {
  if (word.length < leastWord) return false;
  const at = value.toLowerCase().indexOf(word.toLowerCase());
  return at >= 0 && /[A-Z]/.test(value.charAt(at + word.length));
}

/** `uses: acme/access-token@4f…`: which commit of it. */
function isPinned(bytes: Buffer, start: number, value: string): boolean {
  return bytes[start - 1] === 0x40 && isHash(value);
}

/** Many of its characters are of another alphabet: with one or two it is a token of the usual one, and broken. */
function isOfOther(bytes: Buffer, start: number, parts: readonly Part[], loose: readonly Part[]): boolean {
  const bounds = matchParts(bytes, start, loose) ?? [];
  let foreign = 0;
  parts.forEach((part, index) => {
    if (!("alphabet" in part)) return;
    const table = alphabetTable(part.alphabet);
    for (let at = bounds[index] ?? 0; at < (bounds[index + 1] ?? 0); at++) if (!isIn(table, bytes[at])) foreign++;
  });
  return foreign >= Math.max(leastForeign, ((bounds.at(-1) ?? 0) - start) * leastForeignShare);
}

function assigned({ view, word, nameEnd, start, end, value }: NamedValue): Candidate | undefined {
  if (start - nameEnd > widestGap) return undefined;
  const between = view.bytes.toString("latin1", word.start, start).toLowerCase();
  const opened = between.replace(/[\s"'`\\[]+$/, "");
  // `[Acme start:@"v"]`: in Objective-C and C# the sign belongs to the quote.
  const head = opened.endsWith("@") ? opened.slice(0, -1).trimEnd() : opened;
  const sign = /[=:>,(|]+$|\s-$/.exec(head);
  const name = head.slice(0, head.length - (sign?.[0].length ?? 0)).replace(/[\s"'`\\\]?:|>]+$/, "");
  // Behind the word itself: `countrylayer` is no layer.
  if (otherThings.test(name.slice(word.end - word.start)) || inElementOfSum.test(name)) return undefined;
  if (sign === null && !introductions.test(head)) return undefined;
  // Another setting stands between, and its own name says nothing of a credential.
  const last = /[\w.-]+$/.exec(name)?.[0] ?? "";
  if (/[\n{},;]/.test(name.slice(0, name.length - last.length)) && !credentialName.test(last)) return undefined;
  // `set("puppet", "9a0c…")`, a table of hashes: nothing says that it is a key; `Acme("id", "9a0c…")` does.
  if (sign?.[0] === "," && isHash(value) && !introductions.test(name) && !name.includes("(")) return undefined;
  const closeness = between.includes("\n") ? 0 : start - nameEnd <= 8 ? 6 : 3;
  return { start, end, score: assignedScore + closeness, signals: ["the name says whose it is"] };
}

function beside(found: NamedValue): Candidate | undefined {
  if (!isBeside(found)) return undefined;
  const { start, end } = found;
  return { start, end, score: besideScore, signals: ["the provider's word stands beside it"] };
}
