/**
 * How far one hit is looked at, told from the bytes themselves: mostly much less far than its rule may look (rule-reach.ts).
 * Histories live on it: a hit is judged again only where something changed that it sees. It may say too far and never too
 * near: sight.test.ts changes what lies outside and asks the readers again.
 */

import {
  companyAfter,
  companyBefore,
  longestBlank,
  longestCall,
  longestDirective,
  longestIndex,
  longestLine,
  longestType,
} from "../assignments/limits.ts";
import { mayAssign } from "../assignments/may-assign.ts";
import { type NameKind, nameKind, nameWords } from "../assignments/name-words.ts";
import { namedThingEnd } from "../assignments/named-thing.ts";
import { placeOfName } from "../assignments/read-assignment.ts";
import { isQuote } from "../assignments/read-literal.ts";
import { anyFacts } from "../paths/path-facts.ts";
import { type ReaderName, readers } from "../readers/readers.ts";
import { sightOfTable } from "../readers/tables/written-table.ts";
import type { SecretRule } from "../rule/secret-rule.ts";
import { alphabetTable, tableOf } from "../text/alphabets.ts";
import { placeBetween, rememberedPlace } from "../text/remembered.ts";
import { type Hit, isIn } from "../text/view.ts";
import type { CompiledAnchor } from "./compiled-anchor.ts";

/** Offsets of what is looked at, [from, to): below 0 and above the size where the file's end is seen. */
export interface Sight {
  readonly from: number;
  readonly to: number;
  /** Nothing is proposed there: the reader need not be asked. */
  readonly isRefused?: boolean;
}

export function sightOf(rule: SecretRule, { reach }: CompiledAnchor, bytes: Buffer, hit: Hit): Sight {
  const far = { from: hit.start - reach.before, to: hit.end + reach.after };
  const { shape } = rule;
  if (shape.is !== "reader" || rule.context !== undefined) return far;
  const { reader } = shape;
  if (reader === "user-info") return nearer(far, sightOfAddress(bytes, hit));
  if (reader === "written-table") return nearer(far, sightOfCells(bytes, hit));
  if (reader !== "password" && reader !== "secret" && reader !== "pipeline-literal") return far;
  const name = lookAtName(bytes, hit);
  if (name === undefined) return far;
  return takes(reader, name) ? nearer(far, name.seen()) : name.glance;
}

function nearer(far: Sight, near: Sight | undefined): Sight {
  if (near === undefined) return far;
  return { ...near, from: Math.max(far.from, near.from), to: Math.min(far.to, near.to) };
}

/** Bytes beside a value, and before a hit, in which readers look for what it belongs to; the quotes between them are seen, too. */
const company = { before: companyBefore, after: companyAfter + 10 };
/** What is looked at behind a name to see that nothing is assigned to it: an index, white space, a type, white space, and a sign or a literal's beginning. */
const behindName = longestIndex + longestBlank + longestType + longestBlank + 36;
/** And before the path of names that it ends: the call or selector that it is part of, and its quote. */
const beforePath = longestCall + 4;
/** And before the path of the name of a thing. */
const beforeThing = 3;
/** None of these readers looks further; what seems to go on is cut by the reach of the rule. */
const farthest = 1024;
const lineFeed = 10;
const spaces = tableOf(" \t\n\v\f\r\xa0");
/** What begins a value that may take several lines: braces, brackets, blocks, markup, a longer sign. */
const opens = tableOf("{([|><.=:?,&*!");
/** How a line ends where a value may go on in the next one. */
const endsPiece = tableOf("\"'`+.&|\\/#");

/** Whether the reader goes on with a name to which something is assigned. */
function takes(reader: ReaderName, { kind, isPat }: Looked): boolean {
  if (isPat === true) return true;
  if (kind === undefined) return false;
  if (reader === "pipeline-literal") return kind !== "bare-key" && kind !== "salt";
  return (kind === "password") === (reader === "password");
}

interface Looked {
  /** What tells that nothing is assigned to the name, or that it is of no kind that the reader wants. */
  readonly glance: Sight;
  /** What the name promises; undefined where it is nothing, or nothing is assigned to it. */
  readonly kind?: NameKind | undefined;
  /** Pipelines know one more word. */
  readonly isPat?: boolean;
  /** All that is looked at where it goes on; undefined if that cannot be told. */
  readonly seen: () => Sight | undefined;
}

const looked = rememberedPlace<Looked>();

/** Of readers that begin with the name around the hit, and go on only where something is assigned to it. */
function lookAtName(bytes: Buffer, hit: Hit): Looked | undefined {
  // Anchors that end with a separator are read in more than one way.
  if (!isIn(alphabetTable("word"), bytes[hit.end - 1])) return undefined;
  return looked({ bytes, facts: anyFacts }, placeBetween(hit.start, hit.end), () => lookedAt(bytes, hit));
}

const nothing = () => undefined;

function lookedAt(bytes: Buffer, hit: Hit): Looked {
  const place = placeOfName(bytes, hit);
  const { start, end, pathStart } = place;
  const behind = isQuote(bytes[end]) ? end + 1 : end;
  const first = skip(bytes, spaces, behind);
  const sign = bytes[first];
  const second = sign === 0x3a || sign === 0x3d ? skip(bytes, spaces, first + 1) : first;
  const glance = {
    from: Math.min(pathStart - beforePath, lineOf(bytes, pathStart, longestDirective) - 3),
    to: Math.max(end + behindName, second + 2),
    isRefused: true,
  };
  if (!mayAssign(bytes, place)) return { glance, seen: nothing };
  const words = nameWords(bytes.toString("latin1", start, end));
  const kind = nameKind(words);
  const isPat = words.at(-1) === "pat";
  if (kind === undefined && !isPat) return { glance, seen: nothing };
  const lineEnd = kind === "bare-key" ? namedThingEnd(bytes, place) : undefined;
  if (lineEnd !== undefined) {
    return { glance: { from: pathStart - beforeThing, to: lineEnd + 1, isRefused: true }, seen: nothing };
  }
  const seen = () => {
    if (isOpen(bytes, { end, pathStart, behind, first, second })) return undefined;
    const from = Math.min(hit.start - company.before, glance.from, lineOf(bytes, pathStart, longestLine) - 1);
    // A value ends with its line, or with the next one where it stands there alone.
    const line = behindLine(bytes, second);
    if (mayGoOn(bytes, { from: second, line, to: hit.end + readers.password.after })) return undefined;
    const valueEnd = Math.max(behindLine(bytes, line + 1), line + 72);
    return { from, to: Math.max(glance.to, valueEnd + company.after) };
  };
  return { glance, kind, isPat, seen };
}

interface NameEnds {
  readonly end: number;
  readonly pathStart: number;
  /** Behind the name and the quote that closes it; the first that is no white space from there; the same behind a sign. */
  readonly behind: number;
  readonly first: number;
  readonly second: number;
}

/** True of all but `name = value`, `name: value`, `"name": value`: elsewhere the value may stand in lines below, or go on through some. */
function isOpen(bytes: Buffer, { end, pathStart, behind, first, second }: NameEnds): boolean {
  const before = bytes[pathStart - 1];
  if (second === first || before === 0x3c || bytes[end] === 0x5c) return true;
  // `${NAME:-v}`, and the key of an element: `name="password" value="v"`.
  if (before === 0x7b || (before === bytes[end] && isQuote(before) && bytes[pathStart - 2] === 0x3d)) return true;
  return hasBreak(bytes, behind, first) || hasBreak(bytes, first, second) || opens[bytes[second] ?? 0] === 1;
}

/** `"v" +`, and more in the lines below, before `to`; a note or the underscore of Basic may stand behind the sign. */
function mayGoOn(bytes: Buffer, { from, line, to }: { from: number; line: number; to: number }): boolean {
  const next = skip(bytes, spaces, line);
  // What stands behind it no reader sees.
  if (next + 1 >= to) return false;
  if (endsPiece[bytes[next] ?? 0] !== 1 && !isQuote(bytes[next + 1])) return false;
  let last = line - 1;
  while (last > from && spaces[bytes[last] ?? 0] === 1) last--;
  return endsPiece[bytes[last] ?? 0] === 1 || bytes[last] === 0x5f || hasNote(bytes, from, last);
}

function hasNote(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at <= to; at++)
    if (bytes[at] === 0x23 || (bytes[at] === 0x2f && bytes[at + 1] === 0x2f)) return true;
  return false;
}

function skip(bytes: Buffer, table: Uint8Array, from: number): number {
  let at = from;
  while (table[bytes[at] ?? 0] === 1 && at < from + farthest) at++;
  return at;
}

function hasBreak(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === lineFeed) return true;
  return false;
}

/** Where the line begins that holds `at`, or what of it is looked at. */
function lineOf(bytes: Buffer, at: number, longest: number): number {
  const least = at - longest;
  let start = at;
  while (start > least && start > 0 && bytes[start - 1] !== lineFeed) start--;
  // The beginning of the file is seen.
  return start === 0 ? -1 : start;
}

/** Behind the next line feed that no backslash takes away; behind the size if there is none. */
function behindLine(bytes: Buffer, from: number): number {
  const most = Math.min(bytes.length, from + farthest);
  for (let at = from; at < most; at++) if (bytes[at] === lineFeed && bytes[at - 1] !== 0x5c) return at + 1;
  return most + 1;
}

/** Most bars behind a word are operators, and a table ends where its rows do. */
function sightOfCells(bytes: Buffer, hit: Hit): Sight | undefined {
  const sight = sightOfTable({ bytes, facts: anyFacts }, hit);
  if (sight === undefined || sight.isRefused) return sight;
  return { from: Math.min(sight.from, hit.start - company.before), to: sight.to + company.after };
}

/** `scheme://` without a user: what ends the authority is all that is seen. */
function sightOfAddress(bytes: Buffer, { start, end }: Hit): Sight | undefined {
  // `thin:user/password@host` of Oracle has its slash before the password.
  if (bytes[start] !== 0x3a) return undefined;
  const most = Math.min(bytes.length, end + farthest);
  for (let at = end; at < most; at++) {
    const byte = bytes[at]!;
    if (byte === 0x40) return undefined;
    if (byte <= 0x20 || byte === 0x2f || byte === 0x22 || byte === 0x27) {
      return { from: start - 1, to: at + 1, isRefused: true };
    }
  }
  return undefined;
}
