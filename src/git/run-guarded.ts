/** Runs a git that writes into a mirror, within the mirror's limits. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { RemoteError } from "#model/remote-error.ts";
import type { FetchSetting } from "./fetch-mirror.ts";
import type { MirrorLock } from "./lock-mirror.ts";
import type { RunningGit } from "./run-git.ts";

const sizeCheckMilliseconds = 250;

/** Waits for a git that writes, and ends it when the repository outgrows its limit. */
export async function runGuarded(git: RunningGit, { gitDir, limits }: FetchSetting, lock: MirrorLock): Promise<void> {
  if (git.pid !== undefined) await lock.working(git.pid);
  const check = async () => {
    if ((await sizeOf(gitDir)) <= limits.repositoryBytes) return;
    git.stop(tooLarge(limits.repositoryBytes));
  };
  const timer = setInterval(() => void check().catch(() => undefined), sizeCheckMilliseconds);
  try {
    await git.finished;
  } finally {
    clearInterval(timer);
  }
  if ((await sizeOf(gitDir)) > limits.repositoryBytes) throw tooLarge(limits.repositoryBytes);
}

export function isTooLarge(error: unknown): boolean {
  return error instanceof RemoteError && error.details.reason === "too-large";
}

function tooLarge(limit: number): RemoteError {
  return new RemoteError("refused", `The repository is too large: more than ${limit} bytes.`, {
    details: { reason: "too-large", limit },
  });
}

/** Bytes on disk: a mirror holds packs and little else. */
export async function sizeOf(gitDir: string): Promise<number> {
  let bytes = 0;
  const folder = join(gitDir, "objects", "pack");
  const names = await readdir(folder).catch(() => []);
  for (const name of names) bytes += (await stat(join(folder, name)).catch(() => undefined))?.size ?? 0;
  return bytes;
}
