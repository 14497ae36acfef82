/** Reads YAML that people write strictly: an unknown word is a mistake with its line, for a silent typo would hide findings. */
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import type { SettingsMistake } from "./scan-settings.ts";

export type SettingsDocument<T> =
  | { readonly is: "settings"; readonly settings: T }
  | { readonly is: "mistakes"; readonly mistakes: readonly SettingsMistake[] };

export interface SettingsReader {
  readonly mistakes: SettingsMistake[];
  lineOf(node: unknown): number;
}

const mostCharacters = 1_000_000;

/** `readTop` is given the document's mapping, or undefined for a file that says nothing. */
export function readSettingsDocument<T>(
  text: string,
  words: readonly string[],
  readTop: (reader: SettingsReader, map: YAMLMap | undefined) => T,
): SettingsDocument<T> {
  if (text.length > mostCharacters) {
    return {
      is: "mistakes",
      mistakes: [{ line: 1, message: "settings of more than 1,000,000 characters are not read" }],
    };
  }
  const lineCounter = new LineCounter();
  const mistakes: SettingsMistake[] = [];
  const lineOf = (node: unknown) => {
    const range = (node as Node | null)?.range;
    return range ? lineCounter.linePos(range[0]).line : 1;
  };
  const reader: SettingsReader = { mistakes, lineOf };
  try {
    const document = parseDocument(text, { lineCounter, uniqueKeys: true });
    for (const error of document.errors) {
      const message = error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? "no YAML";
      mistakes.push({ line: error.linePos?.[0].line ?? 1, message });
    }
    if (mistakes.length > 0) return { is: "mistakes", mistakes };
    const { contents } = document;
    const isEmpty = contents === null || (isScalar(contents) && contents.value === null);
    if (!isEmpty && !isMap(contents)) mistake(reader, contents, `the file must be a mapping (${words.join(", ")})`);
    if (isMap(contents)) checkKeys(reader, contents, words);
    const settings =
      mistakes.length > 0 && !isMap(contents) ? undefined : readTop(reader, isMap(contents) ? contents : undefined);
    return mistakes.length > 0 || settings === undefined ? { is: "mistakes", mistakes } : { is: "settings", settings };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { is: "mistakes", mistakes: [{ line: 1, message: "the file is nested too deeply to be read" }] };
  }
}

export function itemsOf(reader: SettingsReader, map: YAMLMap, key: string): readonly unknown[] {
  const value = map.get(key, true) as unknown;
  if (value === undefined) return [];
  if (isSeq(value)) return value.items;
  mistake(reader, value, `${key} must be a list`);
  return [];
}

/** The mapping under a key; undefined if there is none, or if it is something else, which is a mistake. */
export function mapOf(
  reader: SettingsReader,
  map: YAMLMap,
  key: string,
  known: readonly string[],
): YAMLMap | undefined {
  const value = map.get(key, true) as unknown;
  if (value === undefined) return undefined;
  if (!isMap(value)) return mistake(reader, value, `${key} must be a mapping (${known.join(", ")})`);
  checkKeys(reader, value, known);
  return value;
}

export function readText(reader: SettingsReader, node: unknown, key: string): string | undefined {
  // An unquoted date or number is meant as it is written.
  const text = isScalar(node) ? (typeof node.value === "string" ? node.value : node.source) : undefined;
  return text === undefined || text === "" ? mistake(reader, node, `${key} must be a text`) : text;
}

/** The texts under the given keys, as far as they are there. */
export function readTexts<K extends string>(
  reader: SettingsReader,
  map: YAMLMap,
  keys: readonly K[],
): { readonly [key in K]?: string } {
  const read: { [key in K]?: string } = {};
  for (const key of keys) {
    const node = map.get(key, true) as unknown;
    const text = node === undefined ? undefined : readText(reader, node, key);
    if (text !== undefined) read[key] = text;
  }
  return read;
}

export function checkKeys(reader: SettingsReader, map: YAMLMap, known: readonly string[]): void {
  for (const pair of map.items as readonly Pair[]) {
    const key = isScalar(pair.key) ? String(pair.key.value) : "";
    if (!known.includes(key)) mistake(reader, pair.key, `unknown word "${key}"; known are ${known.join(", ")}`);
  }
}

export function mistake(reader: SettingsReader, node: unknown, message: string): undefined {
  reader.mistakes.push({ line: reader.lineOf(node), message });
  return undefined;
}
