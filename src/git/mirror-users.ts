/** Says on disk which processes read a mirror, so that another process on the same folder does not evict it. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning, processIdentity } from "./process-identity.ts";

const own = processIdentity(process.pid);
const separator = "~";

function markOf(gitDir: string): string {
  return join(gitDir, "users", [own.host, own.pid, own.started].join(separator));
}

export function markUse(gitDir: string): void {
  mkdirSync(join(gitDir, "users"), { recursive: true });
  writeFileSync(markOf(gitDir), "");
}

export function unmarkUse(gitDir: string): void {
  rmSync(markOf(gitDir), { force: true });
}

/** True if a living process reads it. Marks of dead ones are removed; those of other machines cannot be judged and count. */
export function isUsed(gitDir: string): boolean {
  const folder = join(gitDir, "users");
  let used = false;
  for (const name of namesIn(folder)) {
    const [host = "", pid = "0", started = ""] = name.split(separator);
    if (isRunning({ host, pid: Number(pid), started }) === false) rmSync(join(folder, name), { force: true });
    else used = true;
  }
  return used;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
