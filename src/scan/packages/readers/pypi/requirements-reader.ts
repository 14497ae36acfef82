/**
 * `requirements.txt` and its like, as pip reads them: includes, constraints, hashes, markers, addresses. What pip-compile or uv
 * wrote says in its comments who asked for what. Nothing is resolved: a range stays a requirement without a version.
 */
import { packageKey } from "#model/package-key.ts";
import type { Feed, Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf, joinPath } from "../../paths.ts";
import { noticeAt, notLocked, readAsText, textFileOf } from "../../reading/manifest-text.ts";
import { merged } from "../../reading/merged-packages.ts";
import { pipFeeds } from "./pip-feeds.ts";
import { pipOptionOf } from "./pip-options.ts";
import { isDevelopmentName } from "./python-package.ts";
import { type Entry, entriesOf } from "./requirement-entries.ts";
import { requirementLines } from "./requirement-lines.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "requirements.txt",
    ecosystem: "PyPI",
    matches: isRequirementsFile,
    alone: "unless-claimed",
    // The file that pip-compile made its text from says nothing more.
    claims: (path) => (path.endsWith(".txt") ? [path.replace(/\.txt$/, ".in")] : []),
    pullsIn: (file) => readIncludes(file),
    read: (file, files) => readAsText(file, (text) => readRequirements(text, files)),
  },
];

const inFolder = /(?:^|\/)(?:requirements?|reqs?|requires|constraints)\/(?:[^/]+\/)*[^/]+\.(?:txt|in|pip)$/i;
const byName = /(?:^|[/._-])(?:requirements?|reqs?|requires|constraints)(?:[._-][^/]*|\d+)?\.(?:txt|in|pip)$/i;

function isRequirementsFile(path: string): boolean {
  return inFolder.test(path) || byName.test(path);
}

interface Include {
  readonly path: string | undefined;
  readonly written: string;
  readonly at: number;
  readonly isConstraint: boolean;
}

function includesOf(file: TextFile): readonly Include[] {
  if (!/^[ \t]*--?[rc]/m.test(file.text)) return [];
  return requirementLines(file.text).flatMap((line) => {
    const option = pipOptionOf(line);
    if (option?.name !== "requirement" && option?.name !== "constraint") return [];
    const { value: written, at } = option;
    const path = written.includes("://") ? undefined : joinPath(folderOf(file.path), written);
    return [{ path, written, at, isConstraint: option.name === "constraint" }];
  });
}

function readIncludes(file: SourceFile): readonly string[] {
  const text = textFileOf(file);
  return text ? includesOf(text).flatMap(({ path }) => path ?? []) : [];
}

interface Reading {
  readonly files: UnitFiles;
  readonly seen: Set<string>;
  readonly entries: Entry[];
  readonly constraints: Entry[];
  readonly problems: Problem[];
  readonly feeds: Feed[];
}

function readRequirements(root: TextFile, files: UnitFiles): PackagesRead {
  const reading: Reading = { files, seen: new Set(), entries: [], constraints: [], problems: [], feeds: [] };
  readFiles(reading, root);
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

/** The file and what it includes, each once, without recursion: files may include each other. */
function readFiles({ files, seen, entries, constraints, problems, feeds }: Reading, root: TextFile): void {
  const open = [{ file: root, isConstraint: /(?:^|[._-])constraints/i.test(fileNameOf(root.path)) }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { file, isConstraint } = next;
    const key = `${file.path}\n${isConstraint}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const read = entriesOf(file, { isConstraint, isDevelopment: isForDevelopment(file.path) });
    // One by one: a call takes no hundred thousand arguments.
    const known = isConstraint && file !== root ? constraints : entries;
    for (const entry of read.entries) known.push(entry);
    for (const problem of read.problems) problems.push(problem);
    for (const feed of pipFeeds(file)) feeds.push(feed);
    const inner: typeof open = [];
    for (const include of includesOf(file)) {
      const found = include.path === undefined ? undefined : textFileOf(files.get(include.path));
      if (found) inner.push({ file: found, isConstraint: isConstraint || include.isConstraint });
      else problems.push(missing(file, include));
    }
    for (const one of inner.reverse()) open.push(one);
  }
}

function missing(file: TextFile, { at, written }: Include): Problem {
  const place = { file, start: at, end: at };
  const message = `The file ${written.slice(0, 200)} that stands here was not found among the requirements files of the repository, so its packages are not known.`;
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
