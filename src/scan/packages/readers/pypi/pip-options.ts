/** The options that a requirements file gives to pip: other files, other indexes. */
import type { TextFile } from "../../../formats/text-file.ts";
import { type RequirementLine, requirementLines } from "./requirement-lines.ts";

/** An option in a line of its own. */
export interface PipOption {
  /** In its long form, without the dashes: `requirement`, `index-url`. */
  readonly name: string;
  readonly value: string;
  /** Offset of the value. */
  readonly at: number;
}

/** Where pip looks for packages, as one file says it. */
export interface PipOptions {
  /** Replaces the default index. The last one counts. */
  readonly indexUrl?: string;
  /** Asked beside it, with the same right: the highest version of all of them is installed. */
  readonly extraIndexUrls: readonly string[];
  readonly findLinks: readonly string[];
  /** No index is asked at all. */
  readonly hasNoIndex: boolean;
}

const longNames: Readonly<Record<string, string>> = {
  r: "requirement",
  c: "constraint",
  e: "editable",
  i: "index-url",
  f: "find-links",
};

/** The name of an option ends before it, in characters of its line. */
export const longestOption = 200;

/** Undefined if the line is no option. */
export function pipOptionOf({ text, start }: RequirementLine): PipOption | undefined {
  const match = /^\s*(?:--([a-z][a-z-]*)|-([a-z]))(?:\s*=\s*|\s+|(?=\S)|$)/.exec(text.slice(0, longestOption));
  if (!match) return undefined;
  const [head, long, short = ""] = match;
  const name = long ?? longNames[short] ?? short;
  return { name, value: withoutQuotes(text.slice(head.length).trim()), at: start + head.length };
}

function withoutQuotes(text: string): string {
  const mark = text.charAt(0);
  return text.length > 1 && (mark === '"' || mark === "'") && text.endsWith(mark) ? text.slice(1, -1) : text;
}

export function readPipOptions(file: TextFile): PipOptions {
  const options = requirementLines(file.text).flatMap((line) => pipOptionOf(line) ?? []);
  const valuesOf = (name: string) => options.filter((option) => option.name === name).map(({ value }) => value);
  const indexUrl = [...valuesOf("index-url"), ...valuesOf("pypi-url")].at(-1);
  return {
    ...(indexUrl === undefined ? {} : { indexUrl }),
    extraIndexUrls: valuesOf("extra-index-url"),
    findLinks: valuesOf("find-links"),
    hasNoIndex: options.some(({ name }) => name === "no-index"),
  };
}
