/**
 * `requirements.txt` and its like, as pip reads them: includes, constraints, hashes, markers, addresses. What pip-compile or uv
 * wrote says in its comments who asked for what. Nothing is resolved: a range stays a requirement without a version.
 */
import { packageKey } from "#model/package-key.ts";
import type { Feed, Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { shownText } from "../../../formats/without-access.ts";
import { nothingRead, type PackageReader, type PackagesRead, type UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf, joinPath } from "../../paths.ts";
import { noticeAt, notLocked, problemAt, readAsText, textFileOf } from "../../reading/manifest-text.ts";
import { merged } from "../../reading/merged-packages.ts";
import { pipFeeds } from "./pip-feeds.ts";
import { longestOption, pipOptionOf } from "./pip-options.ts";
import { isDevelopmentName } from "./python-package.ts";
import { type Entry, entriesOf } from "./requirement-entries.ts";
import { eachRequirementLine, type RequirementLine } from "./requirement-lines.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "requirements.txt",
    ecosystem: "PyPI",
    matches: isRequirementsFile,
    alone: "unless-claimed",
    // The file that pip-compile made its text from says nothing more.
    claims: (path) => (path.endsWith(".txt") ? [path.replace(/\.txt$/, ".in")] : []),
    pullsIn: (file) => readIncludes(file),
    read: (file, files) => readAsText(file, (text) => readRequirements(parsedFrom(file, text), files)),
  },
  {
    format: "included requirements",
    ecosystem: "PyPI",
    matches: (path) => isListing(path) && usualInclude.test(path),
    alone: "never",
    pullsIn: (file) => readIncludes(file),
    read: () => nothingRead,
  },
];

/** Names that say nothing by themselves; a requirements file that names one makes it one. */
const usualInclude =
  /(?:^|\/)(?:[\w-]{1,40}[-_.])?(?:base|common|core|main|app|all|shared|default|minimal|prod|production|staging|dev|devel|develop|development|local|test|tests|testing|lint|linting|docs?|ci|build|extras?|optional|runtime|server|web|api|worker|deps|dependencies|packages|pip|python|install|constraint|pins?|versions)(?:[-_.][\w-]{1,40})?\.(?:txt|in|pip)$/i;

const inFolder = /(?:^|\/)(?:requirements?|reqs?|requires|constraints)\/(?:[^/]+\/)*[^/]+\.(?:txt|in|pip)$/i;
const byName = /(?:^|[/._-])(?:requirements?|reqs?|requires|constraints)(?:[._-][^/]*|\d+)?\.(?:txt|in|pip)$/i;

/** The ending first: most paths have another one. */
function isListing(path: string): boolean {
  return /\.(?:txt|in|pip)$/i.test(path.slice(-4));
}

function isRequirementsFile(path: string): boolean {
  return isListing(path) && (inFolder.test(path) || byName.test(path));
}

interface Include {
  readonly written: string;
  readonly at: number;
  readonly isConstraint: boolean;
}

/**
 * Nobody writes more into one file. Of a file with more none are followed: the others are read for themselves then, and files
 * that each include all others do not cost the square of their number.
 */
const mostIncludes = 500;

interface Includes {
  readonly includes: readonly Include[];
  /** Where the first one stands that is too many. */
  readonly cutAt?: number;
}

/** What `pipOptionOf` finds to be one. Apart, because it is taken to pieces only if there are not too many. */
const includeLine = /^\s*(?:-[rc]|--(?:requirement|constraint)(?![a-z-]))/;

function includesOf(file: TextFile): Includes {
  if (!/^[ \t]*--?[rc]/m.test(file.text)) return { includes: [] };
  const lines: RequirementLine[] = [];
  for (const line of eachRequirementLine(file.text)) {
    if (!includeLine.test(line.text.slice(0, longestOption))) continue;
    if (lines.length === mostIncludes) return { includes: [], cutAt: pipOptionOf(line)?.at ?? line.start };
    lines.push(line);
  }
  const includes = lines.flatMap((line): readonly Include[] => {
    const { name, value: written, at } = pipOptionOf(line) ?? {};
    if (written === undefined || at === undefined) return [];
    return [{ written, at, isConstraint: name === "constraint" }];
  });
  return { includes };
}

/** From the repository's root; undefined for an address, and for what lies outside. */
function pathOfInclude({ path }: Pick<TextFile, "path">, { written }: Include): string | undefined {
  return written.includes("://") ? undefined : joinPath(folderOf(path), written);
}

/** What one file says for itself. */
interface ParsedFile extends Includes {
  readonly file: TextFile;
  readonly feeds: readonly Feed[];
  entries(isConstraint: boolean): ReturnType<typeof entriesOf>;
}

/** A file that many include is parsed once. */
const parsed = new WeakMap<SourceFile, ParsedFile>();

function parsedFile(source: SourceFile | undefined): ParsedFile | undefined {
  const known = source && parsed.get(source);
  const text = known ? undefined : textFileOf(source);
  return source && text ? parsedFrom(source, text) : known;
}

function parsedFrom(source: SourceFile, file: TextFile): ParsedFile {
  const known = parsed.get(source);
  if (known) return known;
  const entries = new Map<boolean, ReturnType<typeof entriesOf>>();
  const made: ParsedFile = {
    ...includesOf(file),
    file,
    feeds: pipFeeds(file),
    entries: (isConstraint) => {
      const read =
        entries.get(isConstraint) ?? entriesOf(file, { isConstraint, isDevelopment: isForDevelopment(file.path) });
      entries.set(isConstraint, read);
      return read;
    },
  };
  parsed.set(source, made);
  return made;
}

function readIncludes(source: SourceFile): readonly string[] {
  return parsedFile(source)?.includes.flatMap((include) => pathOfInclude(source, include) ?? []) ?? [];
}

interface Reading {
  readonly files: UnitFiles;
  readonly entries: Entry[];
  readonly constraints: Entry[];
  readonly problems: Problem[];
  readonly feeds: Feed[];
}

function readRequirements(parsedRoot: ParsedFile, files: UnitFiles): PackagesRead {
  const reading: Reading = { files, entries: [], constraints: [], problems: [], feeds: [] };
  readFiles(reading, parsedRoot);
  const root = parsedRoot.file;
  const { entries, constraints, problems, feeds } = reading;
  const pins = new Map(constraints.map((entry) => [packageKey("PyPI", entry.use.name), entry.use]));
  const asked = entries.map((entry) => ({ ...entry, use: constrained(entry.use, pins) }));
  const names = new Set(asked.map(({ use }) => packageKey("PyPI", use.name)));
  const others = constraints.filter(({ use }) => !names.has(packageKey("PyPI", use.name)));
  const packages = withGraph([...asked, ...others]);
  const isLocked = packages.length > 0 && packages.every(({ version, source }) => version ?? source);
  const about = { path: root.path, format: "requirements.txt", ecosystem: "PyPI" } as const;
  const manifest: Manifest = { ...about, isLocked, packages, ...(feeds.length > 0 && { feeds }) };
  const notices = isLocked || packages.length === 0 ? [] : [notLocked(root, "a file with pinned versions")];
  return { manifests: [manifest], problems: [...problems, ...notices] };
}

/** More includes are followed in no repository; files that include each other name the same ones again and again. */
const mostFollowed = 100_000;

/** The file and what it includes, each once, without recursion: files may include each other. */
function readFiles({ files, entries, constraints, problems, feeds }: Reading, root: ParsedFile): void {
  const open = [{ one: root, isConstraint: /(?:^|[._-])constraints/i.test(fileNameOf(root.file.path)) }];
  const seen = { asked: new Set<ParsedFile>(), constraints: new Set<ParsedFile>() };
  const seenAs = (isConstraint: boolean) => (isConstraint ? seen.constraints : seen.asked);
  let followed = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { one, isConstraint } = next;
    const { file, includes, cutAt } = one;
    if (seenAs(isConstraint).has(one)) continue;
    seenAs(isConstraint).add(one);
    const read = one.entries(isConstraint);
    // One by one: a call takes no hundred thousand arguments.
    const known = isConstraint && one !== root ? constraints : entries;
    for (const entry of read.entries) known.push(entry);
    for (const problem of read.problems) problems.push(problem);
    for (const feed of one.feeds) feeds.push(feed);
    const inner: typeof open = [];
    if (cutAt !== undefined) problems.push(tooMany(file, cutAt, "None of them were read with this file"));
    for (const include of includes) {
      if (followed++ === mostFollowed)
        problems.push(tooMany(file, include.at, "Those from here on were not read with it"));
      if (followed > mostFollowed) break;
      const path = pathOfInclude(file, include);
      const found = path === undefined ? undefined : parsedFile(files.get(path));
      const constrains = isConstraint || include.isConstraint;
      if (!found) problems.push(missing(file, include));
      else if (!seenAs(constrains).has(found)) inner.push({ one: found, isConstraint: constrains });
    }
    for (const included of inner.reverse()) open.push(included);
  }
}

function tooMany(file: TextFile, at: number, consequence: string): Problem {
  const message = `More files are included here than any project has. ${consequence}.`;
  return problemAt({ file, start: at, end: at }, "too-large", message);
}

function missing(file: TextFile, { at, written }: Include): Problem {
  const place = { file, start: at, end: at };
  const message = `The file ${shownText(written)} that stands here was not found among the requirements files of the repository, so its packages are not known.`;
  return noticeAt(place, "unresolved", message);
}

/** `requirements-dev.txt`, `requirements/test.txt`, `docs/requirements.txt`. */
function isForDevelopment(path: string): boolean {
  return isDevelopmentName(fileNameOf(path)) || isDevelopmentName(fileNameOf(folderOf(path)));
}

/** A constraint says which version it will be, where the requirement does not. */
function constrained(use: PackageUse, pins: ReadonlyMap<string, PackageUse>): PackageUse {
  const pin = pins.get(packageKey("PyPI", use.name));
  if (!pin?.version || use.version !== undefined || use.source) return use;
  const { version, versionAt } = pin;
  return { ...use, version, ...(versionAt ? { versionAt } : {}), alsoAt: [...(use.alsoAt ?? []), pin.at] };
}

/** Who asked for whom, from the comments; without any, all of them were asked for by the project. */
function withGraph(entries: readonly Entry[]): readonly PackageUse[] {
  const packages = merged(entries.map(({ use }) => use));
  if (!entries.some(({ askedBy }) => askedBy.length > 0)) return packages;
  const positions = new Map(packages.map((use, position) => [packageKey("PyPI", use.name), position]));
  const wants = packages.map(() => new Set<number>());
  for (const { use, askedBy } of entries) {
    const position = positions.get(packageKey("PyPI", use.name));
    for (const name of askedBy) {
      const parent = positions.get(packageKey("PyPI", name));
      if (parent !== undefined && position !== undefined) wants[parent]?.add(position);
    }
  }
  return packages.map((use, position) => ({ ...use, dependsOn: [...(wants[position] ?? [])] }));
}
