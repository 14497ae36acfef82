import { fullDisk } from "#model/full-disk.ts";

/** Why something failed, as its record tells it. */
export function reasonOf(error: unknown): string {
  const disk = fullDisk(error);
  if (disk) return `No room is left on the disk of the ${disk}.`;
  return (error instanceof Error ? error.message : String(error)).slice(0, 2000);
}
