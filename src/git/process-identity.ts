/** Tells one process from another that got the same number later: by when it started, where the system says so. */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** Clock ticks since boot, from /proc; empty where there is none. */
  readonly started: string;
}

export function processIdentity(pid: number): ProcessIdentity {
  return { host: hostname(), pid, started: startedAt(pid) };
}

/** Undefined = cannot be known from here: the process is of another machine. */
export function isRunning(process_: ProcessIdentity): boolean | undefined {
  if (process_.host !== hostname()) return undefined;
  try {
    process.kill(process_.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const started = startedAt(process_.pid);
  return process_.started === "" || started === "" || started === process_.started;
}

function startedAt(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name in parentheses may hold blanks; the start time is the 20th field after it. A zombie is gone already.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? "ended" : (fields[19] ?? "");
  } catch {
    return "";
  }
}
