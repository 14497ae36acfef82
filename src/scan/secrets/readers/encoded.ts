/** Secrets behind one layer of base64: Basic headers, .npmrc passwords, Docker logins. */

import { isStockPassword } from "../judgement/stock-passwords.ts";
import { noChosenReason, noSecretReason } from "../judgement/value-refusals.ts";
import { placedScore, tokenScore } from "../judgement/value-scores.ts";
import { surely } from "../paths/path-facts.ts";
import { reportedScore } from "../scoring/score.ts";
import { scoreValue } from "../scoring/score-literal.ts";
import { isUuid } from "../text/value-forms.ts";
import { type Hit, latinText, noProposal, type Proposal, refusedAtSight, runEnd, type View } from "../text/view.ts";

const longest = 4096;
const quoteOrSpace = new Set([0x20, 0x22, 0x27, 0x3d, 0x3a, 0x09]);

/** Base64 of printable text, decoded; undefined if it is neither. */
function printable(encoded: string): string | undefined {
  if (encoded.length < 8 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded)) return undefined;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  return /^[\x20-\x7e\t\r\n]{4,}$/.test(text) ? text : undefined;
}

function encodedAfter(
  view: View,
  from: number,
): { readonly start: number; readonly end: number; readonly text: string } {
  let start = from;
  while (start < from + 6 && quoteOrSpace.has(view.bytes[start] ?? 0)) start++;
  let end = runEnd(view.bytes, "base64Any", start, longest);
  while (end < start + longest && view.bytes[end] === 0x3d) end++;
  return { start, end, text: view.bytes.toString("latin1", start, end) };
}

/** `Basic` and base64 of `user:password`, or a key of the service's own that decodes to nothing. */
export function readBasicHeader(view: View, hit: Hit): Proposal {
  const { start, end, text } = encodedAfter(view, hit.end);
  if (printable(text) === undefined && isKeyOfHeader(view, hit, text)) {
    const score = tokenScore(text.replace(/=+$/, ""));
    return { candidates: [{ start, end, score, signals: ["value of an Authorization header"] }], skipTo: end };
  }
  const isUsed = !view.facts.sample && !surely(view.facts, "text");
  return userAndPassword({ start, end, text, isUsed }, "Basic header decodes to user and password");
}

/** `Authorization: Basic v`: as long as base64 is, of letters of both cases and digits, none of whoever shows the header. */
function isKeyOfHeader({ bytes }: View, { start }: Hit, text: string): boolean {
  if (!/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?:[A-Za-z\d+/]{4}){3,}(?:[A-Za-z\d+/]{2,3}={1,2})?$/.test(text)) return false;
  if (noSecretReason(text) !== undefined || nearlyReads(text)) return false;
  return /auth(?:orization)?["'\]]{0,3}\)?\s{0,3}(?:[:=,]|=>|[!=]={1,2})\s{0,3}\\?["'`]?$/i.test(
    latinText(bytes, start - 40, start),
  );
}

/** Tests garble `user:password` on purpose; of bytes that are drawn three in eight are characters. */
function nearlyReads(encoded: string): boolean {
  const bytes = Buffer.from(encoded, "base64");
  return bytes.filter((byte) => byte >= 0x20 && byte < 0x7f).length > bytes.length * mostThatReads;
}

const mostThatReads = 0.7;

/** `"auth": "base64 of user:password"` of a Docker configuration, `_auth=` of .npmrc. */
export function readEncodedLogin(view: View, hit: Hit): Proposal {
  const { start, end, text } = encodedAfter(view, hit.end);
  return userAndPassword({ start, end, text }, "decodes to user and password");
}

/** What the place adds to the odds: that it decodes to a user and something says what that is. */
const placeOdds = 2;

interface Encoded {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Not shown in a document, or to a test: what it decodes to is the password of somebody. */
  readonly isUsed?: boolean;
}

function userAndPassword({ start, end, text, isUsed = false }: Encoded, signal: string): Proposal {
  const decoded = printable(text);
  const colon = decoded?.indexOf(":") ?? -1;
  if (decoded === undefined || colon < 0) return noProposal;
  const password = decoded.slice(colon + 1);
  const user = decoded.slice(0, colon);
  // Clients of OAuth have UUIDs for both.
  const isMade = isUuid(password) && isUuid(user);
  if (password.length < 4 || (!isMade && noSecretReason(password) !== undefined) || /[\r\n]/.test(password))
    return noProposal;
  if (isStockPassword(password) || password === user) return noProposal;
  // That it decodes proves what it is; whether somebody uses it is another question.
  const score = isUsed ? placedScore(password, placeOdds) : scoreValue(password, "password", { odds: placeOdds });
  if (!isMade && score < reportedScore) return noProposal;
  return { candidates: [{ start, end, normalised: password, proven: true, signals: [signal] }], skipTo: end };
}

/** Of .npmrc: `_password=` and base64 of the password or token, `_auth=` and base64 of `user:password`. */
export function readNpmPassword(view: View, hit: Hit): Proposal {
  const before = view.bytes[hit.start - 1];
  if (before !== undefined && before !== 0x3a && before !== 0x0a) return refusedAtSight;
  const { start, end, text } = encodedAfter(view, hit.end);
  const decoded = printable(text);
  const isPair = view.bytes.toString("latin1", hit.start, hit.end).includes("auth") && decoded?.includes(":");
  if (isPair === true) return userAndPassword({ start, end, text }, "decodes to user and password");
  if (decoded === undefined || noChosenReason(decoded) !== undefined) return noProposal;
  return {
    candidates: [{ start, end, normalised: decoded, proven: true, signals: ["decodes to a password"] }],
    skipTo: end,
  };
}
