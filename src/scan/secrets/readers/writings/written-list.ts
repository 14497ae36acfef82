/** The entries of a list of YAML that a name announces: `api_keys:`, and `- v` in the lines below, or `[v, w]` beside it. */

import { type NameKind, nameKind, nameWords } from "../../assignments/name-words.ts";
import { mayBe } from "../../paths/path-facts.ts";
import {
  type Candidate,
  type Hit,
  latinText,
  lineEnd,
  lineStart,
  nextLine,
  type Proposal,
  refusedAtSight,
  type View,
} from "../../text/view.ts";
import { judgeNamed } from "../named-literal.ts";

/** Bytes that are read of a line below the name, and of all. */
const longestLine = 160;
const longestList = 3200;
/** Lists within lists of brackets: where none of them closes, few hits read the same. */
const deepest = 3;
/** What it takes to judge an entry, in bytes looked at. */
const judgementCost = 150;

/** A list's name as it may end: its own quote, and a blank before the colon. */
export const listNameEnds: readonly string[] = [":", '":', "':", " :"];
/** What comes behind the colon: an entry, a note, an anchor or tag of the list, or its bracket. */
export const listBegins = "-#&![";

const listName = /^(?<before>[ \t]*(?:-[ \t]+)*)(?<quote>["']?)(?<name>[\w.-]{3,48})\k<quote> ?:$/;
/** `&keys`, `!!seq`: what may stand before a list. */
const properties = "[ \\t]*(?:[&!][^\\s,[\\]{}]{0,40}[ \\t]*){0,2}";
const endsLine = new RegExp(`^${properties}(?:#.*)?$`);
const opensFlow = new RegExp(`^${properties}\\[`);

const inQuotes = `"(?<quoted>[^"\\\\\\n]{4,128})"|'(?<single>(?:[^'\\\\\\n]|''){4,128})'`;
const first = "[^\\s\"'#{}[\\]&*!|>:,%@`-]";
const inBlock = new RegExp(
  `^[ \\t]*(?:-[ \\t]+)?(?:${inQuotes}|(?<bare>${first}[^\\s{}:,]{3,127}))[ \\t]*(?:#.*)?$`,
  "d",
);
/** An entry whose value stands alone in the next line. */
const emptyEntry = /^[ \t]*-[ \t]*(?:#.*)?$/;
/** What a list in brackets is made of; a quote that none closes ends it. */
const inFlow =
  /"(?<quoted>(?:[^"\\]|\\.){0,400})"|'(?<single>(?:[^']|''){0,400})'|(?<sign>[[\]{},])|#[^\n]*|(?<bare>[^\s"'[\]{},]+)|["']/dg;
const value = new RegExp(`^(?:${inQuotes}|(?<bare>${first}[^:]{3,127}))$`, "d");

interface List {
  readonly name: string;
  readonly words: readonly string[];
  readonly kind: NameKind;
  /** Where the column of its name is. */
  readonly column: number;
}

/** The hit ends with the colon behind the name. */
export function readWrittenList(view: View, hit: Hit): Proposal {
  if (!mayBe(view.facts, "yaml", "pipeline")) return refusedAtSight;
  const nameEnd = lineEnd(view, hit.end, longestLine);
  const behind = latinText(view.bytes, hit.end, nameEnd);
  const flow = opensFlow.exec(behind)?.[0];
  if (flow === undefined && !endsLine.test(behind)) return refusedAtSight;
  const list = listAt(latinText(view.bytes, lineStart(view, hit.start, longestLine), hit.end));
  if (list === undefined) return refusedAtSight;
  return flow === undefined ? blockOf(view, list, nameEnd) : flowOf(view, list, hit.end + flow.length);
}

function listAt(text: string): List | undefined {
  const { before = "", name = "" } = listName.exec(text)?.groups ?? {};
  const words = nameWords(name);
  const kind = nameKind(words);
  return kind === undefined ? undefined : { name, words, kind, column: before.length };
}

/** No hit is skipped: what lies deeper may be a list with a name of its own. */
function blockOf(view: View, list: List, nameEnd: number): Proposal {
  const candidates: Candidate[] = [];
  const to = Math.min(view.bytes.length, nameEnd + longestList);
  let at = nextLine(view, nameEnd, to);
  let cost = 0;
  let indent: number | undefined;
  let isAwaited = false;
  while (at < to) {
    const end = lineEnd(view, at, longestLine);
    const line = latinText(view.bytes, at, end);
    const column = line.search(/[^ \t]/);
    if (column >= list.column && line[column] === "-") indent ??= column;
    const isEntry = column === indent && line[column] === "-";
    const isDeeper = indent !== undefined && column > indent;
    // What is no value does not end the list: an entry of another kind and what belongs to it, a comment, an empty line.
    if (!isEntry && column >= 0 && line[column] !== "#" && !isDeeper) break;
    if (end - at < longestLine && (isEntry || (isDeeper && isAwaited))) {
      const found = judged(view, list, inBlock.exec(line), at);
      candidates.push(...found);
      cost += judgementCost;
    }
    isAwaited = isEntry && emptyEntry.test(line);
    at = nextLine(view, end, to);
  }
  return { candidates, cost: cost + at - nameEnd };
}

/** What is no value ends no list: a reference, or a list or map within it. */
function flowOf(view: View, list: List, from: number): Proposal {
  const candidates: Candidate[] = [];
  let depth = 1;
  let cost = 0;
  let entry: RegExpExecArray[] = [];
  for (const token of latinText(view.bytes, from, from + longestList).matchAll(inFlow)) {
    cost += token[0].length;
    const sign = token.groups?.sign ?? token[0];
    if (sign === '"' || sign === "'") break;
    if (depth === 1 && /^[\],]$/.test(sign)) {
      const [only, ...others] = entry;
      if (only !== undefined && others.length === 0) {
        candidates.push(...judged(view, list, value.exec(only[0]), from + only.index));
        cost += judgementCost;
      }
      entry = [];
    } else if (!sign.startsWith("#")) entry.push(token);
    if (/^[[{]$/.test(sign)) depth++;
    else if (/^[\]}]$/.test(sign)) depth--;
    if (depth === 0 || depth > deepest) break;
  }
  return { candidates, cost };
}

/** The text that was matched begins at `from` of the file. */
function judged(
  view: View,
  { name, words, kind }: List,
  match: RegExpExecArray | null,
  from: number,
): readonly Candidate[] {
  const { quoted, single, bare } = match?.indices?.groups ?? {};
  const span = quoted ?? single ?? bare;
  if (span === undefined) return [];
  const [start, end] = [from + span[0], from + span[1]];
  const written = view.bytes.toString("utf8", start, end);
  const value = single === undefined ? written : written.replaceAll("''", "'");
  return judgeNamed(view, { name, words, kind, start, end, value });
}
