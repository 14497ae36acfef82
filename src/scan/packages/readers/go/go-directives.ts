/** Takes files of the go command apart (`go.mod`, `go.work`): one directive for each entry, blocks opened. */
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { linesOf, placeOfLine } from "../../reading/text-lines.ts";

export interface GoWord {
  readonly text: string;
  readonly place: Place;
}

export interface GoDirective {
  /** `require`, `replace`; also for each entry of its block. */
  readonly verb: string;
  readonly words: readonly GoWord[];
  /** What stands behind `//`. */
  readonly comment: string;
  /** The entry without its comment; alone on its line, the verb included. */
  readonly at: Place;
}

export interface GoDirectives {
  readonly directives: readonly GoDirective[];
  /** The first line that no go command would understand. */
  readonly trouble?: Place;
}

const word = /"(?:[^"\\]|\\.)*"|`[^`]*`|=>|[()]|[^\s"`()]+/g;
const verbs = new Set(["module", "go", "toolchain", "godebug", "require", "replace", "exclude", "retract", "tool"]);
const workVerbs = new Set(["use", "ignore"]);

export function goDirectives(file: TextFile): GoDirectives {
  const directives: GoDirective[] = [];
  let block: string | undefined;
  let opened: Place | undefined;
  let trouble: Place | undefined;
  for (const line of linesOf(file.text)) {
    const at = placeOfLine(file, line);
    const { words, comment } = wordsOf(file, line.text, line.start);
    const [first, second] = words;
    if (!first) continue;
    if (block !== undefined) {
      if (first.text === ")") block = undefined;
      else if (!isEntry(first.text)) trouble ??= at;
      else directives.push({ verb: block, words, comment, at: placeFrom(at, first, words) });
    } else if (!verbs.has(first.text) && !workVerbs.has(first.text)) {
      trouble ??= at;
    } else if (second?.text === "(") {
      // A list on one line opens and closes at once.
      const inside = words.slice(2).filter(({ text }) => text !== ")");
      if (inside.length > 0)
        directives.push({ verb: first.text, words: inside, comment, at: placeFrom(at, first, words) });
      if (words.at(-1)?.text !== ")") {
        block = first.text;
        opened = at;
      }
    } else {
      directives.push({ verb: first.text, words: words.slice(1), comment, at: placeFrom(at, first, words) });
    }
  }
  // The go command takes no file whose last block has no end.
  if (block !== undefined) trouble ??= opened;
  return { directives, ...(trouble && { trouble }) };
}

/** A module path, a version or a range of them (`[v1.0.0, v1.9.9]`); not the marks of a merge conflict. */
function isEntry(text: string): boolean {
  return /^[\w./~[-]/.test(text);
}

function placeFrom(line: Place, first: GoWord, words: readonly GoWord[]): Place {
  return { file: line.file, start: first.place.start, end: words.at(-1)?.place.end ?? line.end };
}

function wordsOf(file: TextFile, line: string, start: number): { words: readonly GoWord[]; comment: string } {
  const words: GoWord[] = [];
  let comment = "";
  const mark = commentAt(line);
  const code = mark < 0 ? line : line.slice(0, mark);
  if (mark >= 0) comment = line.slice(mark + 2).trim();
  for (const found of code.matchAll(word)) {
    const quoted = /^["`]/.test(found[0]);
    const from = start + found.index + (quoted ? 1 : 0);
    const text = quoted ? found[0].slice(1, -1) : found[0];
    words.push({ text, place: { file, start: from, end: from + text.length } });
  }
  return { words, comment };
}

/** A module path may hold slashes, never two in a row before a blank; in quotes everything is text. */
function commentAt(line: string): number {
  let quote = "";
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? "";
    if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === '"' || char === "`") quote = char;
    else if (char === "/" && line[at + 1] === "/") return at;
  }
  return -1;
}
