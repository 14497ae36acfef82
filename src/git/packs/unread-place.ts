/** A file or folder of git's objects that is there and could not be read: what it holds is not known. */
import { getSystemErrorMessage } from "node:util";

export interface UnreadPlace {
  readonly path: string;
  readonly why: string;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

/** For `catch`: notes the place unless nothing is there, or no longer; throws what the system did not say. */
export function noteUnread(unread: UnreadPlace[], path: string): (error: unknown) => undefined {
  return (error) => {
    if (!isSystemError(error)) throw error;
    const { code = "", errno } = error;
    if (code === "ENOENT") return;
    unread.push({ path, why: errno === undefined ? code : `${code}: ${getSystemErrorMessage(errno)}` });
  };
}
