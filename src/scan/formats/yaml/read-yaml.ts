/**
 * Reads YAML into nodes with places, document by document: a broken one is a problem and the others are kept. Duplicate
 * keys are no error, the last one counts, as in the programs that read such files.
 */
import { EVENT_ID, type Event, parseEvents, YAMLException } from "js-yaml";
import { deepestNesting, type FormatProblem } from "../format-problem.ts";
import type { Node } from "../node.ts";
import type { Place, TextFile } from "../text-file.ts";
import { buildTree, type EventSource, type TreeOptions } from "./build-tree.ts";

export interface YamlDocument {
  /** Undefined for a document without content. */
  readonly node: Node | undefined;
  /** From the first character of content to the last, without `---` and comments before it. */
  readonly at: Place;
}

export interface ReadYaml {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly FormatProblem[];
}

/** A text between the marks of documents. */
interface Part {
  readonly text: string;
  readonly shift: number;
}

export function readYaml(file: TextFile, options: TreeOptions = {}): ReadYaml {
  const whole = { text: file.text, shift: 0 };
  const events = eventsOf(file, whole);
  if (Array.isArray(events)) return documentsOf({ file, ...whole, events }, options);
  const parts = partsOf(file.text);
  if (parts.length < 2) return { documents: [], problems: [events as FormatProblem] };
  const read = parts.map((part): ReadYaml => {
    const some = eventsOf(file, part);
    if (Array.isArray(some)) return documentsOf({ file, ...part, events: some }, options);
    return { documents: [], problems: [some as FormatProblem] };
  });
  return { documents: read.flatMap((one) => one.documents), problems: read.flatMap((one) => one.problems) };
}

function documentsOf(source: EventSource, options: TreeOptions): ReadYaml {
  const documents: YamlDocument[] = [];
  const problems: FormatProblem[] = [];
  for (let index = 0; index < source.events.length; ) {
    if (source.events[index]?.type !== EVENT_ID.DOCUMENT) break;
    const tree = buildTree(source, index, options);
    const empty = { file: source.file, start: source.shift, end: source.shift };
    documents.push({ node: tree.root?.node, at: tree.root?.whole ?? empty });
    problems.push(...tree.problems);
    index = tree.next;
  }
  return { documents, problems };
}

function eventsOf(file: TextFile, { text, shift }: Part): readonly Event[] | FormatProblem {
  try {
    return parseEvents(text, { maxDepth: deepestNesting });
  } catch (error) {
    const position = error instanceof YAMLException ? (error.mark?.position ?? 0) : 0;
    const start = Math.min(shift + position, file.text.length);
    const place = { file, start, end: Math.min(start + 1, file.text.length) };
    const reason = error instanceof YAMLException ? error.reason : "this is no YAML";
    if (reason.includes("maxDepth"))
      return { code: "too-deep", message: `values are nested more than ${deepestNesting} levels deep`, place };
    return { code: "syntax", message: reason, place };
  }
}

/** A line that begins with `---` or `...` is the mark of a document wherever it stands, also in a block of text. */
function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let start = 0;
  for (const mark of text.matchAll(/^(?:---|\.\.\.)(?=\s|$)/gm)) {
    const end = mark[0] === "---" ? mark.index : mark.index + 3;
    parts.push({ text: text.slice(start, end), shift: start });
    start = end;
  }
  parts.push({ text: text.slice(start), shift: start });
  return parts.filter((part) => /\S/.test(part.text));
}
