/** Words of an instruction: split at blanks outside quotes, or the strings of the exec form. Quotes are kept. */
import type { Place } from "../text-file.ts";
import type { JoinedText } from "./joined-text.ts";

export interface DockerWord {
  /** As written, with quotes; in the exec form the value of the string. */
  readonly text: string;
  readonly place: Place;
}

export function splitWords(joined: JoinedText, escapeMark: string): readonly DockerWord[] {
  const { text } = joined;
  const words: DockerWord[] = [];
  let at = 0;
  while (at < text.length) {
    while (at < text.length && /\s/.test(text[at] ?? "")) at++;
    if (at >= text.length) break;
    const start = at;
    at = endOfWord(text, at, escapeMark);
    words.push({ text: text.slice(start, at), place: joined.placeOf(start, at) });
  }
  return words;
}

function endOfWord(text: string, from: number, escapeMark: string): number {
  let quote = "";
  let at = from;
  for (; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === escapeMark && quote !== "'") at++;
    else if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (/\s/.test(char)) break;
  }
  return Math.min(at, text.length);
}

const jsonString = /\s*"((?:[^"\\]|\\.)*)"\s*(,|\]\s*$)/y;

/** The strings of `["a", "b"]`; undefined if the text is not just that. */
export function execForm(joined: JoinedText): readonly DockerWord[] | undefined {
  const { text } = joined;
  if (!text.startsWith("[")) return undefined;
  if (/^\[\s*\]\s*$/.test(text)) return [];
  const words: DockerWord[] = [];
  for (let at = 1; at < text.length; ) {
    jsonString.lastIndex = at;
    const found = jsonString.exec(text);
    if (!found) return undefined;
    const value = stringOf(`"${found[1] ?? ""}"`);
    if (value === undefined) return undefined;
    const start = text.indexOf('"', at);
    words.push({ text: value, place: joined.placeOf(start, start + (found[1] ?? "").length + 2) });
    at = jsonString.lastIndex;
    if (found[2] !== ",") return words;
  }
  return undefined;
}

function stringOf(json: string): string | undefined {
  try {
    return JSON.parse(json) as string;
  } catch {
    return undefined;
  }
}
