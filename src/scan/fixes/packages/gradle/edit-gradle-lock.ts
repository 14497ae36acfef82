/** Raises a package in a gradle.lockfile, which holds for all that asks for it, and in the build file beside it. */
import { folderOf } from "../../../packages/paths.ts";
import { editDeclared, projectChanges } from "../edit-declared.ts";
import type { EditAsked, Edited } from "../package-editor.ts";

const builds = ["build.gradle", "build.gradle.kts", "gradle/libs.versions.toml"];

export function editGradleLock(asked: EditAsked): Edited {
  const edited = editDeclared(asked);
  if (edited.is === "refused") return edited;
  const files = builds.flatMap((name) => foldersOf(asked.manifest.path).map((folder) => folder + name));
  const there = projectChanges({ ...asked, alone: () => asked.alone(files) });
  return { ...edited, changes: new Map([...(there ?? []), ...edited.changes]) };
}

/** The file's own and those above it, where a catalogue may be. */
function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = folderOf(path); ; at = folderOf(at)) {
    folders.push(at === "" ? "" : `${at}/`);
    if (at === "") return folders;
  }
}
