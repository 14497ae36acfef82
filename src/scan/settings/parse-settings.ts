/** Reads a scan's settings file. */

import { isMap, isScalar, type YAMLMap } from "yaml";
import type { Allow } from "#model/allow.ts";
import { isDay } from "#model/day.ts";
import { packageSettingsWords, readPackageSettings } from "./parse-package-settings.ts";
import { readSecretSettings } from "./parse-secret-settings.ts";
import type { ScanSettings } from "./scan-settings.ts";
import {
  checkKeys,
  itemsOf,
  mistake,
  readSettingsDocument,
  readText,
  readTexts,
  type SettingsDocument,
  type SettingsReader,
} from "./settings-document.ts";

export type ParsedSettings = SettingsDocument<ScanSettings>;

const words = ["allow", "skip", "minimumScore", "secrets", ...packageSettingsWords] as const;

export function parseSettings(text: string): ParsedSettings {
  return readSettingsDocument(text, words, readTop);
}

function readTop(reader: SettingsReader, map: YAMLMap | undefined): ScanSettings {
  if (map === undefined) return { allow: [], skip: [] };
  const minimumScore = map.get("minimumScore");
  if (minimumScore !== undefined && !(typeof minimumScore === "number" && minimumScore >= 0 && minimumScore <= 100)) {
    mistake(reader, map.get("minimumScore", true), "minimumScore must be a number from 0 to 100");
  }
  const secrets = readSecretSettings(reader, map);
  return {
    allow: itemsOf(reader, map, "allow").flatMap((item) => readAllow(reader, item) ?? []),
    skip: itemsOf(reader, map, "skip").flatMap((item) => readText(reader, item, "skip") ?? []),
    ...(typeof minimumScore === "number" && { minimumScore }),
    ...(secrets !== undefined && { secrets }),
    ...(packageSettingsWords.some((word) => map.has(word)) && { packages: readPackageSettings(reader, map) }),
    ...wordsOfInstance(reader, map),
  };
}

function wordsOfInstance(reader: SettingsReader, map: YAMLMap): Pick<ScanSettings, "ofInstance"> {
  const ofInstance = map.items.flatMap(({ key }) => {
    const word = isScalar(key) ? String(key.value) : "";
    const isOfInstance = word === "minimumScore" || packageSettingsWords.some((one) => one === word);
    return isOfInstance ? { word, line: reader.lineOf(key) } : [];
  });
  return ofInstance.length === 0 ? {} : { ofInstance };
}

const allowKeys = ["rule", "path", "fingerprint", "reason", "until"] as const;

function readAllow(reader: SettingsReader, item: unknown): Allow | undefined {
  if (!isMap(item)) return mistake(reader, item, "an allow entry must be a mapping (rule, path, fingerprint, reason)");
  checkKeys(reader, item, allowKeys);
  const parts = readTexts(reader, item, allowKeys);
  const { rule, path, fingerprint, reason, until } = parts;
  if (reason === undefined) return mistake(reader, item, "an allow entry needs a reason");
  if (rule === undefined && path === undefined && fingerprint === undefined) {
    return mistake(reader, item, "an allow entry needs a rule, a path or a fingerprint");
  }
  if (fingerprint !== undefined && !/^[0-9a-f]{6,64}$/.test(fingerprint)) {
    const node = item.get("fingerprint", true);
    return mistake(reader, node, "fingerprint must be 6 to 64 of the digits 0-9 and a-f");
  }
  if (until !== undefined && !isDay(until)) {
    return mistake(reader, item.get("until", true), "until must be a date: YYYY-MM-DD");
  }
  return { ...parts, reason, line: reader.lineOf(item) };
}
