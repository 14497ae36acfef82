/** The packages of one requirements file, and by whom each was asked for where a tool wrote it down. */
import type { PackageUse, Relation } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { noticeAt, problemAt } from "../../reading/manifest-text.ts";
import { pipOptionOf } from "./pip-options.ts";
import { packageOf } from "./python-package.ts";
import { isIncomplete, readRequirement } from "./python-requirement.ts";
import { eachRequirementLine, type RequirementLine } from "./requirement-lines.ts";

export interface Entry {
  readonly use: PackageUse;
  /** Names of packages that brought it in. */
  readonly askedBy: readonly string[];
}

export interface EntriesOptions {
  readonly isConstraint: boolean;
  readonly isDevelopment: boolean;
}

export function entriesOf(
  file: TextFile,
  options: EntriesOptions,
): { readonly entries: readonly Entry[]; readonly problems: readonly Problem[] } {
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  const lines = linesThatMatter(file.text);
  for (const [index, line] of lines.entries()) {
    const asked = askedIn(line);
    if (asked === undefined) continue;
    const place = { file, start: asked.at, end: line.start + line.text.trimEnd().length };
    const requirement = readRequirement(asked.text);
    if (!requirement || isIncomplete(requirement)) {
      problems.push(notUnderstood(place, asked));
      continue;
    }
    const via = viaOf(lines, index);
    const relation: Relation = options.isConstraint ? "unknown" : (via?.relation ?? "direct");
    const { isDevelopment } = options;
    const groups = [...(options.isConstraint ? ["constraint"] : []), ...(isDevelopment ? ["dev"] : [])];
    const use = packageOf(requirement, { at: place, offset: asked.at, relation, isDevelopment, groups });
    const hashes = hashesIn(line.text);
    entries.push({
      use: hashes.length === 1 ? { ...use, integrity: hashes[0] as string } : use,
      askedBy: via?.askedBy ?? [],
    });
  }
  return { entries, problems };
}

/** Any option but that for what is edited in place. */
const otherOption = /^\s*--?[a-df-z]/;
const dash = 45;

/** Of options in a row only the first: it ends the comments of what stands before. Some files are thousands of them. */
function linesThatMatter(text: string): readonly RequirementLine[] {
  const lines: RequirementLine[] = [];
  let isBehindOption = false;
  const passes = (whole: string, at: number) => isBehindOption && isOtherOptionAt(whole, at);
  for (const line of eachRequirementLine(text, passes)) {
    const isOption = otherOption.test(line.text);
    if (!isOption || !isBehindOption) lines.push(line);
    isBehindOption = isOption;
  }
  return lines;
}

/** The same as `otherOption` says of a line that begins at `at`, where nothing stands before it; without cutting it out. */
function isOtherOptionAt(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== dash) return false;
  const letter = text.charCodeAt(text.charCodeAt(at + 1) === dash ? at + 2 : at + 1);
  return letter >= 97 && letter <= 122 && letter !== 101;
}

interface AskedText {
  readonly text: string;
  readonly at: number;
  readonly isEditable: boolean;
}

/** The requirement of a line, without the options behind it. */
function askedIn(line: RequirementLine): AskedText | undefined {
  const { text, start } = line;
  const blanks = text.length - text.trimStart().length;
  if (blanks === text.length || otherOption.test(text)) return undefined;
  const option = pipOptionOf(line);
  if (option) return option.name === "editable" ? { text: option.value, at: option.at, isEditable: true } : undefined;
  const options = text.search(/\s-/);
  const end = options < 0 ? text.length : options;
  return { text: text.slice(blanks, end), at: start + blanks, isEditable: false };
}

/** The line is not shown: a file that is none of its kind may hold anything. */
function notUnderstood(place: Parameters<typeof problemAt>[0], { text, isEditable }: AskedText): Problem {
  if (isEditable || /[/\\]|^\s*\.|:/.test(text.slice(0, 100))) {
    const message =
      "This line says no package name, so nothing of it is listed. Write name @ address to have it checked.";
    return noticeAt(place, "unresolved", message);
  }
  const message = "A requirement such as name==1.0 was expected. This line is left out, the others are read.";
  return problemAt(place, "syntax", message);
}

/** `--hash=sha256:...`; with several, each is of another file. */
function hashesIn(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = text.indexOf("--hash"); at >= 0; at = text.indexOf("--hash", at + 6)) {
    const hash = /^--hash[=\s]\s*([a-z0-9]+:[0-9a-f]+)/.exec(text.slice(at, at + 300))?.[1];
    if (hash !== undefined) found.push(hash);
  }
  return found;
}

interface Via {
  readonly relation: Relation;
  readonly askedBy: readonly string[];
}

const mostComments = 5000;

/** `# via name` behind or below the line: `-r file` and projects stand for the project itself. */
function viaOf(lines: readonly RequirementLine[], index: number): Via | undefined {
  const words: string[] = [];
  let isVia = false;
  for (let at = index; at < lines.length && at - index < mostComments; at++) {
    const line = lines[at];
    if (!line || (at > index && line.text.trim() !== "") || (at > index && line.comment === undefined)) break;
    const { comment } = line;
    if (comment === undefined) continue;
    const first = /^via\b\s*(.*)$/.exec(comment);
    if (first) isVia = true;
    else if (!isVia) continue;
    for (const word of (first?.[1] ?? comment).split(",")) words.push(word.trim());
  }
  if (!isVia) return undefined;
  const named = words.filter((word) => word !== "");
  const isOfProject = named.some((word) => /^-r\b|\(.*\)$/.test(word));
  const askedBy = named
    .filter((word) => /^[A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?$/.test(word))
    .map((word) => word.replace(/\[.*$/, ""));
  return { relation: isOfProject ? "direct" : askedBy.length > 0 ? "transitive" : "unknown", askedBy };
}
