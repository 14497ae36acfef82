/** Entries of trees, contents of blobs, and changes between two trees. */
import type { World } from "../world.ts";
import { git, tryGit } from "./repository-store.ts";

export interface TreeEntry {
  /** Without a leading slash. */
  readonly path: string;
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly objectId: string;
  /** Of blobs. */
  readonly size: number;
}

/** Entries of a tree or commit, below `path` where one is given; undefined where there is no such tree. */
export async function listTree(
  world: World,
  repositoryId: string,
  treeish: string,
  options: { readonly recursive: boolean; readonly path?: string },
): Promise<TreeEntry[] | undefined> {
  const inside = options.path ? `${treeish}:${options.path}` : treeish;
  const args = ["ls-tree", "-z", "--long", ...(options.recursive ? ["-r", "-t"] : []), inside];
  let output: string;
  try {
    output = (await git(world, repositoryId, args)).toString();
  } catch {
    return undefined;
  }
  const prefix = options.path ? `${options.path}/` : "";
  return output
    .split("\0")
    .filter(Boolean)
    .map((line) => readEntry(line, prefix));
}

function readEntry(line: string, prefix: string): TreeEntry {
  const tab = line.indexOf("\t");
  const [mode = "", type = "blob", objectId = "", size = "-"] = line.slice(0, tab).split(/ +/);
  return {
    path: prefix + line.slice(tab + 1),
    mode,
    type: type as TreeEntry["type"],
    objectId,
    size: size === "-" ? 0 : Number(size),
  };
}

/** The entry at a path; the root is a tree with an empty path. */
export async function entryAt(
  world: World,
  repositoryId: string,
  commit: string,
  path: string,
): Promise<TreeEntry | undefined> {
  if (path === "") {
    const objectId = await tryGit(world, repositoryId, ["rev-parse", "--verify", "--quiet", `${commit}^{tree}`]);
    return objectId ? { path: "", mode: "040000", type: "tree", objectId, size: 0 } : undefined;
  }
  return (await entriesAt(world, repositoryId, commit, [path])).get(path);
}

/** Entries at several paths, by path; paths that lead nowhere are left out. */
export async function entriesAt(
  world: World,
  repositoryId: string,
  commit: string,
  paths: readonly string[],
): Promise<Map<string, TreeEntry>> {
  const args = ["--literal-pathspecs", "ls-tree", "-z", "--long", commit, "--", ...paths];
  // git takes paths that climb out of the tree for a mistake; here they lead nowhere like any other
  if (paths.some((path) => path.split("/").includes(".."))) return new Map();
  const lines = (await git(world, repositoryId, args)).toString().split("\0").filter(Boolean);
  return new Map(lines.map((line) => readEntry(line, "")).map((entry) => [entry.path, entry]));
}

export function readBlob(world: World, repositoryId: string, objectId: string): Promise<Buffer> {
  return git(world, repositoryId, ["cat-file", "blob", objectId]);
}

export interface PathChange {
  readonly change: "add" | "edit" | "delete" | "rename" | "edit, rename";
  readonly path: string;
  readonly oldPath?: string;
  readonly isFolder: boolean;
  readonly objectId?: string;
  readonly oldObjectId?: string;
}

const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/** Changes between two commits or trees, folders included; `from` absent = everything was added. */
export async function changesBetween(
  world: World,
  repositoryId: string,
  from: string | undefined,
  to: string,
): Promise<PathChange[]> {
  const args = ["diff-tree", "-r", "-t", "-z", "-M", "--raw", "--no-abbrev", from ?? emptyTree, to];
  const fields = (await git(world, repositoryId, args)).toString().split("\0");
  const changes: PathChange[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [oldMode = "", newMode = "", oldId = "", newId = "", status = ""] = (fields[at] ?? "").slice(1).split(" ");
    const renamed = status.startsWith("R") || status.startsWith("C");
    const first = fields[at + 1] ?? "";
    const second = renamed ? (fields[at + 2] ?? "") : first;
    at += renamed ? 3 : 2;
    changes.push({
      change: changeOf(status),
      path: second,
      ...(renamed ? { oldPath: first } : {}),
      isFolder: (status === "D" ? oldMode : newMode) === "040000",
      ...(/^0+$/.test(newId) ? {} : { objectId: newId }),
      ...(/^0+$/.test(oldId) ? {} : { oldObjectId: oldId }),
    });
  }
  return changes;
}

function changeOf(status: string): PathChange["change"] {
  if (status === "A") return "add";
  if (status === "D") return "delete";
  if (status === "R100") return "rename";
  return status.startsWith("R") ? "edit, rename" : "edit";
}
