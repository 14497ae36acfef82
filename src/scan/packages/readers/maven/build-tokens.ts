/** The words of a build file in Groovy, Kotlin or Scala: names, strings and other characters. Nothing is run. */
export interface BuildToken {
  readonly is: "name" | "text" | "mark";
  /** The name, the string as written between its quotes, the character. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Offset of a string's content. */
  readonly contentAt: number;
  /** `$name` in it stands for something else. */
  readonly isTemplate: boolean;
  /** It is the first of its line. */
  readonly beginsLine: boolean;
}

const mostTokens = 500_000;

export function buildTokens(text: string): readonly BuildToken[] {
  const tokens: BuildToken[] = [];
  let beginsLine = true;
  for (let at = 0; at < text.length && tokens.length < mostTokens; ) {
    const character = text.charAt(at);
    if (character === "\n") beginsLine = true;
    const skipped = endOfComment(text, at, character);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    if (character.charCodeAt(0) <= 32) {
      at++;
      continue;
    }
    const token = tokenAt(text, at, character, beginsLine);
    tokens.push(token);
    beginsLine = false;
    at = token.end;
  }
  return tokens;
}

function endOfComment(text: string, at: number, character: string): number {
  if (character !== "/") return at;
  const next = text.charAt(at + 1);
  const end = next === "/" ? text.indexOf("\n", at) : next === "*" ? text.indexOf("*/", at + 2) : at;
  if (end < 0) return text.length;
  return next === "*" ? end + 2 : end;
}

function tokenAt(text: string, start: number, character: string, beginsLine: boolean): BuildToken {
  if (character === '"' || character === "'") return stringAt(text, start, character, beginsLine);
  let end = start + 1;
  const isName = /[\w$]/.test(character);
  while (isName && /[\w$]/.test(text.charAt(end))) end++;
  const value = text.slice(start, end);
  return { is: isName ? "name" : "mark", value, start, end, contentAt: start, isTemplate: false, beginsLine };
}

function stringAt(text: string, start: number, quote: string, beginsLine: boolean): BuildToken {
  const isLong = text.startsWith(quote.repeat(3), start);
  const width = isLong ? 3 : 1;
  const contentAt = start + width;
  let at = contentAt;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "\\") at++;
    else if (character === quote && (!isLong || text.startsWith(quote.repeat(3), at))) break;
    else if (character === "\n" && !isLong) break;
  }
  const contentEnd = Math.min(at, text.length);
  const value = text.slice(contentAt, contentEnd);
  const end = text.charAt(contentEnd) === quote ? contentEnd + width : contentEnd;
  return {
    is: "text",
    value,
    start,
    end: Math.max(end, start + 1),
    contentAt,
    isTemplate: quote === '"' && value.includes("$"),
    beginsLine,
  };
}

export function isMark(token: BuildToken | undefined, value: string): boolean {
  return token?.is === "mark" && token.value === value;
}

/** Position behind the bracket that closes the one at `open`. */
export function behindClosing(tokens: readonly BuildToken[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.is !== "mark") continue;
    if ("([{".includes(token.value)) depth++;
    else if (")]}".includes(token.value) && --depth <= 0) return at + 1;
  }
  return tokens.length;
}
