/** What a walk through JSON came upon: a mistake, an unresolved merge conflict, something behind the end. */
import type { Problem } from "#model/scan-result.ts";
import type { TextFile } from "../../formats/text-file.ts";
import { fail, type JsonCursor, skipBlanks } from "./json-cursor.ts";
import { problemAt } from "./manifest-text.ts";

/** To be asked when the outermost value was read. */
export function endOfJson(cursor: JsonCursor): readonly Problem[] {
  const { file } = cursor;
  skipBlanks(cursor);
  if (cursor.at < file.text.length) fail(cursor, "the end of the file");
  const { mistake, conflictAt } = cursor;
  const problems: Problem[] = [];
  if (conflictAt !== undefined) problems.push(conflictIn(file, conflictAt));
  if (mistake)
    problems.push(problemAt({ file, start: mistake.at, end: mistake.at }, "syntax", mistakeIn(file, mistake)));
  return problems;
}

export function conflictIn(file: TextFile, start: number): Problem {
  const place = { file, start, end: start + 7 };
  const { line } = problemAt(place, "merge-conflict", "");
  const message = `There is an unresolved merge conflict at line ${line}. The packages of both sides were read; resolve it and commit the file again.`;
  return problemAt(place, "merge-conflict", message);
}

function mistakeIn({ text }: TextFile, mistake: { readonly at: number; readonly expected: string }): string {
  if (text.trim() === "")
    return "The file is empty, where JSON was expected. Delete it, or let the package manager write it again.";
  const character = text.charAt(mistake.at).trim();
  const ended = mistake.at >= text.length ? "the file ends" : "the line ends";
  const found = character === "" ? ended : `'${character}' was found`;
  return `This is no valid JSON: ${mistake.expected} was expected, but ${found}. What stands before this place was read.`;
}
