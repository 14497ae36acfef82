/** Takes a `Gemfile.lock` apart in one pass: gems with their sources, what is asked for, checksums. */
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { linesOf, placeOfLine } from "../../reading/text-lines.ts";

export interface LockedGem {
  readonly name: string;
  /** Without the platform. */
  readonly version: string;
  readonly source: GemSource;
  /** One for each platform. */
  readonly at: Place[];
  readonly versionAt: Place;
  readonly wants: Set<string>;
}

export interface GemSource {
  readonly is: "GEM" | "GIT" | "PATH" | "PLUGIN SOURCE";
  readonly remote?: string;
  readonly revision?: string;
}

export interface GemfileLock {
  readonly gems: readonly LockedGem[];
  /** The project's own requirements by name; empty text where any version will do. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** By `name@version`. */
  readonly checksums: ReadonlyMap<string, string>;
  readonly isLock: boolean;
  readonly trouble?: Place;
}

const sources = new Set(["GEM", "GIT", "PATH", "PLUGIN SOURCE"]);
const others = new Set(["PLATFORMS", "DEPENDENCIES", "RUBY VERSION", "BUNDLED WITH", "CHECKSUMS"]);
const named = /^( +)(\S+?)(!)?(?: \(([^()]*)\))?(!)?(?: (\S+))?$/;

interface Reading {
  readonly file: TextFile;
  readonly gems: Map<string, LockedGem>;
  readonly dependencies: Map<string, string>;
  readonly checksums: Map<string, string>;
  section: string;
  source: GemSource | undefined;
  gem: LockedGem | undefined;
  trouble: Place | undefined;
}

export function gemfileLock(file: TextFile): GemfileLock {
  const reading: Reading = {
    file,
    gems: new Map(),
    dependencies: new Map(),
    checksums: new Map(),
    section: "",
    source: undefined,
    gem: undefined,
    trouble: undefined,
  };
  let isLock = false;
  for (const line of linesOf(file.text)) {
    const text = line.text.trimEnd();
    if (text === "") continue;
    if (sources.has(text) || others.has(text)) {
      isLock = true;
      reading.section = text;
      reading.source = sources.has(text) ? { is: text as GemSource["is"] } : undefined;
      reading.gem = undefined;
    } else if (!text.startsWith(" ")) {
      reading.section = "";
      // Sections that are not known yet are in capitals; anything else is a merge conflict or no lock file.
      if (!/^[A-Z][A-Z ]*$/.test(text)) reading.trouble ??= placeOfLine(file, line);
    } else if (reading.source) readSourceLine(reading, reading.source, text, line.start);
    else readOtherLine(reading, text);
  }
  const { gems, dependencies, checksums, trouble } = reading;
  return { gems: [...gems.values()], dependencies, checksums, isLock, ...(trouble && { trouble }) };
}

function readSourceLine(reading: Reading, source: GemSource, text: string, start: number): void {
  const [, option, value] = /^ {2}([a-z]+): ?(.*)$/.exec(text) ?? [];
  if (option !== undefined) {
    if (option === "remote") reading.source = { ...source, remote: value ?? "" };
    else if (option === "revision") reading.source = { ...source, revision: value ?? "" };
    return;
  }
  const [, indent = "", name = "", , inBrackets] = named.exec(text) ?? [];
  if (name === "") reading.trouble ??= { file: reading.file, start, end: start + text.length };
  else if (indent.length >= 6) reading.gem?.wants.add(name);
  else if (inBrackets !== undefined) reading.gem = gemAt(reading, source, { name, inBrackets, indent, text, start });
  else {
    reading.gem = undefined;
    reading.trouble ??= { file: reading.file, start: start + indent.length, end: start + text.length };
  }
}

interface GemLine {
  readonly name: string;
  readonly inBrackets: string;
  readonly indent: string;
  readonly text: string;
  readonly start: number;
}

/** The same gem for another platform is the same gem. */
function gemAt(reading: Reading, source: GemSource, { name, inBrackets, indent, text, start }: GemLine): LockedGem {
  const [version = ""] = inBrackets.split("-", 1);
  const { file } = reading;
  const at = { file, start: start + indent.length, end: start + text.length };
  const versionStart = start + text.indexOf("(") + 1;
  const key = `${name}@${version} ${source.is} ${source.remote ?? ""}`;
  const known = reading.gems.get(key);
  if (known) {
    known.at.push(at);
    return known;
  }
  const versionAt = { file, start: versionStart, end: versionStart + version.length };
  const gem: LockedGem = { name, version, source, at: [at], versionAt, wants: new Set() };
  reading.gems.set(key, gem);
  return gem;
}

function readOtherLine(reading: Reading, text: string): void {
  const [, indent = "", name = "", , inBrackets = "", , rest] = named.exec(text) ?? [];
  if (indent.length !== 2) return;
  if (reading.section === "DEPENDENCIES") reading.dependencies.set(name, inBrackets);
  if (reading.section !== "CHECKSUMS" || rest === undefined) return;
  const [version = "", platform] = inBrackets.split("-", 2);
  const key = `${name}@${version}`;
  // The gem that is built where it is used has the checksum of the package itself.
  if (platform === undefined || !reading.checksums.has(key)) reading.checksums.set(key, rest.split(",", 1)[0] ?? rest);
}
