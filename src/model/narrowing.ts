/** What "all repositories" leaves out. Names are matched as `project/repository`, without regard to case; `*` stands for any text, `?` for one character. */
export interface Narrowing {
  /** Only these; empty = all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly skipForks: boolean;
  readonly skipDisabled: boolean;
  readonly skipEmpty: boolean;
}

export const nothingNarrowed: Narrowing = {
  include: [],
  exclude: [],
  skipForks: false,
  skipDisabled: false,
  skipEmpty: false,
};

interface Narrowed {
  readonly project: string;
  readonly name: string;
  readonly isFork: boolean;
  readonly isDisabled: boolean;
  readonly isEmpty: boolean;
}

export type LeftOutBecause = "fork" | "disabled" | "empty" | "not-included" | "excluded";

/** A function of one repository, with the globs read once; undefined = it is taken. */
export function narrow(narrowing: Narrowing): (repository: Narrowed) => LeftOutBecause | undefined {
  const included = narrowing.include.map(matchesGlob);
  const excluded = narrowing.exclude.map(matchesGlob);
  return ({ project, name, isFork, isDisabled, isEmpty }) => {
    const whole = `${project}/${name}`;
    if (narrowing.skipForks && isFork) return "fork";
    if (narrowing.skipDisabled && isDisabled) return "disabled";
    if (narrowing.skipEmpty && isEmpty) return "empty";
    if (included.length > 0 && !included.some((fits) => fits(whole))) return "not-included";
    return excluded.some((fits) => fits(whole)) ? "excluded" : undefined;
  };
}

/** A glob without a slash is matched with the repository's name alone. Linear: no regular expression is made of what people type. */
function matchesGlob(glob: string): (whole: string) => boolean {
  const pattern = glob.trim().toLowerCase();
  const isWhole = pattern.includes("/");
  return (whole) => {
    const text = whole.toLowerCase();
    return fitsPattern(pattern, isWhole ? text : text.slice(text.indexOf("/") + 1));
  };
}

/** Goes back to the last star only, so that many stars cost no more than length times length. */
function fitsPattern(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let retry = 0;
  let position = 0;
  while (position < text.length) {
    if (pattern[at] === "*") {
      star = at;
      at += 1;
      retry = position;
    } else if (at < pattern.length && (pattern[at] === "?" || pattern[at] === text[position])) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      at = star + 1;
      retry += 1;
      position = retry;
    } else return false;
  }
  while (pattern[at] === "*") at += 1;
  return at === pattern.length;
}
