/** Reads postmaster.pid, where a running PostgreSQL says who and where it is. */
import { readFile, readlink, realpath, rm } from "node:fs/promises";
import { join } from "node:path";

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Absent on Windows. */
  readonly socketFolder?: string;
  readonly ready: boolean;
}

/** Undefined if there is no file or it is not completely written yet. */
export async function readPostmasterFile(dataFolder: string): Promise<Postmaster | undefined> {
  const text = await readFile(postmasterFile(dataFolder), "utf8").catch(() => "");
  const [pid, , , port, socketFolder, , , status] = text.split("\n");
  if (!pid || !port) return undefined;
  return {
    pid: Number(pid),
    port: Number(port),
    ...(socketFolder ? { socketFolder } : {}),
    ready: status?.trim() === "ready",
  };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** True if that process is the PostgreSQL of this folder; a process id may have been given to another program since. */
export async function isPostmasterOf(pid: number, dataFolder: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform !== "linux") return true;
  // PostgreSQL's working folder is its data folder; somebody's shell may be there too.
  const [working, program, data] = await Promise.all([
    readlink(`/proc/${pid}/cwd`).catch(() => undefined),
    readlink(`/proc/${pid}/exe`).catch(() => ""),
    realpath(dataFolder).catch(() => undefined),
  ]);
  return working !== undefined && working === data && program.includes("/postgres");
}

/**
 * Removes a file whose process id belongs to another program now: PostgreSQL itself would take that for a running
 * server and refuse to start. Where the process is gone PostgreSQL decides, who looks at shared memory too.
 */
export async function removeStalePostmasterFile(dataFolder: string): Promise<void> {
  const pid = Number((await readFile(postmasterFile(dataFolder), "utf8").catch(() => "")).split("\n")[0]);
  if (pid && isAlive(pid) && !(await isPostmasterOf(pid, dataFolder)))
    await rm(postmasterFile(dataFolder), { force: true });
}

function postmasterFile(dataFolder: string): string {
  return join(dataFolder, "postmaster.pid");
}
