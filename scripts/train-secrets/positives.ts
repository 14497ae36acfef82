/** Makes values as people and machines make secrets: no list of real ones is behind them. */
import type { Random } from "./random.ts";

const digits = "0123456789";
const lower = "abcdefghijklmnopqrstuvwxyz";
const upper = lower.toUpperCase();
const alnum = digits + lower;
const base62 = digits + lower + upper;
const signs = "!@#$%^&*_-+=?.~";

/** Words come from the vocabulary of the source packages. */
export type Words = readonly string[];

type Maker = (random: Random, words: Words) => string;

const base64Of = (random: Random, bytes: number) =>
  Buffer.from(Array.from({ length: bytes }, () => random.below(256))).toString("base64");

const capital = (word: string) => `${word[0]?.toUpperCase()}${word.slice(1)}`;

export const tokenFamilies: Readonly<Record<string, Maker>> = {
  hex: (random) => random.text("0123456789abcdef", random.of([16, 20, 24, 30, 32, 32, 32, 40, 40, 48, 64, 64])),
  "hex-upper": (random) => random.text("0123456789ABCDEF", random.of([16, 32, 40, 64])),
  base62: (random) => random.text(base62, 16 + random.below(50)),
  "base62-short": (random) => random.text(base62, 8 + random.below(9)),
  alnum: (random) => random.text(alnum, 12 + random.below(40)),
  "alnum-upper": (random) => random.text(digits + upper, 12 + random.below(28)),
  base64: (random) => base64Of(random, random.of([12, 15, 16, 18, 20, 24, 30, 32, 32, 33, 48, 64])),
  base64url: (random) =>
    base64Of(random, 15 + random.below(40))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=/g, ""),
  prefixed: (random, words) =>
    `${random
      .of(words)
      .slice(0, 2 + random.below(4))
      .toLowerCase()}${random.of(["_", "-", "."])}${random.text(base62, 16 + random.below(30))}`,
  dotted: (random) => `${random.text(base62, 8 + random.below(20))}.${random.text(base62, 10 + random.below(30))}`,
  dashed: (random) =>
    Array.from({ length: 3 + random.below(3) }, () => random.text(alnum, 4 + random.below(5))).join("-"),
  uuid: (random) => [8, 4, 4, 4, 12].map((length) => random.text("0123456789abcdef", length)).join("-"),
  groups: (random) => groupsOf(random, random.chance(0.5) ? lower : alnum),
  numbered: (random) => `${random.text("123456789", 8 + random.below(4))}:${random.text(base62, 30 + random.below(6))}`,
  printable: (random) => random.text(base62 + signs, 24 + random.below(40)),
};

export const passwordFamilies: Readonly<Record<string, Maker>> = {
  "word-digits": (random, words) =>
    `${random.chance(0.6) ? capital(random.of(words)) : random.of(words)}${random.text(digits, 2 + random.below(4))}${random.chance(0.4) ? random.text("!@#$*?.", 1) : ""}`,
  "word-sign-digits": (random, words) =>
    `${capital(random.of(words))}${random.text("!@#$%&*_-", 1)}${random.text(digits, 1 + random.below(4))}`,
  leet: (random, words) => leet(`${random.of(words)}${random.of(words)}`, random).slice(0, 8 + random.below(8)),
  phrase: (random, words) => `${random.of(words)}-${random.of(words)}-${random.of(words)}-${random.text(digits, 2)}`,
  glued: (random, words) =>
    `${capital(random.of(words))}${capital(random.of(words))}${random.text(digits, 1 + random.below(3))}`,
  spoken: (random) =>
    `${Array.from({ length: 3 + random.below(2) }, () => random.text("bdfgklmnprstvz", 1) + random.text("aeiou", 1)).join("")}${random.text(digits, 2 + random.below(3))}`,
  letters: (random) => random.text(lower, 7 + random.below(10)),
  "letters-few": (random) => random.text(random.chance(0.7) ? lower : lower + upper, 4 + random.below(3)),
  "letters-mixed": (random) => random.text(lower + upper, 7 + random.below(12)),
  alnum: (random) => random.text(alnum, 7 + random.below(12)),
  base62: (random) => random.text(base62, 7 + random.below(14)),
  "base62-signs": (random) => random.text(base62 + signs, 8 + random.below(12)),
  patterned: (random) =>
    `${random.text(upper, 1)}${random.text(lower, 3 + random.below(5))}${random.text(digits, 2 + random.below(4))}${random.chance(0.5) ? random.text("!@#$%&*", 1) : ""}`,
  "small-digits": (random) => `${random.text(lower, 4 + random.below(6))}${random.text(digits, 1 + random.below(4))}`,
  hex: (random) => random.text("0123456789abcdef", random.of([16, 20, 24, 32, 40])),
  base64: (random) => base64Of(random, 9 + random.below(20)),
  numbers: (random) => random.text(digits, random.of([4, 5, 6, 6, 7, 8, 8, 9, 10, 11, 12])),
  "words-digits": (random, words) =>
    `${random.of(words)}${random.of(words)}${random.chance(0.4) ? random.text("@#_.-!", 1) : ""}${random.text(digits, 2 + random.below(4))}`,
  groups: (random) => groupsOf(random, lower),
  "groups-mixed": (random) => groupsOf(random, random.chance(0.5) ? alnum : lower + upper),
  "alnum-few": (random) => random.text(alnum, 6 + random.below(2)),
};

/** As services make what people must type: `kdwq-xnzp-vbtr`. */
function groupsOf(random: Random, alphabet: string): string {
  const sign = random.of(["-", "_", "."]);
  return Array.from({ length: 2 + random.below(3) }, () => random.text(alphabet, 3 + random.below(5))).join(sign);
}

function leet(text: string, random: Random): string {
  const signsOf: Readonly<Record<string, string>> = { a: "@4", e: "3", i: "1!", o: "0", s: "$5", t: "7" };
  return Array.from(text)
    .map((letter) => {
      const choices = signsOf[letter.toLowerCase()];
      if (choices !== undefined && random.chance(0.6)) return random.text(choices, 1);
      return random.chance(0.25) ? letter.toUpperCase() : letter;
    })
    .join("");
}
