/** Starts a postmaster in a folder that is ours, as the right user, and waits until it takes connections. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { initializeCluster } from "./initialize-cluster.ts";
import { chooseAddress, type PostgresAddress, readyAddress } from "./postgres-address.ts";
import { findPostgres } from "./postgres-binaries.ts";
import {
  asUser,
  canReach,
  choosePostgresUser,
  giveTo,
  type PostgresUser,
  postgresEnvironment,
} from "./postgres-user.ts";
import { type Postmaster, readPostmasterFile, removeStalePostmasterFile } from "./postmaster-file.ts";
import { endLeftOvers, removeSocketFolder, signal } from "./stop-postmaster.ts";

export interface Launched {
  readonly postmaster: Postmaster;
  readonly address: PostgresAddress;
  /** Resolves when it ends, however that happens. */
  readonly ended: Promise<unknown>;
}

const startLimit = 60_000;
const pollInterval = 10;

export async function launchPostmaster(options: {
  readonly folder: string;
  readonly dataFolder: string;
  readonly password: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Of the one before, so that those who use it find it again. */
  readonly address?: PostgresAddress | undefined;
}): Promise<Launched> {
  const { folder, dataFolder, password } = options;
  const user = await choosePostgresUser(folder);
  const binaries = await findPostgres({ copyTo: folder, canReach: (path) => canReach(user, path) });
  await initializeCluster({ folder, dataFolder, initdb: binaries.initdb, user, password });
  await giveTo(user, dataFolder);
  // A folder that was copied or unpacked may be open to others; PostgreSQL would refuse it.
  if (process.platform !== "win32") await chmod(dataFolder, 0o700);
  await removeStalePostmasterFile(dataFolder);
  const address = options.address ? await readyAddress(options.address, user) : await chooseAddress(user);
  const logFile = join(folder, "log");
  const settings = { ...fixedSettings, ...address.settings, ...options.settings };
  const limit = Date.now() + startLimit;
  for (let attempt = 1; ; attempt += 1) {
    const child = await spawnPostmaster(binaries.postgres, user, dataFolder, logFile, settings);
    const ended = once(child, "exit");
    const result = await ready(child, dataFolder, limit);
    if (result.is === "ready") return { postmaster: result.postmaster, address, ended };
    const words = (await readFile(logFile, "utf8").catch(() => "")).trim();
    // Processes of a postmaster that was killed: idle ones notice in a moment, one that is kept busy goes on and on.
    if (!words.includes("pre-existing shared memory") || Date.now() > limit) {
      await removeSocketFolder(address.socketFolder);
      throw new Error(`PostgreSQL did not start (${result.why}): ${words.slice(-2_000)}`);
    }
    await endLeftOvers(dataFolder, attempt < 10 ? "SIGQUIT" : "SIGKILL");
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
  const args = ["-D", dataFolder, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
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
