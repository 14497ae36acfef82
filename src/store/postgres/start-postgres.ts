/**
 * Starts the PostgreSQL that npm brought, in a folder of its own, reachable through a unix socket and with a password
 * only. It is started again if it ends unasked, and outlives a kill -9 of us: the next start goes on with it.
 */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { claimFolder, type FolderClaim, ownerOf } from "./claim-folder.ts";
import { endWithUs } from "./end-with-us.ts";
import { readPassword, superuser } from "./initialize-cluster.ts";
import { type Launched, launchPostmaster } from "./launch-postmaster.ts";
import { addressOf, type PostgresAddress } from "./postgres-address.ts";
import { isAlive, isPostmasterOf, type Postmaster, readPostmasterFile } from "./postmaster-file.ts";
import { signal, stopPostmaster } from "./stop-postmaster.ts";

export interface RunningPostgres {
  readonly url: string;
  /** Of the postmaster. */
  readonly pid: number;
  /** Ends it, unless another process answers for it and still runs. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Holds the data and nothing else; made if missing. */
  readonly folder: string;
  readonly log: Logger;
  /** More settings, e.g. `fsync: "off"` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
  /** For tests: it ends with this process, also when that is killed, and the folder is removed then. */
  readonly temporary?: boolean;
}

const startLimit = 60_000;
const pollInterval = 10;
/** Milliseconds between two looks at what is no child of ours: the process that answers for the database, or PostgreSQL. */
const ownerInterval = 500;
/** After so many unexpected ends something is wrong that starting again does not mend. */
const restartLimit = 20;

/** The options, with what the folder holds. */
interface Place extends PostgresOptions {
  readonly dataFolder: string;
  readonly password: string;
}

export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const folder = resolve(options.folder);
  const dataFolder = join(folder, "data");
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const place = { ...options, folder, dataFolder, password: await readPassword(folder) };
  const claim = await claimOrWait(folder, dataFolder);
  return claim.is === "ours" ? ownPostgres(place, claim) : useOfOthers(place, claim);
}

/** `before`: where those who use it expect it, should it not run any more. */
async function ownPostgres(place: Place, claim: OwnClaim, before?: Postmaster): Promise<RunningPostgres> {
  const { folder, dataFolder, password, settings = {}, log } = place;
  try {
    const launch = async (address?: PostgresAddress): Promise<Launched> => {
      try {
        return await launchPostmaster({ folder, dataFolder, password, settings, address });
      } catch (error) {
        // One that a process was just starting when it ended tells of itself too late to be found before.
        const late = await findOrphan(dataFolder);
        if (late === undefined) throw error;
        return adopted(late, dataFolder);
      }
    };
    const orphan = await findOrphan(dataFolder);
    const first = orphan ? adopted(orphan, dataFolder) : await launch(before && addressOf(before));
    const kept = keepRunning(first, launch, place);
    return {
      url: urlOf(kept.postmaster(), password),
      get pid() {
        return kept.postmaster().pid;
      },
      stop: async () => {
        await stopPostmaster(await kept.letGo(), dataFolder, log);
        await claim.release();
      },
    };
  } catch (error) {
    await claim.release();
    throw error;
  }
}

/**
 * Another process answers for it. That one may just be ending, killed a moment ago: then nobody would restart or stop the
 * database. So we look again and again, and answer for it ourselves as soon as nobody else does.
 */
function useOfOthers(place: Place, { postmaster, by }: OfOthers): RunningPostgres {
  const { folder, dataFolder, log, password } = place;
  log.warn({ folder, owner: by }, "another process answers for this database; when that ends, this one does");
  const ending = new AbortController();
  let own: RunningPostgres | undefined;
  const takeOver = async (): Promise<void> => {
    if ((await ownerOf(folder)) !== undefined) return;
    const claim = await claimFolder(folder);
    if (claim.is === "taken") return;
    own = await ownPostgres(place, claim, postmaster);
    log.warn({ folder, before: by }, "the process that answered for this database ended; this one does now");
  };
  const watch = async (): Promise<void> => {
    while (own === undefined && !ending.signal.aborted) {
      await wait(ownerInterval, undefined, { ref: false, signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted) return;
      await takeOver().catch((error: unknown) =>
        log.error({ err: error, folder }, "the database cannot be taken over"),
      );
    }
  };
  const watching = watch();
  return {
    url: urlOf(postmaster, password),
    get pid() {
      return own?.pid ?? postmaster.pid;
    },
    stop: async () => {
      ending.abort();
      await watching;
      if (own) return own.stop();
      if ((await ownerOf(folder)) === undefined) await stopOrphan(folder, dataFolder, log);
    },
  };
}

/** Of a process that ended since we last looked. */
async function stopOrphan(folder: string, dataFolder: string, log: Logger): Promise<void> {
  const claim = await claimFolder(folder).catch(() => undefined);
  if (claim?.is !== "ours") return;
  try {
    const orphan = await findOrphan(dataFolder);
    if (orphan) await stopPostmaster(orphan, dataFolder, log);
  } finally {
    await claim.release();
  }
}

/** One that another process started: it is no child of ours, so its end has to be looked for. */
function adopted(postmaster: Postmaster, dataFolder: string): Launched {
  const ended = async (): Promise<void> => {
    while (await isPostmasterOf(postmaster.pid, dataFolder)) await wait(ownerInterval, undefined, { ref: false });
  };
  return { postmaster, address: addressOf(postmaster), ended: ended() };
}

/** Starts it again, at the same address, when it ends unasked; ends it when our process exits without stopping it. */
function keepRunning(
  first: Launched,
  launch: (address: PostgresAddress) => Promise<Launched>,
  options: PostgresOptions,
): { postmaster(): Postmaster; letGo(): Promise<Postmaster> } {
  const { log, folder } = options;
  let current = first.postmaster;
  let wanted = true;
  let restarts = 0;
  let restarting: Promise<void> | undefined;
  let callOff: (() => void) | undefined;
  const onExit = (): void => signal(current.pid, "SIGINT");
  const adopt = (running: Postmaster): void => {
    current = running;
    callOff?.();
    const folders = [folder, ...(running.socketFolder ? [running.socketFolder] : [])];
    if (options.temporary) callOff = endWithUs(running.pid, folders);
  };
  const watch = (launched: Launched): void => {
    void launched.ended.then(() => {
      if (wanted) restarting = restart(launched);
    });
  };
  const restart = async (launched: Launched): Promise<void> => {
    log.error({ folder, restarts }, "PostgreSQL ended unexpectedly; it is started again");
    try {
      if (++restarts > restartLimit) throw new Error("it ended too often");
      const next = await launch(launched.address);
      adopt(next.postmaster);
      watch(next);
    } catch (error) {
      log.fatal({ err: error, folder }, "PostgreSQL could not be started again");
    }
  };
  process.once("exit", onExit);
  adopt(current);
  watch(first);
  return {
    postmaster: () => current,
    letGo: async () => {
      wanted = false;
      await restarting;
      process.off("exit", onExit);
      callOff?.();
      return current;
    },
  };
}

function urlOf(running: Postmaster, password: string): string {
  const host = running.socketFolder ? encodeURIComponent(running.socketFolder) : "127.0.0.1";
  return `postgres://${superuser}:${password}@${host}:${running.port}/postgres`;
}

/** The server of a process that was killed. One that is shutting down is waited for. */
async function findOrphan(dataFolder: string): Promise<Postmaster | undefined> {
  const limit = Date.now() + startLimit;
  while (Date.now() < limit) {
    const found = await readPostmasterFile(dataFolder);
    if (!found || !(await isPostmasterOf(found.pid, dataFolder))) return undefined;
    if (found.ready) return found;
    await wait(pollInterval);
  }
  throw new Error(`a PostgreSQL of ${dataFolder} runs but does not become ready: end it, then start again`);
}

type OwnClaim = Extract<FolderClaim, { readonly is: "ours" }>;

interface OfOthers {
  readonly is: "running";
  readonly postmaster: Postmaster;
  readonly by: number;
}

/** Ours, or the ready database of the process whose it is. One that is just ending is waited for. */
async function claimOrWait(folder: string, dataFolder: string): Promise<OwnClaim | OfOthers> {
  const limit = Date.now() + startLimit;
  for (;;) {
    const claim = await claimFolder(folder);
    if (claim.is === "ours") return claim;
    const found = await readPostmasterFile(dataFolder);
    if (found?.ready && isAlive(found.pid)) return { is: "running", postmaster: found, by: claim.by };
    if (Date.now() > limit) {
      throw new Error(
        `process ${claim.by} answers for the database in ${folder}, but the database does not become ready`,
      );
    }
    await wait(pollInterval);
  }
}
