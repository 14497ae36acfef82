/**
 * Units of Terraform: every folder that no other folder calls, with all it calls. Folders that only call each other in a
 * circle are units too, so that no file is lost.
 */
import type { LinkedFile, UnitPlan } from "../../language.ts";
import { folderOf } from "../folder-path.ts";
import { filesAt } from "./file-links.ts";
import { installedAt } from "./installed-modules.ts";
import { kindOfFile } from "./terraform-file.ts";

interface Folder {
  readonly paths: string[];
  readonly links: Set<string>;
}

export function moduleUnits(files: readonly LinkedFile[]): readonly UnitPlan[] {
  const folders = new Map<string, Folder>();
  const others = new Map<string, string[]>();
  for (const { path, links } of files) {
    if (kindOfFile(path) === undefined) {
      const near = others.get(folderOf(path));
      if (near) near.push(path);
      else others.set(folderOf(path), [path]);
      continue;
    }
    const name = unitFolder(path);
    const folder = folders.get(name) ?? { paths: [], links: new Set() };
    folder.paths.push(path);
    for (const link of links) folder.links.add(link);
    folders.set(name, folder);
  }
  const called = new Set<string>();
  for (const [name, { links }] of folders) for (const link of links) if (link !== name) called.add(link);
  const units: UnitPlan[] = [];
  const covered = new Set<string>();
  const add = (root: string) => {
    const reached = reachable(root, folders);
    for (const name of reached) covered.add(name);
    units.push({ root, paths: pathsOf(root, reached, folders, others) });
  };
  for (const name of folders.keys()) if (!called.has(name)) add(name);
  for (const name of folders.keys()) if (!covered.has(name)) add(name);
  return units;
}

/** The list of installed modules belongs to the folder in which they were installed. */
function unitFolder(path: string): string {
  return kindOfFile(path) === "installed" ? installedAt(path) : folderOf(path);
}

function reachable(root: string, folders: ReadonlyMap<string, Folder>): ReadonlySet<string> {
  const reached = new Set([root]);
  for (const name of reached) {
    for (const link of folders.get(name)?.links ?? []) if (folders.has(link)) reached.add(link);
  }
  return reached;
}

/** Configuration, and of the others what it reads. */
function pathsOf(
  root: string,
  names: ReadonlySet<string>,
  folders: ReadonlyMap<string, Folder>,
  others: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const paths = new Set<string>();
  for (const name of names) {
    for (const path of folders.get(name)?.paths ?? []) paths.add(path);
    for (const link of folders.get(name)?.links ?? []) for (const path of filesAt(link, root, others)) paths.add(path);
  }
  return [...paths];
}
