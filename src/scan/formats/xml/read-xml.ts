/**
 * Reads XML into elements with places in one pass. Entities that a document type declares are never expanded, nothing is
 * fetched, and a broken text gives what could be understood with one problem: the later ones follow from it.
 */
import { deepestNesting, type FormatProblem } from "../format-problem.ts";
import type { Place, TextFile } from "../text-file.ts";
import type { XmlAttribute, XmlElement } from "./xml-element.ts";

export interface ReadXml {
  readonly root?: XmlElement;
  readonly problems: readonly FormatProblem[];
}

/** More elements than any manifest has. */
const mostElements = 1_000_000;
/** In one start tag: each is compared with those before it. */
const mostAttributes = 100;

/** An element that is still open. */
interface Open {
  readonly name: string;
  readonly start: number;
  readonly attributes: readonly XmlAttribute[];
  readonly children: XmlElement[];
  readonly pieces: string[];
  textStart: number;
  textEnd: number;
}

interface Reading {
  readonly file: TextFile;
  readonly open: Open[];
  at: number;
  elements: number;
  root: XmlElement | undefined;
  problem: FormatProblem | undefined;
}

export function readXml(file: TextFile): ReadXml {
  const reading: Reading = { file, open: [], at: 0, elements: 0, root: undefined, problem: undefined };
  if (file.text.charCodeAt(0) === 0xfeff) reading.at = 1;
  while (reading.at < file.text.length && readNext(reading)) {
    // Each turn reads one piece of markup or the text up to the next one.
  }
  const unclosed = reading.open.at(-1);
  if (unclosed) report(reading, `<${unclosed.name}> is not closed`, unclosed.start);
  while (reading.open.length > 0) close(reading, file.text.length);
  if (!reading.root) report(reading, "an element such as <Project> was expected", 0);
  const problems = reading.problem ? [reading.problem] : [];
  return reading.root ? { root: reading.root, problems } : { problems };
}

function report(reading: Reading, message: string, start: number, code: FormatProblem["code"] = "syntax"): void {
  const end = Math.min(start + 1, reading.file.text.length);
  reading.problem ??= { code, message, place: { file: reading.file, start, end } };
}

/** False when nothing that follows can be read. */
function readNext(reading: Reading): boolean {
  const { text } = reading.file;
  const { at } = reading;
  if (text[at] !== "<") {
    const next = text.indexOf("<", at);
    return addText(reading, at, next < 0 ? text.length : next);
  }
  if (text.startsWith("<!--", at)) return skipTo(reading, "-->", at + 4, "a comment has no end");
  if (text.startsWith("<![CDATA[", at)) return readCdata(reading);
  if (text.startsWith("<?", at)) return skipTo(reading, "?>", at + 2, "a processing instruction has no end");
  if (text.startsWith("<!", at)) return skipDocumentType(reading);
  if (text[at + 1] === "/") return readEndTag(reading);
  return readStartTag(reading);
}

function skipTo(reading: Reading, end: string, from: number, message: string): boolean {
  const found = reading.file.text.indexOf(end, from);
  if (found < 0) report(reading, message, reading.at);
  reading.at = found < 0 ? reading.file.text.length : found + end.length;
  return found >= 0;
}

/** Skipped with everything it declares, so that no entity of its own exists. */
function skipDocumentType(reading: Reading): boolean {
  const { text } = reading.file;
  let depth = 0;
  for (let at = reading.at + 2; at < text.length; at++) {
    const character = text[at];
    if (character === '"' || character === "'") {
      at = text.indexOf(character, at + 1);
      if (at < 0) break;
    } else if (character === "<" && text.startsWith("<!--", at)) {
      at = text.indexOf("-->", at);
      if (at < 0) break;
    } else if (character === "[") depth++;
    else if (character === "]") depth--;
    else if (character === ">" && depth <= 0) {
      reading.at = at + 1;
      return true;
    }
  }
  report(reading, "a document type has no end", reading.at);
  reading.at = text.length;
  return false;
}

function addText(reading: Reading, start: number, end: number, isCdata = false): boolean {
  const { text } = reading.file;
  reading.at = end;
  let from = start;
  let to = end;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  if (from === to) {
    reading.open.at(-1)?.pieces.push(" ");
    return true;
  }
  const element = reading.open.at(-1);
  if (!element) {
    report(reading, "text stands outside of the document's element", from);
    return true;
  }
  const written = text.slice(start, end);
  element.pieces.push(isCdata ? written : resolved(written));
  if (element.textStart < 0) element.textStart = from;
  element.textEnd = to;
  return true;
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function readCdata(reading: Reading): boolean {
  const start = reading.at + "<![CDATA[".length;
  const end = reading.file.text.indexOf("]]>", start);
  if (end < 0) return skipTo(reading, "]]>", start, "a CDATA section has no end");
  addText(reading, start, end, true);
  reading.at = end + 3;
  return true;
}

function readEndTag(reading: Reading): boolean {
  const { text } = reading.file;
  const { at, open } = reading;
  const found = text.indexOf(">", at);
  const end = found < 0 ? text.length : found + 1;
  const name = localName(text.slice(at + 2, found < 0 ? end : found).trim());
  reading.at = end;
  if (open.at(-1)?.name !== name) {
    const opened = open.findLastIndex((element) => element.name === name);
    report(reading, endTagMessage(open.at(-1)?.name, name), at);
    if (opened < 0) return true;
    while (open.length > opened + 1) close(reading, at);
  }
  close(reading, end);
  return true;
}

function endTagMessage(open: string | undefined, found: string): string {
  const written = found.length > 80 ? `${found.slice(0, 80)}...` : found;
  return open === undefined ? `</${written}> closes nothing` : `</${open}> was expected, </${written}> stands there`;
}

function close(reading: Reading, end: number): void {
  const element = reading.open.pop();
  if (!element) return;
  const { name, attributes, children, pieces, start, textStart, textEnd } = element;
  const place = (from: number, to: number): Place => ({ file: reading.file, start: from, end: to });
  const read: XmlElement = {
    name,
    attributes,
    children,
    text: textStart < 0 ? "" : pieces.join("").trim(),
    textAt: textStart < 0 ? undefined : place(textStart, textEnd),
    at: place(start, end),
  };
  const parent = reading.open.at(-1);
  if (parent) parent.children.push(read);
  else if (reading.root) report(reading, "the document ends with its first element, and more follows", start);
  else reading.root = read;
}

const nameText = /[^\s<>/="'&]+/y;
const blanks = /\s*/y;

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

function readStartTag(reading: Reading): boolean {
  const { text } = reading.file;
  const start = reading.at;
  const name = match(nameText, text, start + 1);
  if (name === "") {
    report(reading, "the name of an element was expected after <", start);
    return addText(reading, start, start + 1);
  }
  if (++reading.elements > mostElements)
    return tooMuch(reading, start, "too-large", `more than ${mostElements} elements`);
  if (reading.open.length >= deepestNesting)
    return tooMuch(reading, start, "too-deep", `elements are nested more than ${deepestNesting} levels deep`);
  reading.at = start + 1 + name.length;
  const attributes = readAttributes(reading);
  const isEmpty = text.startsWith("/>", reading.at);
  if (isEmpty) reading.at += 2;
  else if (text[reading.at] === ">") reading.at++;
  else report(reading, `the tag of <${localName(name)}> has no end`, start);
  reading.open.push({ name: localName(name), start, attributes, children: [], pieces: [], textStart: -1, textEnd: -1 });
  if (isEmpty) close(reading, reading.at);
  return true;
}

function tooMuch(reading: Reading, at: number, code: FormatProblem["code"], message: string): boolean {
  report(reading, message, at, code);
  return false;
}

function readAttributes(reading: Reading): readonly XmlAttribute[] {
  const { file } = reading;
  const { text } = file;
  const attributes: XmlAttribute[] = [];
  for (;;) {
    const start = reading.at + match(blanks, text, reading.at).length;
    reading.at = start;
    const name = match(nameText, text, start);
    if (name === "") {
      if (!isStray(text[start])) return attributes;
      report(reading, "the name of an attribute was expected", start);
      reading.at++;
      continue;
    }
    const equals = start + name.length + match(blanks, text, start + name.length).length;
    const quoteAt = equals + 1 + match(blanks, text, equals + 1).length;
    const quote = text[quoteAt];
    const end = text[equals] === "=" && (quote === '"' || quote === "'") ? text.indexOf(quote, quoteAt + 1) : -1;
    if (end < 0) {
      report(reading, `a value in quotes was expected for the attribute ${name.slice(0, 80)}`, start);
      reading.at = start + name.length;
      continue;
    }
    reading.at = end + 1;
    const value = resolved(text.slice(quoteAt + 1, end));
    if (attributes.some((other) => other.name === name)) report(reading, `the attribute ${name} stands twice`, start);
    else if (attributes.length >= mostAttributes)
      report(reading, `more than ${mostAttributes} attributes`, start, "too-large");
    else
      attributes.push({
        name,
        value,
        at: { file, start: quoteAt + 1, end },
        whole: { file, start, end: end + 1 },
      });
  }
}

/** A character that no start tag holds, after which the tag may still go on. */
function isStray(character: string | undefined): boolean {
  return character === "=" || character === '"' || character === "'" || character === "&";
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

const predefined: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** References that XML itself knows; any other stays as it is written. */
function resolved(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]{2,4});/gi, (written, reference: string) => {
    if (!reference.startsWith("#")) return predefined[reference] ?? written;
    const isHex = reference[1] === "x" || reference[1] === "X";
    const code = Number.parseInt(reference.slice(isHex ? 2 : 1), isHex ? 16 : 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });
}
