/** A POM with its parents, as far as the repository holds them; and which files those may be. */
import type { TextFile } from "../../../formats/text-file.ts";
import { folderOf, joinPath } from "../../paths.ts";
import { type Coordinates, type Pom, type PomDependency, readPom, type Written } from "./pom.ts";
import { type Resolved, resolverOf } from "./pom-properties.ts";

/** A POM, its parent, the parent's parent ... */
export interface Family {
  readonly poms: readonly [Pom, ...Pom[]];
  /** False if the last one names a parent that is not in the repository. */
  readonly isWhole: boolean;
  readonly resolve: (written: Written) => Resolved;
}

/** POMs of a unit, each read once. */
export interface PomFiles {
  readonly get: (path: string) => Pom | undefined;
}

const mostParents = 50;

export function pomFilesOf(textOf: (path: string) => TextFile | undefined): PomFiles {
  const known = new Map<string, Pom | undefined>();
  return {
    get: (path) => {
      if (!known.has(path)) {
        const file = textOf(path);
        known.set(path, file && readPom(file));
      }
      return known.get(path);
    },
  };
}

export function familyOf(pom: Pom, files: PomFiles): Family {
  const poms: [Pom, ...Pom[]] = [pom];
  const seen = new Set([pom.file.path]);
  let last = pom;
  while (poms.length < mostParents) {
    const parent = parentPom(last, files, seen);
    if (!parent) break;
    poms.push(parent);
    seen.add(parent.file.path);
    last = parent;
  }
  return { poms, isWhole: last.parent === undefined, resolve: resolverOf(lookUpIn(poms)) };
}

function parentPom(pom: Pom, files: PomFiles, seen: ReadonlySet<string>): Pom | undefined {
  for (const path of parentPaths(pom)) {
    const found = seen.has(path) ? undefined : files.get(path);
    if (found && isSame(found, pom.parent)) return found;
  }
  return undefined;
}

/** By group and artifact; the version may be an expression, and a parent's neighbour has the version that is meant. */
function isSame(pom: Pom, wanted: Coordinates | undefined): boolean {
  const group = pom.group ?? pom.parent?.group;
  return pom.artifact?.text === wanted?.artifact?.text && group?.text === wanted?.group?.text;
}

/** Files that may hold the parent, the likeliest first. */
export function parentPaths(pom: Pom): readonly string[] {
  const { parent, file } = pom;
  if (!parent) return [];
  const folder = folderOf(file.path);
  const name = parent.artifact?.text ?? "";
  const written = parent.relativePath ?? "../pom.xml";
  const usual = written === "" ? [] : [written, `${written}/pom.xml`];
  const guesses = [`../${name}/pom.xml`, `${name}/pom.xml`, "../parent/pom.xml", `../../${name}/pom.xml`];
  return [...usual, ...guesses].flatMap((path) => joinPath(folder, path) ?? []);
}

/** Files that may hold the bills of materials that a POM imports. */
export function importedPaths(pom: Pom): readonly string[] {
  const folder = folderOf(pom.file.path);
  const names = pom.management.filter(isImport).map(({ artifact }) => artifact?.text ?? "");
  const paths = names.slice(0, 100).flatMap((name) => {
    const modules = pom.modules.slice(0, 1000).filter((module) => {
      const last = module.slice(module.lastIndexOf("/") + 1);
      return last !== "" && (last === name || name.endsWith(`-${last}`));
    });
    return [...modules, name, `../${name}`, "../bom", "bom", `../../${name}`].map((path) => `${path}/pom.xml`);
  });
  return paths.flatMap((path) => joinPath(folder, path) ?? []);
}

export function isImport({ scope, type }: PomDependency): boolean {
  return scope === "import" && type === "pom";
}

/** `project.*` is about the first POM, properties come from the nearest one that has them. */
function lookUpIn(poms: readonly [Pom, ...Pom[]]): (name: string) => Written | undefined {
  const [own] = poms;
  return (name) => {
    const field = /^(?:project|pom)\.(.+)$/.exec(name)?.[1] ?? (name === "version" ? "version" : undefined);
    if (field === "version") return own.version ?? own.parent?.version;
    if (field === "groupId") return own.group ?? own.parent?.group;
    if (field === "artifactId") return own.artifact;
    if (field === "parent.version") return own.parent?.version;
    if (field === "parent.groupId") return own.parent?.group;
    if (field === "parent.artifactId") return own.parent?.artifact;
    for (const { properties } of poms) {
      const found = properties.get(name);
      if (found) return found;
    }
    return undefined;
  };
}
