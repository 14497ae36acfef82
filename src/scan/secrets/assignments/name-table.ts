/**
 * What words say of the names that they stand in, for the prefilter: most names around an anchor hold no secret (`keyword`,
 * `queryKey`, `token_type`), and prefilter.wat tells so of many, never where `nameKind` says a kind.
 */
import assert from "node:assert/strict";
import { aboutSecrets, keyedThings, keyKinds, ofOthers, passwordEnds, promisingWords } from "./words-of-names.ts";

/** Bits of a word, as prefilter.wat has them. */
const bits = {
  /** The name is none if the word is its last. */
  about: 1,
  /** The name is none, wherever the word stands. */
  ofOthers: 2,
  /** A key of it is none. */
  keyed: 4,
  /** The name may hold something. */
  promises: 8,
  bareKey: 16,
  /** A token in pipelines, whatever else the name says. */
  pat: 32,
};

/** So many places for words, each of so many letters and its bits; empty where there are no bits. */
export const nameSlots = 1024;
export const longestWord = 15;
const slotBytes = longestWord + 1;

/** What is about the owner of a secret, made of one, or half of its name (`password_confirmation`, `hashSalt`, `api_hash`, `pass_code`): only `nameKind` can tell. */
const unsure = ["confirmation", "user", "code", "hash", "sha", "csrf", "xsrf"];
/** Beside those that stand in `promisingWords`: two words that are one (`mot de passe`, `mat khau`, `kata sandi`, `identified by`, `api_hash`). */
const halves = ["passe", "khau", "sandi", "identified", "hash"];
/** How words end that may say what a name holds; the last eight letters count. */
const ends = [...passwordEnds, "key", "token", "secret", "pass", "pw"];

/** Mask and letters of each end, of eight bytes each; zeros behind the last. */
export function promisingEnds(): Buffer {
  const table = Buffer.alloc(16 * (ends.length + 1));
  ends.forEach((end, index) => {
    const last = end.slice(-8);
    table.fill(0xff, 16 * index + 8 - last.length, 16 * index + 8);
    table.write(last, 16 * index + 16 - last.length, "latin1");
  });
  return table;
}

/** The words by their hashes: where a place is taken, the next one counts. */
export function nameTable(): Buffer {
  const table = Buffer.alloc(nameSlots * slotBytes);
  for (const [word, told] of bitsOfWords()) {
    const entry = Buffer.alloc(slotBytes);
    entry.write(word, "latin1");
    let slot = slotOf(entry);
    while (table[slotBytes * slot + longestWord] !== 0) slot = (slot + 1) % nameSlots;
    entry[longestWord] = told;
    entry.copy(table, slotBytes * slot);
  }
  return table;
}

/** As prefilter.wat reckons it, of the letters and zeros behind them. */
function slotOf(entry: Buffer): number {
  const mixed = entry.readBigUInt64LE(0) ^ (entry.readBigUInt64LE(8) << 7n);
  return Number(BigInt.asUintN(64, mixed * 0x9e3779b97f4a7c15n) >> 54n);
}

function bitsOfWords(): ReadonlyMap<string, number> {
  const told = new Map<string, number>();
  const say = (words: Iterable<string>, bit: number) => {
    // Digits behind a word are left out before it is looked up.
    for (const word of words)
      if (word.length <= longestWord && !/\d$/.test(word)) told.set(word, (told.get(word) ?? 0) | bit);
  };
  say(without(aboutSecrets, unsure), bits.about);
  say(without(ofOthers, unsure), bits.ofOthers);
  say(without(keyedThings, keyKinds), bits.keyed);
  say([...Object.values(promisingWords).flat(), ...halves], bits.promises);
  say(promisingWords.bareKey, bits.bareKey);
  say(["pat"], bits.pat);
  assert(told.size < nameSlots / 2, "there are too many words for the prefilter");
  return told;
}

function without(words: ReadonlySet<string>, others: Iterable<string>): readonly string[] {
  const left = new Set(others);
  return [...words].filter((word) => !left.has(word));
}
