/** Which files complete a project: the shared ones above it, what it imports, and its lock file. */
import type { SourceFile } from "#model/source-file.ts";
import { attributeOf, type XmlElement } from "../../../formats/xml/xml-element.ts";
import type { RepositoryPaths } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { foldersUp, parsedXml, pathIn, repositoryPath, reservedProperty, withoutExtension } from "./msbuild-files.ts";

export function isProject(path: string): boolean {
  return /\.(?:cs|fs|vb|sql|wix|vcx|es|dc|nj)?proj$/i.test(path);
}

export function isShared(path: string): boolean {
  return /\.(?:props|targets|projitems|tasks)$/i.test(path);
}

const sharedNames = [
  "Directory.Build.props",
  "Directory.Packages.props",
  "Directory.Build.targets",
  "Packages.props",
  "nuget.config",
];

/** Where repositories keep what their projects import by a property that only the evaluation knows. */
const usualFolders = ["eng", "build", "Build", "props", "targets", "msbuild", "MSBuild", "tools"];
const mostShared = 300;

/** All of them up to the root: each may import the one above it. */
export function sharedAbove(path: string, paths: RepositoryPaths): readonly string[] {
  const above = sharedNames.flatMap((name) => allAbove(folderOf(path), name, paths));
  const usual = foldersUp(folderOf(path)).flatMap((folder) =>
    usualFolders.flatMap((name) => paths.in(pathIn(folder, name)).filter(isShared)),
  );
  return [...above, ...usual.slice(0, mostShared)].filter((other) => other !== path);
}

function allAbove(folder: string, name: string, paths: RepositoryPaths): readonly string[] {
  const found: string[] = [];
  for (let at: string | undefined = folder; at !== undefined; ) {
    const nearest = paths.nearest(at, name);
    if (nearest === undefined) break;
    found.push(nearest);
    const own = folderOf(nearest);
    at = own === "" ? undefined : folderOf(own);
  }
  return found;
}

/** Projects in the folder whose packages this lock file, or `packages.config`, lists. */
export function projectsOf(path: string, paths: RepositoryPaths): readonly string[] {
  const folder = folderOf(path);
  const projects = paths.in(folder).filter(isProject);
  const named = /^packages\.(.+)\.(?:lock\.json|config)$/i.exec(fileNameOf(path))?.[1]?.toLowerCase();
  const nameOf = (project: string) => withoutExtension(fileNameOf(project)).toLowerCase().replaceAll(" ", "_");
  if (named !== undefined) return projects.filter((project) => nameOf(project) === named);
  const ending = /\.config$/i.test(path) ? "config" : "lock.json";
  const others = new Set(paths.in(folder).map((other) => fileNameOf(other).toLowerCase()));
  return projects.filter((project) => !others.has(`packages.${nameOf(project)}.${ending}`));
}

/** More imports in one file are no project's. */
const mostImports = 2000;

/** What the file's imports can mean, wherever that is; the evaluation decides which of them it is. */
export function importsOf(file: SourceFile): readonly string[] {
  const root = parsedXml(file)?.root;
  if (!root) return [];
  const imports: string[] = [];
  collect(root, imports);
  const folder = folderOf(file.path);
  return [...new Set(imports.slice(0, mostImports).flatMap((written) => meaningsOf(written, file.path, folder)))];
}

function collect(element: XmlElement, imports: string[]): void {
  for (const child of element.children) {
    if (child.name === "Import") {
      const projects = attributeOf(child, "Project")?.value.split(";", mostImports) ?? [];
      imports.push(...projects);
    } else if (
      child.name === "ImportGroup" ||
      child.name === "Choose" ||
      child.name === "When" ||
      child.name === "Otherwise"
    )
      collect(child, imports);
    else if (child.name === "PropertyGroup") {
      const paths = child.children.filter(({ name }) =>
        /^Directory(?:Build|Packages)(?:Props|Targets)Path$/i.test(name),
      );
      imports.push(...paths.map(({ text }) => text));
    }
  }
}

function meaningsOf(written: string, path: string, folder: string): readonly string[] {
  if (written.length > 1000) return [];
  const above = /GetPathOfFileAbove\(\s*['"`]?([\w.-]+)['"`]?/i.exec(written)?.[1];
  if (above !== undefined) return foldersUp(folder).map((one) => pathIn(one, above));
  const inAbove = /GetDirectoryNameOfFileAbove\(.{0,300}\)\)?[/\\]*([\w./\\-]+)$/i.exec(written)?.[1];
  const filled = written.replace(
    /\$\((\w+)\)/g,
    (whole, name: string) => reservedProperty(name.toLowerCase(), path, path) ?? whole,
  );
  const rest = inAbove ?? /^(?:\$\([^)]*\))+[/\\]*([^$]+)$/.exec(filled)?.[1];
  if (rest !== undefined) return foldersUp(folder).flatMap((one) => repositoryPath(rest, one) ?? []);
  const direct = filled.includes("$(") ? undefined : repositoryPath(filled, folder);
  return direct === undefined || direct === path ? [] : [direct];
}
