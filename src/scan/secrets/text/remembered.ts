import type { View } from "./view.ts";

/**
 * Remembers answers that hang on nothing but a text. One repository asks the same again and again, its history hundreds
 * of times; so many are kept, and no long text.
 */
const mostKept = 4096;
const longestText = 400;

export function remembered<Answer>(): (text: string, answer: () => Answer) => Answer {
  const known = new Map<string, { readonly answer: Answer }>();
  return (text, answer) => {
    const before = known.get(text);
    if (before !== undefined) return before.answer;
    const now = answer();
    if (known.size >= mostKept) known.clear();
    if (text.length <= longestText) known.set(text, { answer: now });
    return now;
  };
}

/** Remembers answers that hang on nothing but an object that is remembered itself. */
export function rememberedOf<Key extends WeakKey, Answer>(): (key: Key, answer: () => Answer) => Answer {
  const known = new WeakMap<Key, { readonly answer: Answer }>();
  return (key, answer) => {
    const before = known.get(key);
    if (before !== undefined) return before.answer;
    const now = answer();
    known.set(key, { answer: now });
    return now;
  };
}

/** Which file is being read, as a number: maps from buffers are slow, and files are read one after the other. */
let current: Buffer | undefined;
let count = 0;

function numberOf(bytes: Buffer): number {
  if (bytes !== current) {
    current = bytes;
    count++;
  }
  return count;
}

/** Remembers what was read last of the file that is being read: several hits of one line ask for the same, one right after the other. */
export function rememberedPlace<Answer>(): (view: View, place: number | string, read: () => Answer) => Answer {
  type Last = Pick<View, "facts"> & { readonly file: number; readonly place: number | string; readonly answer: Answer };
  let last: Last | undefined;
  return ({ bytes, facts }, place, read) => {
    const file = numberOf(bytes);
    if (last?.place === place && last.file === file && last.facts === facts) return last.answer;
    const answer = read();
    last = { facts, file, place, answer };
    return answer;
  };
}

/** A place with two ends: no file that is read has more than 32 MB, so both fit into one number. */
export function placeBetween(start: number, end: number): number {
  return start * 2 ** 26 + end;
}
