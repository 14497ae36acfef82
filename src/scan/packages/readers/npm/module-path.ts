/** Paths of installed modules, as lock files write them: `node_modules/a/node_modules/@b/c`. */

export const modules = "node_modules/";

export function withoutSlash(name: string): string {
  return name.endsWith("/") ? name.slice(0, -1) : name;
}

/** What stands behind the last `node_modules/`; of another folder its own name. */
export function moduleName(path: string): string {
  const at = path.lastIndexOf(modules);
  return at < 0 ? path.slice(path.lastIndexOf("/") + 1) : path.slice(at + modules.length);
}
