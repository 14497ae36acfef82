/** Patterns of workspace folders: `packages/*`, `apps/**`, `{a,b}/c`, and `!not-this` that takes out what an earlier one took in. */

/** Braces may multiply; more patterns than this come from nobody's project. */
const mostPatterns = 256;

export function folderMatcher(patterns: readonly string[]): (folder: string) => boolean {
  const all = patterns.slice(0, mostPatterns).flatMap((pattern) => {
    const isNegative = pattern.startsWith("!");
    return expanded(isNegative ? pattern.slice(1) : pattern).map((one) => ({ isNegative, parts: partsOf(one) }));
  });
  const compiled = all.slice(0, mostPatterns);
  return (folder) => {
    const parts = partsOf(folder);
    let isMatched = false;
    for (const { isNegative, parts: pattern } of compiled) {
      if (isMatched === isNegative && matches(pattern, parts)) isMatched = !isNegative;
    }
    return isMatched;
  };
}

function partsOf(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

function expanded(pattern: string): readonly string[] {
  let all = [pattern];
  for (let round = 0; round < 8 && all.length < mostPatterns; round++) {
    const next = all.flatMap((one) => {
      const [whole, inner = ""] = /\{([^{}]*)\}/.exec(one) ?? [];
      return whole === undefined ? [one] : inner.split(",").map((choice) => one.replace(whole, () => choice));
    });
    if (next.length === all.length && next.every((one, index) => one === all[index])) break;
    all = next.slice(0, mostPatterns);
  }
  return all;
}

/** Both with the same way back to the last star, so that no pattern takes longer than its length times the path's. */
function matches(pattern: readonly string[], parts: readonly string[]): boolean {
  return wildcard(pattern.length, parts.length, {
    isStar: (at) => pattern[at] === "**",
    fits: (at, part) => partMatches(pattern[at] ?? "", parts[part] ?? ""),
  });
}

function partMatches(pattern: string, part: string): boolean {
  return wildcard(pattern.length, part.length, {
    isStar: (at) => pattern[at] === "*",
    fits: (at, character) => pattern[at] === "?" || pattern[at] === part[character],
  });
}

interface Wildcard {
  readonly isStar: (at: number) => boolean;
  readonly fits: (at: number, item: number) => boolean;
}

function wildcard(patternLength: number, length: number, { isStar, fits }: Wildcard): boolean {
  let at = 0;
  let star = -1;
  let restart = 0;
  for (let item = 0; item < length; ) {
    if (at < patternLength && isStar(at)) {
      star = at++;
      restart = item;
    } else if (at < patternLength && fits(at, item)) {
      at++;
      item++;
    } else if (star >= 0) {
      at = star + 1;
      item = ++restart;
    } else return false;
  }
  while (at < patternLength && isStar(at)) at++;
  return at === patternLength;
}
