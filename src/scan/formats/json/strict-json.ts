/**
 * Nodes of a text that is JSON to the letter, made only when they are asked for: a plan of Terraform tells everything four
 * times in tens of megabytes, and most of it nobody looks at. What is between two brackets is passed over until then.
 */
import { deepestNesting } from "../format-problem.ts";
import type { Block, List, Member, Node } from "../node.ts";
import type { Place, TextFile } from "../text-file.ts";

const quote = 34;
const backslash = 92;
const comma = 44;
const colon = 58;
const [openList, closeList, openObject, closeObject] = [91, 93, 123, 125];

/** The root of the text; undefined if it is not JSON to the letter, or nested too deep. */
export function strictJson(file: TextFile, fold: boolean): Node | undefined {
  const { text } = file;
  const start = afterSpace(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  return isStrict(text, start) ? nodeAt(file, start, endOfValue(text, start), fold) : undefined;
}

function nodeAt(file: TextFile, start: number, end: number, fold: boolean): Node {
  const { text } = file;
  const at: Place = { file, start, end };
  const code = text.charCodeAt(start);
  if (code === quote) return { is: "scalar", at, value: stringIn(text, start, end) };
  if (code === openList) return lazyList(at, fold);
  if (code !== openObject) return { is: "scalar", at, value: plainIn(text.slice(start, end)) };
  return lazyBlock(at, fold);
}

/** Members are made one by one: of what a plan says of a resource, most is never asked for. */
function lazyBlock(at: Place, fold: boolean): Block {
  let offsets: ReadonlyMap<string, number> | undefined;
  let members: Map<string, Member> | undefined;
  const read = (): ReadonlyMap<string, number> => {
    offsets ??= offsetsIn(at, fold);
    return offsets;
  };
  return {
    is: "block",
    at,
    keys: () => (fold ? [...read().values()].map((offset) => keyAt(at.file.text, offset)) : [...read().keys()]),
    get: (asked) => {
      const key = fold ? asked.toLowerCase() : asked;
      const known = members?.get(key);
      if (known) return known;
      const offset = read().get(key);
      if (offset === undefined) return undefined;
      const member = memberAt(at.file, offset, fold);
      if (isSoonMade(member.value)) return member;
      members ??= new Map();
      members.set(key, member);
      return member;
    },
  };
}

/** Plain values are made again each time: they are most of what there is. Texts in brackets are expressions to some. */
function isSoonMade(value: Node): boolean {
  return value.is === "scalar" && !(typeof value.value === "string" && value.value.startsWith("["));
}

const nothing: readonly Node[] = [];

function lazyList(at: Place, fold: boolean): List {
  // A plan has more lists without anything than others.
  if (afterSpace(at.file.text, at.start + 1) === at.end - 1) return { is: "list", at, items: nothing };
  let items: readonly Node[] | undefined;
  return {
    is: "list",
    at,
    get items() {
      items ??= itemsIn(at, fold);
      return items;
    },
  };
}

function itemsIn({ file, start, end }: Place, fold: boolean): readonly Node[] {
  const { text } = file;
  const items: Node[] = [];
  for (let at = afterSpace(text, start + 1); at < end - 1; ) {
    const valueEnd = endOfValue(text, at);
    items.push(nodeAt(file, at, valueEnd, fold));
    // Behind the comma, or behind the bracket.
    at = afterSpace(text, afterSpace(text, valueEnd) + 1);
  }
  return items;
}

/** Where the last member of each name begins. */
function offsetsIn({ file, start, end }: Place, fold: boolean): ReadonlyMap<string, number> {
  const { text } = file;
  const offsets = new Map<string, number>();
  for (let at = afterSpace(text, start + 1); at < end - 1; ) {
    const key = keyAt(text, at);
    offsets.set(fold ? key.toLowerCase() : key, at);
    const value = afterSpace(text, afterSpace(text, endOfString(text, at)) + 1);
    at = afterSpace(text, afterSpace(text, endOfValue(text, value)) + 1);
  }
  return offsets;
}

function memberAt(file: TextFile, start: number, fold: boolean): Member {
  const keyEnd = endOfString(file.text, start);
  const value = afterSpace(file.text, afterSpace(file.text, keyEnd) + 1);
  const end = endOfValue(file.text, value);
  return {
    key: { file, start, end: keyEnd },
    whole: { file, start, end },
    value: nodeAt(file, value, end, fold),
  };
}

function keyAt(text: string, start: number): string {
  return stringIn(text, start, endOfString(text, start));
}

function stringIn(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1);
  return inner.includes("\\") ? String(JSON.parse(text.slice(start, end))) : inner;
}

function plainIn(word: string): number | boolean | null {
  if (word === "true" || word === "false") return word === "true";
  return word === "null" ? null : Number(word);
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
}

/** Of a text that was found to be strict. */
function endOfValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === quote) return endOfString(text, start);
  let at = start;
  if (first !== openList && first !== openObject) {
    for (let code = first; isPlain(code); code = text.charCodeAt(++at));
    return at;
  }
  for (let depth = 0; ; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at) - 1;
    else if (code === openList || code === openObject) depth++;
    else if ((code === closeList || code === closeObject) && --depth === 0) return at + 1;
  }
}

/** Of numbers, true, false and null. */
function isPlain(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 48 && code <= 57) ||
    code === 43 ||
    code === 45 ||
    code === 46 ||
    code === 69
  );
}

const plain = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

/** One pass that keeps nothing but the brackets that are open. */
function isStrict(text: string, start: number): boolean {
  const open: number[] = [];
  let at = start;
  for (;;) {
    // A value.
    const code = text.charCodeAt(at);
    if (code === openList || code === openObject) {
      const close = code + 2;
      at = afterSpace(text, at + 1);
      if (text.charCodeAt(at) !== close) {
        if (open.push(close) > deepestNesting) return false;
        if (close === closeObject) at = strictKey(text, at);
        if (at < 0) return false;
        continue;
      }
      at++;
    } else if (code === quote) {
      at = strictString(text, at);
      if (at < 0) return false;
    } else {
      plain.lastIndex = at;
      if (!plain.test(text)) return false;
      at = plain.lastIndex;
    }
    // What follows it.
    at = afterSpace(text, at);
    while (open.length > 0 && text.charCodeAt(at) === open.at(-1)) {
      open.pop();
      at = afterSpace(text, at + 1);
    }
    if (open.length === 0) return at === text.length;
    if (text.charCodeAt(at) !== comma) return false;
    at = afterSpace(text, at + 1);
    if (open.at(-1) === closeObject) at = strictKey(text, at);
    if (at < 0) return false;
  }
}

/** Where the value of the key begins; -1 if there is no key. */
function strictKey(text: string, start: number): number {
  const end = text.charCodeAt(start) === quote ? strictString(text, start) : -1;
  if (end < 0) return -1;
  const at = afterSpace(text, end);
  return text.charCodeAt(at) === colon ? afterSpace(text, at + 1) : -1;
}

const escaped = /["\\/bfnrt]|u[\da-fA-F]{4}/y;

/** Behind the closing quote; -1 if it is no string. */
function strictString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code < 32) return -1;
    if (code !== backslash) continue;
    escaped.lastIndex = at + 1;
    if (!escaped.test(text)) return -1;
    at = escaped.lastIndex - 1;
  }
  return -1;
}
