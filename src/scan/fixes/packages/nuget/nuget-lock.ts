/**
 * A packages.lock.json as NuGet writes it: its sections by target framework and runtime, and their entries with their places.
 * Versions, kinds of entries and shapes that are not known are refused, and so is what is too large.
 */
import { type JsonObject, objectOf } from "../../../packages/reading/json-fields.ts";
import { type JsonSlice, jsonValue, slicesOf } from "../../../packages/reading/json-slices.ts";
import { oncePerText } from "../../once-per-text.ts";

export const entryKinds = ["Direct", "Transitive", "Project", "CentralTransitive"] as const;

export type EntryKind = (typeof entryKinds)[number];

/** What an entry says, in the order in which NuGet writes it. */
export interface LockEntry {
  readonly name: string;
  readonly type: EntryKind;
  readonly requested?: string;
  readonly resolved?: string;
  readonly contentHash?: string;
  /** Ranges by name, as written. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/** By name in lower case, in the order of the file. */
export type LockEntries = ReadonlyMap<string, LockEntry>;

export interface LockSection {
  /** `net8.0`, `.NETStandard,Version=v2.0` */
  readonly framework: string;
  /** Its section holds only what differs from the framework's own. */
  readonly runtime?: string;
  readonly slice: JsonSlice;
  readonly entries: LockEntries;
  /** In the order of the file. */
  readonly slices: readonly JsonSlice[];
}

export interface NugetLock {
  readonly sections: readonly LockSection[];
}

const most = { characters: 16_000_000, sections: 200, entries: 20_000 };
const versions: ReadonlySet<unknown> = new Set([1, 2]);
const members: ReadonlySet<string> = new Set(["type", "requested", "resolved", "contentHash", "dependencies"]);

/** A clause is why it is not edited. */
export const nugetLockOf = oncePerText(readNugetLock);

function readNugetLock(text: string): NugetLock | string {
  if (text.length > most.characters) return "it is too large to be edited here";
  const whole = objectOf(jsonValue(text));
  const frameworks = objectOf(whole?.dependencies);
  if (!whole || !frameworks || !versions.has(whole.version)) return "it is of a version that is not edited here";
  const list = slicesOf(text).slices.findLast(({ key }) => key === "dependencies");
  const places = list ? slicesOf(text, list.start, list.end).slices : [];
  if (places.length > most.sections || places.length !== Object.keys(frameworks).length)
    return "its sections are not as NuGet writes them";
  const sections: LockSection[] = [];
  let count = 0;
  for (const slice of places) {
    const section = sectionOf(text, slice, objectOf(frameworks[slice.key]));
    if (!section) return `its section ${slice.key.slice(0, 100)} is not as NuGet writes it`;
    count += section.entries.size;
    sections.push(section);
  }
  if (count > most.entries) return "it is too large to be edited here";
  const own = new Set(sections.flatMap(({ framework, runtime }) => (runtime === undefined ? [framework] : [])));
  const isWhole = sections.every(({ framework }) => own.has(framework));
  return isWhole ? { sections } : "a runtime in it stands without its framework";
}

function sectionOf(text: string, slice: JsonSlice, values: JsonObject | undefined): LockSection | undefined {
  const [framework = "", runtime, ...rest] = slice.key.split("/");
  const { slices } = slicesOf(text, slice.start, slice.end);
  if (!values || rest.length > 0) return undefined;
  const entries = new Map<string, LockEntry>();
  for (const { key } of slices) {
    const entry = entryOf(key, objectOf(values[key]));
    if (!entry || entries.has(key.toLowerCase())) return undefined;
    entries.set(key.toLowerCase(), entry);
  }
  return { framework, ...(runtime !== undefined && { runtime }), slice, entries, slices };
}

function entryOf(name: string, value: JsonObject | undefined): LockEntry | undefined {
  const type = entryKinds.find((kind) => kind === value?.type);
  if (!value || !type || Object.keys(value).some((key) => !members.has(key))) return undefined;
  const { requested, resolved, contentHash, dependencies = {} } = value;
  const ranges = objectOf(dependencies);
  if (!isTextOrAbsent(requested) || !isTextOrAbsent(resolved) || !isTextOrAbsent(contentHash)) return undefined;
  if (!ranges || !Object.values(ranges).every((range) => typeof range === "string")) return undefined;
  return {
    name,
    type,
    ...(requested !== undefined && { requested }),
    ...(resolved !== undefined && { resolved }),
    ...(contentHash !== undefined && { contentHash }),
    dependencies: ranges as Readonly<Record<string, string>>,
  };
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === "string";
}
