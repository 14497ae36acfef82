/**
 * Takes dates away that cannot be those of the releases: a proxy that builds its answers anew gives all versions the day of
 * its own, or dates against the order of versions. Unknown is better than wrong.
 */
import type { VersionFacts } from "#model/package-facts.ts";

const least = { versions: 3, pairs: 4 };
const mostWrong = 1 / 4;
const dayMilliseconds = 86_400_000;

export function withPlausibleDates(versions: readonly VersionFacts[]): readonly VersionFacts[] {
  const dated = versions.flatMap(({ version, published }) => {
    const time = Date.parse(published ?? "");
    return Number.isFinite(time) ? [{ numbers: numbersOf(version), time }] : [];
  });
  if (!areOfOneDay(dated) && !areAgainstTheOrder(dated)) return versions;
  return versions.map((one) => {
    const { published, ...rest } = one;
    return published === undefined ? one : rest;
  });
}

interface Dated {
  readonly numbers: readonly number[];
  readonly time: number;
}

function numbersOf(version: string): readonly number[] {
  const [digits = ""] = /^v?\d{1,9}(?:\.\d{1,9}){0,3}(?![\w-])/.exec(version) ?? [];
  return digits === "" ? [] : digits.replace(/^v/, "").split(".").map(Number);
}

function areOfOneDay(dated: readonly Dated[]): boolean {
  const times = dated.map(({ time }) => time);
  const span = times.reduce((a, b) => Math.max(a, b), 0) - times.reduce((a, b) => Math.min(a, b), Number.MAX_VALUE);
  const lines = new Set(dated.map(({ numbers }) => numbers.slice(0, 2).join(".")));
  // Of several lines: a package may be born with two patches.
  return dated.length >= least.versions && lines.size > 1 && span < dayMilliseconds;
}

/** Of one line only: an older line may get a release after a newer one. */
function areAgainstTheOrder(dated: readonly Dated[]): boolean {
  const inOrder = dated.filter(({ numbers }) => numbers.length >= 3).sort((a, b) => compare(a.numbers, b.numbers));
  let [pairs, wrong] = [0, 0];
  for (const [at, { numbers, time }] of inOrder.entries()) {
    const before = inOrder[at - 1];
    if (!before || before.numbers[0] !== numbers[0] || before.numbers[1] !== numbers[1]) continue;
    pairs += 1;
    if (time < before.time - dayMilliseconds) wrong += 1;
  }
  return pairs >= least.pairs && wrong / pairs > mostWrong;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < 4; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
