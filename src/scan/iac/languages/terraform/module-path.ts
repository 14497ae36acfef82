/** Paths of modules as Terraform tells them. */

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

/** Addresses of repositories may hold a token, and what is told goes into reports. */
export function withoutCredentials(source: string): string {
  return source.replace(/\/\/[^/\s]*@/, "//");
}
