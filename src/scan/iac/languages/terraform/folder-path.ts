/** Paths as Terraform writes them, resolved inside the repository. */

export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
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

/** `folder` as seen from `root`: `.`, `modules/a`, `../shared`. */
export function relativePath(root: string, folder: string): string {
  const from = root === "" ? [] : root.split("/");
  const to = folder === "" ? [] : folder.split("/");
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared++;
  const path = [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
  return path === "" ? "." : path;
}

/** True for a module that lies in the same repository. */
export function isLocalSource(source: string): boolean {
  return /^\.\.?(?:\/|\\|$)/.test(source);
}
