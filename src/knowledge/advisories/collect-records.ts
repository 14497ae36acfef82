/** First pass of a build: reads every record, keeps what grouping needs and lays the rest aside; the newest of an id wins. */
import type { AffectedVersions } from "#model/advisory.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import { parseLoose } from "../loose-json.ts";
import type { Breather } from "../update/breather.ts";
import { isEverything } from "./affected-versions.ts";
import { malwareDatabase } from "./databases.ts";
import { packDay, packMalwareId } from "./file-layout.ts";
import type { MergedRecord } from "./merge-records.ts";
import { type OsvRecord, type RecordText, readOsvRecord } from "./osv-record.ts";
import type { Place, Spill } from "./spill.ts";

/** One record as its source has it. */
export interface SourceRecord {
  readonly json: string;
  /** Name and licence of the source, for records whose id tells no database. */
  readonly label: string;
}

export interface CollectedRecord {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly modified: string;
  /** Withdrawn, or no longer about the ecosystem: older copies of it do not count, either. */
  readonly isGone: boolean;
  /** A name by which its neighbours are found: records of a package lie together. */
  readonly firstPackage: string;
  /** Where text and packages lie. */
  readonly place?: Place;
  /** In place of that: malicious in all versions, which is all there is to say. */
  readonly malware?: { readonly id: number; readonly days: number };
}

export interface Collected {
  readonly records: readonly CollectedRecord[];
  /** How many were read, and how many could not be. */
  readonly read: number;
  readonly unreadable: number;
}

export async function collectRecords(
  records: Iterable<SourceRecord>,
  { ecosystem, spill, breather }: { readonly ecosystem: Ecosystem; readonly spill: Spill; readonly breather: Breather },
): Promise<Collected> {
  const newest = new Map<string, CollectedRecord>();
  let read = 0;
  let unreadable = 0;
  for (const { json, label } of records) {
    read += 1;
    if (breather.isDue()) await breather.breathe(read);
    const loose = parseLoose(json);
    if (loose?.id === undefined) {
      unreadable += 1;
      continue;
    }
    const record = readOsvRecord(loose, ecosystem, label);
    if (!record) continue;
    const known = newest.get(record.id);
    if (known && compareTimes(known.modified, record.modified) > 0) continue;
    newest.set(record.id, layAside(record, spill));
  }
  return { records: [...newest.values()].filter((record) => !record.isGone), read, unreadable };
}

/** Times of one zone, with or without fractions of seconds: up to the seconds they compare as text. */
export function compareTimes(a: string, b: string): number {
  const [left, right] = [a.replace(/Z$/, ""), b.replace(/Z$/, "")];
  return left < right ? -1 : left > right ? 1 : 0;
}

function layAside(record: OsvRecord, spill: Spill): CollectedRecord {
  const { id, aliases, modified, isWithdrawn, packages } = record;
  const isGone = isWithdrawn || packages.size === 0;
  const facts = { id, aliases, modified, isGone, firstPackage: packages.keys().next().value ?? "" };
  if (isGone) return facts;
  const malware = wholeMalware(record);
  if (malware) return { ...facts, malware };
  return { ...facts, place: spill.write(JSON.stringify([record.text, [...packages]])) };
}

function wholeMalware({ id, aliases, text, packages }: OsvRecord): CollectedRecord["malware"] {
  const packed = packMalwareId(id);
  if (packed === 0 || aliases.length > 0 || packages.size !== 1 || text.source !== malwareDatabase) return undefined;
  const [affected = []] = packages.values();
  if (!affected.some(({ ranges, parts }) => parts === undefined && ranges.some(isEverything))) return undefined;
  return { id: packed, days: packDay(text.published) * 0x10000 + packDay(text.modified) };
}

/** What was laid aside. */
export function fetchRecord(record: CollectedRecord, spill: Spill): MergedRecord {
  const { id, aliases, place } = record;
  const [text, packages] = place
    ? (JSON.parse(spill.read(place)) as readonly [
        RecordText,
        readonly (readonly [string, readonly AffectedVersions[]])[],
      ])
    : wholeText(record);
  return { id, aliases, text, packages: new Map(packages) };
}

/** Malware that has turned out to have an alias. */
function wholeText({
  firstPackage,
}: CollectedRecord): readonly [RecordText, readonly [string, readonly AffectedVersions[]][]] {
  const text: RecordText = {
    title: `Malicious code in ${firstPackage}`,
    vectors: [],
    severityWord: "critical",
    weaknesses: ["CWE-506"],
    references: [],
    source: malwareDatabase,
  };
  return [text, [[firstPackage, [{ ranges: [{ events: [{ introduced: "0" }] }], versions: [] }]]]];
}
