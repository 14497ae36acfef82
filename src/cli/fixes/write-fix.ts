/**
 * Writes planned texts into a folder: all of them or, where one is not as it was read, none. A file is replaced as a whole,
 * nothing outside the folder is touched, and no symbolic link is followed.
 */

import { randomUUID } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, join, sep } from "node:path";
import type { FixedFile } from "#model/fix-plan.ts";
import { UsageError } from "../usage-error.ts";

interface Target {
  readonly file: FixedFile;
  readonly full: string;
  readonly mode: number;
}

/** `since`: when the scan began, in milliseconds; what was written later was scanned in part or not at all. */
export function writeFix(folder: string, files: readonly FixedFile[], since: number): void {
  const targets = files.map((file) => targetOf(folder, file, since));
  const written: { readonly temporary: string; readonly full: string }[] = [];
  try {
    for (const target of targets) written.push({ temporary: writeBeside(target), full: target.full });
    for (const { file, full } of targets) mustBe(file, full);
    for (const { temporary, full } of written) renameSync(temporary, full);
  } catch (error) {
    for (const { temporary } of written) rmSync(temporary, { force: true });
    if (error instanceof UsageError) throw error;
    throw new UsageError(`the fix cannot be written (${(error as NodeJS.ErrnoException).code ?? "unknown error"})`);
  }
}

function targetOf(folder: string, file: FixedFile, since: number): Target {
  const full = join(folder, file.path);
  try {
    const root = realpathSync(folder);
    const inside = realpathSync(dirname(full));
    const stat = lstatSync(full);
    if (!stat.isFile() || !`${inside}${sep}`.startsWith(root.endsWith(sep) ? root : `${root}${sep}`))
      throw new UsageError(`${file.path} is no plain file in the folder; nothing was written`);
    if (Math.max(stat.mtimeMs, stat.ctimeMs) > since) throw changed(file.path);
    mustBe(file, full);
    return { file, full, mode: stat.mode & 0o7777 };
  } catch (error) {
    throw error instanceof UsageError ? error : changed(file.path);
  }
}

function mustBe({ path, before }: FixedFile, full: string): void {
  if (!readFileSync(full).equals(Buffer.from(before))) throw changed(path);
}

function changed(path: string): UsageError {
  return new UsageError(`${path} has changed since it was scanned; nothing was written, run it again`);
}

function writeBeside({ file, full, mode }: Target): string {
  const temporary = join(dirname(full), `.sallyport-${randomUUID()}`);
  const handle = openSync(temporary, "wx", 0o600);
  try {
    const bytes = Buffer.from(file.after);
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    fchmodSync(handle, mode);
    fsyncSync(handle);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
  return temporary;
}
