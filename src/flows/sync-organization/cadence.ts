/**
 * How often is looked, and at how much. Calls of a quiet sync of R watched repositories in P projects (G of them with
 * repositories that are watched):
 *   1 identity + ceil(P/500) projects + 1 repositories + 1 hooks + min(R due, 2000) heads + G pull requests + G builds
 *   + G branch policies, in a job of their own (gates/keep-gates.ts).
 * A head is due when nobody looked for 20 minutes, so that with a sync every ten minutes none is older than half an hour:
 * R/3 heads in a sync on average. A look, every minute where hooks are missing: min(R, 300) heads + min(G, 100) lists of
 * pull requests, those first that were not looked at for the longest time.
 */
export const syncMilliseconds = 10 * 60_000;
export const lookMilliseconds = 60_000;
export const dueMilliseconds = 20 * 60_000;
export const headsPerSync = 2000;
export const headsPerLook = 300;
export const projectsPerLook = 100;

/** How long a push may go unseen at most where nothing tells of it. */
export function pollingSeconds(repositories: number): number {
  return Math.max(1, Math.ceil(repositories / headsPerLook)) * (lookMilliseconds / 1000);
}

/** So many of them, other ones each time, until all had their turn. */
export function takeTurn<T>(items: readonly T[], most: number, now: Date): readonly T[] {
  if (items.length <= most) return items;
  const turns = Math.ceil(items.length / most);
  const turn = Math.floor(now.getTime() / lookMilliseconds) % turns;
  return items.slice(turn * most, (turn + 1) * most);
}
