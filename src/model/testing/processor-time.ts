/**
 * What hostile input may cost. A busy machine takes some times as long for everything: so processor time is counted, what
 * seems too much is measured again, and then against a fixed piece of work that is done beside it.
 */
import assert from "node:assert/strict";

/** Seconds that the yardstick takes on a machine that does nothing else. */
const usualSeconds = 0.05;
const mostTries = 3;

/** In seconds, of this process with V8's threads. */
export function processorTimeOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The least of some tries, in seconds of a machine that does nothing else; one try where that is not above `most`. */
export function leastProcessorTimeOf(work: () => unknown, most: number): number {
  let least = processorTimeOf(work);
  for (let tries = 1; tries < mostTries && least > most; tries++) {
    const slowness = Math.max(1, processorTimeOf(yardstick) / usualSeconds);
    least = Math.min(least, processorTimeOf(work) / slowness);
  }
  return least;
}

/** What the work gives; it must give the same each time. Fails where it takes more seconds of processor time. */
export function takesAtMost<Result>(seconds: number, work: () => Result, what = "it"): Result {
  let result: Result | undefined;
  const least = leastProcessorTimeOf(() => {
    result = work();
  }, seconds);
  assert.ok(
    least <= seconds,
    `${what} took ${least.toFixed(2)} s of processor time, at most ${seconds} s were expected`,
  );
  return result as Result;
}

/** Some of all that readers do: objects, maps, patterns and text. */
function yardstick(): number {
  const counts = new Map<string, number>();
  let text = "";
  for (let index = 0; index < 60_000; index++) {
    const name = `name${(index * 7919) % 20_011}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    text += `${name}=${index};`;
  }
  return counts.size + [...text.matchAll(/([a-z]+\d+)=(\d+);/g)].length;
}
