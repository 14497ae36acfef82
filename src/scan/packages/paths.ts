/** Paths of a repository: relative to its root, with forward slashes; the root itself is "". */

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

const plainName = /^[\w-][\w.-]*$/;

/** `relative` as seen from `folder`; undefined if it leaves the repository or is absolute. Backslashes are slashes. */
export function joinPath(folder: string, relative: string): string | undefined {
  if (plainName.test(relative)) return folder === "" ? relative : `${folder}/${relative}`;
  if (/^(?:[/\\]|[A-Za-z]:)/.test(relative)) return undefined;
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of relative.split(/[/\\]/)) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}
