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
  const named = (folder: string, name: string) =>
    folders.get(folder)?.find((path) => path.slice(folder === "" ? 0 : folder.length + 1).toLowerCase() === name);
  return {
    has: (path) => known.has(path),
    in: (folder) => folders.get(folder) ?? [],
    nearest: (folder, name) => {
      const wanted = name.toLowerCase();
      for (let at = folder; ; at = folderOf(at)) {
        const found = named(at, wanted);
        if (found !== undefined || at === "") return found;
      }
    },
    under: (folder, name) => {
      const files = byName.get(name) ?? [];
      return folder === "" ? files : files.filter((path) => path.startsWith(`${folder}/`));
    },
  };
}
