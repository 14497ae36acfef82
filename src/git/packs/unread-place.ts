/** A file or folder of git's objects that is there and could not be read: what it holds is not known. */
import { getSystemErrorMessage } from "node:util";
import { IrregularFile } from "./open-regular.ts";

export interface UnreadPlace {
  readonly path: string;
  readonly why: string;
  /** A pipe or a device: git would wait for it. */
  readonly isIrregular?: boolean;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

/** For `catch`: notes the place unless nothing is there, or no longer; throws what the system did not say. */
export function noteUnread(unread: UnreadPlace[], path: string): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof IrregularFile) {
      unread.push(irregularPlace(path));
      return;
    }
    if (!isSystemError(error)) throw error;
    const { code = "", errno } = error;
    if (code === "ENOENT") return;
    unread.push({ path, why: errno === undefined ? code : `${code}: ${getSystemErrorMessage(errno)}` });
  };
}

export function irregularPlace(path: string): UnreadPlace {
  return { path, why: new IrregularFile().message, isIrregular: true };
}
