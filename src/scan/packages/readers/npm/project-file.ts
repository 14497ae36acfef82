/** What a package.json says of itself and asks for, each with its place. It refuses to judge what the ranges mean. */
import type { Problem } from "#model/scan-result.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import {
  eachItem,
  eachMember,
  isList,
  isObject,
  isText,
  type JsonCursor,
  jsonCursor,
  readText,
  readTextList,
} from "../../reading/json-cursor.ts";
import { endOfJson } from "../../reading/json-problems.ts";

export const sections = [
  "dependencies",
  "devDependencies",
  "optionalDependencies",
  "peerDependencies",
  "overrides",
  "resolutions",
] as const;
export type Section = (typeof sections)[number];
export type OverrideSection = Extract<Section, "overrides" | "resolutions">;

/** One package that is asked for. */
export interface Ask {
  /** The name that the code uses; an alias has another package behind it. */
  readonly name: string;
  readonly spec: string;
  readonly section: Section;
  readonly whole: Place;
  /** The text between the quotes. */
  readonly specAt: Place;
}

export interface ProjectFile {
  readonly file: TextFile;
  readonly name?: string;
  readonly version?: string;
  readonly nameAt?: Place;
  readonly licenses: readonly string[];
  readonly asks: readonly Ask[];
  readonly bundled: ReadonlySet<string>;
  /** Patterns of folders: `packages/*`. */
  readonly workspaces: readonly string[];
  /** The last section of dependencies, its name included. */
  readonly dependenciesAt?: Place;
  /** What the file overrides already. */
  readonly overridesAt: Readonly<Partial<Record<OverrideSection, Place>>>;
  /** Whose manifest it is instead: the file only has the same name. */
  readonly isOfAnotherKind: boolean;
  readonly problems: readonly Problem[];
}

interface Draft {
  name?: string;
  version?: string;
  nameAt?: Place;
  licenses: readonly string[];
  readonly asks: Ask[];
  bundled: readonly string[];
  workspaces: readonly string[];
  dependenciesAt?: Place;
  readonly overridesAt: Partial<Record<OverrideSection, Place>>;
  isOfAnotherKind: boolean;
}

export function readProjectFile(file: TextFile): ProjectFile {
  const draft: Draft = { licenses: [], asks: [], bundled: [], workspaces: [], overridesAt: {}, isOfAnotherKind: false };
  const cursor = jsonCursor(file);
  eachMember(cursor, (key, keyAt) => readMember(cursor, draft, key, keyAt));
  return { file, ...draft, bundled: new Set(draft.bundled), problems: endOfJson(cursor) };
}

function readMember(cursor: JsonCursor, draft: Draft, key: string, keyAt: number): void {
  switch (key) {
    case "name":
    case "version": {
      const text = readText(cursor)?.trim();
      if (key === "name") draft.nameAt = { file: cursor.file, start: keyAt, end: cursor.at };
      if (text) draft[key] = text;
      return;
    }
    case "license":
    case "licenses":
      draft.licenses = readLicenses(cursor);
      return;
    case "bundleDependencies":
    case "bundledDependencies":
      draft.bundled = readTextList(cursor);
      return;
    case "workspaces":
      draft.workspaces = readWorkspaces(cursor);
      return;
    case "engines":
      // A Visual Studio Code extension: its name and version are those of another marketplace.
      eachMember(cursor, (engine) => {
        if (engine === "vscode") draft.isOfAnotherKind = true;
      });
      return;
    case "unity":
      if (isText(cursor)) draft.isOfAnotherKind = true;
      return;
    case "pnpm":
      eachMember(cursor, (setting) => {
        if (setting === "overrides") readOverrides(cursor, draft.asks, "overrides");
      });
      return;
    case "overrides":
    case "resolutions": {
      const { file, at: start } = cursor;
      readOverrides(cursor, draft.asks, key);
      draft.overridesAt[key] = { file, start, end: cursor.at };
      return;
    }
    default: {
      const section = sections.find((one) => one === key);
      if (!section) return;
      readAsks(cursor, draft.asks, section);
      draft.dependenciesAt = { file: cursor.file, start: keyAt, end: cursor.at };
    }
  }
}

function readWorkspaces(cursor: JsonCursor): readonly string[] {
  if (!isObject(cursor)) return readTextList(cursor);
  let patterns: readonly string[] = [];
  eachMember(cursor, (key) => {
    if (key === "packages") patterns = readTextList(cursor);
  });
  return patterns;
}

function readAsks(cursor: JsonCursor, asks: Ask[], section: Section): void {
  eachMember(cursor, (name, keyAt) => {
    if (isText(cursor)) asks.push(readAsk(cursor, name, section, keyAt));
  });
}

/** Those that hold for a package wherever it is used; what holds only below another package is left out. */
function readOverrides(cursor: JsonCursor, asks: Ask[], section: Section): void {
  const add = (key: string, keyAt: number): void => {
    const name = overriddenName(key);
    if (name === undefined || !isText(cursor)) return;
    const ask = readAsk(cursor, name, section, keyAt);
    if (!ask.spec.startsWith("$")) asks.push(ask);
  };
  eachMember(cursor, (key, keyAt) => {
    if (!isObject(cursor)) return add(key, keyAt);
    eachMember(cursor, (inner, innerAt) => {
      if (inner === ".") add(key, innerAt);
    });
  });
}

function readAsk(cursor: JsonCursor, name: string, section: Section, keyAt: number): Ask {
  const { file } = cursor;
  const start = cursor.at + 1;
  const spec = readText(cursor) ?? "";
  return {
    name,
    spec,
    section,
    whole: { file, start: keyAt, end: cursor.at },
    specAt: { file, start, end: Math.max(start, cursor.at - 1) },
  };
}

const overrideKey = /^(?:\*\*\/)?((?:@[^/@>\s]+\/)?[^/@>\s]+)(?:@[^>]*)?$/;

function overriddenName(key: string): string | undefined {
  return key.length > 300 ? undefined : overrideKey.exec(key)?.[1];
}

/** `MIT`, `{ type: "MIT" }`, or a list of them. */
export function readLicenses(cursor: JsonCursor): readonly string[] {
  // As nearly all are written.
  if (isText(cursor)) {
    const license = readText(cursor);
    return license ? [license] : [];
  }
  const licenses: string[] = [];
  const addOne = (): void => {
    if (!isObject(cursor)) {
      licenses.push(readText(cursor) ?? "");
      return;
    }
    eachMember(cursor, (key) => {
      if (key === "type") licenses.push(readText(cursor) ?? "");
    });
  };
  if (isList(cursor)) eachItem(cursor, addOne);
  else addOne();
  return licenses.filter(Boolean);
}
