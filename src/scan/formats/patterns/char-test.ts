/** Questions about one letter, asked by code point. */
export type CharTest = (code: number) => boolean;

export function exactly(letter: string | number): CharTest {
  const wanted = typeof letter === "number" ? letter : letter.codePointAt(0);
  return (code) => code === wanted;
}

export function range(from: number, to: number): CharTest {
  return (code) => code >= from && code <= to;
}

export function either(tests: readonly CharTest[]): CharTest {
  const [only] = tests;
  if (only && tests.length === 1) return only;
  return (code) => tests.some((test) => test(code));
}

export function inverted(test: CharTest): CharTest {
  return (code) => !test(code);
}

export function withoutCase(test: CharTest): CharTest {
  return (code) => {
    if (test(code)) return true;
    const letter = String.fromCodePoint(code);
    return test(letter.toLowerCase().codePointAt(0) ?? code) || test(letter.toUpperCase().codePointAt(0) ?? code);
  };
}

function byPattern(pattern: RegExp): CharTest {
  return (code) => pattern.test(String.fromCodePoint(code));
}

const classes = new Map<string, CharTest>(
  Object.entries({
    d: /\d/,
    s: /[\t\n\f\r ]/,
    w: /\w/,
    alnum: /[0-9A-Za-z]/,
    alpha: /[A-Za-z]/,
    blank: /[\t ]/,
    digit: /\d/,
    graph: /[!-~]/,
    lower: /[a-z]/,
    print: /[ -~]/,
    punct: /[!-/:-@[-`{-~]/,
    space: /[\t\n\v\f\r ]/,
    upper: /[A-Z]/,
    word: /\w/,
    xdigit: /[0-9A-Fa-f]/,
  }).map(([name, pattern]) => [name, byPattern(pattern)]),
)
  .set("ascii", range(0, 0x7f))
  .set("cntrl", either([range(0, 0x1f), exactly(0x7f)]));

/** A class of Perl or POSIX; capital letters stand for the opposite. */
export function classByName(name: string): CharTest {
  const test = classes.get(name);
  if (test) return test;
  const opposite = classes.get(name.toLowerCase());
  return opposite ? inverted(opposite) : () => false;
}

/** A category or script of Unicode. */
export function propertyTest(name: string): CharTest | undefined {
  for (const property of [`\\p{${name}}`, `\\p{Script=${name}}`]) {
    try {
      return byPattern(new RegExp(property, "u"));
    } catch {
      // The name is not one of this kind.
    }
  }
  return undefined;
}
