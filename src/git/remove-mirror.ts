/** Removes a mirror: gone under its name at once, whatever the deletion takes. */
import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";

export async function discard(gitDir: string): Promise<void> {
  const trash = `${gitDir}.gone-${randomUUID()}`;
  try {
    await rename(gitDir, trash);
  } catch {
    return;
  }
  await rm(trash, { recursive: true, force: true });
}
