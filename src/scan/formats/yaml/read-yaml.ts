/**
 * Reads YAML into nodes with places, document by document: a broken one is a problem and the others are kept. Duplicate
 * keys are no error, the last one counts, as in the programs that read such files.
 */
import { EVENT_ID, type Event, parseEvents, YAMLException } from "js-yaml";
import { deepestNesting, type FormatProblem } from "../format-problem.ts";
import type { Node } from "../node.ts";
import type { Place, TextFile } from "../text-file.ts";
import { buildTree, type EventSource, type TreeOptions } from "./build-tree.ts";
import { joinLines } from "./join-lines.ts";

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

/** Characters that are parsed again, in all, for the sake of lines with too little indentation. */
const joinedAtMost = 16_000_000;

/** Documents that may be broken before the rest of the file is given up. */
const brokenAtMost = 100;

/** A text between the marks of documents. */
interface Part {
  readonly text: string;
  readonly shift: number;
}

export function readYaml(file: TextFile, options: TreeOptions = {}): ReadYaml {
  const whole = readPart(file, { text: file.text, shift: 0 }, options);
  if (whole.problems.length === 0 || whole.documents.length > 0) return whole;
  const parts = partsOf(file.text);
  if (parts.length < 2) return whole;
  const read: ReadYaml[] = [];
  let broken = 0;
  for (const part of parts) {
    const one = readPart(file, part, options);
    read.push(one);
    if (one.documents.length === 0 && one.problems.length > 0) broken += 1;
    if (broken >= brokenAtMost) break;
  }
  return { documents: read.flatMap((one) => one.documents), problems: read.flatMap((one) => one.problems) };
}

function readPart(file: TextFile, part: Part, options: TreeOptions): ReadYaml {
  let text: string | undefined = part.text;
  let first: FormatProblem | undefined;
  for (let budget = joinedAtMost; text !== undefined && budget > 0; budget -= text?.length ?? 0) {
    const read = parse(text);
    if ("events" in read) {
      const isJoined = text !== part.text;
      return documentsOf({ file, ...part, events: read.events, isJoined }, options);
    }
    first ??= problemOf(file, part.shift, read);
    text = read.reason === "deficient indentation" ? joinLines(text, read.position) : undefined;
  }
  return { documents: [], problems: first ? [first] : [] };
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

interface Refused {
  readonly reason: string;
  readonly position: number;
}

function parse(text: string): { readonly events: readonly Event[] } | Refused {
  try {
    return { events: parseEvents(text, { maxDepth: deepestNesting }) };
  } catch (error) {
    if (!(error instanceof YAMLException)) return { reason: "this is no YAML", position: 0 };
    return { reason: error.reason, position: error.mark?.position ?? 0 };
  }
}

function problemOf(file: TextFile, shift: number, { reason, position }: Refused): FormatProblem {
  const start = Math.min(shift + position, file.text.length);
  const place = { file, start, end: Math.min(start + 1, file.text.length) };
  if (!reason.includes("maxDepth")) return { code: "syntax", message: reason, place };
  return { code: "too-deep", message: `values are nested more than ${deepestNesting} levels deep`, place };
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
