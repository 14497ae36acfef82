/** Writing a commit into a bare repository with one `git fast-import`, however many files it changes. */
import type { World } from "../world.ts";
import { git } from "./repository-store.ts";

export interface TreeChange {
  readonly path: string;
  /** Null deletes the path, unless `objectId` names its content. */
  readonly content: Buffer | null;
  /** A blob that exists already, in place of `content`. */
  readonly objectId?: string;
  readonly mode?: string;
}

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly date: Date;
}

export interface NewCommit {
  /** The commit to build on; absent = a root commit. */
  readonly base: string | undefined;
  readonly message: string;
  readonly author: Person;
  readonly committer: Person;
  readonly changes: readonly TreeChange[];
}

const scratch = "refs/scratch/commit";

function line(role: string, { name, email, date }: Person): string {
  const clean = (text: string) => text.replace(/[<>\n\0]/g, "");
  return `${role} ${clean(name)} <${clean(email)}> ${Math.floor(date.getTime() / 1000)} +0000\n`;
}

function quoted(path: string): string {
  if (!/["\n\\]/.test(path)) return path;
  const escaped = path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
  return `"${escaped}"`;
}

function changeLines({ path, content, objectId, mode = "100644" }: TreeChange): Buffer[] {
  if (objectId !== undefined) return [Buffer.from(`M ${mode} ${objectId} ${quoted(path)}\n`)];
  if (content === null) return [Buffer.from(`D ${quoted(path)}\n`)];
  return [Buffer.from(`M ${mode} inline ${quoted(path)}\ndata ${content.length}\n`), content, Buffer.from("\n")];
}

/** Answers the id of the commit. No ref points to it yet; call it inside `inRepository`. */
export async function writeCommit(world: World, repositoryId: string, commit: NewCommit): Promise<string> {
  const message = Buffer.from(commit.message.endsWith("\n") ? commit.message : `${commit.message}\n`);
  const stream = [
    Buffer.from(`commit ${scratch}\nmark :1\n${line("author", commit.author)}${line("committer", commit.committer)}`),
    Buffer.from(`data ${message.length}\n`),
    message,
    Buffer.from(commit.base === undefined ? "\n" : `\nfrom ${commit.base}\n`),
    ...commit.changes.flatMap(changeLines),
    // the commit is what is wanted, its ref is given up in the same breath
    Buffer.from(`\nget-mark :1\nreset ${scratch}\nfrom ${"0".repeat(40)}\n\n`),
  ];
  const output = await git(world, repositoryId, ["fast-import", "--quiet", "--force"], Buffer.concat(stream));
  return output.toString().trim();
}
