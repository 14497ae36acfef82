/** Reads one literal at an offset: in quotes, or bare up to what ends it. It goes forward within fixed limits. */
import { alphabetTable } from "../text/alphabets.ts";
import type { View } from "../text/view.ts";
import { longestBlank, longestLine, longestValue } from "./limits.ts";

export interface Literal {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** `string`: within a quoted text or an address; `comment`: behind the sign that begins one; `plain`: neither. */
export type LexicalContext = "plain" | "string" | "comment";

/** Up to the quote. */
export const longestWrapper = 64;

export function isQuote(byte: number | undefined): boolean {
  return byte === 0x22 || byte === 0x27 || byte === 0x60;
}

/** A blank, a tab or a line break. */
export function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

export function skipSpaces(bytes: Buffer, from: number): number {
  let at = from;
  while (at < from + longestBlank && (bytes[at] === 0x20 || bytes[at] === 0x09)) at++;
  return at;
}

export interface Surroundings {
  readonly lexical: LexicalContext;
  /** The quote of the text around a name; empty if there is none. */
  readonly quote: string;
}

/** Where a name stands in its line, judged by the quotes and signs before it. */
export function surroundingsOf({ bytes, facts }: View, start: number, end: number): Surroundings {
  const before = bytes[start - 1];
  let from = start;
  while (from > 0 && start - from < longestLine && bytes[from - 1] !== 0x0a) from--;
  const open = openQuote(bytes, from, start);
  const quote = open === undefined ? "" : String.fromCharCode(open);
  if (isComment(bytes, from, start)) return { lexical: "comment", quote };
  // Behind `&`, `;` of an address or list, or the `\n` of an escaped line: within a text, wherever that began.
  if (before === 0x26 || before === 0x3b || before === 0x5c || (facts.kind !== "code" && isQuery(bytes, start)))
    return { lexical: "string", quote };
  // A name in quotes of its own (`"password": `) is not within a string.
  const own = open !== undefined && start > from && before === open && bytes[end] === open;
  return { lexical: open === undefined || own ? "plain" : "string", quote: own ? "" : quote };
}

/** `page?name=`: the list of an address begins so. */
function isQuery(bytes: Buffer, start: number): boolean {
  return bytes[start - 1] === 0x3f && (bytes[start - 2] === 0x2f || word[bytes[start - 2] ?? 0] === 1);
}

const commentBegins: ReadonlySet<number> = new Set([0x2f, 0x23, 0x2a, 0x2d, 0x3b, 0x3c, 0x72, 0x52]);

function isComment(bytes: Buffer, from: number, to: number): boolean {
  let at = from;
  while (at < to && (bytes[at]! <= 0x20 || bytes[at] === 0xa0)) at++;
  if (at === to || !commentBegins.has(bytes[at]!)) return false;
  return /^\s*(\/\/|\/?\*|#(?!define)|--\s|;|<!--|rem\s)/i.test(bytes.toString("latin1", from, to));
}

const word = alphabetTable("word");

/** The quote that is open at the end of a line's beginning; an apostrophe between letters is none, three begin a text of lines. */
function openQuote(bytes: Buffer, from: number, to: number): number | undefined {
  let open: number | undefined;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === 0x5c) at++;
    else if (isQuote(byte) && bytes[at + 1] === byte && bytes[at + 2] === byte) {
      open = undefined;
      at += 2;
    } else if (byte === open) open = undefined;
    else if (open === undefined && isQuote(byte)) {
      const between = byte === 0x27 && at > from && at + 1 < to;
      if (!between || word[bytes[at - 1]!] !== 1 || word[bytes[at + 1]!] !== 1 || isPrefixed(bytes, at)) open = byte;
    }
  }
  return open;
}

/** `f'https://…'`: a letter alone before an apostrophe is a sign of the text that it opens. */
function isPrefixed(bytes: Buffer, at: number): boolean {
  return textPrefixes[bytes[at - 1]!] === 1 && word[bytes[at - 2] ?? 0] !== 1;
}

const textPrefixes = new Uint8Array(256);
for (const letter of "fFrRbBu") textPrefixes[letter.charCodeAt(0)] = 1;

/** Calls that hand their text on unchanged or in other letters, and brackets around a first element, which may stand in the next line. */
const wrapper =
  /^(?:(?:new[ \t]+)?(?:[\w.]{0,32}(?:\(\))?(?:\.|::?))?(?:string|from|field|bytes?|str|secretstr|securestring|ptr|some|(?:non)?sensitive|sensitive\.new|base64encode|b64enc|pw_hash|encode|quote|strdup|stringptr|to_string|_t|text|getbytes|from_?hex(?:string)?|unhexlify|decode_?hex|parsehex(?:binary)?|hex_?(?:string)?(?:to|2)_?(?:bytes?|bin|buffer|bytearray)|hex!|b64decode|decode|decodestring|frombase64string|valueof)\([ \t]*(?:default=)?|<\w{1,20}>|(?:\[\]byte)?[[({][ \t]*(?:\r?\n[ \t]*)?)(?=[rbufLN@$]?["'`])/i;

/** A line break, and a note behind the sign or in a line of its own. */
const beforeLiteral =
  /^(?:\/\*[^*\n]{0,40}\*\/[ \t]*(?:\r?\n[ \t]*)?|(?:[\\_+]|(?:\/\/|#)[^\n]{0,50})?[ \t]*\r?\n[ \t]*|\r?\n[ \t]*(?:\/\/|#)[^\n]{0,50}\n[ \t]*)(?=["'`])/;

/** The literal at `from`: quoted, wrapped, or, if `bare` allows, up to what ends a bare value. */
export function literalAt(
  view: View,
  from: number,
  { lexical, bare }: { readonly lexical: LexicalContext; readonly bare: boolean },
): Literal | undefined {
  const { bytes } = view;
  const quoted = quotedAt(bytes, from);
  if (quoted !== undefined) return quoted;
  if (!mayBeWrapped(bytes, from)) return bare && !startsQuoted(bytes, from) ? bareAt(bytes, from, lexical) : undefined;
  const text = bytes.toString("latin1", from, from + longestWrapper);
  const wrapped = wrapper.exec(text);
  if (wrapped !== null) return noKey(bytes, from + wrapped[0].length);
  const broken = beforeLiteral.exec(text);
  if (broken !== null) return noKey(bytes, from + broken[0].length);
  if (startsQuoted(bytes, from)) return undefined;
  return bare ? bareAt(bytes, from, lexical) : undefined;
}

/** The first line of a block of YAML (`|`, `>-`), if it is the only one. */
export function blockLiteral(bytes: Buffer, from: number): Literal | undefined {
  const text = bytes.toString("latin1", from, Math.min(bytes.length, from + 300));
  const match = /^[|>][+-]?[ \t]*\r?\n([ \t]+)([^\s#]\S{3,200})[ \t]*(?:\r?\n|$)/.exec(text);
  const [whole, indent = "", value = ""] = match ?? [];
  if (whole === undefined || text.startsWith(indent, whole.length)) return undefined;
  const start = from + whole.lastIndexOf(value);
  return { start, end: start + value.length, quoted: true };
}

/** A quote within reach, and before it what opens a call or list, or the end of a line. */
function mayBeWrapped(bytes: Buffer, from: number): boolean {
  for (let at = from; at <= from + longestWrapper; at++) {
    if (!isQuote(bytes[at])) continue;
    let before = at - 1;
    for (let index = 0; index < 2 && isStringPrefix(bytes[before]); index++) before--;
    while (before > from && (bytes[before] === 0x20 || bytes[before] === 0x09)) before--;
    return wraps.has(bytes[before] ?? 0);
  }
  return false;
}

/** `(`, `[`, `{`, `>`, `=` of a named argument, the end of a note or line. */
const wraps: ReadonlySet<number> = new Set([0x28, 0x5b, 0x7b, 0x3e, 0x3d, 0x2f, 0x0a]);

/** A literal behind a bracket or in the next line is a value, unless a colon or `=>` makes it the key of a nested entry. */
function noKey(bytes: Buffer, from: number): Literal | undefined {
  const found = quotedAt(bytes, from);
  if (found === undefined) return undefined;
  const next = skipSpaces(bytes, found.end + 1);
  return bytes[next] === 0x3a || (bytes[next] === 0x3d && bytes[next + 1] === 0x3e) ? undefined : found;
}

/** `input || "v"`, `given ? "v" : other`, `getenv("NAME") ?: "v"`: the first literal of an expression that may have none but a name before it. */
export function expressionLiteral(bytes: Buffer, from: number): Literal | undefined {
  if (!mayEndInLiteral(bytes, from)) return undefined;
  const text = bytes.toString("latin1", from, from + 96);
  const match =
    /^[\w.:$[\]()]{1,60}(?:["'][\w.-]{1,40}["'][)\]]{1,2})?(?:[ \t]*(?:\|\||\?\?|\?:?|\bor\b)[ \t]*|\.(?:getOrElse|orElse|unwrap_or(?:_else)?)\((?:\|_?\|)?\s*)(?=["'`])/.exec(
      text,
    );
  return match === null ? undefined : quotedAt(bytes, from + match[0].length);
}

/** A quote in the line, and before it a sign or word that offers something else. */
function mayEndInLiteral(bytes: Buffer, from: number): boolean {
  if (word[bytes[from] ?? 0] !== 1 && bytes[from] !== 0x24) return false;
  const most = Math.min(bytes.length, from + 96);
  for (let at = from + 1; at < most; at++) {
    const byte = bytes[at]!;
    if (byte === 0x0a || byte === 0x2c || byte === 0x3b) return false;
    if (!isQuote(byte)) continue;
    let before = at - 1;
    while (bytes[before] === 0x20 || bytes[before] === 0x09) before--;
    if (offers[bytes[before]!] === 1) return true;
  }
  return false;
}

/** How `||`, `??`, `?:`, `or` end, and a call. */
const offers = new Uint8Array(256);
for (const sign of "|?:r(") offers[sign.charCodeAt(0)] = 1;

/** r"", b"", f"", u"", L"", N'', @"", $"" */
export function isStringPrefix(byte: number | undefined): boolean {
  return byte !== undefined && "rRbBfFuULN@$".includes(String.fromCharCode(byte));
}

function startsQuoted(bytes: Buffer, from: number): boolean {
  return isQuote(bytes[from]) || (bytes[from] === 0x5c && isQuote(bytes[from + 1]));
}

/** A literal in quotes, with a prefix or escaped quotes (`\"v\"`) if need be. */
export function quotedAt(bytes: Buffer, from: number): Literal | undefined {
  let at = from;
  for (let index = 0; index < 2 && isStringPrefix(bytes[at]) && !isQuote(bytes[at]); index++) {
    if (!isQuote(bytes[at + 1]) && !isQuote(bytes[at + 2])) break;
    at++;
  }
  const escaped = bytes[at] === 0x5c;
  const quote = bytes[escaped ? at + 1 : at];
  if (quote === undefined || !isQuote(quote)) return undefined;
  return quotedFrom(bytes, at + (escaped ? 2 : 1), quote, escaped);
}

function quotedFrom(bytes: Buffer, from: number, quote: number, escaped: boolean): Literal | undefined {
  let start = from;
  if (bytes[start] === quote && bytes[start + 1] === quote) start += 2;
  // Documents of reStructuredText have two on each side.
  else if (quote === 0x60 && bytes[start] === quote) start++;
  const most = Math.min(bytes.length, start + longestValue);
  for (let at = start; at < most; at++) {
    const byte = bytes[at];
    if (byte === 0x0a) return undefined;
    if (escaped && byte === 0x5c && bytes[at + 1] === quote) return { start, end: at, quoted: true };
    if (byte === 0x5c) at++;
    else if (byte === quote) return escaped ? undefined : { start, end: at, quoted: true };
  }
  return undefined;
}

const brackets = [
  [0x7b, 0x7d],
  [0x28, 0x29],
] as const;
const bareEnds: ReadonlySet<number> = new Set([0x22, 0x27, 0x60]);
const embeddedEnds: ReadonlySet<number> = new Set([0x22, 0x27, 0x60, 0x26, 0x3b, 0x2c, 0x3c, 0x3e, 0x5c, 0x29, 0x5d]);

/** `${GREEN}`, `$NC`, `${colors.reset}`: what a script prints in color begins and ends with such variables. */
const color =
  /^\$\{?(?:[a-z]{1,8}[_.])?(?:nc|reset|normal|off|end|plain|bold|(?:light_?|b|l)?(?:red|green|yellow|blue|magenta|purple|cyan|white|gr[ae]y|orange))(?:\}|(?![\w.}]))[ \t]{0,4}/i;

function colorEnd(bytes: Buffer, from: number): number {
  if (bytes[from] !== 0x24) return from;
  return from + (color.exec(bytes.toString("latin1", from, from + 32))?.[0].length ?? 0);
}

/** `abcd efgh ijkl mnop` and no more in its line: Google's passwords for programs, as its page shows them. */
const groups = /^[a-z]{4}(?: [a-z]{4}){3}(?=[ \t]{0,4}(?:[\r\n"'`#<]|$))/;
const longestGroups = 24;

/** `<code>v</code>`: of the element around a value its tag is none of it. */
function tagEnd(bytes: Buffer, from: number): number {
  if (bytes[from] !== 0x3c) return from;
  const tag = /^<(?:code|b|strong|span|em|i|tt|kbd|samp|mark)(?: [^<>\n]{0,80})?>(?=\S)/i;
  return from + (tag.exec(bytes.toString("latin1", from, from + 96))?.[0].length ?? 0);
}

function bareAt(bytes: Buffer, from: number, lexical: LexicalContext): Literal | undefined {
  if (bytes[from + 4] === 0x20 && bytes[from + 9] === 0x20) {
    const found = groups.exec(bytes.toString("latin1", from, from + longestGroups));
    if (found !== null) return { start: from, end: from + found[0].length, quoted: false };
  }
  const ends = lexical === "string" ? embeddedEnds : bareEnds;
  const start = colorEnd(bytes, tagEnd(bytes, from));
  const most = Math.min(bytes.length, start + longestValue);
  let end = start;
  while (end < most && bytes[end]! > 0x20 && !ends.has(bytes[end]!) && colorEnd(bytes, end) === end) end++;
  if (end - start >= longestValue) return undefined;
  while (end > start && (bytes[end - 1] === 0x2c || bytes[end - 1] === 0x3b)) end--;
  // `{@code password=v}`, `(password=v)`: what closes the text around the value is none of it.
  for (const [open, close] of brackets) {
    if (bytes[end - 1] === close && bytes.subarray(start, end).indexOf(open) < 0) end--;
  }
  // `password: v</li>`: markup behind the value is none of it.
  const markup = bytes.subarray(start, end).indexOf("</", 0, "latin1");
  if (markup > 0) end = start + markup;
  return end === start ? undefined : { start, end, quoted: false };
}

/** The end of a comment of HTML or C. */
function closesComment(bytes: Buffer, at: number): boolean {
  const [first, second] = [bytes[at], bytes[at + 1]];
  return (first === 0x2d && second === 0x2d && bytes[at + 2] === 0x3e) || (first === 0x2a && second === 0x2f);
}

/** True if nothing but a comment or a separator follows in the line: a bare value with more words behind it is prose. */
export function endsLine(bytes: Buffer, end: number): boolean {
  const at = skipSpaces(bytes, bytes[end] === 0x29 ? end + 1 : end);
  const next = bytes[at];
  return (
    next === undefined ||
    next === 0x0a ||
    next === 0x0d ||
    next === 0x23 ||
    next === 0x2c ||
    next === 0x3b ||
    next === 0x3c ||
    next === 0x60 ||
    next === 0x7c ||
    next === 0x7d ||
    closesComment(bytes, at)
  );
}
