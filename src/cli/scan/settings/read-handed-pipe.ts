/**
 * Reads what a shell hands over in place of a file, as in `--config <(…)`: a pipe whose writer is there already. One that a folder
 * holds is none of these.
 */
import { closeSync, constants, openSync, readSync } from "node:fs";

export function isHandedOver(path: string): boolean {
  return /^\/(?:dev\/fd|proc\/self\/fd)\/\d+$|^\/dev\/stdin$/.test(path);
}

export function isStandardInput(path: string): boolean {
  return /^\/(?:dev\/stdin|(?:dev|proc\/self)\/fd\/0)$/.test(path);
}

const chunk = 64 * 1024;
const usualPatience = 60_000;

/** All that is written into it; a reason in words where that is too much or does not end. */
export function readHandedPipe(
  path: string,
  longest: number,
  patience = usualPatience,
): { readonly bytes: Uint8Array } | { readonly refused: string } {
  const handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const parts: Buffer[] = [];
    const end = performance.now() + patience;
    for (let size = 0; ; ) {
      const part = Buffer.alloc(chunk);
      const count = readIfThere(handle, part);
      if (count === 0) return { bytes: new Uint8Array(Buffer.concat(parts)) };
      size += count ?? 0;
      if (size > longest) return { refused: `has more than ${longest} bytes` };
      if (performance.now() > end) return { refused: `did not end within ${patience / 1000} s` };
      if (count === undefined) pause();
      else parts.push(part.subarray(0, count));
    }
  } finally {
    closeSync(handle);
  }
}

/** Undefined while nothing is there. */
function readIfThere(handle: number, room: Buffer): number | undefined {
  try {
    return readSync(handle, room);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return undefined;
    throw error;
  }
}

/** Nothing else runs before the settings are known. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
}
