/** The entries of a list of YAML that a name announces: `api_keys:`, and `- v` in the lines below. */
import { mayBe } from "../path-facts.ts";
import {
  type Candidate,
  type Hit,
  lineEnd,
  lineStart,
  noProposal,
  type Proposal,
  refusedAtSight,
  type View,
} from "../view.ts";
import { judgeLiteral } from "./generic.ts";
import { nameKind, nameWords } from "./name-words.ts";

/** Entries that are read, and bytes of a line. */
const mostEntries = 20;
const longestLine = 160;

const entry =
  /^[ \t]*-[ \t]+(?:"(?<quoted>[^"\\]{4,128})"|'(?<single>[^'\\]{4,128})'|(?<bare>[^\s"'#{}[\]&*!|>:,%@`-][^\s"'{}:,]{3,127}))[ \t]*(?:#.*)?$/d;

/** The hit ends with the line that holds the name. */
export function readWrittenList(view: View, hit: Hit): Proposal {
  const { bytes, facts } = view;
  if (!mayBe(facts, "yaml", "pipeline")) return refusedAtSight;
  const head = /^[ \t]*(?:- )?([\w.-]{3,48})["']?:\s*$/.exec(
    bytes.toString("latin1", lineStart(view, hit.start, longestLine), hit.end),
  );
  const name = head?.[1] ?? "";
  const words = nameWords(name);
  const kind = nameKind(words);
  if (kind === undefined) return noProposal;
  const candidates: Candidate[] = [];
  let at = hit.end;
  for (let index = 0; index < mostEntries && at < bytes.length; index++) {
    const end = lineEnd(view, at, longestLine);
    if (end - at === longestLine) break;
    const spans = entry.exec(bytes.toString("latin1", at, end))?.indices?.groups;
    const span = spans?.quoted ?? spans?.single ?? spans?.bare;
    if (span === undefined) break;
    const place = { start: at + span[0], end: at + span[1] };
    const assignment = { ...place, name, quoted: true, place: "plain", syntax: "assignment" } as const;
    const value = bytes.toString("utf8", place.start, place.end);
    const { score, signals } = judgeLiteral({ assignment, words, kind, value }, view);
    if (score > 0) candidates.push({ ...place, score, signals });
    at = end + (bytes[end] === 0x0d ? 2 : 1);
  }
  return { candidates, skipTo: at };
}
