/** Lists of globs as policies have them: one must fit, and none of those that begin with `!`. Letters' case does not count. */
import { pathGlob } from "../settings/path-glob.ts";

/** A thing may have several names: one of them must fit, and none may be taken out. */
export type NameFilter = (names: readonly string[]) => boolean;

/** Paths and rules come again and again; an answer is kept as long as there are not too many. */
const mostKept = 5000;

export function nameFilter(globs: readonly string[]): NameFilter {
  const wanted = anyOf(globs.filter((glob) => !glob.startsWith("!")));
  const unwanted = anyOf(globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1)));
  const takesAll = wanted === undefined;
  return (names) => {
    if (!takesAll && !names.some(wanted)) return false;
    return unwanted === undefined || !names.some(unwanted);
  };
}

function anyOf(globs: readonly string[]): ((name: string) => boolean) | undefined {
  if (globs.length === 0) return undefined;
  const lower = globs.map((glob) => glob.toLowerCase());
  const plain = new Set(lower.filter((glob) => !/[*?[\]{}\\]/.test(glob)));
  const fits = lower.filter((glob) => !plain.has(glob)).map((glob) => pathGlob(glob, { hidden: true }));
  const kept = new Map<string, boolean>();
  return (name) => {
    const known = kept.get(name);
    if (known !== undefined) return known;
    const key = name.toLowerCase();
    const answer = plain.has(key) || fits.some((one) => one(key));
    if (kept.size >= mostKept) kept.clear();
    kept.set(name, answer);
    return answer;
  };
}
