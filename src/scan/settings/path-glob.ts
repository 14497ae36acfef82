/**
 * Patterns of paths that people and repositories write: `*` and `?` within a folder, `**` across folders, `[a-z]`, `{a,b}`.
 * No regular expression is made of them: many stars cost no more than length times length. What is too long fits nothing.
 */

export interface GlobOptions {
  /** True: stars also stand for names that begin with a dot. */
  readonly hidden?: boolean;
}

type Token =
  | { readonly is: "star" }
  | { readonly is: "any" }
  | { readonly is: "letter"; readonly letter: string }
  | { readonly is: "class"; readonly letters: string; readonly negated: boolean };

type Segment = "folders" | readonly Token[];

const longestGlob = 1000;
const longestPath = 8192;
const mostChoices = 200;

export function pathGlob(glob: string, { hidden = false }: GlobOptions = {}): (path: string) => boolean {
  if (glob.length > longestGlob) return () => false;
  const choices = choicesOf(glob).map((one) => one.split("/").map(segmentOf));
  return (path) => {
    if (path.length > longestPath) return false;
    const names = path.split("/");
    return choices.some((segments) => fitsSegments(segments, names, hidden));
  };
}

/** Braces written out, the inner ones first; beyond the bound they stand for themselves. */
function choicesOf(glob: string): readonly string[] {
  const done: string[] = [];
  const waiting = [glob];
  while (waiting.length > 0) {
    const next = waiting.pop()!;
    const [braces, inner = ""] = /\{([^{}]*,[^{}]*)\}/.exec(next) ?? [];
    const options = inner.split(",");
    if (braces === undefined || done.length + waiting.length + options.length > mostChoices) done.push(next);
    else waiting.push(...options.map((option) => next.replace(braces, () => option)));
  }
  return done;
}

function segmentOf(text: string): Segment {
  if (text === "**") return "folders";
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    const close = letter === "[" ? text.indexOf("]", at + (/[!^]/.test(text[at + 1] ?? "") ? 3 : 2)) : -1;
    if (letter === "*") {
      if (tokens.at(-1)?.is !== "star") tokens.push({ is: "star" });
    } else if (letter === "?") tokens.push({ is: "any" });
    else if (close > 0) {
      const inner = text.slice(at + 1, close);
      const negated = /^[!^]/.test(inner);
      tokens.push({ is: "class", letters: negated ? inner.slice(1) : inner, negated });
      at = close;
    } else if (letter === "\\" && at + 1 < text.length) tokens.push({ is: "letter", letter: text[++at]! });
    else tokens.push({ is: "letter", letter });
  }
  return tokens;
}

/** Goes back to the last `**` only: what an earlier one could take, that one can take, too. */
function fitsSegments(segments: readonly Segment[], names: readonly string[], hidden: boolean): boolean {
  let [at, position] = [0, 0];
  let [folders, retry] = [-1, 0];
  while (position < names.length) {
    const segment = segments[at];
    if (segment === "folders") {
      folders = at++;
      retry = position;
      // The last one stands for at least one name, as a folder does not lie in itself.
      if (at === segments.length) return names.slice(position).every((name) => isShown(name, hidden));
    } else if (segment !== undefined && fitsName(segment, names[position]!, hidden)) {
      at++;
      position++;
    } else if (folders >= 0 && isShown(names[retry]!, hidden)) {
      at = folders + 1;
      position = ++retry;
    } else return false;
  }
  return at === segments.length;
}

function isShown(name: string, hidden: boolean): boolean {
  return hidden ? name !== "." && name !== ".." : !name.startsWith(".");
}

function fitsName(tokens: readonly Token[], name: string, hidden: boolean): boolean {
  if (tokens[0] !== undefined && tokens[0].is !== "letter" && (name === "" || !isShown(name, hidden))) return false;
  let [at, position] = [0, 0];
  let [star, retry] = [-1, 0];
  while (position < name.length) {
    const token = tokens[at];
    if (token?.is === "star") {
      star = at++;
      retry = position;
    } else if (token !== undefined && fitsLetter(token, name[position]!)) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++retry;
    } else return false;
  }
  while (tokens[at]?.is === "star") at++;
  return at === tokens.length;
}

function fitsLetter(token: Token, letter: string): boolean {
  if (token.is === "letter") return token.letter === letter;
  return token.is !== "class" || inClass(token.letters, letter) !== token.negated;
}

function inClass(letters: string, letter: string): boolean {
  for (let at = 0; at < letters.length; at++) {
    const isRange = letters[at + 1] === "-" && at + 2 < letters.length;
    if (isRange ? letters[at]! <= letter && letter <= letters[at + 2]! : letters[at] === letter) return true;
    if (isRange) at += 2;
  }
  return false;
}
