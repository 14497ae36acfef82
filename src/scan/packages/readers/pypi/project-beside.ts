/** The `pyproject.toml` in the folder of a lock file. */
import type { UnitFiles } from "../../package-reader.ts";
import { folderOf } from "../../paths.ts";
import { textFileOf } from "../../reading/manifest-text.ts";
import { type AskedFor, askedFor } from "./asked-for.ts";
import { readPyproject } from "./pyproject.ts";

export function beside(path: string, name: string): string {
  const folder = folderOf(path);
  return folder === "" ? name : `${folder}/${name}`;
}

/** What builds the project is not in its lock file. */
export function projectBeside(path: string, files: UnitFiles): AskedFor | undefined {
  const file = textFileOf(files.get(beside(path, "pyproject.toml")));
  if (!file) return undefined;
  const { packages, root, feeds } = readPyproject(file);
  return askedFor(
    packages.filter(({ groups }) => !groups?.includes("build-system")),
    root,
    feeds,
  );
}
