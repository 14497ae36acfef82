/** npm's lock files; beside an npm-shrinkwrap.json the package-lock.json is not read, as npm itself does not. */
import type { SourceFile } from "#model/source-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { jsonCursor } from "../../reading/json-cursor.ts";
import { endOfJson } from "../../reading/json-problems.ts";
import { readAsText } from "../../reading/manifest-text.ts";
import { isInstalled } from "./installed-path.ts";
import { filesOfLock, joinProjects } from "./lock-projects.ts";
import { moduleFolder, resolveModule } from "./module-tree.ts";
import { readPackageLock } from "./package-lock-entries.ts";

const shrinkwrap = "npm-shrinkwrap.json";

export const readers: readonly PackageReader[] = [
  {
    format: "package-lock.json",
    ecosystem: "npm",
    matches: (path) => ["package-lock.json", shrinkwrap].includes(fileNameOf(path)) && !isInstalled(path),
    alone: "unless-claimed",
    claims: (path, paths) => {
      const folder = folderOf(path);
      const other = folder === "" ? "package-lock.json" : `${folder}/package-lock.json`;
      const files = filesOfLock(path, paths);
      return fileNameOf(path) === shrinkwrap && paths.has(other) ? [...files, other] : files;
    },
    read,
  },
];

function read(file: SourceFile, files: UnitFiles): PackagesRead {
  return readAsText(file, (text) => {
    const cursor = jsonCursor(text);
    const lock = readPackageLock(cursor);
    const { name, version, entries, asks, folders, hasFolders } = lock;
    return joinProjects(
      {
        file: text,
        format: "package-lock.json",
        entries,
        asks,
        root: { name, version },
        projects: () => (folder) => hasFolders && folders.get(folder)?.entry !== undefined,
        resolve: (ask) => resolveModule(folders.get(ask.folder) ?? moduleFolder(), ask.name),
        hasFlags: true,
        problems: endOfJson(cursor),
      },
      files,
    );
  });
}
