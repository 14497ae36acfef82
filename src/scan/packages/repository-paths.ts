import type { RepositoryPaths } from "./package-reader.ts";
import { fileNameOf, folderOf } from "./paths.ts";

export function pathsOf(all: readonly string[]): RepositoryPaths {
  const known = new Set(all);
  const folders = new Map<string, string[]>();
  for (const path of all) {
    const folder = folderOf(path);
    const inIt = folders.get(folder);
    if (inIt) inIt.push(path);
    else folders.set(folder, [path]);
  }
  const byName = Map.groupBy(all, fileNameOf);
  const lowerCase = new Map<string, string>();
  for (const path of all) if (!lowerCase.has(keyOf(path))) lowerCase.set(keyOf(path), path);
  return {
    has: (path) => known.has(path),
    in: (folder) => folders.get(folder) ?? [],
    nearest: (folder, name) => {
      const wanted = name.toLowerCase();
      for (let at = folder; ; at = folderOf(at)) {
        const found = lowerCase.get(`${at}/${wanted}`);
        if (found !== undefined || at === "") return found;
      }
    },
    under: (folder, name) => {
      const files = byName.get(name) ?? [];
      return folder === "" ? files : files.filter((path) => path.startsWith(`${folder}/`));
    },
  };
}

/** The folder as it is written, the name without its case. */
function keyOf(path: string): string {
  return `${folderOf(path)}/${fileNameOf(path).toLowerCase()}`;
}
