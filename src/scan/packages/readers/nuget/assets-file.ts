/** What `project.assets.json` holds that matters here, read in one pass. */
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { eachMember, type JsonCursor, jsonCursor, readText, readTextList } from "../../reading/json-cursor.ts";

export interface AssetsFile {
  readonly cursor: JsonCursor;
  /** By framework as written, then `name/version`: the lower-case names that it depends on. */
  readonly targets: Map<string, Map<string, readonly string[]>>;
  /** By `name/version`. */
  readonly libraries: Map<string, Library>;
  /** By framework: lines such as `Newtonsoft.Json >= 13.0.1`. */
  readonly direct: Map<string, readonly string[]>;
  /** By framework, as the project sets it up. */
  readonly frameworks: Map<string, FrameworkSettings>;
  projectName: string | undefined;
}

export interface Library {
  readonly at: Place;
  type: string;
  integrity: string | undefined;
}

export interface FrameworkSettings {
  readonly references: string[];
  /** Lower-case names of packages of which nothing is compiled in. */
  readonly development: Set<string>;
}

export function readAssets(file: TextFile): AssetsFile {
  const cursor = jsonCursor(file);
  const assets: AssetsFile = {
    cursor,
    targets: new Map(),
    libraries: new Map(),
    direct: new Map(),
    frameworks: new Map(),
    projectName: undefined,
  };
  eachMember(cursor, (key) => {
    if (key === "targets") eachMember(cursor, (framework) => assets.targets.set(framework, readTarget(cursor)));
    else if (key === "libraries") eachMember(cursor, (name, start) => readLibrary(assets, name, start));
    else if (key === "projectFileDependencyGroups")
      eachMember(cursor, (framework) => assets.direct.set(framework, readTextList(cursor)));
    else if (key === "project") readProject(assets);
  });
  return assets;
}

function readTarget(cursor: JsonCursor): Map<string, readonly string[]> {
  const libraries = new Map<string, readonly string[]>();
  eachMember(cursor, (library) => {
    const wants: string[] = [];
    eachMember(cursor, (field) => {
      if (field === "dependencies") eachMember(cursor, (name) => void wants.push(name.toLowerCase()));
    });
    libraries.set(library, wants);
  });
  return libraries;
}

function readLibrary({ cursor, libraries }: AssetsFile, name: string, start: number): void {
  let type = "";
  let integrity: string | undefined;
  eachMember(cursor, (field) => {
    if (field === "type") type = readText(cursor) ?? "";
    else if (field === "sha512") integrity = readText(cursor) || undefined;
  });
  libraries.set(name, { at: { file: cursor.file, start, end: cursor.at }, type, integrity });
}

function readProject(assets: AssetsFile): void {
  const { cursor, frameworks } = assets;
  eachMember(cursor, (key) => {
    if (key === "restore")
      eachMember(cursor, (field) => {
        if (field === "projectName") assets.projectName = readText(cursor) || undefined;
      });
    else if (key === "frameworks") eachMember(cursor, (framework) => frameworks.set(framework, readFramework(cursor)));
  });
}

function readFramework(cursor: JsonCursor): FrameworkSettings {
  const settings: FrameworkSettings = { references: [], development: new Set() };
  eachMember(cursor, (key) => {
    if (key === "frameworkReferences") eachMember(cursor, (name) => void settings.references.push(name));
    else if (key === "dependencies")
      eachMember(cursor, (name) => {
        if (readIsForDevelopment(cursor)) settings.development.add(name.toLowerCase());
      });
  });
  return settings;
}

function readIsForDevelopment(cursor: JsonCursor): boolean {
  let isPrivate = false;
  let isCompiledIn = false;
  eachMember(cursor, (field) => {
    if (field === "suppressParent") isPrivate = readText(cursor)?.toLowerCase() === "all";
    else if (field === "include") isCompiledIn = /\b(?:compile|all)\b/i.test(readText(cursor) ?? "");
  });
  return isPrivate && !isCompiledIn;
}
