/** Reads how packages are judged. What is not given stays as it is by default; a rule given stands before the default ones. */

import { isMap, type YAMLMap } from "yaml";
import { isDay } from "#model/day.ts";
import { severities } from "#model/severity.ts";
import {
  defaultPackageSettings,
  type LicenseAction,
  type LicenseCategory,
  type LicensePolicy,
  type LicenseRule,
  type PackageSettings,
  type RiskSettings,
  type RiskWeight,
} from "./package-settings.ts";
import {
  checkKeys,
  itemsOf,
  mapOf,
  mistake,
  readSettingsDocument,
  readTexts,
  type SettingsDocument,
  type SettingsReader,
} from "./settings-document.ts";

export const packageSettingsWords = ["licenses", "operationalRisk"] as const;

export function parsePackageSettings(text: string): SettingsDocument<PackageSettings> {
  return readSettingsDocument(text, packageSettingsWords, (reader, map) =>
    map === undefined ? defaultPackageSettings : readPackageSettings(reader, map),
  );
}

/** From a mapping that may hold other words as well. */
export function readPackageSettings(reader: SettingsReader, map: YAMLMap): PackageSettings {
  const licenses = mapOf(reader, map, "licenses", ["rules", "otherwise"]);
  const risk = mapOf(reader, map, "operationalRisk", riskWords);
  return {
    licenses: licenses === undefined ? defaultPackageSettings.licenses : readPolicy(reader, licenses),
    operationalRisk: risk === undefined ? defaultPackageSettings.operationalRisk : readRisk(reader, risk),
  };
}

const actions = ["allow", "review", "deny"] as const satisfies readonly LicenseAction[];
const scopes = ["production", "development", "direct"] as const;
const categories = [
  "public-domain",
  "permissive",
  "weak-copyleft",
  "strong-copyleft",
  "network-copyleft",
  "non-commercial",
  "source-available",
  "proprietary",
  "unknown",
] as const satisfies readonly LicenseCategory[];

function readPolicy(reader: SettingsReader, map: YAMLMap): LicensePolicy {
  const { otherwise } = readTexts(reader, map, ["otherwise"]);
  const rules = itemsOf(reader, map, "rules").flatMap((item) => readRule(reader, item) ?? []);
  return {
    rules: [...rules, ...defaultPackageSettings.licenses.rules],
    otherwise: oneOf(reader, map, "otherwise", otherwise, actions) ?? defaultPackageSettings.licenses.otherwise,
  };
}

const ruleWords = ["match", "action", "severity", "reason", "until"] as const;
const matchWords = ["license", "category", "package", "scope"] as const;

function readRule(reader: SettingsReader, item: unknown): LicenseRule | undefined {
  if (!isMap(item)) return mistake(reader, item, `a rule must be a mapping (${ruleWords.join(", ")})`);
  checkKeys(reader, item, ruleWords);
  const match = mapOf(reader, item, "match", matchWords);
  const asked = match === undefined ? {} : readTexts(reader, match, matchWords);
  const given = readTexts(reader, item, ["action", "severity", "reason", "until"]);
  if (given.action === undefined) return mistake(reader, item, `a rule needs an action (${actions.join(", ")})`);
  const action = oneOf(reader, item, "action", given.action, actions);
  const severity = oneOf(reader, item, "severity", given.severity, severities);
  const category = match && oneOf(reader, match, "category", asked.category, categories);
  const scope = match && oneOf(reader, match, "scope", asked.scope, scopes);
  if (given.until !== undefined && !isDay(given.until)) {
    mistake(reader, item.get("until", true), "until must be a date: YYYY-MM-DD");
  }
  if (action === undefined) return undefined;
  return {
    match: {
      ...(asked.license !== undefined && { license: asked.license }),
      ...(category !== undefined && { category }),
      ...(asked.package !== undefined && { package: asked.package }),
      ...(scope !== undefined && { scope }),
    },
    action,
    ...(severity !== undefined && { severity }),
    ...(given.reason !== undefined && { reason: given.reason }),
    ...(given.until !== undefined && { until: given.until }),
  };
}

const riskWords = ["mediumFrom", "highFrom", "leastConfidence", "report", "weights"] as const;

function readRisk(reader: SettingsReader, map: YAMLMap): RiskSettings {
  const usual = defaultPackageSettings.operationalRisk;
  const { report } = readTexts(reader, map, ["report"]);
  const names = Object.keys(usual.weights) as RiskWeight[];
  const weights = mapOf(reader, map, "weights", names);
  const weightOf = (name: RiskWeight) => numberOf(reader, weights, name, 100) ?? usual.weights[name];
  const mediumFrom = numberOf(reader, map, "mediumFrom", 100) ?? usual.mediumFrom;
  const highFrom = numberOf(reader, map, "highFrom", 100) ?? usual.highFrom;
  if (mediumFrom > highFrom) {
    mistake(reader, map, `mediumFrom (${mediumFrom}) must not be greater than highFrom (${highFrom})`);
  }
  return {
    mediumFrom,
    highFrom,
    leastConfidence: numberOf(reader, map, "leastConfidence", 1) ?? usual.leastConfidence,
    report: oneOf(reader, map, "report", report, ["high", "medium"]) ?? usual.report,
    weights: Object.fromEntries(names.map((name) => [name, weightOf(name)])) as RiskSettings["weights"],
  };
}

function numberOf(reader: SettingsReader, map: YAMLMap | undefined, key: string, most: number): number | undefined {
  const value = map?.get(key) as unknown;
  if (value === undefined) return undefined;
  if (typeof value === "number" && value >= 0 && value <= most) return value;
  return mistake(reader, map?.get(key, true), `${key} must be a number from 0 to ${most}`);
}

function oneOf<T extends string>(
  reader: SettingsReader,
  map: YAMLMap,
  key: string,
  text: string | undefined,
  known: readonly T[],
): T | undefined {
  if (text === undefined) return undefined;
  const found = known.find((one) => one === text);
  return found ?? mistake(reader, map.get(key, true), `${key} must be one of ${known.join(", ")}, not "${text}"`);
}
