/**
 * Waits for a condition that comes from outside the process (git, PostgreSQL, HTTP): looks again, soon at first, then less
 * often.
 */
import { setTimeout as turn } from "node:timers/promises";

/** Milliseconds. Looking costs as much as what is waited for, where it asks the database. */
const firstPause = 15;
const longestPause = 60;

export async function until<T>(
  what: string,
  condition: () => Promise<T | undefined | false>,
  options: { readonly within?: number; readonly detail?: () => Promise<unknown> } = {},
): Promise<T> {
  const end = performance.now() + (options.within ?? 60_000);
  for (let pause = firstPause; ; pause = Math.min(1.3 * pause, longestPause)) {
    const found = await condition();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) {
      const detail = options.detail ? `: ${JSON.stringify(await options.detail(), undefined, 1)}` : "";
      throw new Error(`waited in vain for: ${what}${detail}`);
    }
    await turn(pause);
  }
}
