/** The bare repositories behind the API: running git in them, reading and moving refs, one writer at a time each. */
import { AsyncLocalStorage } from "node:async_hooks";
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zeroId } from "../shapes.ts";
import {
  nextId,
  type OrganizationState,
  type PushState,
  type RepositoryState,
  type User,
  type World,
} from "../world.ts";
import { mayRewrite, refusalOf } from "./push-rules.ts";
import { readRefFile, readRefFiles } from "./ref-files.ts";

export interface RefUpdate {
  readonly name: string;
  /** 40 zeros to create. */
  readonly oldObjectId: string;
  /** 40 zeros to delete. */
  readonly newObjectId: string;
}

export interface RefUpdateResult extends RefUpdate {
  readonly success: boolean;
  readonly updateStatus:
    | "succeeded"
    | "staleOldObjectId"
    | "locked"
    | "invalidRefName"
    | "unresolvableToCommit"
    | "refNameConflict"
    | "rejectedByPolicy"
    | "forcePushRequired";
}

/** What a person asks for has to keep the rules of the branch; what the service or a seed does stands above them. */
export type Obeying = "rules of the branch" | "locks only";

export function repositoryFolder(world: World, repositoryId: string): string {
  return join(world.gitFolder, `${repositoryId}.git`);
}

/** What git may see of this machine: no configuration but the repository's own, no prompts, one language. */
export function gitEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: "/nonexistent",
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_COMMITTER_NAME: "Azure DevOps",
    GIT_COMMITTER_EMAIL: "emulator@example.com",
    GIT_AUTHOR_NAME: "Azure DevOps",
    GIT_AUTHOR_EMAIL: "emulator@example.com",
    ...extra,
  };
}

export class GitFailed extends Error {
  readonly exitCode: number | null;

  constructor(args: readonly string[], exitCode: number | null, stderr: string) {
    super(`git ${args.join(" ")} failed (${exitCode}): ${stderr.trim()}`);
    this.exitCode = exitCode;
  }
}

function runGit(
  args: readonly string[],
  input: string | Uint8Array | undefined,
  env: Readonly<Record<string, string>>,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, { env: gitEnvironment(env), stdio: ["pipe", "pipe", "pipe"] });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.stdin.on("error", () => {
      // git may end without reading everything; its exit code tells the rest
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(output));
      else reject(new GitFailed(args, code, Buffer.concat(errors).toString()));
    });
    child.stdin.end(input);
  });
}

/** Runs git in the repository and answers its output; throws GitFailed when it exits with another code than 0. */
export function git(
  world: World,
  repositoryId: string,
  args: readonly string[],
  input?: string | Uint8Array,
  env: Readonly<Record<string, string>> = {},
): Promise<Buffer> {
  return runGit(["--git-dir", repositoryFolder(world, repositoryId), ...args], input, env);
}

/** Like `git`, as trimmed text; undefined instead of a failure. */
export async function tryGit(
  world: World,
  repositoryId: string,
  args: readonly string[],
  input?: string | Uint8Array,
): Promise<string | undefined> {
  try {
    return (await git(world, repositoryId, args, input)).toString().trim();
  } catch (error) {
    if (error instanceof GitFailed) return undefined;
    throw error;
  }
}

/** The commit a ref, tag, branch name or commit id stands for. */
export async function resolveRef(world: World, repositoryId: string, ref: string): Promise<string | undefined> {
  // A branch stands for a commit and for no other object: its file tells, without a process.
  const branch = ref.startsWith("refs/heads/") ? await readRef(world, repositoryId, ref) : undefined;
  return (
    branch ?? tryGit(world, repositoryId, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`])
  );
}

/** All refs whose name begins with `prefix`, with their object ids, in order of name. */
export async function readRefs(world: World, repositoryId: string, prefix = "refs/"): Promise<Map<string, string>> {
  const all = await readRefFiles(repositoryFolder(world, repositoryId));
  return new Map([...all].filter(([name]) => name.startsWith(prefix)));
}

/** The object that the ref of exactly this name stands for. */
export async function readRef(world: World, repositoryId: string, name: string): Promise<string | undefined> {
  return (await isRefName(world, repositoryId, name))
    ? readRefFile(repositoryFolder(world, repositoryId), name)
    : undefined;
}

async function isRefName(world: World, repositoryId: string, name: string): Promise<boolean> {
  if (!name.startsWith("refs/")) return false;
  // plain names need no process to tell
  if (/^refs(\/[A-Za-z0-9_-]+)+$/.test(name)) return true;
  return (await tryGit(world, repositoryId, ["check-ref-format", name])) !== undefined;
}

interface Turn {
  held: boolean;
}

const turns = new AsyncLocalStorage<Map<string, Turn>>();
const queues = new Map<string, Promise<unknown>>();

/** Runs `work` while nobody else writes to the repository. Work inside such work runs at once. */
export function inRepository<T>(world: World, repositoryId: string, work: () => Promise<T>): Promise<T> {
  const key = repositoryFolder(world, repositoryId);
  const mine = turns.getStore();
  if (mine?.get(key)?.held) return work();
  const turn: Turn = { held: true };
  const run = () =>
    turns.run(new Map([...(mine ?? []), [key, turn]]), async () => {
      try {
        return await work();
      } finally {
        turn.held = false;
      }
    });
  const result = (queues.get(key) ?? Promise.resolve()).then(run, run);
  queues.set(key, result);
  return result;
}

/** Moves refs (each on its own, as the refs API does), records what moved as one push and lets pull requests and hooks follow. */
export function updateRefs(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  user: User,
  updates: readonly RefUpdate[],
  obeying: Obeying = "locks only",
): Promise<{ readonly results: readonly RefUpdateResult[]; readonly push?: PushState }> {
  return inRepository(world, repository.id, async () => {
    const results: RefUpdateResult[] = [];
    for (const update of updates) {
      const refused =
        obeying === "rules of the branch" ? await ruledOut(world, organization, repository, user, update) : undefined;
      results.push(
        refused
          ? { ...update, success: false, updateStatus: refused }
          : await updateRef(world, repository, user, update),
      );
    }
    const moved = results.filter((result) => result.success && result.oldObjectId !== result.newObjectId);
    if (moved.length === 0) return { results };
    return { results, push: await recordPush(world, organization, repository, user, moved) };
  });
}

async function ruledOut(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  user: User,
  update: RefUpdate,
): Promise<RefUpdateResult["updateStatus"] | undefined> {
  const refusal = refusalOf(organization, repository, user, update);
  if (refusal) return refusal.updateStatus;
  const { name, oldObjectId, newObjectId } = update;
  if (oldObjectId === zeroId || newObjectId === zeroId || mayRewrite(organization, repository, user, name))
    return undefined;
  const isAncestor = ["merge-base", "--is-ancestor", oldObjectId, newObjectId];
  return (await tryGit(world, repository.id, isAncestor)) === undefined ? "forcePushRequired" : undefined;
}

async function updateRef(
  world: World,
  repository: RepositoryState,
  user: User,
  { name, oldObjectId, newObjectId }: RefUpdate,
): Promise<RefUpdateResult> {
  const answer = (updateStatus: RefUpdateResult["updateStatus"]): RefUpdateResult => ({
    name,
    oldObjectId,
    newObjectId,
    success: updateStatus === "succeeded",
    updateStatus,
  });
  const locker = repository.lockedRefs.get(name);
  if (locker !== undefined && locker !== user.id) return answer("locked");
  if (!(await isRefName(world, repository.id, name))) return answer("invalidRefName");
  const current = (await readRef(world, repository.id, name)) ?? zeroId;
  if (current !== oldObjectId) return answer("staleOldObjectId");
  const args =
    newObjectId === zeroId ? ["update-ref", "-d", name, oldObjectId] : ["update-ref", name, newObjectId, oldObjectId];
  if ((await tryGit(world, repository.id, args)) !== undefined) return answer("succeeded");
  const known = await tryGit(world, repository.id, ["cat-file", "-e", `${newObjectId}^{commit}`]);
  return answer(known === undefined ? "unresolvableToCommit" : "refNameConflict");
}

/** Notes refs that have moved as a push; call it inside `inRepository`. */
export async function recordPush(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  user: User,
  moved: readonly RefUpdate[],
): Promise<PushState> {
  const push: PushState = {
    id: nextId(world, `push ${organization.id}`),
    date: world.clock.now(),
    userId: user.id,
    refUpdates: moved.map(({ name, oldObjectId, newObjectId }) => ({ name, oldObjectId, newObjectId })),
  };
  repository.pushes.push(push);
  await chooseDefaultBranch(world, repository, push);
  await world.afterPush(world, organization, repository, user, push);
  return push;
}

/** The first branch that is pushed becomes the default one. */
async function chooseDefaultBranch(world: World, repository: RepositoryState, push: PushState): Promise<void> {
  if (repository.defaultBranch) return;
  const created = push.refUpdates.filter(
    (update) => update.name.startsWith("refs/heads/") && update.newObjectId !== zeroId,
  );
  const first = created.find((update) => /\/(main|master)$/.test(update.name)) ?? created[0];
  if (first) await setDefaultBranch(world, repository, first.name);
}

export async function setDefaultBranch(world: World, repository: RepositoryState, name: string): Promise<void> {
  repository.defaultBranch = name;
  await writeFile(join(repositoryFolder(world, repository.id), "HEAD"), `ref: ${name}\n`);
}
