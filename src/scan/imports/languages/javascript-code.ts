/** Which places of a JavaScript text are code, and not comment, string, template or regular expression. One pass. */

/** Of the text up to `end`; asked in rising order. */
export function codeOf(text: string, end: number): (at: number) => boolean {
  const enclosed = enclosedPlaces(text, end);
  let next = enclosed.next();
  return (at) => {
    while (!next.done && next.value[1] <= at) next = enclosed.next();
    return next.done || at < next.value[0];
  };
}

/** Start and end of each, one after the other. Templates are left out where code stands in them. */
function* enclosedPlaces(text: string, end: number): Generator<readonly [number, number]> {
  /** Braces that are open in the code of each template, the innermost last. */
  const depths: number[] = [];
  let before = "";
  let at = 0;
  while (at < end) {
    const character = text.charAt(at);
    const stop = stopOf(text, at, character, before, depths);
    if (stop === undefined) {
      if (character > " ") before = character;
      at += 1;
      continue;
    }
    yield [at, stop];
    before = "/'\"`".includes(character) || character === "}" ? (text.startsWith("/", at) ? before : "x") : before;
    at = stop;
  }
}

function stopOf(text: string, at: number, character: string, before: string, depths: number[]): number | undefined {
  switch (character) {
    case "/":
      return slashEnd(text, at, before);
    case "'":
    case '"':
      return quoteEnd(text, at + 1, character);
    case "`":
      return templateEnd(text, at + 1, depths);
    case "{":
      if (depths.length > 0) depths.push((depths.pop() ?? 0) + 1);
      return undefined;
    case "}": {
      const depth = depths.pop();
      if (depth === undefined) return undefined;
      if (depth === 0) return templateEnd(text, at + 1, depths);
      depths.push(depth - 1);
      return undefined;
    }
    default:
      return undefined;
  }
}

function slashEnd(text: string, at: number, before: string): number | undefined {
  if (text[at + 1] === "/") return lineEnd(text, at);
  if (text[at + 1] === "*") {
    const closed = text.indexOf("*/", at + 2);
    return closed === -1 ? text.length : closed + 2;
  }
  // After a value it divides.
  return /[\w)\]}$'"`]/.test(before) ? undefined : regexEnd(text, at + 1);
}

/** Longer ones are taken for a division: else a line of slashes would be read from each of them to its end. */
const longestRegex = 1_000;

function regexEnd(text: string, from: number): number | undefined {
  let inClass = false;
  const end = Math.min(text.length, from + longestRegex);
  for (let at = from; at < end; at += 1) {
    const character = text[at];
    if (character === "\n") return undefined;
    if (character === "\\") at += 1;
    else if (character === "[") inClass = true;
    else if (character === "]") inClass = false;
    else if (character === "/" && !inClass) return at + 1;
  }
  return undefined;
}

/** An apostrophe of prose, between tags, ends with its line. */
function quoteEnd(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === "\\") at += 1;
    else if (character === quote || character === "\n") return at + 1;
  }
  return text.length;
}

/** To the end of the template, or to where code stands in it. */
function templateEnd(text: string, from: number, depths: number[]): number {
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === "\\") at += 1;
    else if (character === "`") return at + 1;
    else if (character === "$" && text[at + 1] === "{") {
      depths.push(0);
      return at + 2;
    }
  }
  return text.length;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}
