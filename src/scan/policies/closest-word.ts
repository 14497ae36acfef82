/** The word that somebody may have meant: the same but for case, dashes and a plural, or with two letters wrong at most. */
export function closestWord(written: string, words: readonly string[]): string | undefined {
  if (written.length > longestWord) return undefined;
  const key = keyOf(written);
  const same = words.find((word) => keyOf(word) === key);
  if (same !== undefined) return same;
  const near = words.map((word) => ({ word, wrong: distance(key, keyOf(word)) }));
  const [best] = near.sort((a, b) => a.wrong - b.wrong);
  return best !== undefined && best.wrong <= Math.min(2, Math.floor(key.length / 3)) ? best.word : undefined;
}

const longestWord = 40;

function keyOf(word: string): string {
  return word
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replace(/ies$/, "y")
    .replace(/s$/, "");
}

/** Letters to change, add or leave out; two that were swapped count as one. */
function distance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(
        Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + change, isSwapped ? before[j - 2]! + 1 : Infinity),
      );
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
