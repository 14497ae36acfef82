/** Asks git about refs, commits and trees, and reads its NUL-separated answers; names may hold any byte but NUL. */
import { isZeroObjectId, type ObjectId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { checkRevision } from "./check-revision.ts";
import type { NamedRef, RepositoryOnDisk, TreeChange, TreeEntry } from "./mirror.ts";
import { pathText } from "./path-text.ts";
import { records, runGit, startGit } from "./run-git.ts";

const submoduleMode = "160000";
const tab = 0x09;

function reading(repository: RepositoryOnDisk) {
  return {
    environment: repository.environment,
    log: repository.log,
    timeLimit: repository.limits.readMilliseconds,
  };
}

export async function resolve(repository: RepositoryOnDisk, revision: string): Promise<ObjectId | undefined> {
  const args = ["rev-parse", "--verify", "--quiet", `${checkRevision(revision)}^{commit}`];
  const { code, output } = await runGit({ ...reading(repository), args, accept: [1, 128] });
  const id = output.toString("utf8").trim();
  return code === 0 && /^[0-9a-f]{40,64}$/.test(id) ? (id as ObjectId) : undefined;
}

export async function listRefs(
  repository: RepositoryOnDisk,
  ...prefixes: readonly string[]
): Promise<readonly NamedRef[]> {
  const args = ["for-each-ref", "--format=%(objectname) %(refname)", ...prefixes.map(checkRevision)];
  const { output } = await runGit({ ...reading(repository), args, outputLimit: repository.limits.outputBytes });
  return output
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const at = line.indexOf(" ");
      return { objectId: line.slice(0, at) as ObjectId, name: line.slice(at + 1) };
    });
}

/** `<mode> SP <type> SP <id> SP+ <size> TAB <path>` */
export async function listTree(
  repository: RepositoryOnDisk,
  commit: string,
  ...inside: readonly string[]
): Promise<readonly TreeEntry[]> {
  const sizes = repository.isForeign ? [] : ["-l"];
  const args = ["ls-tree", "-r", ...sizes, "-z", "--full-tree", checkRevision(commit), "--", ...inside];
  const git = startGit({ ...reading(repository), args });
  const entries: TreeEntry[] = [];
  for await (const record of records(git, 0, repository.limits.outputBytes)) {
    const end = record.indexOf(tab);
    const [mode = "", type, id = "", size = ""] = record.toString("latin1", 0, end).split(/ +/);
    if (type !== "blob") continue;
    entries.push({ path: pathText(record.subarray(end + 1)), objectId: id as ObjectId, size: Number(size), mode });
  }
  return entries;
}

/** `:<old mode> <mode> <old id> <id> <status>` NUL `<path>` NUL, and a second path for renames. */
export async function diffTrees(
  repository: RepositoryOnDisk,
  from: string | undefined,
  to: string,
): Promise<readonly TreeChange[]> {
  if (from === undefined) {
    const entries = await listTree(repository, to);
    return entries.map(({ path, objectId, mode }) => ({ path, objectId, mode, change: "added" }));
  }
  try {
    return await changesBetween(repository, from, to, "-M");
  } catch (error) {
    if (!(error instanceof RemoteError) || !repository.isForeign) throw error;
    // Names of the same file are found without reading it.
    return changesBetween(repository, from, to, "-M100%");
  }
}

async function changesBetween(
  repository: RepositoryOnDisk,
  from: string,
  to: string,
  renames: string,
): Promise<readonly TreeChange[]> {
  const options = ["-r", "-z", renames, "--no-ext-diff", "--no-textconv", "--no-commit-id", "--full-index"];
  const args = ["diff-tree", ...options, checkRevision(from), checkRevision(to), "--"];
  const git = startGit({ ...reading(repository), args });
  const changes: TreeChange[] = [];
  let header: readonly string[] | undefined;
  let firstPath: string | undefined;
  for await (const record of records(git, 0, repository.limits.outputBytes)) {
    if (!header) {
      header = record.toString("latin1", 1).split(" ");
      continue;
    }
    const isRename = /^[RC]/.test(header[4] ?? "");
    if (isRename && firstPath === undefined) {
      firstPath = pathText(record);
      continue;
    }
    changes.push(...treeChanges(header, pathText(record), firstPath));
    header = undefined;
    firstPath = undefined;
  }
  return changes;
}

/** One change; a submodule that becomes a file (or the other way round) counts as added (or deleted). */
function treeChanges(header: readonly string[], path: string, oldPath: string | undefined): readonly TreeChange[] {
  const [oldMode = "", mode = "", oldId = "", id = "", status = ""] = header;
  const before = isZeroObjectId(oldId) || oldMode === submoduleMode ? undefined : (oldId as ObjectId);
  const after = isZeroObjectId(id) || mode === submoduleMode ? undefined : (id as ObjectId);
  if (after === undefined) {
    return before === undefined ? [] : [{ path, change: "deleted", oldObjectId: before, mode: oldMode }];
  }
  if (before === undefined || status.startsWith("C")) return [{ path, change: "added", objectId: after, mode }];
  if (oldPath !== undefined) {
    return [{ path, oldPath, change: "renamed", objectId: after, oldObjectId: before, mode }];
  }
  return [{ path, change: "modified", objectId: after, oldObjectId: before, mode }];
}

export async function mergeBase(repository: RepositoryOnDisk, a: string, b: string): Promise<ObjectId | undefined> {
  const args = ["merge-base", checkRevision(a), checkRevision(b)];
  const { code, output } = await runGit({ ...reading(repository), args, accept: [1] });
  return code === 0 ? (output.toString("utf8").trim() as ObjectId) : undefined;
}

export async function isAncestor(repository: RepositoryOnDisk, ancestor: string, descendant: string): Promise<boolean> {
  const args = ["merge-base", "--is-ancestor", checkRevision(ancestor), checkRevision(descendant)];
  const { code } = await runGit({ ...reading(repository), args, accept: [1] });
  return code === 0;
}
