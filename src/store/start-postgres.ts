/**
 * Starts the PostgreSQL that npm brought, in a folder of its own, reachable through a unix socket and with a password
 * only. It outlives a kill -9 of us: the next start finds it and goes on with it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { chmod, chown, mkdir, mkdtemp, open, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { claimFolder } from "./claim-folder.ts";
import { endWithUs } from "./end-with-us.ts";
import { initializeCluster, readPassword, superuser } from "./initialize-cluster.ts";
import { findPostgres } from "./postgres-binaries.ts";
import {
  asUser,
  canReach,
  choosePostgresUser,
  giveTo,
  type PostgresUser,
  postgresEnvironment,
} from "./postgres-user.ts";
import {
  isAlive,
  isPostmasterOf,
  type Postmaster,
  readPostmasterFile,
  removeStalePostmasterFile,
} from "./postmaster-file.ts";

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
/** Longest path of a unix socket: 107 bytes on Linux, 103 on macOS. */
const socketPathLimit = 103;

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
    const running = (await findOrphan(dataFolder)) ?? (await startNew(options, folder, dataFolder, password));
    const onExit = (): void => signal(running.pid, "SIGINT");
    process.once("exit", onExit);
    const callOff = options.temporary
      ? endWithUs(running.pid, [folder, ...(running.socketFolder ? [running.socketFolder] : [])])
      : undefined;
    return {
      url: urlOf(running, password),
      pid: running.pid,
      stop: async () => {
        process.off("exit", onExit);
        callOff?.();
        await stopPostmaster(running, dataFolder, options.log);
        await claim.release();
      },
    };
  } catch (error) {
    await claim.release();
    throw error;
  }
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

async function startNew(
  options: PostgresOptions,
  folder: string,
  dataFolder: string,
  password: string,
): Promise<Postmaster> {
  const user = await choosePostgresUser(folder);
  const binaries = await findPostgres({ copyTo: folder, canReach: (path) => canReach(user, path) });
  await initializeCluster({ folder, dataFolder, initdb: binaries.initdb, user, password });
  await giveTo(user, dataFolder);
  // A folder that was copied or unpacked may be open to others; PostgreSQL would refuse it.
  if (process.platform !== "win32") await chmod(dataFolder, 0o700);
  await removeStalePostmasterFile(dataFolder);
  const limit = Date.now() + startLimit;
  for (;;) {
    const address = await chooseAddress(user);
    const logFile = join(folder, "log");
    const child = await spawnPostmaster(binaries.postgres, user, dataFolder, logFile, {
      ...address.settings,
      ...options.settings,
    });
    const result = await ready(child, dataFolder, limit);
    if (result.is === "ready") return result.postmaster;
    if (address.socketFolder) await rm(address.socketFolder, { recursive: true, force: true });
    const words = (await readFile(logFile, "utf8").catch(() => "")).trim();
    // The processes of a postmaster that was killed need a moment to notice.
    if (!words.includes("pre-existing shared memory") || Date.now() > limit) {
      throw new Error(`PostgreSQL did not start (${result.why}): ${words.slice(-2_000)}`);
    }
    await wait(10 * pollInterval);
  }
}

async function spawnPostmaster(
  program: string,
  user: PostgresUser,
  dataFolder: string,
  logFile: string,
  settings: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const all = { ...fixedSettings, ...settings };
  const args = ["-D", dataFolder, ...Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const command = asUser(user, program, args);
  // A file, not a pipe: it must not lose its voice when we are gone.
  const log = await open(logFile, "w", 0o600);
  const child = spawn(command.program, command.args, {
    cwd: "/",
    stdio: ["ignore", log.fd, log.fd],
    // A session of its own: Ctrl-C in the terminal is for us, we end it after our last query.
    detached: true,
    ...(command.uid === undefined || command.gid === undefined ? {} : { uid: command.uid, gid: command.gid }),
    ...postgresEnvironment,
  });
  child.unref();
  try {
    await new Promise<void>((done, failed) => {
      child.once("spawn", done);
      child.once("error", failed);
    });
    return child;
  } finally {
    await log.close();
  }
}

const fixedSettings: Readonly<Record<string, string>> = {
  max_connections: "100",
  shared_buffers: "128MB",
  // Nobody replicates from it: less to write.
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "1GB",
  checkpoint_timeout: "15min",
  // Queries here are short: parallel workers and compilation cost more than they bring.
  max_parallel_workers_per_gather: "0",
  jit: "off",
  random_page_cost: "1.1",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  logging_collector: "off",
  unix_socket_permissions: "0700",
};

async function ready(
  child: ChildProcess,
  dataFolder: string,
  limit: number,
): Promise<{ readonly is: "ready"; readonly postmaster: Postmaster } | { readonly is: "ended"; readonly why: string }> {
  while (child.exitCode === null && child.signalCode === null) {
    const found = await readPostmasterFile(dataFolder);
    if (found?.ready && found.pid === child.pid) return { is: "ready", postmaster: found };
    if (Date.now() > limit) {
      signal(child.pid ?? 0, "SIGQUIT");
      return { is: "ended", why: `not ready after ${startLimit / 1000} s` };
    }
    await wait(pollInterval);
  }
  return { is: "ended", why: `exit ${child.exitCode ?? child.signalCode}` };
}

async function chooseAddress(
  user: PostgresUser,
): Promise<{ readonly settings: Readonly<Record<string, string>>; readonly socketFolder?: string }> {
  if (process.platform === "win32") {
    return { settings: { listen_addresses: "127.0.0.1", port: String(await freePort()), unix_socket_directories: "" } };
  }
  const socketFolder = await makeSocketFolder();
  if (user.is === "other") await chown(socketFolder, user.uid, user.gid);
  return { settings: { listen_addresses: "", unix_socket_directories: socketFolder }, socketFolder };
}

/** Beside the data the path may be too long, and some file systems (network, shared folders) hold no sockets. */
async function makeSocketFolder(): Promise<string> {
  for (const parent of [tmpdir(), "/tmp"]) {
    const path = join(parent, "sallyport-XXXXXX", ".s.PGSQL.5432");
    if (Buffer.byteLength(path) <= socketPathLimit) return mkdtemp(join(parent, "sallyport-"));
  }
  throw new Error(`no folder for temporary files with a path shorter than ${socketPathLimit - 30} bytes`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, failed) => {
    server.once("error", failed);
    server.listen(0, "127.0.0.1", done);
  });
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === "object" && address ? address.port : 5432;
}

/** Fast shutdown: open transactions are rolled back, everything acknowledged is on disk. */
async function stopPostmaster(running: Postmaster, dataFolder: string, log: Logger): Promise<void> {
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
  if (running.socketFolder?.includes("sallyport-")) await rm(running.socketFolder, { recursive: true, force: true });
}

/** A process that ended but was not waited for yet is still there: it has no working folder any more. */
async function isRunning(running: Postmaster, dataFolder: string): Promise<boolean> {
  if (!isAlive(running.pid)) return false;
  if (process.platform === "linux") return isPostmasterOf(running.pid, dataFolder);
  return (await stat(join(dataFolder, "postmaster.pid")).catch(() => undefined)) !== undefined;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
