/**
 * A Gemfile.lock as lines: gems with what they ask for, each where it stands. What is not written as Bundler writes it is not
 * taken, because its order could not be kept.
 */
import { oncePerText } from "../../once-per-text.ts";
import { byText } from "./by-text.ts";

export interface LockedGem {
  readonly name: string;
  readonly version: string;
  readonly platform: string;
  /** Requirements by name, as written; an empty one for any version. */
  readonly wants: ReadonlyMap<string, string>;
  /** Comes from a server of gems, and not from a folder or a repository. */
  readonly isServed: boolean;
  /** Lines, the last one excluded. */
  readonly start: number;
  readonly end: number;
}

export interface ChecksumLine {
  readonly at: number;
  readonly name: string;
  readonly version: string;
  readonly platform: string;
  readonly sums: string;
}

export interface GemLock {
  readonly lines: readonly string[];
  readonly gems: readonly LockedGem[];
  /** What the project asks for: the line, and the requirement. */
  readonly asked: ReadonlyMap<
    string,
    { readonly at: number; readonly requirement: string; readonly isPinned: boolean }
  >;
  readonly checksums: readonly ChecksumLine[];
  readonly ruby?: string;
}

const mostLines = 100_000;
const longest = 10_000_000;
const entry = /^( {2}| {4}| {6})([^\s()!]+)(?: \(([^()]*)\))?(!?)(?: (\S+))?$/;

/** The lines have no ends. */
export const gemLockOf = oncePerText(readGemLock);

function readGemLock(text: string): GemLock | undefined {
  const lines = text.length > longest ? [] : text.split(/\r?\n/, mostLines + 1);
  if (lines.length === 0 || lines.length > mostLines) return undefined;
  const gems: (LockedGem & { wants: Map<string, string>; end: number })[] = [];
  const asked = new Map<string, { at: number; requirement: string; isPinned: boolean }>();
  const checksums: ChecksumLine[] = [];
  let [section, ruby]: [string, string | undefined] = ["", undefined];
  for (const [at, line] of lines.entries()) {
    if (/^[A-Z][A-Z ]*$/.test(line)) section = line;
    else if (/^[^\s]/.test(line)) return undefined;
    if (section === "RUBY VERSION") ruby = /^ {2,3}ruby (\d+(?:\.\d+)*)/.exec(line)?.[1] ?? ruby;
    const [, indent = "", name = "", inBrackets = "", mark, rest] = entry.exec(line) ?? [];
    if (name === "") continue;
    const last = gems.at(-1);
    const { version, platform } = partsOf(inBrackets);
    if (section === "DEPENDENCIES") asked.set(name, { at, requirement: inBrackets, isPinned: mark === "!" });
    else if (section === "CHECKSUMS") checksums.push({ at, name, version, platform, sums: rest ?? "" });
    else if (!isSource(section)) continue;
    else if (indent.length === 4)
      gems.push({ name, version, platform, wants: new Map(), isServed: section === "GEM", start: at, end: at + 1 });
    else if (indent.length === 6 && last?.end === at) {
      last.wants.set(name, inBrackets);
      last.end = at + 1;
    }
  }
  return { lines, gems, asked, checksums, ...(ruby !== undefined && { ruby }) };
}

function isSource(section: string): boolean {
  return section === "GEM" || section === "GIT" || section === "PATH" || section === "PLUGIN SOURCE";
}

function partsOf(inBrackets: string): { readonly version: string; readonly platform: string } {
  const dash = inBrackets.indexOf("-");
  return dash < 0
    ? { version: inBrackets, platform: "ruby" }
    : { version: inBrackets.slice(0, dash), platform: inBrackets.slice(dash + 1) };
}

export function inBracketsOf({ version, platform }: Pick<LockedGem, "version" | "platform">): string {
  return platform === "ruby" ? version : `${version}-${platform}`;
}

/** The lines of a gem: `wants` with requirements as they are published (`>= 1.0&< 2`). */
export function gemLines(
  gem: Pick<LockedGem, "name" | "version" | "platform">,
  wants: Readonly<Record<string, string>>,
) {
  const needs = Object.entries(wants)
    .map(([name, published]) => ({ name, written: writtenRequirement(published) }))
    .sort((a, b) => byText(`${a.name} (`, `${b.name} (`));
  return [
    `    ${gem.name} (${inBracketsOf(gem)})`,
    ...needs.map(({ name, written }) => `      ${name}${written === "" ? "" : ` (${written})`}`),
  ];
}

/** Several parts from the greatest to the smallest, as texts; nothing where any version will do. */
export function writtenRequirement(requirement: string): string {
  const parts = requirement
    .split(/[&,]/)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => (/^\d/.test(part) ? `= ${part}` : part.replace(/^(~>|[<>!]?=|[<>])\s*/, "$1 ")));
  const isAny = parts.length === 0 || (parts.length === 1 && parts[0] === ">= 0");
  return isAny ? "" : parts.sort(byText).reverse().join(", ");
}
