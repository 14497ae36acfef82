/**
 * Writes a commit into a repository without a working tree: files laid over a parent's tree, everything else as it is there.
 * Refuses paths that are no plain files, and never moves a ref: a commit that nobody pushes is nothing to anybody.
 */
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ObjectId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { checkRevision } from "./check-revision.ts";
import type { RepositoryOnDisk } from "./mirror.ts";
import { runGit } from "./run-git.ts";

export interface NewCommit {
  readonly parent: string;
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  /** The same parent, files and time make the same commit, however often it is written. */
  readonly at: Date;
  readonly files: readonly WrittenFile[];
}

export interface WrittenFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const mostFiles = 1_000;
const mostBytes = 64 * 1024 ** 2;
const plainModes = ["100644", "100755"];

/** Answers the commit; undefined if the files are what the parent has. */
export async function writeCommit(repository: RepositoryOnDisk, commit: NewCommit): Promise<ObjectId | undefined> {
  const { parent, files } = commit;
  const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (files.length > mostFiles || size > mostBytes) {
    throw new RemoteError("refused", `One commit changes at most ${mostFiles} files and ${mostBytes} bytes.`);
  }
  const index = join(repository.gitDir, `sallyport-index-${randomUUID()}`);
  try {
    const within = { ...repository, environment: { ...repository.environment, GIT_INDEX_FILE: index } };
    const modes = await modesOf(within, parent, files);
    await ask(within, ["read-tree", checkRevision(parent)]);
    const entries: string[] = [];
    for (const { path, bytes } of files) {
      const blob = await ask(within, ["hash-object", "-w", "--no-filters", "--stdin"], bytes);
      entries.push(`${modes.get(path) ?? "100644"} ${blob}\t${path}\0`);
    }
    // Git leaves out names that it thinks dangerous, without a word: none of those comes here.
    await ask(within, ["update-index", "-z", "--index-info"], Buffer.from(entries.join("")));
    const tree = await ask(within, ["write-tree"]);
    if (tree === (await ask(within, ["rev-parse", "--verify", `${checkRevision(parent)}^{tree}`]))) return undefined;
    return (await ask(signed(within, commit), ["commit-tree", "-p", parent, tree], messageOf(commit))) as ObjectId;
  } finally {
    await rm(index, { force: true });
    await rm(`${index}.lock`, { force: true });
  }
}

/** Of those files that the parent has. */
async function modesOf(
  repository: RepositoryOnDisk,
  parent: string,
  files: readonly WrittenFile[],
): Promise<ReadonlyMap<string, string>> {
  const paths = files.map(({ path }) => path);
  const unusable = paths.find((path) => /\0/.test(path) || path.split("/").some(isNoName));
  if (unusable !== undefined) throw noFile(unusable);
  const modes = new Map<string, string>();
  const listed = await ask(repository, ["ls-tree", "-z", "--full-tree", checkRevision(parent), "--", ...paths]);
  for (const record of listed.split("\0")) {
    const [, mode = "", path = ""] = /^(\d+) \w+ [0-9a-f]+\t(.*)$/s.exec(record) ?? [];
    if (path === "") continue;
    if (!plainModes.includes(mode)) throw noFile(path);
    modes.set(path, mode);
  }
  return modes;
}

/** As git sees it, on every system. */
function isNoName(segment: string): boolean {
  return (
    ["", ".", ".."].includes(segment) ||
    /^(\.git|git~1)[ .:]*$/i.test(segment.replaceAll(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, ""))
  );
}

function noFile(path: string): RemoteError {
  return new RemoteError("refused", `${path.slice(0, 200)} is no file that can be written.`);
}

function messageOf({ message }: NewCommit): Uint8Array {
  return Buffer.from(`${message.replaceAll("\0", "").trim()}\n`);
}

function signed(repository: RepositoryOnDisk, { author, at }: NewCommit): RepositoryOnDisk {
  const date = `${Math.floor(at.getTime() / 1000)} +0000`;
  const who = {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
    GIT_COMMITTER_DATE: date,
  };
  return { ...repository, environment: { ...repository.environment, ...who } };
}

async function ask(repository: RepositoryOnDisk, args: readonly string[], input?: Uint8Array): Promise<string> {
  const { environment, log, limits } = repository;
  const { output } = await runGit({
    args,
    environment,
    log,
    timeLimit: limits.readMilliseconds,
    ...(input && { input }),
  });
  return output.toString("utf8").trim();
}
