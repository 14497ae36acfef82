/**
 * Reads a value that is written in pieces: `"v" + "w"`, `'v' . 'w'`, and `"v" "w"` side by side or in lines of their own, where
 * the language takes those for one.
 */
import { mayBe, surely } from "../paths/path-facts.ts";
import type { Hit, View } from "../text/view.ts";
import type { Assignment } from "./read-assignment.ts";
import { isQuote } from "./read-literal.ts";

interface ValueInPieces {
  /** Of the last piece. */
  readonly end: number;
  readonly text: string;
}

/** Bytes behind the first piece, and how many pieces: of what is longer the beginning is read. */
const longest = 400;
const mostPieces = 8;
/** Readers of names look no further behind their hit: company.ts looks on from where the value ends. */
const farthest = 860;

/** Behind a piece or a sign, up to the line's end; and one that ends within it. */
const note = String.raw`(?:\/\/|#)[^\n]{0,80}`;
const within = String.raw`[ \t]*(?:\/\*[^*\n]{0,80}\*\/[ \t]*)?`;
/** Lines of their own that only say something. */
const noteLines = String.raw`(?:[ \t]*${note}\r?\n){0,2}`;
const nextPiece = String.raw`[bu@]?(?<quote>["'\x60])(?<text>(?:(?!\k<quote>)[^\\\n]){1,128})(?=\k<quote>)`;

/** From the quote that closes the piece before it. Basic ends a line that goes on with `_`, PowerShell with a backtick. */
function behind(sign: string): RegExp {
  const line = String.raw`${within}(?:\\|${note})?\r?\n(?:[ \t]*\r?\n)?${noteLines}[ \t]{1,40}`;
  const gap = String.raw`(?:[ \t]+[_\x60]\r?\n|${within}(?:${note})?\r?\n${noteLines})?\s{0,40}${within}`;
  return new RegExp(String.raw`["'\x60](?:${line}|${within})(?:${sign})${gap}${nextPiece}`, "y");
}
const behindPlus = behind("\\+");
const behindSign = behind(String.raw`[+&]|\|\||\.concat\(|\.{1,2}`);
/** `"$TOOL"` is a command that a shell calls with the name before it. */
const beside = new RegExp(
  String.raw`(?<last>["'])(?<between>(?:[ \t]*(?:\\|${note})?\r?\n${noteLines})?[ \t]{1,40})(?![bu@]?["']\$)${nextPiece}`,
  "y",
);

/** Something else than text is part of it, or the last piece is the name of what follows. */
const goesOn =
  /^["'`](?:[ \t]*\\?\s{0,40}(?:(?:[+.&]{1,2}|\|\|)\s{0,40}(?![\s"'`+.&])|[%(:=[])|\s{0,4}(?:=>|if\b|\)\s{0,4}\.concat\())/;
/** A variable within backticks. */
const variable = /\$\{/;
/** What may follow the last of pieces side by side: no more words. */
const ends = /^["'][ \t]*(?:[;,)\]}\\\r\n#]|\/[/*]|$)/;
/** A bracket opens right behind the sign. */
const inBracket = /[:=]\s{0,4}\(\s{0,40}[bu@]?["']$/;
/** `NAME="v" "tool"`: as shells assign. */
const isTight = /[:=]\(?[bu@]?["']$/;

/** Undefined if the literal is all of it, or something else than text is part of it. */
export function valueInPieces(view: View, hit: Hit, assignment: Assignment): ValueInPieces | undefined {
  const { bytes } = view;
  const { start, end, quoted } = assignment;
  if (!quoted || !isQuote(bytes[end]) || bytes[start - 1] !== bytes[end]) return undefined;
  const most = Math.min(bytes.length, end + longest, hit.end + farthest);
  // No pattern takes the second byte of `à` for white space; of what stands between pieces, none is a no-break space.
  const rest = bytes.toString("latin1", end, most).replaceAll("\xa0", "\xff");
  // In shells the other signs stand between commands, in documents, logs and settings between what is said.
  const signed = mayBe(view.facts, "code") && !surely(view.facts, "shell") ? behindSign : behindPlus;
  const joins = joinsBeside(view, hit, assignment);
  let text = bytes.toString("utf8", start, end);
  if (bytes[end] === 0x60 && variable.test(text)) return undefined;
  let at = 0;
  let isBeside = false;
  for (let count = 0; count < mostPieces; count++) {
    let match = matchAt(signed, rest, at);
    if (match === null) {
      match = matchAt(beside, rest, at);
      if (match === null || !joins(match)) break;
      isBeside = true;
    }
    const { text: piece = "", quote } = match.groups ?? {};
    if (quote === "`" && variable.test(piece)) return undefined;
    const { length } = piece;
    at += match[0].length;
    text += bytes.toString("utf8", end + at - length, end + at);
  }
  const next = rest.slice(at, at + 48);
  if (at === 0 || goesOn.test(next) || (isBeside && !ends.test(next))) return undefined;
  return { end: end + at, text };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Whether literals side by side are one: in shells, settings and documents never, nor in a command that code holds. */
function joinsBeside({ bytes, facts }: View, hit: Hit, { start, lexical }: Assignment) {
  const before = bytes.toString("latin1", Math.max(hit.end, start - 60), start);
  const mayJoin = mayBe(facts, "joining") && lexical === "plain";
  const tight = isTight.test(before);
  const bracket = inBracket.test(before);
  return ({ groups: { between = "", text = "", last, quote } = {} }: RegExpExecArray): boolean => {
    // Only brackets tell that quotes of two kinds belong together.
    if (quote !== last && !(bracket && quote !== "`")) return false;
    if (!mayJoin || (tight && (!between.includes("\n") || between.includes("\\")))) return false;
    // Python's words about a name may stand below its value.
    return bracket || !/\s/.test(text);
  };
}
