/**
 * Walks through the nested members of a pnpm lock file, depth first, with their places. Lines as pnpm writes them, two
 * blanks for each level, are read in one pass; whatever is written otherwise is given to the real YAML reader, which
 * takes ten times as long. Lists are left out: nothing in this format is told by them.
 */
import type { Problem } from "#model/scan-result.ts";
import type { Node } from "../../../formats/node.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { readYaml } from "../../../formats/yaml/read-yaml.ts";
import { conflictIn } from "../../reading/json-problems.ts";
import { problemAt, problemOfFormat } from "../../reading/manifest-text.ts";
import { lockLines } from "./lock-lines.ts";

/** The same object for all members: its fields change with each. */
export interface YamlMember {
  depth: number;
  key: string;
  /** As written, with its quotes and braces; empty if members follow. */
  value: string;
  /** Of the line. */
  start: number;
  end: number;
}

export interface MemberVisitor {
  /** A further document in the same file begins. */
  document(): void;
  member(member: YamlMember): void;
}

/** What the visitor has seen is void if it must be called again: then `restart` is called first. */
export function walkMembers(file: TextFile, visitor: MemberVisitor, restart: () => void): readonly Problem[] {
  const member: YamlMember = { depth: -1, key: "", value: "", start: 0, end: 0 };
  const walk: Walk = { text: file.text, visitor, member, textBelow: -1, isUnusual: false };
  const conflictAt = lockLines(file.text, (indent, start, end) => readLine(walk, indent, start, end));
  if (!walk.isUnusual || conflictAt !== undefined)
    return conflictAt === undefined ? [] : [conflictIn(file, conflictAt)];
  restart();
  if (file.text.length > largestUnusual) return [tooLarge(file)];
  const { documents, problems } = readYaml(file);
  for (const { node } of documents) {
    visitor.document();
    if (node) walkNode(node, visitor, 0);
  }
  return problems.slice(0, 3).map(problemOfFormat);
}

/** The real reader needs some hundred bytes for each character. */
const largestUnusual = 8_000_000;

function tooLarge(file: TextFile): Problem {
  const message = `This lock file has more than ${largestUnusual} characters and is not laid out as pnpm lays it out, so it was not read. Let pnpm write it again.`;
  return problemAt({ file, start: 0, end: 0 }, "too-large", message);
}

interface Walk {
  readonly text: string;
  readonly visitor: MemberVisitor;
  /** The last one. */
  readonly member: YamlMember;
  /** Set while lines of text follow that are indented more than this. */
  textBelow: number;
  isUnusual: boolean;
}

const dash = 45;
const colon = 58;
const question = 63;

// oxlint-disable-next-line max-lines-per-function -- one case for each kind of line
function readLine(walk: Walk, indent: number, start: number, end: number): void {
  const { text, visitor, member } = walk;
  if (walk.isUnusual || (walk.textBelow >= 0 && indent > walk.textBelow)) return;
  walk.textBelow = -1;
  const first = text.charCodeAt(start);
  if (first === dash) {
    if (indent !== 0 || !text.startsWith("---", start)) return;
    member.depth = -1;
    visitor.document();
    return;
  }
  // A key that is too long for one line stands behind a question mark, its first member behind a colon.
  if (first === question || first === colon) {
    if (text.charCodeAt(start + 1) === 32) readLongKey(walk, indent, start, end);
    else walk.isUnusual = true;
    return;
  }
  const depth = indent / 2;
  const keyEnd = endOfKey(text, start, end);
  if (keyEnd < 0 || !Number.isInteger(depth) || depth > member.depth + 1 || isUnusualStart(first)) {
    // Text may go on in the next line, below what is of no interest here.
    if (keyEnd >= 0 || depth <= member.depth || member.depth < 2) walk.isUnusual = true;
    return;
  }
  let valueStart = keyEnd + 1;
  while (valueStart < end && text.charCodeAt(valueStart) === 32) valueStart++;
  const value = text.slice(valueStart, end);
  if (isUnusualValue(value, depth)) {
    walk.isUnusual = true;
    return;
  }
  const begins = value.charCodeAt(0);
  if (begins === 124 || begins === 62) walk.textBelow = indent;
  member.depth = depth;
  member.key = plain(text.slice(start, keyEnd));
  member.value = value;
  member.start = start;
  member.end = end;
  visitor.member(member);
}

function readLongKey(walk: Walk, indent: number, start: number, end: number): void {
  const { text, visitor, member } = walk;
  if (text.charCodeAt(start) === colon) {
    readLine(walk, indent + 2, start + 2, end);
    return;
  }
  Object.assign(member, { depth: indent / 2, key: plain(text.slice(start + 2, end).trim()), value: "", start, end });
  visitor.member(member);
}

/** Tabs, anchors, aliases, tags, directives, lists and maps in one line where pnpm writes keys. */
function isUnusualStart(code: number): boolean {
  return (
    code === 9 || code === 38 || code === 42 || code === 33 || code === 37 || code === 91 || code === 123 || code === 60
  );
}

function isUnusualValue(value: string, depth: number): boolean {
  const first = value.charCodeAt(0);
  if (first === 38 || first === 42 || first === 33) return true;
  if (first === 91) return !value.endsWith("]");
  if (first === 123) return !value.endsWith("}") || (depth < 2 && value !== "{}");
  return (first === 34 || first === 39) && (value.length < 2 || value.charCodeAt(value.length - 1) !== first);
}

/** The colon behind the key: one before a blank or the line's end. -1 if there is none. */
function endOfKey(text: string, start: number, end: number): number {
  const first = text.charCodeAt(start);
  let at = start;
  if (first === 34 || first === 39) {
    at++;
    while (at < end && text.charCodeAt(at) !== first) at++;
    at++;
  }
  for (; at < end; at++) {
    if (text.charCodeAt(at) === colon && (at + 1 === end || text.charCodeAt(at + 1) === 32)) return at;
  }
  return -1;
}

/** A scalar without its quotes. */
export function plain(text: string): string {
  const first = text.charCodeAt(0);
  if ((first !== 34 && first !== 39) || text.length < 2) return text;
  const inner = text.slice(1, -1);
  if (first === 39) return inner.includes("'") ? inner.replaceAll("''", "'") : inner;
  if (!inner.includes("\\")) return inner;
  try {
    return String(JSON.parse(text));
  } catch {
    return inner;
  }
}

/** Names and values by turns of `{a: b, c: 'd'}`, whose values pnpm never nests. */
export function flowMembers(value: string): string[] {
  let members: string[] | undefined;
  const inner = value.slice(1, -1);
  for (let at = 0; at < inner.length; ) {
    const colonAt = inner.indexOf(": ", at);
    if (colonAt < 0) break;
    let start = colonAt + 2;
    while (inner.charCodeAt(start) === 32) start++;
    const end = endOfFlowValue(inner, start);
    const [name, text] = [plain(inner.slice(at, colonAt).trim()), plain(inner.slice(start, end).trim())];
    // Nearly all have one, and a list that grows takes room for many.
    if (members) members.push(name, text);
    else members = [name, text];
    at = end + 1;
  }
  return members ?? [];
}

function endOfFlowValue(text: string, start: number): number {
  const first = text.charAt(start);
  const isQuoted = first === "'" || first === '"';
  const from = isQuoted ? text.indexOf(first, start + 1) : start;
  const comma = from < 0 ? -1 : text.indexOf(",", from);
  return comma < 0 ? text.length : comma;
}

/** Members deeper than this hold nothing that is asked for. */
const deepest = 5;

function walkNode(node: Node, visitor: MemberVisitor, depth: number): void {
  if (node.is !== "block" || depth > deepest) return;
  for (const key of node.keys()) {
    const member = node.get(key);
    if (!member) continue;
    const { whole, value } = member;
    const text = value.is === "scalar" ? String(value.value ?? "") : "";
    visitor.member({ depth, key, value: text, start: whole.start, end: whole.end });
    walkNode(value, visitor, depth + 1);
  }
}
