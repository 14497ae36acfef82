/** Reads a baseline: findings that are known and accepted. A JSON report of an earlier scan is one, too. */
import { isDay } from "#model/day.ts";

export interface BaselineEntry {
  readonly fingerprint: string;
  readonly reason: string;
  /** Last day, `YYYY-MM-DD`. */
  readonly expires?: string;
  readonly rule?: string;
  /** What was found in old commits only is no part of a scan of files. */
  readonly isPast?: true;
}

export interface Baseline {
  readonly entries: readonly BaselineEntry[];
  /** The name of the key that fingerprints of secrets were made with, if the file tells. */
  readonly fingerprintKey?: string;
}

export type ParsedBaseline =
  | ({ readonly is: "baseline" } & Baseline)
  | { readonly is: "mistake"; readonly message: string };

/** `{ "fingerprintKey"?, "entries": [{ "fingerprint", "reason", "expires"? }] }`, or what `scan --format json` printed. */
export function parseBaseline(text: string): ParsedBaseline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What the parser says of it shows its first characters, and it may be any file.
    return { is: "mistake", message: "is no JSON" };
  }
  if (!isObject(value)) return { is: "mistake", message: 'must hold an object with "entries" or "findings"' };
  const isReport = Array.isArray(value.findings);
  const list = isReport ? value.findings : value.entries;
  if (!Array.isArray(list)) return { is: "mistake", message: 'must have a list "entries" or "findings"' };
  const entries: BaselineEntry[] = [];
  for (const [index, item] of list.entries()) {
    const entry = entryOf(item, isReport);
    if (typeof entry === "string") return { is: "mistake", message: `entry ${index + 1} ${entry}` };
    entries.push(entry);
  }
  const { fingerprintKey } = value;
  if (fingerprintKey === undefined) return { is: "baseline", entries };
  if (typeof fingerprintKey !== "string" || !/^[0-9a-f]{16}$/.test(fingerprintKey))
    return { is: "mistake", message: "fingerprintKey must be 16 hexadecimal digits" };
  return { is: "baseline", entries, fingerprintKey };
}

/** What `sallyport baseline import` writes. */
const words = ["fingerprint", "reason", "expires", "rule", "path", "commit"];

function entryOf(item: unknown, isReport: boolean): BaselineEntry | string {
  if (!isObject(item)) return "must be an object";
  const { fingerprint, reason, expires, origin, commit } = item;
  const rule = typeof item.rule === "string" && { rule: item.rule };
  if (typeof fingerprint !== "string" || !/^[0-9a-f]{16,128}$/.test(fingerprint))
    return "has no fingerprint: 16 hexadecimal digits or more";
  if (isReport) {
    const isPast = isObject(origin) && origin.inHead === false && ({ isPast: true } as const);
    return { fingerprint, reason: "found by an earlier scan", ...rule, ...isPast };
  }
  if (Object.keys(item).some((word) => !words.includes(word))) return `has an unknown word; known: ${words.join(", ")}`;
  if (typeof reason !== "string" || reason === "") return "needs a reason";
  const entry = { fingerprint, reason, ...rule, ...(commit !== undefined && ({ isPast: true } as const)) };
  if (expires === undefined) return entry;
  if (typeof expires !== "string" || !isDay(expires)) return "expires must be a date: YYYY-MM-DD";
  return { ...entry, expires };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
