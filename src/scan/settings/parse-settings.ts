/** Reads a settings file strictly: an unknown word is a mistake with its line, for a silent typo would hide findings. */
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import type { Allow, ScanSettings, SettingsMistake } from "./scan-settings.ts";

export type ParsedSettings =
  | { readonly is: "settings"; readonly settings: ScanSettings }
  | { readonly is: "mistakes"; readonly mistakes: readonly SettingsMistake[] };

interface Reader {
  readonly mistakes: SettingsMistake[];
  lineOf(node: unknown): number;
}

export function parseSettings(text: string): ParsedSettings {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, uniqueKeys: true });
  const mistakes: SettingsMistake[] = document.errors.map((error) => ({
    line: error.linePos?.[0].line ?? 1,
    message: error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? "no YAML",
  }));
  const lineOf = (node: unknown) => {
    const range = (node as Node | null)?.range;
    return range ? lineCounter.linePos(range[0]).line : 1;
  };
  const reader: Reader = { mistakes, lineOf };
  const settings = mistakes.length > 0 ? undefined : readTop(reader, document.contents);
  return mistakes.length > 0 || settings === undefined ? { is: "mistakes", mistakes } : { is: "settings", settings };
}

function readTop(reader: Reader, contents: unknown): ScanSettings | undefined {
  if (contents === null || (isScalar(contents) && contents.value === null)) return { allow: [], skip: [] };
  if (!isMap(contents)) return mistake(reader, contents, "the file must be a mapping (allow, skip, minimumScore)");
  checkKeys(reader, contents, ["allow", "skip", "minimumScore"]);
  const minimumScore = contents.get("minimumScore");
  if (minimumScore !== undefined && !(typeof minimumScore === "number" && minimumScore >= 0 && minimumScore <= 100)) {
    mistake(reader, contents.get("minimumScore", true), "minimumScore must be a number from 0 to 100");
  }
  return {
    allow: itemsOf(reader, contents, "allow").flatMap((item) => readAllow(reader, item) ?? []),
    skip: itemsOf(reader, contents, "skip").flatMap((item) => readText(reader, item, "skip") ?? []),
    ...(typeof minimumScore === "number" && { minimumScore }),
  };
}

function itemsOf(reader: Reader, map: YAMLMap, key: string): readonly unknown[] {
  const value = map.get(key, true) as unknown;
  if (value === undefined) return [];
  if (isSeq(value)) return value.items;
  mistake(reader, value, `${key} must be a list`);
  return [];
}

const allowKeys = ["rule", "path", "fingerprint", "reason", "until"] as const;

function readAllow(reader: Reader, item: unknown): Allow | undefined {
  if (!isMap(item)) return mistake(reader, item, "an allow entry must be a mapping (rule, path, fingerprint, reason)");
  checkKeys(reader, item, allowKeys);
  const parts = Object.fromEntries(
    allowKeys.flatMap((key) => {
      const node = item.get(key, true) as unknown;
      const text = node === undefined ? undefined : readText(reader, node, key);
      return text === undefined ? [] : [[key, text]];
    }),
  ) as Partial<Record<(typeof allowKeys)[number], string>>;
  const { rule, path, fingerprint, reason, until } = parts;
  if (reason === undefined) return mistake(reader, item, "an allow entry needs a reason");
  if (rule === undefined && path === undefined && fingerprint === undefined) {
    return mistake(reader, item, "an allow entry needs a rule, a path or a fingerprint");
  }
  if (until !== undefined && !/^\d{4}-\d\d-\d\d$/.test(until)) {
    return mistake(reader, item.get("until", true), "until must be a date: YYYY-MM-DD");
  }
  return { ...parts, reason, line: reader.lineOf(item) };
}

function readText(reader: Reader, node: unknown, key: string): string | undefined {
  // An unquoted date or number is meant as it is written.
  const text = isScalar(node) ? (typeof node.value === "string" ? node.value : node.source) : undefined;
  return text === undefined || text === "" ? mistake(reader, node, `${key} must be a text`) : text;
}

function checkKeys(reader: Reader, map: YAMLMap, known: readonly string[]): void {
  for (const pair of map.items as readonly Pair[]) {
    const key = isScalar(pair.key) ? String(pair.key.value) : "";
    if (!known.includes(key)) mistake(reader, pair.key, `unknown word "${key}"; known are ${known.join(", ")}`);
  }
}

function mistake(reader: Reader, node: unknown, message: string): undefined {
  reader.mistakes.push({ line: reader.lineOf(node), message });
  return undefined;
}
