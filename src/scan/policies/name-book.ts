/** Lists of globs as policies have them: one must fit, and none of those that begin with `!`. Letters' case does not count. */
import { pathGlob } from "../settings/path-glob.ts";

/** A text that filters are asked about, with what they answered: the same paths and rules come again and again. */
export interface Name {
  readonly text: string;
  readonly answers: (boolean | undefined)[];
}

/** A thing may have several names: one of them must fit, and none may be taken out. */
export type NameFilter = (names: readonly Name[]) => boolean;

/** Filters that are asked about the same names. */
export interface NameBook {
  name(text: string): Name;
  filter(globs: readonly string[]): NameFilter;
}

const mostNames = 50_000;

export function createNameBook(): NameBook {
  const names = new Map<string, Name>();
  let filters = 0;
  const anyOf = (globs: readonly string[]): ((name: Name) => boolean) | undefined => {
    if (globs.length === 0) return undefined;
    const fits = fitsAny(globs);
    const at = filters++;
    return ({ text, answers }) => (answers[at] ??= fits(text.toLowerCase()));
  };
  return {
    name(text) {
      const known = names.get(text);
      if (known) return known;
      if (names.size >= mostNames) names.clear();
      const name: Name = { text, answers: [] };
      names.set(text, name);
      return name;
    },
    filter(globs) {
      const wanted = anyOf(globs.filter((glob) => !glob.startsWith("!")));
      const unwanted = anyOf(globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1)));
      return (given) =>
        (wanted === undefined || given.some(wanted)) && (unwanted === undefined || !given.some(unwanted));
    },
  };
}

function fitsAny(globs: readonly string[]): (text: string) => boolean {
  const lower = globs.map((glob) => glob.toLowerCase());
  const plain = new Set(lower.filter((glob) => !/[*?[\]{}\\]/.test(glob)));
  const patterns = lower.filter((glob) => !plain.has(glob)).map((glob) => pathGlob(glob, { hidden: true }));
  return (text) => plain.has(text) || patterns.some((one) => one(text));
}
