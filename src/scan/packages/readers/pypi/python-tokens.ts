/** The words of a Python text: strings with their values, names, other characters. Comments are left out; nothing is run. */
export interface PythonToken {
  readonly is: "text" | "name" | "mark";
  /** The value of a string, with the simplest escapes resolved; the name; the character. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Offset of a string's content; absent if the content is not as written. */
  readonly contentAt?: number;
  /** `f"..."`: what it comes to is not known. */
  readonly isComputed?: boolean;
}

const mostTokens = 500_000;

export function pythonTokens(text: string): readonly PythonToken[] {
  const tokens: PythonToken[] = [];
  for (let at = 0; at < text.length && tokens.length < mostTokens; ) {
    const character = text.charAt(at);
    if (character === "#") at = endOfLine(text, at);
    else if (/\s|\\/.test(character)) at++;
    else {
      const token = tokenAt(text, at, character);
      tokens.push(token);
      at = token.end;
    }
  }
  return tokens;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function tokenAt(text: string, start: number, character: string): PythonToken {
  if (character === '"' || character === "'") return stringAt(text, start, start);
  if (!/[\w\u0080-\uffff]/.test(character)) return { is: "mark", value: character, start, end: start + 1 };
  let end = start + 1;
  while (/[\w\u0080-\uffff]/.test(text.charAt(end))) end++;
  const value = text.slice(start, end);
  const next = text.charAt(end);
  const isPrefix = (next === '"' || next === "'") && /^(?:[rbuft]|[rbft]{2})$/i.test(value);
  return isPrefix ? stringAt(text, start, end) : { is: "name", value, start, end };
}

function stringAt(text: string, start: number, quoteAt: number): PythonToken {
  const quote = text.charAt(quoteAt);
  const isLong = text.startsWith(quote.repeat(3), quoteAt);
  const width = isLong ? 3 : 1;
  const contentStart = quoteAt + width;
  let at = contentStart;
  let hasEscape = false;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "\\") {
      hasEscape = true;
      at++;
    } else if (character === quote && (!isLong || text.startsWith(quote.repeat(3), at))) break;
    else if (character === "\n" && !isLong) break;
  }
  const contentEnd = Math.min(at, text.length);
  const isClosed = text.charAt(contentEnd) === quote;
  const raw = text.slice(contentStart, contentEnd);
  const prefix = text.slice(start, quoteAt).toLowerCase();
  const isRaw = prefix.includes("r") || !hasEscape;
  return {
    is: "text",
    value: isRaw ? raw : unescaped(raw),
    start,
    end: Math.min(text.length, contentEnd + (isClosed ? width : 1)),
    ...(isRaw ? { contentAt: contentStart } : {}),
    ...(/[ft]/.test(prefix) ? { isComputed: true } : {}),
  };
}

function unescaped(raw: string): string {
  return raw.replace(/\\(\r?\n|.)/gs, (_, escaped: string) => {
    if (/^\r?\n$/.test(escaped)) return "";
    return escaped === "n" ? "\n" : escaped === "t" ? "\t" : escaped;
  });
}
