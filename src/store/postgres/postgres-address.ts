/** Where a PostgreSQL of ours listens. */
import { chown, lstat, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PostgresUser } from "./postgres-user.ts";
import type { Postmaster } from "./postmaster-file.ts";

export interface PostgresAddress {
  readonly settings: Readonly<Record<string, string>>;
  readonly socketFolder?: string;
}

/** Longest path of a unix socket: 107 bytes on Linux, 103 on macOS. */
const socketPathLimit = 103;

/** A socket that only its user may open; on Windows a port of this machine. */
export async function chooseAddress(user: PostgresUser): Promise<PostgresAddress> {
  if (process.platform === "win32") {
    return { settings: { listen_addresses: "127.0.0.1", port: String(await freePort()), unix_socket_directories: "" } };
  }
  const socketFolder = await makeSocketFolder();
  if (user.is === "other") await chown(socketFolder, user.uid, user.gid);
  return { settings: { listen_addresses: "", unix_socket_directories: socketFolder }, socketFolder };
}

/** Of one that runs, or ran: those who use it find the next one there. */
export function addressOf({ port, socketFolder }: Postmaster): PostgresAddress {
  if (socketFolder === undefined) {
    return { settings: { listen_addresses: "127.0.0.1", port: String(port), unix_socket_directories: "" } };
  }
  return { settings: { listen_addresses: "", unix_socket_directories: socketFolder }, socketFolder };
}

/**
 * For the next one at the address of one that ended, and may have left its socket, or may have taken its folder along. A
 * folder of somebody else in its place is not used.
 */
export async function readyAddress(address: PostgresAddress, user: PostgresUser): Promise<PostgresAddress> {
  const { socketFolder } = address;
  if (socketFolder === undefined) return address;
  try {
    await mkdir(socketFolder, { mode: 0o700 });
    if (user.is === "other") await chown(socketFolder, user.uid, user.gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const { uid } = await lstat(socketFolder);
    const owner = user.is === "other" ? user.uid : process.getuid?.();
    if (owner !== undefined && uid !== owner) throw new Error(`${socketFolder} belongs to somebody else`);
    // Of one that was killed: its process may wait for long to be noticed by whoever inherited it, and counts as running.
    for (const name of await readdir(socketFolder)) await rm(join(socketFolder, name), { force: true });
  }
  return address;
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
