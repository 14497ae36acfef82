/**
 * The files that one project is made of, as MSBuild names them: the repository's root is `/`. A file outside of the unit
 * does not exist.
 */

import type { SourceFile } from "#model/source-file.ts";
import type { ReadXml } from "../../../formats/xml/read-xml.ts";
import { readXml } from "../../../formats/xml/read-xml.ts";
import type { UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { textFileOf } from "../../reading/manifest-text.ts";

export interface MsbuildFiles {
  /** The path as the repository writes it, if the file is there. Case does not count. */
  find(path: string): string | undefined;
  read(path: string): ReadXml | undefined;
}

/** Shared files are parsed once, however many projects import them. */
const parsed = new WeakMap<SourceFile, ReadXml>();

export function parsedXml(file: SourceFile): ReadXml | undefined {
  const known = parsed.get(file);
  if (known) return known;
  const text = textFileOf(file);
  if (!text) return undefined;
  const read = readXml(text);
  parsed.set(file, read);
  return read;
}

export function msbuildFiles(files: UnitFiles): MsbuildFiles {
  const byLowerCase = new Map(files.paths.map((path) => [path.toLowerCase(), path]));
  return {
    find: (path) => byLowerCase.get(path.toLowerCase()),
    read: (path) => {
      const file = files.get(path);
      return file && parsedXml(file);
    },
  };
}

/** The repository's path that MSBuild means, seen from a folder; undefined if it leaves the repository. */
export function repositoryPath(written: string, folder: string): string | undefined {
  const slashed = written.trim().replaceAll("\\", "/");
  if (slashed === "" || slashed.length > 1000 || /^[A-Za-z]:/.test(slashed)) return undefined;
  const parts = slashed.startsWith("/") || folder === "" ? [] : folder.split("/");
  for (const part of slashed.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

/** Folders from this one up to the root. */
export function foldersUp(folder: string): readonly string[] {
  const folders = [folder];
  for (let at = folder; at !== ""; ) {
    at = folderOf(at);
    folders.push(at);
  }
  return folders;
}

export function pathIn(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** What MSBuild knows about the file that it reads and the project that it builds. */
export function reservedProperty(name: string, thisFile: string, project: string): string | undefined {
  switch (name) {
    case "msbuildthisfiledirectory":
      return slashed(folderOf(thisFile));
    case "msbuildthisfile":
      return fileNameOf(thisFile);
    case "msbuildthisfilefullpath":
      return `/${thisFile}`;
    case "msbuildthisfilename":
      return withoutExtension(fileNameOf(thisFile));
    case "msbuildprojectdirectory":
      return `/${folderOf(project)}`;
    case "msbuildprojectfile":
      return fileNameOf(project);
    case "msbuildprojectfullpath":
      return `/${project}`;
    case "msbuildprojectname":
      return withoutExtension(fileNameOf(project));
    case "msbuildprojectextension":
      return fileNameOf(project).slice(withoutExtension(fileNameOf(project)).length);
    default:
      return undefined;
  }
}

function slashed(folder: string): string {
  return folder === "" ? "/" : `/${folder}/`;
}

export function withoutExtension(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
}
