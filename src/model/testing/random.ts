/** Numbers for tests that look random and are the same in every run and everywhere (mulberry32). */

/** From 0 up to, not including, 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Whole numbers from 0 up to, not including, `end`. */
export type RandomBelow = (end: number) => number;

export function randomBelow(seed: number): RandomBelow {
  const next = randomFrom(seed);
  return (end) => Math.floor(next() * end);
}
