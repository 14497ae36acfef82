/** Ends a PostgreSQL, gently first. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { isAlive, isPostmasterOf, type Postmaster } from "./postmaster-file.ts";

const pollInterval = 10;

/** Fast shutdown: open transactions are rolled back, everything acknowledged is on disk. */
export async function stopPostmaster(running: Postmaster, dataFolder: string, log: Logger): Promise<void> {
  const steps = [
    ["SIGINT", 30_000],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 5_000],
  ] as const;
  for (const [name, patience] of steps) {
    if (!(await isRunning(running, dataFolder))) break;
    if (name !== "SIGINT") log.warn({ signal: name }, "PostgreSQL does not stop");
    signal(running.pid, name);
    const limit = Date.now() + patience;
    while (Date.now() < limit && (await isRunning(running, dataFolder))) await wait(pollInterval);
  }
  await removeSocketFolder(running.socketFolder);
}

/** Ends the processes that a dead postmaster left behind in a folder that is ours. What they acknowledged is on disk. */
export async function endLeftOvers(dataFolder: string, name: "SIGQUIT" | "SIGKILL"): Promise<void> {
  if (process.platform !== "linux") return;
  for (const pid of (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry)).map(Number)) {
    if (pid !== process.pid && (await isPostmasterOf(pid, dataFolder))) signal(pid, name);
  }
}

/** A process that ended but was not waited for yet is still there: it has no working folder any more. */
async function isRunning(running: Postmaster, dataFolder: string): Promise<boolean> {
  if (!isAlive(running.pid)) return false;
  if (process.platform === "linux") return isPostmasterOf(running.pid, dataFolder);
  return (await stat(join(dataFolder, "postmaster.pid")).catch(() => undefined)) !== undefined;
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Only one that we made. */
export async function removeSocketFolder(folder: string | undefined): Promise<void> {
  if (folder?.includes("sallyport-")) await rm(folder, { recursive: true, force: true });
}
