/** Reads a value that is written in pieces: `"v" + "w"`, `'v' . 'w'`, and `"v" "w"` side by side or in lines of their own. */
import type { Hit } from "../view.ts";
import { isQuote, type Literal } from "./read-literal.ts";

export interface JoinedLiteral {
  /** Of the last piece. */
  readonly end: number;
  readonly text: string;
}

const longest = 300;
/** Readers of names look no further behind their hit: company.ts looks on from where the value ends. */
const farthest = 860;
const mostPieces = 8;
/** A name's line and the next, as far as histories look; behind a bracket more. */
const mostBreaks = 1;
const mostBreaksInBracket = 5;

const piece =
  /["'][ \t]*(?:(?:\+|\.{1,2}|&)\s{0,40}|\\?(?:\r?\n)?[ \t]{1,40}(?:[+.&][ \t]*)?)[bu@]?(?:"([^"\\\n]{1,128})(?=")|'([^'\\\n]{1,128})(?='))/y;
/** Something else is part of it, or the last piece is the name of what follows. */
const goesOn = /^["'](?:[ \t]*\\?\s{0,40}[+.&%(:=[]|\s{0,4}(?:=>|if\b))/;
/** A bracket opens right behind the sign. */
const inBracket = /^["'\])]{0,3}\s{0,4}[:=]{1,2}\s{0,4}\(\s{0,40}[bu]?["']$/;

/** What goes on behind the literal; undefined if it is whole, or something else than text is part of it. */
export function joinedAt(bytes: Buffer, hit: Hit, { start, end, quoted }: Literal): JoinedLiteral | undefined {
  if (!quoted || !isQuote(bytes[end]) || bytes[end] === 0x60 || bytes[start - 1] !== bytes[end]) return undefined;
  const most = Math.min(bytes.length, end + longest, hit.end + farthest);
  const rest = bytes.toString("latin1", end, most);
  const before = bytes.toString("latin1", hit.end, start);
  let left = (inBracket.test(before) ? mostBreaksInBracket : mostBreaks) - breaksIn(before);
  let text = "";
  let at = 0;
  for (let count = 0; count < mostPieces; count++) {
    piece.lastIndex = at;
    const match = piece.exec(rest);
    if (match === null) break;
    left -= breaksIn(match[0]);
    if (left < 0) return undefined;
    text += match[1] ?? match[2] ?? "";
    at = piece.lastIndex;
  }
  if (text === "" || goesOn.test(rest.slice(at, at + 48))) return undefined;
  return { end: end + at, text: bytes.toString("utf8", start, end) + Buffer.from(text, "latin1").toString("utf8") };
}

function breaksIn(text: string): number {
  return text.split("\n").length - 1;
}
