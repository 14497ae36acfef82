/**
 * Reads JSON into nodes with places. Comments, trailing commas and line breaks in strings are allowed, as the tools that
 * use such files allow them. A broken text gives what could be understood and one problem: the later ones follow from it.
 */
import { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { deepestNesting, type FormatProblem } from "../format-problem.ts";
import { blockOf, type Member, type Node } from "../node.ts";
import type { Place, TextFile } from "../text-file.ts";
import { strictJson } from "./strict-json.ts";

export interface JsonOptions {
  /** Keys are compared without case. */
  readonly fold?: boolean;
}

export interface ReadJson {
  readonly node?: Node;
  readonly problems: readonly FormatProblem[];
}

/** In characters; what is not JSON to the letter takes a hundred times as much memory as it has text. */
const longestLoose = 16 * 1024 * 1024;

const doubleQuote = 34;
const backslash = 92;
const lineFeed = 10;
const slash = 47;
const star = 42;
/** Stand for the characters of a line break in a string while the parser looks at it. */
const lineFeedMark = "\u{f8fe}";
const returnMark = "\u{f8fd}";

const words: Readonly<Record<string, string>> = {
  InvalidSymbol: "this is no JSON value",
  InvalidNumberFormat: "this is no JSON number",
  PropertyNameExpected: "a key in double quotes was expected",
  ValueExpected: "a value was expected",
  ColonExpected: "a colon was expected",
  CommaExpected: "a comma was expected",
  CloseBraceExpected: "a closing brace was expected",
  CloseBracketExpected: "a closing bracket was expected",
  EndOfFileExpected: "the end of the file was expected",
  UnexpectedEndOfComment: "a comment has no end",
  UnexpectedEndOfString: "a string has no end",
  UnexpectedEndOfNumber: "a number has no end",
  InvalidUnicode: "an escape such as \\u00e9 is incomplete",
  InvalidEscapeCharacter: "this escape does not exist in JSON",
  InvalidCharacter: "a control character stands in a string",
};

export function readJson(file: TextFile, options: JsonOptions = {}): ReadJson {
  const strict = strictJson(file, options.fold === true);
  if (strict) return { node: strict, problems: [] };
  if (file.text.length > longestLoose) {
    const message = `a text of more than ${longestLoose} characters has to be JSON to the letter, and it is not`;
    return { problems: [{ code: "too-large", message, place: { file, start: 0, end: 0 } }] };
  }
  const tooDeep = depthExceededAt(file.text);
  if (tooDeep >= 0) {
    const message = `values are nested more than ${deepestNesting} levels deep`;
    return { problems: [{ code: "too-deep", message, place: { file, start: tooDeep, end: tooDeep + 1 } }] };
  }
  const text = file.text.charCodeAt(0) === 0xfeff ? ` ${file.text.slice(1)}` : file.text;
  const { tree, errors, isMarked } = parse(text);
  const build = builder(file, options.fold === true, isMarked ? restored : (string) => string);
  const problems = errors.slice(0, 1).map((error): FormatProblem => {
    const message = words[printParseErrorCode(error.error)] ?? "this is no JSON";
    return {
      code: "syntax",
      message,
      place: { file, start: error.offset, end: Math.min(error.offset + error.length, file.text.length) },
    };
  });
  return tree ? { node: build(tree), problems } : { problems };
}

interface Parsed {
  readonly tree: JsonNode | undefined;
  readonly errors: readonly ParseError[];
  readonly isMarked: boolean;
}

function parse(text: string): Parsed {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  if (!errors.some(({ error }) => printParseErrorCode(error) === "UnexpectedEndOfString"))
    return { tree, errors, isMarked: false };
  const marked = markLineBreaks(text);
  if (depthExceededAt(marked) >= 0) return { tree, errors, isMarked: false };
  const joinedErrors: ParseError[] = [];
  const joined = parseTree(marked, joinedErrors, { allowTrailingComma: true });
  return joinedErrors.length === 0
    ? { tree: joined, errors: joinedErrors, isMarked: true }
    : { tree, errors, isMarked: false };
}

function builder(file: TextFile, fold: boolean, original: (text: string) => string): (json: JsonNode) => Node {
  // What is not closed ends one character after the text, to the parser.
  const endOf = (json: JsonNode): number => Math.min(json.offset + json.length, file.text.length);
  const placeOf = (json: JsonNode): Place => ({ file, start: json.offset, end: endOf(json) });
  const build = (json: JsonNode): Node => {
    const at = placeOf(json);
    if (json.type === "array") return { is: "list", at, items: (json.children ?? []).map(build) };
    if (json.type === "object") return blockOf(at, membersOf(json), { fold });
    return { is: "scalar", at, value: typeof json.value === "string" ? original(json.value) : json.value };
  };
  const membersOf = (json: JsonNode): ReadonlyMap<string, Member> => {
    const members = new Map<string, Member>();
    for (const property of json.children ?? []) {
      const [key, value] = property.children ?? [];
      if (!key || !value) continue;
      const whole = { file, start: key.offset, end: endOf(value) };
      members.set(original(key.value), { key: placeOf(key), whole, value: build(value) });
    }
    return members;
  };
  return build;
}

function restored(text: string): string {
  return text.replaceAll(lineFeedMark, "\n").replaceAll(returnMark, "\r");
}

/** The text with the line breaks in strings marked, at the same offsets. */
function markLineBreaks(text: string): string {
  let marked = "";
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === slash) {
      const comment = text.charCodeAt(at + 1);
      if (comment !== slash && comment !== star) continue;
      const end = comment === slash ? text.indexOf("\n", at) : text.indexOf("*/", at + 2);
      if (end < 0) break;
      at = comment === slash ? end : end + 1;
    } else if (code === doubleQuote) {
      const start = at;
      for (at++; at < text.length && text.charCodeAt(at) !== doubleQuote; at++) {
        if (text.charCodeAt(at) === backslash) at++;
      }
      const string = text.slice(start, at + 1);
      if (!string.includes("\n")) continue;
      marked += text.slice(copied, start) + string.replaceAll("\n", lineFeedMark).replaceAll("\r", returnMark);
      copied = at + 1;
    }
  }
  return marked + text.slice(copied);
}

/** The parser calls itself for each level, so a hostile text is turned away before. -1 if the text is not too deep. */
function depthExceededAt(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === doubleQuote) {
      for (at++; at < text.length; at++) {
        const inner = text.charCodeAt(at);
        if (inner === backslash) at++;
        else if (inner === doubleQuote || inner === lineFeed) break;
      }
    } else if (code === 91 || code === 123) {
      if (++depth > deepestNesting) return at;
    } else if ((code === 93 || code === 125) && depth > 0) depth--;
  }
  return -1;
}
