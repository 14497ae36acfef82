/** Numbers that look random and are the same in every run. */
export interface Random {
  readonly next: () => number;
  /** A whole number from 0 up to, not including, `end`. */
  readonly below: (end: number) => number;
  readonly of: <Item>(items: readonly Item[]) => Item;
  readonly chance: (share: number) => boolean;
  readonly text: (characters: string, length: number) => string;
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number) => Math.floor(next() * end);
  return {
    next,
    below,
    of: (items) => items[below(items.length)]!,
    chance: (share) => next() < share,
    text: (characters, length) => Array.from({ length }, () => characters[below(characters.length)]).join(""),
  };
}
