/** The text of a manifest, or the problem that it is none; and the words for what else can be wrong with one. */
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { FormatProblem } from "../../formats/format-problem.ts";
import { type Place, positionOf, type TextFile } from "../../formats/text-file.ts";
import { nothingRead, type PackagesRead } from "../package-reader.ts";
import { declaredText } from "./declared-text.ts";

/** Larger ones nobody writes by hand. */
const largestByHand = 2 * 1024 * 1024;

/** For what people write: a file that is far too large for that is said, and nothing is read. */
export function readByHand(file: SourceFile, read: (text: TextFile) => PackagesRead): PackagesRead {
  if (file.size <= largestByHand) return readAsText(file, read);
  const message = `This file has ${file.size} bytes, more than anybody writes by hand (${largestByHand}). No packages were read from it.`;
  return { manifests: [], problems: [{ scanner: "packages", code: "too-large", message, path: file.path }] };
}

/** Reads a file that must be text; whatever is no text is said, and nothing is read. */
export function readAsText(file: SourceFile, read: (text: TextFile) => PackagesRead): PackagesRead {
  const text = textFileOf(file);
  if (text) return read(text);
  const message = "This file is binary or in an unknown encoding, so its packages could not be read. Save it as UTF-8.";
  return { manifests: [], problems: [{ scanner: "packages", code: "not-text", message, path: file.path }] };
}

export function textFileOf(file: SourceFile | undefined): TextFile | undefined {
  const text = file && (file.text() ?? declaredText(file));
  return file && text !== undefined ? { path: file.path, text } : undefined;
}

/** The text of a file that people write and that completes another; undefined if it is far too large for that. */
export function textByHand(file: SourceFile | undefined): TextFile | undefined {
  return file && file.size <= largestByHand ? textFileOf(file) : undefined;
}

/** The same, and what is wrong with it: a file that another one claims is read by nobody else. */
export function textBeside(file: SourceFile | undefined): {
  readonly text: TextFile | undefined;
  readonly problems: readonly Problem[];
} {
  const text = textByHand(file);
  return { text, problems: file && !text ? readByHand(file, () => nothingRead).problems : [] };
}

export function problemAt(place: Place, code: string, message: string): Problem {
  const { line } = positionOf(place.file, place.start);
  return { scanner: "packages", code, message, path: place.file.path, line };
}

export function problemOfFormat({ code, message, place }: FormatProblem): Problem {
  return problemAt(place, code, `${sentence(message)} Packages before this place were read where possible.`);
}

/** The same for files that name no packages, but where they come from. */
export function problemOfSettings({ code, message, place }: FormatProblem): Problem {
  return problemAt(
    place,
    code,
    `${sentence(message)} What these settings say before this place was read where possible.`,
  );
}

/** For a file that stops being what its name says. */
export function brokenAt(file: TextFile, format: string, { at, expected }: { at: number; expected: string }): Problem {
  const message = `This is no sound ${format}: ${expected} was expected here. What stands before this place was read.`;
  return problemAt({ file, start: at, end: at }, "syntax", message);
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

export function noticeAt(place: Place, code: string, message: string): Problem {
  return { ...problemAt(place, code, message), isNotice: true };
}

/** For a manifest that says what is asked for, where nothing says what is installed. */
export function notLocked(file: TextFile, lockName: string): Problem {
  const message = `No lock file: the versions are what is asked for, not what is installed, and what these packages bring in is not known. Commit ${lockName} for exact answers.`;
  return noticeAt({ file, start: 0, end: 0 }, "not-locked", message);
}
