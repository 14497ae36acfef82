/**
 * Layout of an advisory file, one per ecosystem: 64 bytes of header, deflated blocks with what is read for hits only, and the
 * front, which is read once and kept: a hash table from names to postings, interned texts, where each advisory lies, and the
 * packages that are wholly malicious. Numbers are little-endian, as are all machines that Node runs on.
 */
import type { Ecosystem } from "#model/ecosystem.ts";

export const magic = Buffer.from("SALLYADV", "latin1");
/** Raised when the layout changes: a file of another version is built again. */
export const formatVersion = 1;
export const headerLength = 64;

/** Where things stand in the header. */
export const headerAt = {
  version: 8,
  frontChecksum: 12,
  frontOffset: 16,
  frontLength: 24,
  fileLength: 32,
  metaLength: 40,
};

/**
 * A block holds whole records and is inflated for one of them. With 32 kB in place of 16 the files are 5 % smaller, and 10,000
 * look-ups take twice as long.
 */
export const blockLength = 16 * 1024;
/** Longest record in a block; the builder's bounds keep far below. */
export const recordLimit = 8 * 1024 * 1024;

export const sectionNames = [
  "slots",
  "packages",
  "postings",
  "textEnds",
  "texts",
  "advisories",
  "blocks",
  "malware",
] as const;
export type SectionName = (typeof sectionNames)[number];

/** What an advisory file says about itself: JSON at the beginning of the front. */
export interface FileMeta {
  readonly ecosystem: Ecosystem;
  readonly built: string;
  /** What it was built from: to see whether it still holds, and to be shown. */
  readonly inputs: readonly BuildInput[];
  readonly counts: FileCounts;
  /** Offset from the beginning of the front and length, in bytes. */
  readonly sections: Readonly<Record<SectionName, readonly [offset: number, length: number]>>;
}

export interface FileCounts {
  readonly records: number;
  readonly advisories: number;
  readonly packages: number;
  /** Packages that are malicious in all versions. */
  readonly malicious: number;
  /** Records that could not be read. */
  readonly unreadable: number;
}

export interface BuildInput {
  /** Name of the source. */
  readonly source: string;
  readonly sha256: string;
  /** ISO time. */
  readonly fetched: string;
  readonly etag?: string;
}

/** FNV-1a of ecosystem, NUL and name. Two of them with different beginnings make a name of 64 bits. */
export function hashOf(ecosystem: Ecosystem, name: string, seed?: number): number {
  return hasherOf(ecosystem, seed)(name);
}

/** The same for many names of one ecosystem. */
export function hasherOf(ecosystem: Ecosystem, seed = 0x811c9dc5): (name: string) => number {
  const start = hashed(`${ecosystem}\0`, seed);
  return (name) => {
    let hash = hashed(name, start);
    // FNV's low bits are weak, and the table uses them.
    hash ^= hash >>> 15;
    return Math.imul(hash, 0x2c1b3c6d) >>> 0;
  };
}

function hashed(text: string, start: number): number {
  let hash = start;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    hash = Math.imul(hash ^ (code & 0xff), 0x01000193);
    if (code > 0xff) hash = Math.imul(hash ^ (code >>> 8), 0x01000193);
  }
  return hash;
}

export const secondSeed = 0x9747b28c;

/** A malicious package: two halves of its name's hash, the id's number, days of publication and change. */
export const malwareFields = 4;

const malwareId = /^MAL-(20[0-5]\d)-(\d{1,8})$/;

/** 0 if the id does not fit. */
export function packMalwareId(id: string): number {
  const [, year, number] = malwareId.exec(id) ?? [];
  if (year === undefined || number === undefined || Number(number) >= 2 ** 26 || `${Number(number)}` !== number)
    return 0;
  return (Number(year) - 2000) * 2 ** 26 + Number(number);
}

export function unpackMalwareId(packed: number): string {
  return `MAL-${2000 + Math.floor(packed / 2 ** 26)}-${packed % 2 ** 26}`;
}

const firstDay = Date.UTC(2000, 0, 1);
const day = 24 * 60 * 60 * 1000;

/** Days since 2000; 0 if unknown. */
export function packDay(date: string | undefined): number {
  const time = date === undefined ? Number.NaN : Date.parse(date.slice(0, 10));
  return Number.isNaN(time) ? 0 : Math.min(0xffff, Math.max(0, Math.round((time - firstDay) / day)));
}

export function unpackDay(packed: number): string | undefined {
  return packed === 0 ? undefined : new Date(firstDay + packed * day).toISOString().slice(0, 10);
}
