/**
 * Reads the YAML of a pipeline into its tree with exact places. What an alias names is shared, and what a file would unfold
 * to is counted; a file that is too large, too deep or no YAML gives a problem and what was understood before.
 */
import { deepestNesting, type FormatProblem } from "../format-problem.ts";
import { readEvents } from "./read-events.ts";
import { readTolerant } from "./read-tolerant.ts";
import type { PipelineNode, SourceText } from "./source-node.ts";

export interface ReadSource {
  readonly root: PipelineNode | undefined;
  readonly problems: readonly FormatProblem[];
}

/** Larger files are no pipelines: Azure itself refuses what takes more than 10 MB of memory. */
const largestText = 2_000_000;

/** Files are read anew for each pipeline that calls them; the same text at the same path is parsed once. */
const known = new Map<string, ReadSource>();
const mostKnown = 300;
const longestKnown = 100_000;

/** The tree may be of an equal file that was read before; then that file is the one its places name. */
export function readSource(file: SourceText): ReadSource {
  if (file.text.length > longestKnown) return parse(file);
  const key = `${file.repository ?? ""}\0${file.path}\0${file.text}`;
  const before = known.get(key);
  if (before) return before;
  const read = parse(file);
  if (known.size >= mostKnown) known.clear();
  known.set(key, read);
  return read;
}

function parse(file: SourceText): ReadSource {
  const refuse = (code: FormatProblem["code"], message: string): ReadSource => ({
    root: undefined,
    problems: [{ code, message, place: { file, start: 0, end: 0 } }],
  });
  if (file.text.length > largestText) return refuse("too-large", `it has more than ${largestText} characters`);
  if (nestsTooDeep(file.text)) return refuse("too-deep", `it nests deeper than ${deepestNesting}`);
  return readEvents(file) ?? readTolerant(file);
}

/** Brackets and lists in lists are read by recursion, so their depth is looked at before. */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  let dashes = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) {
      dashes = 0;
      // In the first column a key begins, so whatever was open is closed or was none.
      const next = text.charCodeAt(at + 1);
      if (next > 45 && next !== 91 && next !== 93 && next !== 123 && next !== 125) depth = 0;
    } else if (code === 91 || code === 123) depth++;
    else if (code === 93 || code === 125) depth = Math.max(0, depth - 1);
    else if (code === 45 && text.charCodeAt(at + 1) === 32) dashes++;
    if (depth > deepestNesting || dashes > deepestNesting) return true;
  }
  return false;
}
