/** Settings as they were stored, whatever version stored them: what does not fit counts as usual. */
import { defaultPostureSettings, type PostureSettings } from "./posture-settings.ts";

export function parsePostureSettings(stored: unknown): PostureSettings {
  const given = Object(stored) as Readonly<Record<string, unknown>>;
  const entries = Object.entries(defaultPostureSettings).map(([name, usual]) => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    return [name, fits(value, usual) ? value : usual] as const;
  });
  return Object.fromEntries(entries) as unknown as PostureSettings;
}

function fits(value: unknown, usual: number | readonly string[]): boolean {
  if (typeof usual === "number") return typeof value === "number" && Number.isFinite(value) && value > 0;
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
