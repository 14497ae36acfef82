/** Makes values that stand beside names of secrets and are none: stand-ins, labels, identifiers, references, paths. */
import type { Words } from "./positives.ts";
import type { Random } from "./random.ts";

type Maker = (random: Random, words: Words, literals: readonly string[]) => string;

const said = ["password", "secret", "token", "key", "pass", "api-key", "apikey", "credential", "passwd", "pwd"];
const ahead = [
  "my",
  "your",
  "some",
  "test",
  "fake",
  "dummy",
  "sample",
  "demo",
  "example",
  "super",
  "a",
  "the",
  "new",
  "old",
  "valid",
  "invalid",
  "wrong",
  "bad",
  "default",
  "mock",
  "user",
  "admin",
  "client",
  "db",
  "access",
  "secure",
];

const capital = (word: string) => `${word[0]?.toUpperCase()}${word.slice(1)}`;
const joined = (random: Random, parts: readonly string[]) => {
  const style = random.below(5);
  if (style === 0) return parts.join("-");
  if (style === 1) return parts.join("_");
  if (style === 2) return parts.join("");
  if (style === 3) return parts.join("_").toUpperCase();
  return parts.map((part, index) => (index === 0 ? part : capital(part))).join("");
};

export const standInFamilies: Readonly<Record<string, Maker>> = {
  said: (random) => joined(random, [random.of(ahead), random.of(said)]),
  "said-twice": (random) => joined(random, [random.of(ahead), random.of(ahead), random.of(said)]),
  "said-numbered": (random) =>
    `${random.chance(0.5) ? random.of(said) : joined(random, [random.of(ahead), random.of(said)])}${random.of(["", "-", "_"])}${random.of(["1", "2", "3", "12", "123", "1234", "12345", "01", "!", "1!", "123!"])}`,
  "word-and-said": (random, words) => joined(random, [random.of(words), random.of(said)]),
  word: (random, words) => (random.chance(0.3) ? capital(random.of(words)) : random.of(words)),
  words: (random, words) =>
    joined(random, [random.of(words), random.of(words), ...(random.chance(0.4) ? [random.of(words)] : [])]),
  "word-numbered": (random, words) => `${random.of(words)}${random.of(["-", "_", ""])}${1 + random.below(9)}`,
  constant: (random, words) =>
    [random.of(words), random.of(words), random.of(said)].join("_").toUpperCase().replace(/-/g, "_"),
  member: (random, words) => `${random.of(words)}.${joined(random, [random.of(words), random.of(said)])}`,
  "member-long": (random, words) => `${random.of(words)}.${random.of(words)}.${random.of(said)}`,
  sentence: (random, words) =>
    `${capital(random.of(words))} ${random.of(words)} ${random.of(["a", "the", "your", "is", "not", "must"])} ${random.of(words)}${random.of(["", ".", "!", ":", "?"])}`,
  label: (random, words) => `${capital(random.of(words))} ${random.of(said)}`,
  path: (random, words) =>
    `${random.of(["/", "./", "../", "~/", ""])}${random.of(words)}/${random.of(words)}${random.of(["", ".pem", ".key", ".txt", `/${random.of(words)}`])}`,
  scoped: (random, words) =>
    `${random.of(words)}:${random.of(words)}${random.chance(0.5) ? `:${random.of(words)}` : ""}`,
  arrow: (random, words) =>
    `${random.of(["ctrl", "shift", "alt", "cmd"])}+${random.of(["shift+", "alt+", ""])}${random.of(words).slice(0, random.of([1, 4, 6]))}`,
  version: (random) => `v${random.below(20)}.${random.below(30)}.${random.below(90)}`,
  repeated: (random) => random.text("xX*.#-01a", 1).repeat(4 + random.below(30)),
  ordered: (random) => "abcdefghijklmnopqrstuvwxyz0123456789".slice(random.below(8)).slice(0, 5 + random.below(14)),
  literal: (random, _, literals) => random.of(literals),
  "literal-again": (random, _, literals) => random.of(literals),
};
