/** Reads what a scan's settings file says about secrets. */
import { isMap, type YAMLMap } from "yaml";
import { type MarkerTool, markerTools } from "../secrets/silencing/marker-tools.ts";
import { itemsOf, mapOf, mistake, readText, type SettingsReader } from "./settings-document.ts";

/** The part `secrets:` of the settings. */
export interface SecretScanSettings {
  /** Files and folders with rules, relative to the settings file. */
  readonly rules: readonly string[];
  /** Other tools whose marks are honoured; all if absent. */
  readonly markers?: readonly MarkerTool[];
  /** Fingerprints of values that are known to be harmless wherever they stand. */
  readonly testValues: readonly string[];
}

const keys = ["rules", "markers", "testValues"] as const;

export function readSecretSettings(reader: SettingsReader, map: YAMLMap): SecretScanSettings | undefined {
  const part = mapOf(reader, map, "secrets", keys);
  if (!isMap(part)) return undefined;
  const texts = (key: (typeof keys)[number]) =>
    itemsOf(reader, part, key).flatMap((item) => readText(reader, item, key) ?? []);
  const testValues = itemsOf(reader, part, "testValues").flatMap((item) => {
    const text = readText(reader, item, "testValues") ?? "";
    if (/^[0-9a-f]{12,64}$/.test(text)) return [text];
    mistake(reader, item, "testValues must be fingerprints: 12 to 64 of the digits 0-9 and a-f");
    return [];
  });
  return {
    rules: texts("rules"),
    ...(part.has("markers") && { markers: readMarkers(reader, part) }),
    testValues,
  };
}

function readMarkers(reader: SettingsReader, part: YAMLMap): readonly MarkerTool[] {
  return itemsOf(reader, part, "markers").flatMap((item) => {
    const text = readText(reader, item, "markers");
    const tool = markerTools.find((one) => one === text);
    if (tool === undefined && text !== undefined) {
      mistake(reader, item, `markers must name tools: ${markerTools.join(", ")}`);
    }
    return tool === undefined ? [] : [tool];
  });
}
