/** Reads a file as it lies there: no link is followed, no pipe waited for. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

export interface RegularFile {
  readonly size: number;
  /** Undefined if no room was given for so many. */
  readonly bytes: Uint8Array | undefined;
}

/** Undefined for what is no regular file (any more); throws what the system says otherwise. */
export function readRegularFile(
  path: Buffer,
  roomFor: (size: number) => Uint8Array | undefined,
): RegularFile | undefined {
  let handle: number | undefined;
  try {
    handle = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stat = fstatSync(handle);
    if (!stat.isFile()) return undefined;
    const room = roomFor(stat.size);
    return { size: stat.size, bytes: room && readInto(handle, room) };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** A link, a pipe, a file that was deleted since it was listed. */
function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ELOOP" || code === "ENOTDIR" || code === "ENXIO";
}

/** At most as much as the file had when it was opened: a growing file ends. */
function readInto(handle: number, room: Uint8Array): Uint8Array {
  let offset = 0;
  while (offset < room.length) {
    const count = readSync(handle, room, offset, room.length - offset, null);
    if (count === 0) break;
    offset += count;
  }
  return room.subarray(0, offset);
}
