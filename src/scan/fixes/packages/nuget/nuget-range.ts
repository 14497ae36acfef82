/** Versions and ranges in the words in which NuGet writes them into lock files. What floats, or is none, is refused. */

export interface NugetRange {
  /** Bounds are versions as NuGet normalises them. */
  readonly low?: string;
  readonly high?: string;
  readonly takesLow: boolean;
  readonly takesHigh: boolean;
}

const longest = 200;

/** `1.0` is 1.0.0, `1.0.0.0` and `1.0.0+build` too. */
export function normalVersion(text: string): string | undefined {
  if (text.length > longest) return undefined;
  const found = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]*)?$/.exec(text.trim());
  if (!found) return undefined;
  const [major, minor, patch, revision] = [1, 2, 3, 4].map((at) => (found[at] ?? "0").replace(/^0+(?=\d)/, ""));
  const fourth = revision === "0" ? "" : `.${revision}`;
  return `${major}.${minor}.${patch}${fourth}${found[5] ?? ""}`;
}

/** As a project or a package says it: `1.2`, `[1.0]`, `[1.0,2.0)`, `(,1.0]`. */
export function nugetRange(text: string): NugetRange | undefined {
  const trimmed = text.trim();
  if (trimmed.length > longest) return undefined;
  if (!/^[[(]/.test(trimmed)) {
    const low = normalVersion(trimmed);
    return low === undefined ? undefined : { low, takesLow: true, takesHigh: false };
  }
  const [, open, inside = "", close] = /^([[(])([^[\]()]*)([\])])$/.exec(trimmed) ?? [];
  if (open === undefined) return undefined;
  const bounds = inside.split(",").map((bound) => bound.trim());
  const [low, high] = bounds.map((bound) => (bound === "" ? "" : normalVersion(bound)));
  const [takesLow, takesHigh] = [open === "[", close === "]"];
  if (bounds.length > 2 || low === undefined) return undefined;
  if (bounds.length === 1)
    return takesLow && takesHigh && low !== "" ? { low, high: low, takesLow, takesHigh } : undefined;
  if (high === undefined) return undefined;
  return {
    ...(low !== "" && { low }),
    ...(high !== "" && { high }),
    takesLow: takesLow && low !== "",
    takesHigh: takesHigh && high !== "",
  };
}

/** `[1.2.0, )`: as `requested` has it, and what projects ask for. */
export function normalRange({ low = "", high = "", takesLow, takesHigh }: NugetRange): string {
  return `${takesLow ? "[" : "("}${low}, ${high}${takesHigh ? "]" : ")"}`;
}

/** `1.2.0`, `[1.2.0]`: as packages are said to ask for it. */
export function shortRange(range: NugetRange): string {
  const { low, high, takesLow, takesHigh } = range;
  if (low === undefined || !takesLow) return normalRange(range);
  if (high === undefined) return low;
  return takesHigh && low.toLowerCase() === high.toLowerCase() ? `[${low}]` : normalRange(range);
}
