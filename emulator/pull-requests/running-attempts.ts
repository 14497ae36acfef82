/** Merge attempts that are under way, for whoever has to wait for their end. */
import { GitFailed } from "../git/repository-store.ts";
import type { World } from "../world.ts";

const running = new WeakMap<World, Set<Promise<void>>>();

/** Keeps an attempt (or what follows from one) while it runs; one whose repository went away under it (deleted, or the emulator stopped) ends quietly. */
export async function note(world: World, attempt: Promise<void>): Promise<void> {
  const attempts = running.get(world) ?? new Set<Promise<void>>();
  running.set(world, attempts);
  const quiet = attempt.catch((error: unknown) => {
    if (!(error instanceof GitFailed)) throw error;
  });
  attempts.add(quiet);
  await quiet.finally(() => attempts.delete(quiet));
}

/** Resolves when no merge attempt is under way; those that are only planned do not count. */
export async function mergesSettled(world: World): Promise<void> {
  for (;;) {
    const attempts = [...(running.get(world) ?? [])];
    if (attempts.length === 0) return;
    await Promise.allSettled(attempts);
  }
}
