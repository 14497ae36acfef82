/** The entries of a list of YAML that a name announces: `api_keys:`, and `- v` in the lines below. */

import { nameKind, nameWords } from "../assignments/name-words.ts";
import { mayBe } from "../path-facts.ts";
import {
  type Candidate,
  type Hit,
  latinText,
  lineEnd,
  lineStart,
  nextLine,
  noProposal,
  type Proposal,
  refusedAtSight,
  type View,
} from "../view.ts";
import { judgeNamed } from "./generic.ts";

/** Bytes that are read of a line below the name, and of all. */
const longestLine = 160;
const longestList = 3200;

const entry =
  /^[ \t]*-[ \t]+(?:"(?<quoted>[^"\\]{4,128})"|'(?<single>[^'\\]{4,128})'|(?<bare>[^\s"'#{}[\]&*!|>:,%@`-][^\s"'{}:,]{3,127}))[ \t]*(?:#.*)?$/d;

/** The hit ends with the colon behind the name. */
export function readWrittenList(view: View, hit: Hit): Proposal {
  const { bytes, facts } = view;
  if (!mayBe(facts, "yaml", "pipeline")) return refusedAtSight;
  const nameEnd = lineEnd(view, hit.end, longestLine);
  if (!/^[ \t]*(?:#.*)?$/.test(latinText(bytes, hit.end, nameEnd))) return refusedAtSight;
  const [, before = "", name = ""] =
    /^([ \t]*(?:- )?)([\w.-]{3,48}):$/.exec(latinText(bytes, lineStart(view, hit.start, longestLine), hit.end)) ?? [];
  const words = nameWords(name);
  const kind = nameKind(words);
  if (kind === undefined) return noProposal;
  const candidates: Candidate[] = [];
  const to = Math.min(bytes.length, nameEnd + longestList);
  let at = nextLine(view, nameEnd, to);
  let indent: number | undefined;
  while (at < to) {
    const end = lineEnd(view, at, longestLine);
    const line = latinText(bytes, at, end);
    const first = line.search(/[^ \t]/);
    if (first >= before.length && line[first] === "-") indent ??= first;
    const isEntry = first === indent && line[first] === "-";
    // What is no value does not end the list: an entry of another kind and what belongs to it, a comment, an empty line.
    if (!isEntry && first >= 0 && line[first] !== "#" && !(indent !== undefined && first > indent)) break;
    const spans = isEntry && end - at < longestLine ? entry.exec(line)?.indices?.groups : undefined;
    const span = spans?.quoted ?? spans?.single ?? spans?.bare;
    if (span !== undefined)
      candidates.push(...judgeNamed(view, { name, words, kind, start: at + span[0], end: at + span[1] }));
    at = nextLine(view, end, to);
  }
  return { candidates, skipTo: at };
}
