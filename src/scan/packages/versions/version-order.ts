/** How one ecosystem reads and orders its versions. Never throws: what is no version has its place below all versions. */
export interface VersionOrder<Parsed = unknown> {
  parse(this: void, text: string): Parsed;
  /** Below zero if `a` is the older one. */
  compare(this: void, a: Parsed, b: Parsed): number;
  isPrerelease(this: void, version: Parsed): boolean;
  /** False for names of branches, commits and other texts: they cannot be placed in a range. */
  isVersion(this: void, version: Parsed): boolean;
}

/** Commits and digests begin like versions when they begin with a digit. */
export function isCommit(text: string): boolean {
  return /^(?:sha\d+:)?(?=.*[a-f])[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(text);
}

/** Parts of versions are as large as their authors like. */
export type Whole = number | bigint;

export function wholeOf(digits: string): Whole {
  return digits.length < 16 ? Number(digits) : BigInt(digits);
}

export function compareParts(a: Whole | string, b: Whole | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** In order, part by part; parts that are missing are 0. */
export function compareWholes(a: readonly Whole[], b: readonly Whole[]): number {
  const length = Math.max(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const order = compareParts(a[at] ?? 0, b[at] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}
