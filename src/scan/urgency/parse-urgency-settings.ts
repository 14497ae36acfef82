/** Reads what people write about urgency, strictly: a misspelt signal would silently keep its old weight. */
import { isMap, isSeq, type YAMLMap } from "yaml";
import { type UrgencySignal, urgencySignals } from "#model/urgency.ts";
import {
  checkKeys,
  itemsOf,
  mapOf,
  mistake,
  readSettingsDocument,
  readText,
  type SettingsDocument,
  type SettingsReader,
} from "../settings/settings-document.ts";
import { defaultUrgencySettings, type PlacePattern, type UrgencySettings } from "./urgency-settings.ts";

const words = ["weights", "notKnown", "production", "notProduction"] as const;
const patternWords = ["repositories", "tags", "branches", "pipelines"] as const;
const mostWeight = 100;
const leastNotKnown = 0.01;
const mostPatterns = 200;

export function parseUrgencySettings(text: string): SettingsDocument<UrgencySettings> {
  return readSettingsDocument(text, words, (reader, map) =>
    map === undefined ? defaultUrgencySettings : readSettings(reader, map),
  );
}

function readSettings(reader: SettingsReader, map: YAMLMap): UrgencySettings {
  const weights = readNumbers(reader, map, "weights", 0, mostWeight);
  if (urgencySignals.every((signal) => weights[signal] === 0)) {
    mistake(reader, map.get("weights", true), "at least one weight must be more than 0");
  }
  return {
    weights,
    notKnown: readNumbers(reader, map, "notKnown", leastNotKnown, 1),
    production: readPatterns(reader, map, "production"),
    notProduction: readPatterns(reader, map, "notProduction"),
  };
}

function readNumbers(
  reader: SettingsReader,
  map: YAMLMap,
  key: "weights" | "notKnown",
  least: number,
  most: number,
): Readonly<Record<UrgencySignal, number>> {
  const given = mapOf(reader, map, key, urgencySignals);
  const numberOf = (signal: UrgencySignal) => {
    const value = given?.get(signal) as unknown;
    const usual = defaultUrgencySettings[key][signal];
    if (value === undefined) return usual;
    if (typeof value === "number" && value >= least && value <= most) return value;
    mistake(reader, given?.get(signal, true), `${signal} must be a number from ${least} to ${most}`);
    return usual;
  };
  return Object.fromEntries(urgencySignals.map((signal) => [signal, numberOf(signal)])) as Record<
    UrgencySignal,
    number
  >;
}

function readPatterns(reader: SettingsReader, map: YAMLMap, key: string): readonly PlacePattern[] {
  const items = itemsOf(reader, map, key);
  if (items.length > mostPatterns)
    mistake(reader, map.get(key, true), `${key} holds more than ${mostPatterns} entries`);
  return items.slice(0, mostPatterns).flatMap((item) => readPattern(reader, item, key) ?? []);
}

function readPattern(reader: SettingsReader, item: unknown, key: string): PlacePattern | undefined {
  if (!isMap(item)) return mistake(reader, item, `an entry of ${key} must be a mapping (${patternWords.join(", ")})`);
  checkKeys(reader, item, patternWords);
  const textsOf = (word: (typeof patternWords)[number]) => {
    const node = item.get(word, true) as unknown;
    if (node === undefined) return [];
    const nodes = isSeq(node) ? node.items : [node];
    return nodes.flatMap((one) => readText(reader, one, word) ?? []);
  };
  const pattern = {
    repositories: textsOf("repositories"),
    tags: textsOf("tags"),
    branches: textsOf("branches"),
    pipelines: textsOf("pipelines"),
  };
  if (Object.values(pattern).every((list) => list.length === 0)) {
    return mistake(reader, item, `an entry of ${key} needs one of ${patternWords.join(", ")}`);
  }
  return pattern;
}
