/**
 * Finds a provider's token that has no prefix: the provider's word opens a name, section or sentence, and the first
 * value behind it has the token's shape and is joined to it as values are. A hash, version or id beside the word is none.
 */
import { alphabetTable } from "./alphabets.ts";
import { matchParts } from "./match-parts.ts";
import type { Part } from "./secret-rule.ts";
import { type Candidate, type Hit, isIn, noProposal, type Proposal, type View } from "./view.ts";

/** How far behind the provider's word a value may begin. */
export const namedReach = 96;

/** How much prose, punctuation or other settings may stand between the name and its value. */
const widestGap = 48;

/** What may be glued to a provider's word without ending it: `datadoghq`, `zoomtoken`. */
const glued = (
  "access account admin api app auth bot client com cred dev hook hq integration io key live oauth pass pat " +
  "personal prod project pwd sdk secret service sid test token url user web webhook"
).split(" ");
const gluedWords = new RegExp(`^(${glued.join("|")})`);

/** Their first letters. */
const gluedLetters = new Uint8Array(256);
for (const word of glued) for (const form of [word, word.toUpperCase()]) gluedLetters[form.charCodeAt(0)] = 1;

/** The last words of a name whose value is no secret, random as it looks. */
export const otherThings =
  /(sha\d*|md5|hash|digest|(?:check|sha\d*|md5)sums?|integrity|commit|head|revision|rev|ref|version|etag|id|ids|uuid|guid|image|layer|public|publickey|public[_-]?key|publishable[_-]?key|site[_-]?key|url|uri|path|file|name|host|class|color|nonce|fingerprint|thumbprint|signature|\bh1|cache[_-]?key|primary[_-]?key|foreign[_-]?key)$/;

/** Words after which a value may stand with nothing but a space between. */
const introductions =
  /(^|[^a-z])(token|key|secret|apikey|authtoken|apitoken|accesstoken|bearer|basic|password|pass|pat|credential|code|is|sid|value|id|auth|ssws|geniekey|splunk|sso-key)$/;

/** What the name of a setting says that holds a credential. */
const credentialName =
  /token|key|secret|pass|pwd|auth|cred|pat\b|api|sid|code|bearer|licen[cs]e|dsn|hook|jwt|session|account|app|client|value|default|sso|sign|seed/;

const word = alphabetTable("word");
const signs = alphabetTable("base64Any");
const letters = alphabetTable("letters");
const glue = alphabetTable("dotted");

export function namedProposal(parts: readonly Part[], mixed: boolean, view: View, hit: Hit): Proposal {
  const { bytes } = view;
  const limit = Math.min(bytes.length, hit.end + namedReach);
  let at = hit.end;
  while (at < limit && isIn(glue, bytes[at])) at++;
  const nameEnd = at;
  let breaks = 0;
  while (at < limit) {
    const byte = bytes[at]!;
    if (byte === 0x0a && ++breaks > 3) return noProposal;
    if (!isIn(word, byte) && !(isIn(signs, byte) && quotedOrAssigned(bytes[at - 1]))) {
      at++;
      continue;
    }
    const end = opensValue(bytes[at - 1]) ? matchParts(bytes, at, parts)?.at(-1) : undefined;
    if (end !== undefined && closesValue(bytes, end)) return candidate(view, hit, nameEnd, at, end, mixed);
    const runStart = at++;
    while (at < limit && isIn(glue, bytes[at])) at++;
    // Another value stands first: what comes behind it belongs to another name.
    if (at - runStart >= 16 && /\d/.test(bytes.toString("latin1", runStart, at))) return noProposal;
  }
  return noProposal;
}

function candidate(view: View, hit: Hit, nameEnd: number, start: number, end: number, mixed: boolean): Proposal {
  const value = view.bytes.toString("latin1", start, end);
  if (!looksDrawn(view.bytes, start, end) || !/[A-Za-z]/.test(value)) return noProposal;
  if (mixed && !/[a-z][A-Z]|[A-Z][a-z]/.test(value)) return noProposal;
  if (start - nameEnd > widestGap) return noProposal;
  const between = view.bytes.toString("latin1", hit.start, start).toLowerCase();
  const head = between.replace(/[\s"'`\\[]+$/, "");
  const sign = /[=:>,(|]+$|\s-$/.exec(head);
  const name = head.slice(0, head.length - (sign?.[0].length ?? 0)).replace(/[\s"'`\\\]?:|>]+$/, "");
  // Behind the word itself: `countrylayer` is no layer.
  if (otherThings.test(name.slice(hit.end - hit.start))) return noProposal;
  if (sign === null && !introductions.test(head)) return noProposal;
  // Another setting stands between, and its own name says nothing of a credential.
  const last = /[\w.-]+$/.exec(name)?.[0] ?? "";
  if (/[\n{},;]/.test(name.slice(0, name.length - last.length)) && !credentialName.test(last)) return noProposal;
  // `set("puppet", "9a0c…")`, a table of hashes: nothing says that it is a key.
  if (sign?.[0] === "," && isHash(value) && !introductions.test(name)) return noProposal;
  const closeness = between.includes("\n") ? 0 : start - nameEnd <= 8 ? 6 : 3;
  const found: Candidate = { start, end, score: 66 + closeness, signals: ["the name says whose it is"] };
  return { candidates: [found], skipTo: end };
}

/** Random text may be without a digit; then its cases change as no camelCase name's do. */
export function looksDrawn(bytes: Uint8Array, start: number, end: number): boolean {
  let changes = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= 0x30 && byte <= 0x39) return true;
    // The bit that tells the cases of a letter apart.
    if (at > start && isIn(letters, byte) && isIn(letters, bytes[at - 1]) && ((byte ^ bytes[at - 1]!) & 0x20) !== 0)
      changes++;
  }
  return changes >= Math.max(3, (end - start) / 3);
}

export function isHash(value: string): boolean {
  return [32, 40, 64, 96, 128].includes(value.length) && /^[0-9a-f]+$/i.test(value);
}

/** True if a provider's word stands there by itself, or as a part of a name. */
export function isWordAt(bytes: Buffer, start: number, end: number): boolean {
  return startsWord(bytes, start) && endsWord(bytes, end);
}

function startsWord(bytes: Buffer, start: number): boolean {
  const before = bytes[start - 1];
  if (!isIn(letters, before)) return true;
  if (isLower(before) && !isLower(bytes[start])) return true;
  return bytes[start - 2] === 0x5c && (before === 0x6e || before === 0x72 || before === 0x74);
}

function endsWord(bytes: Buffer, end: number): boolean {
  const next = bytes[end];
  if (!isIn(letters, next) || (isLower(bytes[end - 1]) && !isLower(next))) return true;
  return gluedLetters[next!] === 1 && gluedWords.test(bytes.toString("latin1", end, end + 12).toLowerCase());
}

function isLower(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x61 && byte <= 0x7a;
}

/** Only right behind these a value may begin with a sign of base64. */
function quotedOrAssigned(before: number | undefined): boolean {
  return before !== undefined && "\"'`=".includes(String.fromCharCode(before));
}

/** Space, quotes, brackets and the signs of assignment; no path, host or part of a longer word. */
export function opensValue(before: number | undefined): boolean {
  return before === undefined || " \t\r\n\"'`=:>(,[{|&?@".includes(String.fromCharCode(before));
}

export function closesValue(bytes: Buffer, end: number): boolean {
  const after = bytes[end];
  if (after === undefined || !isIn(glue, after)) return after !== 0x28 && after !== 0x2b && after !== 0x2f;
  return after === 0x2e && !isIn(word, bytes[end + 1]);
}
