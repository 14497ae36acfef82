/**
 * Reads a pattern of Go's RE2 into a tree. It has no look-around and no back-references, as RE2 has none; patterns
 * that are too long or too deep are refused.
 */
import {
  type CharTest,
  classByName,
  either,
  exactly,
  inverted,
  propertyTest,
  range,
  withoutCase,
} from "./char-test.ts";

export type Part =
  | { readonly is: "char"; readonly test: CharTest }
  | { readonly is: "assert"; readonly kind: Assertion }
  | { readonly is: "sequence"; readonly parts: readonly Part[] }
  | { readonly is: "choice"; readonly options: readonly Part[] }
  | { readonly is: "group"; readonly number: number; readonly part: Part }
  | {
      readonly is: "repeat";
      readonly part: Part;
      readonly least: number;
      readonly most: number;
      readonly greedy: boolean;
    };

export type Assertion = "textStart" | "textEnd" | "lineStart" | "lineEnd" | "word" | "notWord";

export interface ParsedRegex {
  readonly part: Part;
  readonly groups: number;
  /** Names of groups by number; groups without a name have none. */
  readonly names: ReadonlyMap<number, string>;
}

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly U: boolean;
}

interface Reader {
  readonly text: string;
  at: number;
  groups: number;
  flags: Flags;
  depth: number;
  readonly names: Map<number, string>;
}

/** Why a pattern is not used. */
export interface RefusedPattern {
  readonly refused: string;
}

/** Thrown inside this file only. */
class BadPattern extends Error {}

const longest = 2000;
const deepest = 50;

export function parseRegex(text: string): ParsedRegex | RefusedPattern {
  if (text.length > longest) return { refused: `the pattern is longer than ${longest} characters` };
  const none = { i: false, m: false, s: false, U: false };
  const reader: Reader = { text, at: 0, groups: 0, flags: none, depth: 0, names: new Map() };
  try {
    const part = readChoice(reader);
    if (reader.at < text.length) throw new BadPattern("a closing parenthesis has no opening one");
    return { part, groups: reader.groups, names: reader.names };
  } catch (error) {
    if (error instanceof BadPattern) return { refused: `the pattern cannot be read: ${error.message}` };
    throw error;
  }
}

function readChoice(reader: Reader): Part {
  if (++reader.depth > deepest) throw new BadPattern("groups are nested too deep");
  const before = reader.flags;
  const options: Part[] = [];
  do options.push(readSequence(reader));
  while (take(reader, "|"));
  reader.flags = before;
  reader.depth--;
  return options.length === 1 && options[0] ? options[0] : { is: "choice", options };
}

function take(reader: Reader, text: string): boolean {
  if (!reader.text.startsWith(text, reader.at)) return false;
  reader.at += text.length;
  return true;
}

function match(reader: Reader, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (!found) return undefined;
  reader.at += found[0].length;
  return found;
}

function readSequence(reader: Reader): Part {
  const parts: Part[] = [];
  while (reader.at < reader.text.length && !/[|)]/.test(reader.text[reader.at] ?? "")) {
    const part = readAtom(reader);
    if (part) parts.push(readRepeats(reader, part));
  }
  return { is: "sequence", parts };
}

function readRepeats(reader: Reader, part: Part): Part {
  const found = match(reader, /(?:([*+?])|\{(\d{1,4})(,(\d{0,4}))?\})(\??)/y);
  if (!found) return part;
  const [, sign, from = "0", comma, to = "", lazy] = found;
  const least = sign === "+" ? 1 : sign ? 0 : Number(from);
  const most = sign === "?" ? 1 : sign || (comma && to === "") ? Number.POSITIVE_INFINITY : Number(comma ? to : from);
  if (least > 1000 || (most > 1000 && most !== Number.POSITIVE_INFINITY) || least > most) {
    throw new BadPattern("a repetition counts too far");
  }
  const again = reader.text[reader.at];
  if (again === "*" || again === "+" || again === "?") throw new BadPattern("a repetition follows a repetition");
  return { is: "repeat", part, least, most, greedy: (lazy === "") !== reader.flags.U };
}

function char(reader: Reader, test: CharTest): Part {
  return { is: "char", test: reader.flags.i ? withoutCase(test) : test };
}

/** Undefined for what stands for no text, such as flags. */
function readAtom(reader: Reader): Part | undefined {
  if (take(reader, "(")) return readGroup(reader);
  if (take(reader, "[")) return char(reader, readClass(reader));
  if (take(reader, ".")) return { is: "char", test: reader.flags.s ? () => true : (code) => code !== 10 };
  if (take(reader, "^")) return { is: "assert", kind: reader.flags.m ? "lineStart" : "textStart" };
  if (take(reader, "$")) return { is: "assert", kind: reader.flags.m ? "lineEnd" : "textEnd" };
  if (take(reader, "\\Q")) {
    const end = reader.text.indexOf("\\E", reader.at);
    const text = reader.text.slice(reader.at, end < 0 ? undefined : end);
    reader.at = end < 0 ? reader.text.length : end + 2;
    return { is: "sequence", parts: Array.from(text, (letter) => char(reader, exactly(letter))) };
  }
  const assertion = match(reader, /\\([AzbB])/y)?.[1];
  if (assertion) return { is: "assert", kind: assertions[assertion] ?? "word" };
  if (/[*+?]/.test(reader.text[reader.at] ?? "")) throw new BadPattern("there is nothing to repeat");
  return char(reader, readLetter(reader).test);
}

const assertions: Readonly<Record<string, Assertion>> = { A: "textStart", z: "textEnd", b: "word", B: "notWord" };

function readGroup(reader: Reader): Part | undefined {
  const flags = match(reader, /\?([imsU]*)(?:-([imsU]+))?([:)])/y);
  const outside = reader.flags;
  let number = 0;
  if (flags) {
    const [, on = "", off = "", end] = flags;
    const set = (flag: keyof Flags) => (reader.flags[flag] || on.includes(flag)) && !off.includes(flag);
    reader.flags = { i: set("i"), m: set("m"), s: set("s"), U: set("U") };
    if (end === ")") return undefined;
  } else {
    const name = match(reader, /\?P?<(\w+)>/y)?.[1];
    if (name === undefined && reader.text[reader.at] === "?") throw new BadPattern("RE2 has no such group");
    number = ++reader.groups;
    if (name !== undefined) reader.names.set(number, name);
  }
  const part = readChoice(reader);
  reader.flags = outside;
  if (!take(reader, ")")) throw new BadPattern("a parenthesis is not closed");
  return number === 0 ? part : { is: "group", number, part };
}

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };

/** One letter, escaped or not; `code` is there if it stands for one letter only. */
function readLetter(reader: Reader): { readonly test: CharTest; readonly code?: number } {
  const property = match(reader, /\\([pP])(?:\{(\^?)([A-Za-z_]+)\}|([A-Z]))/y);
  if (property) {
    const [, kind, not, long, short] = property;
    const test = propertyTest(long ?? short ?? "");
    if (!test) throw new BadPattern(`there is no class of letters ${long ?? short}`);
    return { test: (kind === "P") !== (not === "^") ? inverted(test) : test };
  }
  const named = match(reader, /\\([dDsSwW])/y)?.[1];
  if (named) return { test: classByName(named) };
  const hex = match(reader, /\\x(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2}))/y);
  const octal = hex ? undefined : match(reader, /\\([0-7]{2,3}|0)/y);
  const control = hex || octal ? undefined : match(reader, /\\([aftnrv])/y)?.[1];
  let code = hex ? Number.parseInt(hex[1] ?? hex[2] ?? "", 16) : octal ? Number.parseInt(octal[1] ?? "", 8) : undefined;
  if (control) code = controls[control];
  if (code === undefined) {
    if (take(reader, "\\") && /[A-Za-z0-9]/.test(reader.text[reader.at] ?? "a"))
      throw new BadPattern("an escape is not known");
    code = reader.text.codePointAt(reader.at);
    if (code === undefined) throw new BadPattern("it ends too early");
    reader.at += code > 0xffff ? 2 : 1;
  }
  return { test: exactly(code), code };
}

function readClass(reader: Reader): CharTest {
  const not = take(reader, "^");
  const tests: CharTest[] = [];
  for (let first = true; first || reader.text[reader.at] !== "]"; first = false) {
    if (reader.at >= reader.text.length) throw new BadPattern("a bracket is not closed");
    const posix = match(reader, /\[:(\^?)([a-z]+):\]/y);
    if (posix) {
      const test = classByName(posix[2] ?? "");
      tests.push(posix[1] === "^" ? inverted(test) : test);
      continue;
    }
    const { test, code } = readLetter(reader);
    if (code !== undefined && /^-[^\]]/.test(reader.text.slice(reader.at, reader.at + 2))) {
      reader.at++;
      const end = readLetter(reader).code;
      if (end === undefined || end < code) throw new BadPattern("a range in brackets ends before it begins");
      tests.push(range(code, end));
    } else tests.push(test);
  }
  reader.at++;
  const test = reader.flags.i ? withoutCase(either(tests)) : either(tests);
  return not ? inverted(test) : test;
}
