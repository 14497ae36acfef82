/** Opens a file of git's for reading: a named pipe would be waited for, and a device may have no end. */
import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

export class IrregularFile extends Error {
  constructor() {
    super("no regular file");
  }
}

/** A pipe is opened without waiting for its other end. */
const flags = constants.O_RDONLY | constants.O_NONBLOCK;

export async function openRegular(file: string): Promise<FileHandle> {
  const handle = await open(file, flags);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new IrregularFile();
}

export function openRegularSync(file: string): number {
  const descriptor = openSync(file, flags);
  if (fstatSync(descriptor).isFile()) return descriptor;
  closeSync(descriptor);
  throw new IrregularFile();
}

export async function readRegular(file: string): Promise<Buffer> {
  const handle = await openRegular(file);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
