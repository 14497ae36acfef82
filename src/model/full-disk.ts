import { RemoteError } from "./remote-error.ts";

/** Which disk has no room left, if that is what went wrong: as PostgreSQL, Node and git say it. */
export function fullDisk(error: unknown): "database" | "data folder" | undefined {
  if (error instanceof RemoteError) return saysFull(error.details.stderr) ? "data folder" : undefined;
  if (!(error instanceof Error)) return undefined;
  const code = "code" in error ? error.code : undefined;
  if (code === "53100") return "database";
  return code === "ENOSPC" || code === "EDQUOT" ? "data folder" : undefined;
}

function saysFull(words: unknown): boolean {
  return typeof words === "string" && /No space left on device|Disk quota exceeded/i.test(words);
}
