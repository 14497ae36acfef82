/** The `pyproject.toml` in the folder of a lock file. */
import type { Problem } from "#model/scan-result.ts";
import { readToml } from "../../../formats/toml/read-toml.ts";
import type { UnitFiles } from "../../package-reader.ts";
import { folderOf } from "../../paths.ts";
import { problemOfFormat, textFileOf } from "../../reading/manifest-text.ts";
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

/** What is wrong with the projects that a lock file claims: nobody else reads them, and their sources count. */
export function brokenProjects(files: UnitFiles): readonly Problem[] {
  const projects = files.paths.filter((path) => /(?:^|\/)(?:pyproject\.toml|Pipfile)$/.test(path));
  return projects.flatMap((path) => {
    const text = textFileOf(files.get(path));
    return text ? readToml(text).problems.map(problemOfFormat) : [];
  });
}
