/**
 * Reads who owns which paths, as CODEOWNERS files of GitHub and GitLab say it: the last line that fits counts, in each
 * section for itself. A line that cannot be read is a problem with its number; the others count.
 */
import { pathGlob } from "../settings/path-glob.ts";

/** Where such a file may lie; the first that is there counts. */
export const ownersPaths = [
  ".sallyport/OWNERS",
  "CODEOWNERS",
  ".azuredevops/CODEOWNERS",
  ".github/CODEOWNERS",
  ".gitlab/CODEOWNERS",
  "docs/CODEOWNERS",
] as const;

export interface OwnersProblem {
  readonly line: number;
  readonly message: string;
}

export interface Owners {
  /** Names as the file has them, joined by `, `; undefined if nobody owns the path. */
  ownerOf(path: string): string | undefined;
  readonly problems: readonly OwnersProblem[];
}

interface OwnersLine {
  /** What a path must begin with, to try the pattern at all. */
  readonly prefix: string;
  readonly fits: (path: string) => boolean;
  readonly owners: readonly string[];
}

interface Section {
  readonly defaults: readonly string[];
  readonly lines: OwnersLine[];
}

const mostLines = 10_000;
const mostRules = 3_000;
const longestLine = 2_000;
const mostOwners = 20;
const mostProblems = 100;

export function parseOwners(text: string): Owners {
  const problems: OwnersProblem[] = [];
  const sections = new Map<string, Section>([["", { defaults: [], lines: [] }]]);
  let section = sections.get("")!;
  let rules = 0;
  const refuse = (line: number, message: string) => {
    if (problems.length < mostProblems) problems.push({ line, message });
  };
  const lines = text.split("\n", mostLines + 1);
  if (lines.length > mostLines) refuse(mostLines, `lines beyond ${mostLines} are not read`);
  for (const [index, given] of lines.slice(0, mostLines).entries()) {
    const number = index + 1;
    const line = given.trim();
    if (line === "" || line.startsWith("#")) continue;
    if (line.length > longestLine) {
      refuse(number, `a line of more than ${longestLine} characters is not read`);
      continue;
    }
    const head = sectionOf(line);
    if (head) {
      const [owners, wrong] = ownersOf(wordsOf(head.rest));
      if (wrong !== undefined) refuse(number, sayWrong(wrong));
      const name = head.name.toLowerCase();
      const before = sections.get(name);
      section = { defaults: owners.length > 0 ? owners : (before?.defaults ?? []), lines: before?.lines ?? [] };
      sections.set(name, section);
      continue;
    }
    const [pattern = "", ...names] = wordsOf(line);
    const [owners, wrong] = ownersOf(names);
    if (pattern.startsWith("!")) refuse(number, "a pattern cannot be negated; write the owners of the rest instead");
    else if (wrong !== undefined) refuse(number, sayWrong(wrong));
    else if (rules === mostRules) refuse(number, `more than ${mostRules} patterns are not read`);
    else if (rules < mostRules)
      section.lines.push({ ...patternOf(pattern), owners: names.length > 0 ? owners : section.defaults });
    rules += 1;
  }
  const read = [...sections.values()].map(({ lines }) => lines).filter((one) => one.length > 0);
  return { ownerOf: (path) => ownerIn(read, path), problems };
}

function ownerIn(sections: readonly (readonly OwnersLine[])[], path: string): string | undefined {
  const owners = new Set<string>();
  for (const lines of sections) {
    const last = lines.findLast(({ prefix, fits }) => path.startsWith(prefix) && fits(path));
    for (const owner of last?.owners ?? []) if (owners.size < mostOwners) owners.add(owner);
  }
  return owners.size === 0 ? undefined : [...owners].join(", ");
}

/** `[Name]`, `^[Optional]`, `[Name][2]`, and owners for lines without any. */
function sectionOf(line: string): { readonly name: string; readonly rest: string } | undefined {
  const from = line.startsWith("^[") ? 2 : line.startsWith("[") ? 1 : 0;
  const end = from === 0 ? -1 : line.indexOf("]", from);
  if (end < 0) return undefined;
  const count = /^\[\d{1,3}\]/.exec(line.slice(end + 1))?.[0] ?? "";
  const rest = line.slice(end + 1 + count.length);
  // `[a-z]*.ts @team` is a pattern.
  return rest === "" || /^\s/.test(rest) ? { name: line.slice(from, end).trim(), rest } : undefined;
}

/** Words between spaces; a backslash keeps a space, quotes keep several, and `#` after a space begins a comment. */
function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at]!;
    const next = line[at + 1];
    if (letter === "\\" && (next === " " || next === "#")) {
      word = `${word ?? ""}${next}`;
      at += 1;
    } else if (letter === '"' && (word === undefined || isQuoted)) {
      isQuoted = !isQuoted;
      word ??= "";
    } else if (!isQuoted && /\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (letter === "#" && word === undefined) break;
    else word = `${word ?? ""}${letter}`;
  }
  if (word !== undefined) words.push(word);
  return words;
}

function ownersOf(words: readonly string[]): readonly [owners: readonly string[], wrong?: string] {
  const wrong = words.find((word) => !isOwner(word));
  return wrong === undefined ? [words.slice(0, mostOwners)] : [[], wrong];
}

/** `@user`, `@organization/team`, `ada@fabrikam.example`, `[Project]\Team`. */
function isOwner(word: string): boolean {
  if (word.length < 2 || word.length > 256) return false;
  if (word.startsWith("@")) return true;
  const sign = word.indexOf("@");
  return (sign > 0 && sign < word.length - 1) || (word.startsWith("[") && word.includes("]\\"));
}

function sayWrong(word: string): string {
  return `"${word.slice(0, 80)}" is no owner; write @name, an e-mail address, or a team as "[Project]\\Team"`;
}

function patternOf(pattern: string): Omit<OwnersLine, "owners"> {
  const isAnchored = pattern.slice(0, -1).includes("/");
  const isFolder = pattern.endsWith("/");
  const plain = pattern.replace(/^\//, "").replace(/\/$/, "");
  const glob = isAnchored ? plain : `**/${plain}`;
  const below = pathGlob(`${glob}/**`, { hidden: true });
  const itself = pathGlob(glob, { hidden: true });
  const prefix = isAnchored ? (/^[^*?[{\\]*/.exec(plain)?.[0] ?? "") : "";
  if (plain === "" || plain === "*" || plain === "**") return { prefix: "", fits: () => true };
  if (isFolder) return { prefix, fits: below };
  // `docs/*` means the files of a folder, and not of those below it.
  if (plain.endsWith("*")) return { prefix, fits: itself };
  return { prefix, fits: (path) => itself(path) || below(path) };
}
