/** What stands in a pnpm-lock.yaml, section by section, in the shapes that versions 5 to 9 gave it; nothing is joined yet. */
import type { Problem } from "#model/scan-result.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { flowMembers, type MemberVisitor, plain, walkMembers, type YamlMember } from "./yaml-members.ts";

/** An entry of `packages` or `snapshots`. */
export interface PnpmEntry {
  readonly key: string;
  readonly start: number;
  end: number;
  name?: string;
  version?: string;
  isOptional?: boolean;
  /** As the entry says it; version 9 does not. */
  isDevelopment?: boolean;
  /** Names and values by turns; of the same name the last one counts. */
  resolution?: string[];
  /** Names and what they lead to, by turns. */
  dependencies?: string[];
}

/** What a project of the workspace asks for. */
export interface PnpmAsk {
  readonly folder: string;
  readonly section: string;
  readonly name: string;
  specifier?: string;
  version?: string;
}

export interface PnpmLock {
  /** The major version of the format. */
  version: number;
  readonly packages: PnpmEntry[];
  readonly snapshots: PnpmEntry[];
  readonly asks: PnpmAsk[];
  /** Version 5 keeps what is asked for apart from what it led to: by folder and name. */
  readonly specifiers: Map<string, string>;
  /** Of the projects, relative to the lock file's. */
  readonly folders: Set<string>;
  readonly problems: readonly Problem[];
}

type Draft = { -readonly [K in keyof PnpmLock]: PnpmLock[K] };

/** Where the walk is: the keys above. */
interface Position {
  section: string;
  entry: PnpmEntry | undefined;
  attribute: string;
  folder: string;
  list: string;
  ask: PnpmAsk | undefined;
}

export function readPnpmLock(file: TextFile): PnpmLock {
  let lock = emptyLock();
  let position = nowhere();
  const visitor: MemberVisitor = {
    document: () => {
      position = nowhere();
    },
    member: (member) => {
      const { depth } = member;
      if (depth === 0) startSection(lock, position, member);
      else if (position.section === "packages" || position.section === "snapshots")
        readEntryMember(lock, position, member);
      else if (position.section === "importers") readImporterMember(lock, position, member);
      else readProjectMember(lock, position, depth - 1, member);
    },
  };
  const problems = walkMembers(file, visitor, () => {
    lock = emptyLock();
    position = nowhere();
  });
  return { ...lock, problems };
}

function emptyLock(): Draft {
  return { version: 0, packages: [], snapshots: [], asks: [], specifiers: new Map(), folders: new Set(), problems: [] };
}

function nowhere(): Position {
  return { section: "", entry: undefined, attribute: "", folder: "", list: "", ask: undefined };
}

function startSection(lock: Draft, position: Position, { key, value }: YamlMember): void {
  Object.assign(position, nowhere(), { section: key, list: key });
  if (key === "lockfileVersion") lock.version = Number.parseFloat(plain(value)) || 0;
  else if (isListOfAsks(key)) lock.folders.add("");
}

function readEntryMember(lock: Draft, position: Position, member: YamlMember): void {
  const { depth, key, value, start, end } = member;
  if (depth === 1) {
    position.entry = { key, start, end };
    position.attribute = "";
    (position.section === "packages" ? lock.packages : lock.snapshots).push(position.entry);
    return;
  }
  const { entry } = position;
  if (!entry) return;
  entry.end = end;
  if (depth === 2) {
    position.attribute = key;
    readAttribute(entry, key, value);
  } else if (depth === 3) {
    if (position.attribute === "dependencies" || position.attribute === "optionalDependencies") {
      entry.dependencies ??= [];
      entry.dependencies.push(key, plain(value));
    } else if (position.attribute === "resolution") {
      entry.resolution ??= [];
      entry.resolution.push(key, plain(value));
    }
  }
}

function readAttribute(entry: PnpmEntry, key: string, value: string): void {
  switch (key) {
    case "name":
    case "version":
      entry[key] = plain(value);
      return;
    case "dev":
      entry.isDevelopment = value === "true";
      return;
    case "optional":
      entry.isOptional = value === "true";
      return;
    case "resolution":
      if (value.startsWith("{")) entry.resolution = flowMembers(value);
      return;
    default:
  }
}

function readImporterMember(lock: Draft, position: Position, member: YamlMember): void {
  const { depth, key } = member;
  if (depth === 1) {
    position.folder = key === "." ? "" : key;
    position.list = "";
    lock.folders.add(position.folder);
  } else if (depth === 2) {
    position.list = key;
    position.ask = undefined;
  } else readProjectMember(lock, position, depth - 3, member);
}

/** What the entry says of where it comes from, by name. */
export function resolutionOf({ resolution = [] }: PnpmEntry, name: string): string | undefined {
  for (let at = resolution.length - 2; at >= 0; at -= 2) if (resolution[at] === name) return resolution[at + 1];
  return undefined;
}

function isListOfAsks(list: string): boolean {
  return list.endsWith("ependencies");
}

/** Below a list of what a project asks for; `depth` counts from there. */
function readProjectMember(lock: Draft, position: Position, depth: number, { key, value }: YamlMember): void {
  const { folder, list, ask } = position;
  if (list === "specifiers" && depth === 0) lock.specifiers.set(`${folder}\n${key}`, plain(value));
  if (!isListOfAsks(list)) return;
  if (depth === 0) {
    position.ask = { folder, section: list, name: key, ...(value === "" ? {} : { version: plain(value) }) };
    lock.asks.push(position.ask);
  } else if (depth === 1 && ask && (key === "specifier" || key === "version")) ask[key] = plain(value);
}
