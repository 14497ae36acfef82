/** deno.lock of versions 2 to 5: packages of npm and JSR with their graph, and those that are imported by address. */
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import { spanOf } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import {
  eachItem,
  eachMember,
  isList,
  type JsonCursor,
  jsonCursor,
  readText,
  readTextList,
  readTexts,
} from "../../reading/json-cursor.ts";
import { endOfJson } from "../../reading/json-problems.ts";
import { readAsText, textFileOf } from "../../reading/manifest-text.ts";
import { readDenoConfig } from "./deno-config.ts";
import { denoPackageOf } from "./deno-specifier.ts";
import { isInstalled } from "./installed-path.ts";
import { type LockEntry, packagesOf } from "./lock-entries.ts";
import { divideAtName } from "./npm-spec.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "deno.lock",
    ecosystem: "Deno",
    matches: (path) => fileNameOf(path) === "deno.lock" && !isInstalled(path),
    alone: "always",
    claims: (path, paths) => paths.in(folderOf(path)).filter((one) => /(?:^|\/)deno\.jsonc?$/.test(one)),
    read,
  },
];

type Registry = "npm" | "jsr";

interface DenoLock {
  readonly cursor: JsonCursor;
  readonly entries: LockEntry[];
  /** By registry and `name@version`, and by registry and name alone where that is enough. */
  readonly positions: Map<string, number>;
  readonly wants: { readonly entry: number; readonly registry: Registry; readonly words: readonly string[] }[];
  /** What is asked for, and what it came to: `npm:chalk@5` to `5.3.0` or `npm:chalk@5.3.0`. */
  readonly specifiers: Map<string, string>;
  readonly direct: Set<string>;
}

function read(file: SourceFile, files: UnitFiles): PackagesRead {
  return readAsText(file, (text) => {
    const cursor = jsonCursor(text);
    const lock: DenoLock = {
      cursor,
      entries: [],
      positions: new Map(),
      wants: [],
      specifiers: new Map(),
      direct: new Set(),
    };
    eachMember(cursor, (key) => readMember(lock, key));
    for (const { entry, registry, words } of lock.wants) {
      for (const word of words) {
        const found = find(lock, registry, word);
        if (found !== undefined) lock.entries[entry]?.dependsOn?.push(found);
      }
    }
    const problems = [...endOfJson(cursor), ...markAsked(lock, files)];
    const about = { path: text.path, format: "deno.lock", ecosystem: "Deno", isLocked: true } as const;
    return { manifests: [{ ...about, packages: packagesOf(text, lock.entries) }], problems };
  });
}

function readMember(lock: DenoLock, key: string): void {
  const { cursor } = lock;
  switch (key) {
    case "specifiers": {
      const texts = readTexts(cursor);
      for (let at = 0; at < texts.length; at += 2) lock.specifiers.set(texts[at] ?? "", texts[at + 1] ?? "");
      return;
    }
    case "packages":
      eachMember(cursor, (inner) => {
        if (inner !== "packages") readMember(lock, inner);
      });
      return;
    case "npm":
    case "jsr":
      eachMember(cursor, (entry, start) => {
        // Version 2 has the packages of npm one level deeper.
        if (entry === "specifiers") readMember(lock, entry);
        else if (entry === "packages") eachMember(cursor, (inner, at) => readEntry(lock, key, inner, at));
        else readEntry(lock, key, entry, start);
      });
      return;
    case "remote":
      readRemote(lock);
      return;
    case "workspace":
      readWorkspace(lock, 0);
      return;
    default:
  }
}

function readEntry(lock: DenoLock, registry: Registry, key: string, start: number): void {
  const { cursor, entries, positions } = lock;
  let integrity: string | undefined;
  const words: string[] = [];
  eachMember(cursor, (member) => {
    if (member === "integrity") integrity = readText(cursor);
    else if (member === "dependencies" || member === "optionalDependencies")
      for (const word of readWanted(cursor)) words.push(word);
  });
  const [name, rest] = divideAtName(key);
  if (rest === "") return;
  const peers = rest.indexOf("_");
  const version = peers < 0 ? rest : rest.slice(0, peers);
  positions.set(`${registry}:${key}`, entries.length);
  if (!positions.has(`${registry}:${name}@${version}`)) positions.set(`${registry}:${name}@${version}`, entries.length);
  if (!positions.has(`${registry}:${name}`)) positions.set(`${registry}:${name}`, entries.length);
  if (words.length > 0) lock.wants.push({ entry: entries.length, registry, words });
  const own = {
    name,
    version,
    start,
    end: cursor.at,
    relation: "transitive",
    isDevelopment: false,
    integrity,
  } as const;
  entries.push({ ...own, ecosystem: registry === "npm" ? "npm" : "Deno", dependsOn: [] });
}

/** A list of names since version 4; before, the names with what they lead to. */
function readWanted(cursor: JsonCursor): readonly string[] {
  return isList(cursor) ? readTextList(cursor) : readTexts(cursor).filter((_, index) => index % 2 === 1);
}

function find({ positions, specifiers }: DenoLock, registry: Registry, word: string): number | undefined {
  const hasRegistry = /^(?:npm|jsr):/.test(word);
  const specifier = hasRegistry ? word : `${registry}:${word}`;
  const resolved = specifiers.get(specifier);
  if (resolved === undefined) return positions.get(specifier);
  if (/^(?:npm|jsr):/.test(resolved)) return positions.get(resolved);
  const from = specifier.slice(4);
  return positions.get(`${specifier.slice(0, 4)}${divideAtName(from)[0]}@${resolved}`);
}

/** One package has many files; the first stands for it. */
function readRemote({ cursor, entries, positions }: DenoLock): void {
  eachMember(cursor, (address, start) => {
    const found = denoPackageOf(address);
    if (!found) return;
    const { ecosystem, name, version, requirement } = found;
    const key = `${ecosystem}\n${name}\n${requirement ?? ""}`;
    if (positions.has(key)) return;
    positions.set(key, entries.length);
    readText(cursor);
    const own = { ecosystem, name, version: version ?? requirement, start, end: cursor.at };
    entries.push({ ...own, relation: "unknown", isDevelopment: false });
  });
}

/** What the workspace and its members ask for. */
function readWorkspace(lock: DenoLock, depth: number): void {
  const { cursor, direct } = lock;
  eachMember(cursor, (key) => {
    if (key === "dependencies") {
      eachItem(cursor, () => {
        const text = readText(cursor);
        if (text !== undefined) direct.add(text);
      });
    } else if (key === "packageJson" && depth < 3) readWorkspace(lock, depth + 1);
    else if (key === "members" && depth === 0) eachMember(cursor, () => readWorkspace(lock, depth + 1));
  });
}

function markAsked(lock: DenoLock, files: UnitFiles): readonly Problem[] {
  const entryOf = (specifier: string): LockEntry | undefined => lock.entries[find(lock, "npm", specifier) ?? -1];
  for (const specifier of lock.specifiers.keys()) {
    const entry = entryOf(specifier);
    // A program may ask for it, or a package of JSR: the file does not tell.
    if (entry?.relation === "transitive") entry.relation = "unknown";
  }
  for (const specifier of lock.direct) {
    const entry = entryOf(specifier);
    if (entry) entry.relation = "direct";
  }
  return files.paths.flatMap((path) => {
    const config = /\.jsonc?$/.test(path) ? textFileOf(files.get(path)) : undefined;
    if (!config) return [];
    const { imports, problems } = readDenoConfig(config);
    for (const { specifier, asked, whole, rangeAt } of imports) {
      const entry = entryOf(specifier) ?? entryOf(specifier.replace(/^((?:npm|jsr):\/?(?:@[^/]+\/)?[^/]+)\/.*$/, "$1"));
      if (!entry) continue;
      entry.relation = "direct";
      entry.requirement ??= asked.requirement;
      entry.alsoAt = [...(entry.alsoAt ?? []), spanOf(whole)];
      if (rangeAt) entry.versionAt ??= spanOf(rangeAt);
    }
    return problems;
  });
}
