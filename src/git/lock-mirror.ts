/**
 * One writer per mirror, across all processes of a machine (and, by heartbeat, of machines that share the folder).
 * A lock whose holder died is taken over; a git that the dead holder left running is killed first.
 */
import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { RemoteError } from "#model/remote-error.ts";
import { isRunning, type ProcessIdentity, processIdentity } from "./process-identity.ts";

export interface MirrorLock {
  /** True if the holder before died in the middle of its work. */
  readonly inherited: boolean;
  /** Writes down which git works for the holder, so that a successor can end it. */
  working(pid: number): Promise<void>;
  release(): Promise<void>;
}

interface Held {
  readonly nonce: string;
  readonly holder: ProcessIdentity;
  readonly worker?: ProcessIdentity;
}

const heartbeat = 5_000;
/** A lock of another machine that has not beaten for so long is dead. */
const deadAfter = 60_000;

export async function lockMirror(
  path: string,
  options: { readonly patience: number; readonly signal?: AbortSignal | undefined },
): Promise<MirrorLock> {
  const mine: Held = { nonce: randomUUID(), holder: processIdentity(process.pid) };
  const draft = `${path}.${mine.nonce}`;
  const until = Date.now() + options.patience;
  let inherited = false;
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    for (let pause = 5; ; pause = Math.min(pause * 2, 250)) {
      // link fails if the name exists, and the file is complete when it appears.
      if (await tryLink(draft, path)) break;
      inherited = (await removeIfDead(path)) || inherited;
      options.signal?.throwIfAborted();
      if (Date.now() > until) throw new RemoteError("timed-out", "Another process works on this mirror for too long.");
      await wait(pause, undefined, options.signal ? { signal: options.signal } : {});
    }
  } finally {
    await rm(draft, { force: true });
  }
  return hold(path, mine, inherited);
}

function hold(path: string, mine: Held, inherited: boolean): MirrorLock {
  const timer = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, heartbeat);
  timer.unref();
  return {
    inherited,
    async working(pid) {
      const draft = `${path}.${mine.nonce}`;
      const held: Held = { ...mine, worker: processIdentity(pid) };
      await writeFile(draft, JSON.stringify(held), { mode: 0o600 });
      await rename(draft, path);
    },
    async release() {
      clearInterval(timer);
      await rm(path, { force: true });
    },
  };
}

async function tryLink(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** True if a dead holder's lock was removed. Moving it away first lets only one of several successors do so. */
async function removeIfDead(path: string): Promise<boolean> {
  const seen = await readHeld(path);
  if (!seen) return false;
  const lives = seen.held ? isRunning(seen.held.holder) : undefined;
  if (lives === true || (lives === undefined && Date.now() - seen.beatAt < deadAfter)) return false;
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return false;
  }
  const moved = await readHeld(aside);
  if (moved?.held?.nonce !== seen.held?.nonce) {
    // Somebody else was faster, and this is the lock of the next holder: give it back.
    await tryLink(aside, path);
    await rm(aside, { force: true });
    return false;
  }
  await rm(aside, { force: true });
  if (seen.held?.worker) await endWorker(seen.held.worker);
  return true;
}

async function readHeld(path: string): Promise<{ readonly held?: Held; readonly beatAt: number } | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, "utf8"), stat(path)]);
    try {
      return { held: JSON.parse(text) as Held, beatAt: mtimeMs };
    } catch {
      return { beatAt: mtimeMs };
    }
  } catch {
    return undefined;
  }
}

async function endWorker(worker: ProcessIdentity): Promise<void> {
  if (!isRunning(worker)) return;
  try {
    // Its children (git-remote-https, index-pack) are in its group.
    process.kill(-worker.pid, "SIGKILL");
  } catch {
    return;
  }
  for (let tries = 0; tries < 200 && isRunning(worker); tries += 1) await wait(5);
}
