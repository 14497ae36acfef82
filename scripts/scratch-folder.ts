/**
 * A folder for what the tests of one run write: databases and repositories, thousands of small files that live for seconds.
 * In memory a database is copied in a tenth of the time that a disk takes, so it stands there if the machine has much of it.
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";

const memory = "/dev/shm";
const begin = "sallyport-tests-";

/** Bytes; several times what a whole run holds at a time. */
const enough = 8e9;

/** Made now and removed when this process exits. */
export function scratchFolder(): string {
  const parent = isRoomInMemory() ? memory : tmpdir();
  removeLeftovers(parent);
  const folder = mkdtempSync(join(parent, `${begin}${process.pid}-`));
  // As root PostgreSQL runs as another user, who must get in.
  chmodSync(folder, 0o711);
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function isRoomInMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return Math.min(bavail * bsize, freemem()) > enough && runsPrograms();
  } catch {
    // Not every system has one.
    return false;
  }
}

/** Hooks of Git are programs; containers often forbid them there. */
function runsPrograms(): boolean {
  const mount = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .find((line) => line.split(" ")[1] === memory);
  return mount !== undefined && !mount.split(" ")[3]?.split(",").includes("noexec");
}

/** Of a run that was killed; nobody else would free that memory. */
function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(begin) ? Number.parseInt(name.slice(begin.length), 10) : Number.NaN;
    if (pid > 0 && !isRunning(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
