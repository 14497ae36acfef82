/** Whether a provider's word stands in a text as one: by itself, or as a part of a name. */
import { alphabetTable, tableOf } from "./alphabets.ts";
import { isEscapeLetter, isIn } from "./view.ts";

const letters = alphabetTable("letters");
const valueCharacters = alphabetTable("dotted");

/** What may be glued to a provider's word without ending it: `datadoghq`, `zoomtoken`. */
const glued = (
  "access account admin api app auth bot client com cred dev hook hq integration io key live oauth pass pat " +
  "personal prod project pwd sdk secret service sid test token url user web webhook"
).split(" ");
const gluedWords = new RegExp(`^(${glued.join("|")})`);

/** Their first letters. */
const gluedLetters = new Uint8Array(256);
for (const word of glued) for (const form of [word, word.toUpperCase()]) gluedLetters[form.charCodeAt(0)] = 1;

/** What a key is called, and what may stand between that and an ordinary word that is a provider's name, too. */
const keyNames = /^[_\-. ]?(?:api|token|key|secret|access|auth|client|pat)|^\.(?:init|set|configure)/;
const longestKeyName = 12;
const joins = tableOf("_-. ackptsACKPTS:=\t\"'`|([]>,");
/** What may stand between the word and a value that belongs to it alone, and how long such a value is. */
const apart = tableOf(" \t\"'`|([>,-");
const mostApart = 4;
const leastValue = 15;

export function isWordAt(bytes: Buffer, start: number, end: number): boolean {
  return startsWord(bytes, start) && endsWord(bytes, end);
}

/**
 * Where a name ends that an ordinary word begins: `front_token`, `frontKey`, `front:`, `api.front.`, `['front']`, or the
 * word itself where a value stands right behind it; undefined where it is nothing but a word.
 */
export function joinedEnd(bytes: Buffer, start: number, end: number): number | undefined {
  const next = bytes[end];
  if (!isIn(joins, next) || !startsWord(bytes, start)) return undefined;
  if (next === 0x3a || next === 0x3d || (next === 0x20 && bytes[end + 1] === 0x3d)) return end;
  const behind = bytes.toString("latin1", end, end + longestKeyName).toLowerCase();
  const nameEnd = end + (keyNames.exec(behind)?.[0].length ?? 0);
  if (nameEnd > end && endsWord(bytes, nameEnd)) return nameEnd;
  const isHost = next === 0x2e && bytes.toString("latin1", Math.max(0, start - 4), start).toLowerCase() === "api.";
  if (isHost) return end + 1;
  const before = bytes[start - 1];
  // `acme-box V`: the word ends the name of something else.
  const isAlone = !isIn(valueCharacters, before) && valueFollows(bytes, end);
  return isAlone || isEnclosed(before, next) ? end : undefined;
}

/** `"front"`, `[front]`: an index, a section, the name of a member. */
function isEnclosed(before: number | undefined, after: number | undefined): boolean {
  if (before === 0x5b) return after === 0x5d;
  return before === after && (after === 0x22 || after === 0x27);
}

function valueFollows(bytes: Buffer, end: number): boolean {
  let start = end;
  while (start < end + mostApart && isIn(apart, bytes[start])) start++;
  if (start === end) return false;
  for (let at = start; at < start + leastValue; at++) if (!isIn(valueCharacters, bytes[at])) return false;
  return true;
}

function startsWord(bytes: Buffer, start: number): boolean {
  const before = bytes[start - 1];
  if (!isIn(letters, before)) return true;
  if (isLower(before) && !isLower(bytes[start])) return true;
  return bytes[start - 2] === 0x5c && isEscapeLetter(before);
}

function endsWord(bytes: Buffer, end: number): boolean {
  const next = bytes[end];
  if (!isIn(letters, next) || (isLower(bytes[end - 1]) && !isLower(next))) return true;
  return gluedLetters[next!] === 1 && gluedWords.test(bytes.toString("latin1", end, end + 12).toLowerCase());
}

function isLower(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x61 && byte <= 0x7a;
}
