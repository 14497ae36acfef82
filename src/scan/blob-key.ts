import { createHash } from "node:crypto";
import type { FileScanner } from "./file-scanner.ts";

/** 32 bytes under which the result of one scanner on one blob is stored, whatever its path within the class. */
export function blobKey(
  scanner: Pick<FileScanner, "name" | "version">,
  objectId: string,
  pathClass: string,
): Uint8Array {
  return createHash("sha256").update(`${scanner.name}\0${scanner.version}\0${objectId}\0${pathClass}`).digest();
}
