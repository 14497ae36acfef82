/**
 * Which files a configuration reads by `file` and `templatefile`, as far as its text says so: a path, or all files of a
 * folder where only the folder is written out. What is put together by other means is not followed.
 */
import { folderOf, resolvePath } from "../folder-path.ts";

const opening = /\b(?:file\w*|templatefile)\(\s*"(?:\$\{(path\.(?:module|root))\}\/)?([^"\\\n]{1,400})"/g;

/** Stands before what is meant from the root module, wherever that is. */
const fromRoot = "path.root/";

/** Links of a file in a folder: paths, and `folder/*` for all files of a folder. */
export function fileLinks(folder: string, text: string): readonly string[] {
  if (!text.includes("file")) return [];
  return [...text.matchAll(opening)].flatMap(([, base, written = ""]) => {
    const open = written.search(/[$%]\{/);
    const target = open < 0 ? written : `${written.slice(0, Math.max(0, written.lastIndexOf("/", open)))}/*`;
    return base === "path.root" ? [fromRoot + target] : (resolvePath(folder, target) ?? []);
  });
}

/** The files that a link leads to, in a unit of this root; `files` are paths by folder. */
export function filesAt(link: string, root: string, files: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const path = link.startsWith(fromRoot) ? resolvePath(root, link.slice(fromRoot.length)) : link;
  if (path === undefined) return [];
  const near = files.get(folderOf(path)) ?? [];
  return path.endsWith("*") ? near : near.filter((one) => one === path);
}
