/** Paths as files of a repository write them to each other, resolved inside the repository. */

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** The path that `to` means when read from `folder`; undefined if it leaves the repository. */
export function resolvePath(folder: string, to: string): string | undefined {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of to.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}
