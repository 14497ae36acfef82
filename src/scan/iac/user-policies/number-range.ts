/** Ranges of numbers: "3000-4000", "*". What is none is in nothing. */

export function isInRange(range: string, wanted: string): boolean {
  if (range === "*" || range === wanted) return true;
  const [low, high] = numbersOf(range);
  const [from, to = from] = numbersOf(wanted);
  if (low === undefined || high === undefined || from === undefined || to === undefined) return false;
  return low <= from && to <= high;
}

function numbersOf(range: string): readonly (number | undefined)[] {
  return range.split("-").map((part) => (/^\s*\d+\s*$/.test(part) ? Number(part) : undefined));
}
