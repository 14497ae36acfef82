/** Makes the samples: generated values in templates, stand-ins in the same templates, and every named literal of the packages. */
import type { NameKind } from "../../src/scan/secrets/assignments/name-words.ts";
import { rarity } from "../../src/scan/secrets/scoring/rarity.ts";
import type { SourcePackage } from "./packages.ts";
import { passwordFamilies, tokenFamilies } from "./positives.ts";
import { type Random, randomFrom } from "./random.ts";
import { literalsIn, placed, type Sample, sampleOf } from "./samples.ts";
import { standInFamilies } from "./stand-ins.ts";

/** Of a hundred names; as people name things. */
const kinds: readonly NameKind[] = (
  [
    ["password", 42],
    ["secret", 14],
    ["token", 16],
    ["key", 16],
    ["auth", 3],
    ["salt", 3],
    ["bare-key", 6],
  ] as const
).flatMap(([kind, count]) => Array.from({ length: count }, () => kind));

const positives = 24_000;
const negatives = 60_000;

export interface Gathered {
  readonly samples: readonly Sample[];
  /** Secrets that the reader did not find in their template, or that were refused outright. */
  readonly missed: readonly Sample["text"][];
}

export function gather(packages: readonly SourcePackage[]): Gathered {
  const random = randomFrom(20_261);
  const words = vocabularyOf(packages);
  const literals = literalsOf(packages);
  const samples: Sample[] = [];
  const missed: string[] = [];
  for (let index = 0; index < positives; index++) {
    const kind = random.of(kinds);
    const [family, make] = random.of(Object.entries(familiesFor(kind, random)));
    const { literal, template, text } = placed(make(random, words), kind, random);
    if (literal === undefined) missed.push(text);
    else samples.push(sampleOf(literal, 1, 1, { family: template, source: family, text }));
  }
  const standIns = Object.entries(standInFamilies);
  for (let index = 0; index < negatives; index++) {
    const [family, make] = random.of(standIns);
    const { literal, template, text } = placed(make(random, words, literals), random.of(kinds), random);
    if (literal !== undefined) samples.push(sampleOf(literal, 0, 1, { family: template, source: family, text }));
  }
  return { samples: [...samples, ...packages.flatMap(foundIn)], missed };
}

function familiesFor(kind: NameKind, random: Random) {
  if (kind === "password") return random.chance(0.88) ? passwordFamilies : tokenFamilies;
  return kind === "secret" && random.chance(0.2) ? passwordFamilies : tokenFamilies;
}

/** What the packages themselves say beside such names; none of it is a secret. */
function foundIn({ name, files }: SourcePackage): readonly Sample[] {
  const found = new Map<string, Sample>();
  for (const { path, text } of files) {
    for (const literal of literalsIn(path, text)) {
      const shown = `${literal.assignment.name} = ${literal.value}`;
      found.set(shown, sampleOf(literal, 0, 2, { family: `package ${name}`, source: name, text: `${path}: ${shown}` }));
    }
  }
  return [...found.values()];
}

/** Words of the packages' texts, each once, that occur in at least three places. */
function vocabularyOf(packages: readonly SourcePackage[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { files } of packages) {
    for (const { text } of files) {
      for (const word of new Set(text.match(/\b[a-z]{3,10}\b/g))) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return [...counts].flatMap(([word, count]) => (count >= 3 ? [word] : [])).toSorted();
}

/** Other literals in quotes: whatever code says, it may say beside such a name. Runs of random text are left out. */
function literalsOf(packages: readonly SourcePackage[]): readonly string[] {
  const literals = new Set<string>();
  for (const { files } of packages) {
    for (const { text } of files) {
      for (const [, , value] of text.matchAll(/(["'])([^"'`\\\n]{4,60})\1/g)) {
        if (value !== undefined && !isData(value)) literals.add(value);
      }
    }
  }
  return [...literals].toSorted();
}

function isData(value: string): boolean {
  if (/[=;(){}<>]/.test(value) && value.length > 24) return true;
  return value.length >= 12 && /\d/.test(value) && !/\s/.test(value) && rarity(value) > 5.2;
}
