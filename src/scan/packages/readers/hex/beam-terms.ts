/**
 * Reads terms of Erlang and Elixir as data: texts, binaries, atoms, numbers, tuples, lists, maps, and Elixir's keyword
 * pairs (as tuples of two). Nothing is evaluated; what is no term ends the reading.
 */

export type Term =
  | { readonly is: "text" | "atom"; readonly value: string; readonly start: number; readonly end: number }
  | { readonly is: "tuple" | "list"; readonly items: readonly Term[]; readonly start: number; readonly end: number };

const deepest = 64;
/** Longer ones were not closed. */
const longestText = 10_000;

interface Reading {
  readonly text: string;
  /** What begins a comment. */
  readonly comment: "#" | "%";
  at: number;
}

/** The term that begins at `from`; undefined if there is none, or no end of it. */
export function termAt(text: string, from: number, comment: "#" | "%"): Term | undefined {
  return readTerm({ text, comment, at: from }, 0);
}

function readTerm(reading: Reading, depth: number): Term | undefined {
  skipBlanks(reading);
  const { text, at } = reading;
  if (depth > deepest) return undefined;
  if (text.startsWith("<<", at)) return readBinary(reading);
  const char = text[at];
  if (char === "{") return readItems(reading, "tuple", "}", depth, 1);
  if (char === "[") return readItems(reading, "list", "]", depth, 1);
  if (text.startsWith("%{", at)) return readItems(reading, "list", "}", depth, 2);
  if (char === '"') return readQuoted(reading, '"', "text", 1);
  if (char === "'") return readQuoted(reading, "'", "atom", 1);
  if (text.startsWith(':"', at)) return readQuoted(reading, '"', "atom", 2);
  return readWord(reading);
}

function readBinary(reading: Reading): Term | undefined {
  const start = reading.at;
  reading.at += 2;
  skipBlanks(reading);
  const inner = reading.text[reading.at] === '"' ? readQuoted(reading, '"', "text", 1) : undefined;
  // Type specifiers such as /utf8 stand between.
  const close = reading.text.slice(reading.at, reading.at + 20).indexOf(">>");
  if (close < 0) return undefined;
  reading.at += close + 2;
  return inner ?? { is: "text", value: "", start, end: reading.at };
}

function readItems(
  reading: Reading,
  is: "tuple" | "list",
  close: string,
  depth: number,
  skip: number,
): Term | undefined {
  const start = reading.at;
  const items: Term[] = [];
  reading.at += skip;
  for (;;) {
    skipBlanks(reading);
    if (reading.text[reading.at] === close) break;
    const item = readTerm(reading, depth + 1);
    if (!item) return undefined;
    items.push(readPair(reading, item, depth));
    skipBlanks(reading);
    if (reading.text[reading.at] === ",") reading.at++;
    else if (reading.text[reading.at] !== close) return undefined;
  }
  reading.at++;
  return { is, items, start, end: reading.at };
}

/** `key: value` and `key => value`. */
function readPair(reading: Reading, key: Term, depth: number): Term {
  skipBlanks(reading);
  const { text, at } = reading;
  const mark = text.startsWith("=>", at) ? 2 : text[at] === ":" && /\s/.test(text[at + 1] ?? "") ? 1 : 0;
  if (mark === 0) return key;
  reading.at += mark;
  const value = readTerm(reading, depth + 1);
  return value ? { is: "tuple", items: [key, value], start: key.start, end: reading.at } : key;
}

function readQuoted(reading: Reading, quote: string, is: "text" | "atom", skip: number): Term | undefined {
  const { text } = reading;
  const start = reading.at + skip;
  for (let at = start; at < Math.min(text.length, start + longestText); at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === quote) {
      reading.at = at + 1;
      return { is, value: text.slice(start, at).replace(/\\(.)/g, "$1"), start, end: at };
    }
  }
  return undefined;
}

const word = /:?[\w@.?!$-]*[\w@?!]/y;

function readWord(reading: Reading): Term | undefined {
  word.lastIndex = reading.at;
  const [found] = word.exec(reading.text) ?? [];
  if (found === undefined) return undefined;
  const start = reading.at;
  reading.at += found.length;
  return { is: "atom", value: found.replace(/^:/, ""), start, end: reading.at };
}

function skipBlanks(reading: Reading): void {
  const { text, comment } = reading;
  for (; reading.at < text.length; reading.at++) {
    const char = text[reading.at] ?? "";
    // `%{` begins a map of Elixir.
    if (char === comment && !(char === "%" && text[reading.at + 1] === "{")) {
      const newline = text.indexOf("\n", reading.at);
      reading.at = newline < 0 ? text.length : newline;
    } else if (!/\s/.test(char)) return;
  }
}

export function itemsIn(term: Term | undefined): readonly Term[] {
  return term && "items" in term ? term.items : [];
}

export function textIn(term: Term | undefined): string | undefined {
  return term && "value" in term ? term.value : undefined;
}

/** The value of a pair in a list of pairs. */
export function pairIn(term: Term | undefined, key: string): Term | undefined {
  return itemsIn(itemsIn(term).find((item) => textIn(itemsIn(item)[0]) === key))[1];
}
