/**
 * One update at a time: a file with the id of the process that works, touched every 20 seconds. A lock whose process is gone, or
 * that nobody has touched for ten minutes, is taken over.
 */
import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { looseObject, parseLoose } from "../loose-json.ts";

export class LockedError extends Error {
  override readonly name = "LockedError";
}

const staleAfter = 10 * 60_000;

/** Returns what releases it. */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "update.lock");
  if (!tryLock(path)) {
    if (!isStale(path)) throw new LockedError(`another update of ${folder} is running: wait for it, or remove ${path}`);
    rmSync(path, { force: true });
    if (!tryLock(path)) throw new LockedError(`another update of ${folder} has just begun`);
  }
  const timer = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(path, now, now);
    } catch {
      // Somebody has removed it.
    }
  }, 20_000);
  timer.unref();
  return () => {
    clearInterval(timer);
    rmSync(path, { force: true });
  };
}

function tryLock(path: string): boolean {
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, JSON.stringify({ process: process.pid, host: hostname() }));
    // There with its whole content or not at all: one that says nothing counts as left behind.
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function isStale(path: string): boolean {
  try {
    const owner = looseObject(parseLoose(readFileSync(path, "utf8")));
    // Its number may be another's by now: in a container that was begun again it is our own.
    if (Date.now() - statSync(path).mtimeMs > staleAfter) return true;
    return owner.host === hostname() && typeof owner.process === "number" && !isAlive(owner.process);
  } catch {
    return true;
  }
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
