/**
 * Starts the PostgreSQL that npm brought, in a folder of its own, reachable through a unix socket and with a password
 * only. It is started again if it ends unasked, and outlives a kill -9 of us: the next start goes on with it.
 */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { claimFolder } from "./claim-folder.ts";
import { endWithUs } from "./end-with-us.ts";
import { readPassword, superuser } from "./initialize-cluster.ts";
import { type Launched, launchPostmaster } from "./launch-postmaster.ts";
import { isAlive, isPostmasterOf, type Postmaster, readPostmasterFile } from "./postmaster-file.ts";
import { signal, stopPostmaster } from "./stop-postmaster.ts";

export interface RunningPostgres {
  readonly url: string;
  /** Of the postmaster. */
  readonly pid: number;
  /** Ends it, unless another process started it and still runs. */
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
/** After so many unexpected ends something is wrong that starting again does not mend. */
const restartLimit = 20;

export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const folder = resolve(options.folder);
  const dataFolder = join(folder, "data");
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const password = await readPassword(folder);
  const claim = await claimOrWait(folder, dataFolder);
  if (claim.is === "running") {
    const facts = { folder, owner: claim.by };
    options.log.warn(facts, "another process started this database; it ends when that process ends");
    return { url: urlOf(claim.postmaster, password), pid: claim.postmaster.pid, stop: async () => undefined };
  }
  try {
    const launch = (before?: Launched) =>
      launchPostmaster({ folder, dataFolder, password, settings: options.settings ?? {}, address: before?.address });
    const orphan = await findOrphan(dataFolder);
    const kept = keepRunning(orphan ?? (await launch()), launch, { ...options, folder });
    return {
      url: urlOf(kept.postmaster(), password),
      get pid() {
        return kept.postmaster().pid;
      },
      stop: async () => {
        await stopPostmaster(await kept.letGo(), dataFolder, options.log);
        await claim.release();
      },
    };
  } catch (error) {
    await claim.release();
    throw error;
  }
}

/** Starts it again, at the same address, when it ends unasked; ends it when our process exits without stopping it. */
function keepRunning(
  first: Postmaster | Launched,
  launch: (before: Launched) => Promise<Launched>,
  options: PostgresOptions,
): { postmaster(): Postmaster; letGo(): Promise<Postmaster> } {
  const { log, folder } = options;
  let current = "postmaster" in first ? first.postmaster : first;
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
      const next = await launch(launched);
      adopt(next.postmaster);
      watch(next);
    } catch (error) {
      log.fatal({ err: error, folder }, "PostgreSQL could not be started again");
    }
  };
  process.once("exit", onExit);
  adopt(current);
  if ("postmaster" in first) watch(first);
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

/** Ours, or the ready database of the process whose it is. One that is just ending is waited for. */
async function claimOrWait(
  folder: string,
  dataFolder: string,
): Promise<
  | { readonly is: "ours"; release(): Promise<void> }
  | { readonly is: "running"; readonly postmaster: Postmaster; readonly by: number }
> {
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
