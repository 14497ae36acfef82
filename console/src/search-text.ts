/** The query part of addresses: plain `name=value` pairs, repeated for lists, so that people can read and change them. */

export type RawSearch = Readonly<Record<string, string | readonly string[] | undefined>>;

export function parseSearch(text: string): RawSearch {
  const search: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = search[name];
    search[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return search;
}

export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value === undefined || value === null || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one));
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}

/** Reads one parameter as text. Links of the console itself hand numbers and lists over unparsed. */
export function textOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" && first !== "" ? first : undefined;
}

/** Characters that the server takes of a search. */
export const longestSearch = 200;

/** What is searched for; of a link that holds more the beginning. */
export function searchOf(value: unknown): string | undefined {
  return textOf(value)?.trim().slice(0, longestSearch) || undefined;
}

export function oneOf<Word extends string>(value: unknown, words: readonly Word[]): Word | undefined {
  const text = textOf(value);
  return words.find((word) => word === text);
}

/** Reads a list of known words; unknown ones are dropped, an empty list is none. */
export function someOf<Word extends string>(value: unknown, words: readonly Word[]): Word[] | undefined {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  const known = words.filter((word) => given.includes(word));
  return known.length === 0 ? undefined : known;
}

/** Reads a list of whatever words people make up, each once. */
export function textsOf(value: unknown): string[] | undefined {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = new Set(given.filter((one) => typeof one === "string" && one !== "") as string[]);
  return texts.size === 0 ? undefined : [...texts];
}

/** A list of words with one less; an empty list is none. */
export function without<Word>(words: readonly Word[] | undefined, word: Word): Word[] | undefined {
  const rest = (words ?? []).filter((one) => one !== word);
  return rest.length === 0 ? undefined : rest;
}

/** A day of the calendar, `2026-11-26`. */
export function dayOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

export function pageOf(value: unknown): number | undefined {
  const page = Number(Array.isArray(value) ? value[0] : value);
  return Number.isInteger(page) && page > 1 && page < 1_000_000 ? page : undefined;
}
