/** The entries of a list of YAML that a name announces: `api_keys:`, and `- v` in the lines below. */

import { nameKind, nameWords } from "../assignments/name-words.ts";
import { mayBe } from "../path-facts.ts";
import {
  type Candidate,
  type Hit,
  lineEnd,
  lineStart,
  nextLine,
  noProposal,
  type Proposal,
  refusedAtSight,
  type View,
} from "../view.ts";
import { judgeNamed } from "./generic.ts";

/** Lines that are read below the name, bytes of one, and of all. */
const mostLines = 20;
const longestLine = 160;
const longestList = 3200;

const entry =
  /^[ \t]*-[ \t]+(?:"(?<quoted>[^"\\]{4,128})"|'(?<single>[^'\\]{4,128})'|(?<bare>[^\s"'#{}[\]&*!|>:,%@`-][^\s"'{}:,]{3,127}))[ \t]*(?:#.*)?$/d;

/** Lines that hold no value and do not end the list: empty, a comment, an entry too long to be read. */
const between = new RegExp(`^[ \\t]*(?:#.*)?$|^[ \\t]*-[ \\t].{${longestLine - 40},}$`);

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
  for (let index = 0; index < mostLines && at < Math.min(bytes.length, hit.end + longestList); index++) {
    const end = lineEnd(view, at, longestLine);
    const line = bytes.toString("latin1", at, end);
    const spans = end - at === longestLine ? undefined : entry.exec(line)?.indices?.groups;
    const span = spans?.quoted ?? spans?.single ?? spans?.bare;
    if (span !== undefined)
      candidates.push(...judgeNamed(view, { name, words, kind, start: at + span[0], end: at + span[1] }));
    else if (!between.test(line)) break;
    at = nextLine(view, end, hit.end + longestList);
  }
  return { candidates, skipTo: at };
}
