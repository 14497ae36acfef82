/** `packages.lock.json`, versions 1 and 2: every package of every target framework, joined with the project beside it. */
import type { PackageUse, Relation } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, RepositoryPaths, UnitFiles } from "../../package-reader.ts";
import { folderOf } from "../../paths.ts";
import { eachMember, type JsonCursor, jsonCursor, readText } from "../../reading/json-cursor.ts";
import { endOfJson } from "../../reading/json-problems.ts";
import { readAsText } from "../../reading/manifest-text.ts";
import type { FrameworkUse } from "./join-frameworks.ts";
import { type JoinedProjects, lockedPackages, projectsIn, withProject } from "./locked-packages.ts";
import { pathIn } from "./msbuild-files.ts";
import { projectsOf } from "./project-files.ts";
import { targetFrameworkOf } from "./target-framework.ts";

function read(text: TextFile, files: UnitFiles): PackagesRead {
  const joined = projectsIn(folderOf(text.path), files);
  const cursor = jsonCursor(text);
  const uses: FrameworkUse[] = [];
  eachMember(cursor, (key) => {
    if (key === "dependencies") eachMember(cursor, (framework) => readFramework(cursor, framework, joined, uses));
  });
  const { root, runtimes } = joined;
  const manifest = {
    path: text.path,
    format: "packages.lock.json",
    ecosystem: "NuGet" as const,
    ...(root ? { root } : {}),
    isLocked: true,
    packages: lockedPackages(uses),
  };
  return { manifests: [manifest, ...runtimes], problems: [...endOfJson(cursor), ...joined.problems] };
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function readFramework(cursor: JsonCursor, framework: string, joined: JoinedProjects, uses: FrameworkUse[]): void {
  const target = targetFrameworkOf(framework);
  const frameworks = joined.frameworksOf(target);
  eachMember(cursor, (name, start) => {
    const entry = readEntry(cursor);
    const isBroken = cursor.mistake !== undefined && entry?.version === undefined;
    if (!entry || isBroken || name.trim() === "") return;
    const { relation, version, requirement, integrity, isCentral, wants } = entry;
    const use: Writable<PackageUse> = {
      ecosystem: "NuGet",
      name,
      at: spanOf({ file: cursor.file, start, end: cursor.at }),
      relation,
      isDevelopment: false,
    };
    if (version !== undefined) use.version = version;
    if (requirement !== undefined) use.requirement = requirement;
    if (integrity !== undefined) use.integrity = integrity;
    if (isCentral) use.groups = ["CentralTransitive"];
    uses.push({ use: relation === "workspace" ? use : withProject(use, joined), target, frameworks, wants });
  });
}

interface Entry {
  relation: Relation;
  version?: string;
  requirement?: string;
  integrity?: string;
  isCentral: boolean;
  /** Lower-case names. */
  readonly wants: string[];
}

const relations: Readonly<Record<string, Relation>> = { Direct: "direct", Project: "workspace" };

/** Undefined if no object stands here. */
function readEntry(cursor: JsonCursor): Entry | undefined {
  if (cursor.file.text[cursor.at] !== "{") return undefined;
  const entry: Entry = { relation: "transitive", isCentral: false, wants: [] };
  eachMember(cursor, (field) => {
    switch (field) {
      case "type": {
        const type = readText(cursor) ?? "";
        entry.relation = relations[type] ?? "transitive";
        entry.isCentral = type === "CentralTransitive";
        break;
      }
      case "resolved":
        setIfText(entry, "version", readText(cursor));
        break;
      case "requested":
        setIfText(entry, "requirement", readText(cursor));
        break;
      case "contentHash":
        setIfText(entry, "integrity", readText(cursor));
        break;
      case "dependencies":
        eachMember(cursor, (name) => void entry.wants.push(name.toLowerCase()));
        break;
      default:
    }
  });
  return entry;
}

function setIfText(entry: Entry, field: "version" | "requirement" | "integrity", text: string | undefined): void {
  if (text !== undefined && text !== "") entry[field] = text;
}

function claims(path: string, paths: RepositoryPaths): readonly string[] {
  return [...projectsOf(path, paths), pathIn(folderOf(path), "obj/project.assets.json")];
}

export const readers: readonly PackageReader[] = [
  {
    format: "packages.lock.json",
    ecosystem: "NuGet",
    matches: (path) => /(?:^|\/)packages\.(?:[^/]+\.)?lock\.json$/i.test(path),
    alone: "always",
    claims,
    read: (file, files) => readAsText(file, (text) => read(text, files)),
  },
];
