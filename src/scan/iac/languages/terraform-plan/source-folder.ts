/** Paths of folders from the repository's root; the root is "". */

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

export function joinPath(folder: string, relative: string): string {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** The folder of a plan or the nearest one above that holds source. */
export function sourceFolder(plan: string, holdsSource: (folder: string) => boolean): string | undefined {
  for (let folder = folderOf(plan); ; folder = folderOf(folder)) {
    if (holdsSource(folder)) return folder;
    if (folder === "") return undefined;
  }
}
