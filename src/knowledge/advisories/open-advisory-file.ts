/**
 * Opens an advisory file: one read of its front, later one read for each block that is asked for. A file that is damaged,
 * cut off or of another version is refused with DamagedFileError. Whoever has it open keeps it when a newer one takes its place.
 */
import { closeSync, fstatSync, openSync } from "node:fs";
import { crc32 } from "node:zlib";
import type { Advisory, AffectedVersions } from "#model/advisory.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import { createBlockReader, readExactly } from "./block-reader.ts";
import { createByteReader } from "./byte-reader.ts";
import { DamagedFileError } from "./damaged-file.ts";
import * as layout from "./file-layout.ts";
import { maliciousAdvisory } from "./malicious-advisory.ts";
import type { StoredHead } from "./merge-records.ts";
import { readPosting } from "./postings.ts";

export interface AdvisoryFile {
  readonly meta: layout.FileMeta;
  readonly bytes: number;
  /** `name` is normalised. */
  advisoriesOf(name: string): readonly Advisory[];
  close(): void;
}

/** `onProblem` hears of trouble with an answer that was given already. */
export function openAdvisoryFile(
  path: string,
  onProblem: (problem: DamagedFileError) => void = () => {},
): AdvisoryFile {
  const file = openSync(path, "r");
  try {
    const { front, meta, bytes } = readFront(file, path);
    const sections = sectionsOf(front, meta, path);
    return {
      meta,
      bytes,
      advisoriesOf: createLookUp(path, file, meta.ecosystem, sections, onProblem),
      close: () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    if (error instanceof DamagedFileError) throw error;
    throw new DamagedFileError(path, `cannot be read (${error instanceof Error ? error.message : "unknown error"})`);
  }
}

/** Only what the file says about itself: for a status that opens everything. */
export function readAdvisoryMeta(path: string): { readonly meta: layout.FileMeta; readonly bytes: number } {
  const file = openSync(path, "r");
  try {
    const header = readHeader(file, path);
    const meta = readExactly(file, header.frontOffset, header.metaLength, path);
    return { meta: JSON.parse(meta.toString("utf8")) as layout.FileMeta, bytes: header.bytes };
  } catch (error) {
    throw error instanceof DamagedFileError ? error : new DamagedFileError(path, "is damaged at its front");
  } finally {
    closeSync(file);
  }
}

interface Header {
  readonly frontOffset: number;
  readonly frontLength: number;
  readonly frontChecksum: number;
  readonly metaLength: number;
  readonly bytes: number;
}

function readHeader(file: number, path: string): Header {
  const { size } = fstatSync(file);
  const header = readExactly(file, 0, layout.headerLength, path);
  const at = layout.headerAt;
  if (!header.subarray(0, layout.magic.length).equals(layout.magic)) {
    throw new DamagedFileError(path, "is no advisory file");
  }
  const version = header.readUInt32LE(at.version);
  if (version !== layout.formatVersion)
    throw new DamagedFileError(path, `is of format ${version}, not ${layout.formatVersion}`);
  const [frontOffset, frontLength] = [header.readDoubleLE(at.frontOffset), header.readDoubleLE(at.frontLength)];
  const metaLength = header.readUInt32LE(at.metaLength);
  if (header.readDoubleLE(at.fileLength) !== size || frontOffset + frontLength !== size || metaLength > frontLength) {
    throw new DamagedFileError(path, "is cut off");
  }
  return { frontOffset, frontLength, frontChecksum: header.readUInt32LE(at.frontChecksum), metaLength, bytes: size };
}

function readFront(
  file: number,
  path: string,
): { readonly front: Buffer; readonly meta: layout.FileMeta; readonly bytes: number } {
  const header = readHeader(file, path);
  const front = readExactly(file, header.frontOffset, header.frontLength, path);
  if (crc32(front) !== header.frontChecksum) throw new DamagedFileError(path, "is damaged: its checksum differs");
  const meta = JSON.parse(front.toString("utf8", 0, header.metaLength)) as layout.FileMeta;
  return { front, meta, bytes: header.bytes };
}

interface Sections {
  readonly slots: Uint32Array;
  readonly packages: Uint32Array;
  readonly postings: Buffer;
  readonly textEnds: Uint32Array;
  readonly texts: Buffer;
  readonly advisories: Uint32Array;
  readonly blocks: Uint32Array;
  readonly malware: Uint32Array;
}

function sectionsOf(front: Buffer, meta: layout.FileMeta, path: string): Sections {
  const bytesOf = (name: layout.SectionName) => {
    const [offset, length] = meta.sections[name];
    if (offset + length > front.length) throw new DamagedFileError(path, "is damaged: a section runs past its end");
    return front.subarray(offset, offset + length);
  };
  const numbersOf = (name: layout.SectionName) => {
    const bytes = bytesOf(name);
    return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  };
  return {
    slots: numbersOf("slots"),
    packages: numbersOf("packages"),
    postings: bytesOf("postings"),
    textEnds: numbersOf("textEnds"),
    texts: bytesOf("texts"),
    advisories: numbersOf("advisories"),
    blocks: numbersOf("blocks"),
    malware: numbersOf("malware"),
  };
}

function createLookUp(
  path: string,
  file: number,
  ecosystem: Ecosystem,
  sections: Sections,
  onProblem: (problem: DamagedFileError) => void,
): (name: string) => readonly Advisory[] {
  const advisoryOf = createAdvisoryReader(path, file, sections, onProblem);
  const textOf = (number: number) => {
    if (number >= sections.textEnds.length) throw new RangeError("a text that is not there");
    const start = number === 0 ? 0 : (sections.textEnds[number - 1] as number);
    return sections.texts.toString("utf8", start, sections.textEnds[number]);
  };
  const hashOf = layout.hasherOf(ecosystem);
  const mayBeKnown = hashFilter(sections);
  return (name) => {
    const hash = hashOf(name);
    if (!mayBeKnown(hash)) return nothing;
    try {
      const posting = findPackage(sections, hash, name);
      const malware = findMalware(sections.malware, hash);
      if (!posting && malware < 0) return nothing;
      const found: Advisory[] = [];
      for (let left = posting?.number() ?? 0; posting && left > 0; left -= 1) {
        const { advisory, affected } = readPosting(posting, textOf);
        found.push(advisoryOf(advisory, affected));
      }
      return [...found, ...malwareAt(sections.malware, malware, ecosystem, name)];
    } catch (error) {
      if (error instanceof DamagedFileError) throw error;
      throw new DamagedFileError(path, `is damaged (${error instanceof Error ? error.message : "unknown error"})`);
    }
  };
}

const nothing: readonly Advisory[] = [];

/** 128 kB: with the 80,000 names that npm has of one in thirteen it is not told that nothing is known. */
const filterBits = 2 ** 20;

/** Tells by one look of nearly all names that nothing is known of them. */
function hashFilter({ slots, malware }: Sections): (hash: number) => boolean {
  const bits = new Uint8Array(filterBits / 8);
  const add = (hash: number) => {
    const bit = hash % filterBits;
    bits[bit >>> 3] = (bits[bit >>> 3] as number) | (1 << (bit & 7));
  };
  for (let at = 0; at < slots.length; at += 2) if (slots[at + 1] !== 0) add(slots[at] as number);
  for (let at = 0; at < malware.length; at += layout.malwareFields) add(malware[at] as number);
  return (hash) => {
    const bit = hash % filterBits;
    return ((bits[bit >>> 3] as number) & (1 << (bit & 7))) !== 0;
  };
}

/** A reader that stands behind the name. */
function findPackage({ slots, packages, postings }: Sections, hash: number, name: string) {
  const mask = slots.length / 2 - 1;
  for (let at = hash & mask, tries = 0; tries <= mask; at = (at + 1) & mask, tries += 1) {
    const number = slots[at * 2 + 1] as number;
    if (number === 0) return undefined;
    if (slots[at * 2] !== hash) continue;
    const reader = createByteReader(postings, packages[number - 1] as number, packages[number] as number);
    if (reader.text() === name) return reader;
  }
  return undefined;
}

/** Entries around the place where a hash should stand; it is nearly always among them. */
const nearby = 512;

/** Where the first entry stands whose first half is this hash, or -1. Hashes are spread evenly: each is where its size says. */
function findMalware(malware: Uint32Array, high: number): number {
  const fields = layout.malwareFields;
  const count = malware.length / fields;
  const guess = Math.floor((high / 2 ** 32) * count);
  let [from, to] = [Math.max(0, guess - nearby), Math.min(count, guess + nearby)];
  if (from > 0 && (malware[(from - 1) * fields] as number) >= high) from = 0;
  if (to < count && (malware[to * fields] as number) < high) to = count;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((malware[middle * fields] as number) < high) from = middle + 1;
    else to = middle;
  }
  return malware[from * fields] === high ? from : -1;
}

/** Entries from there on whose second half fits too. */
function malwareAt(malware: Uint32Array, first: number, ecosystem: Ecosystem, name: string): readonly Advisory[] {
  if (first < 0) return nothing;
  const fields = layout.malwareFields;
  const high = malware[first * fields];
  const low = layout.hashOf(ecosystem, name, layout.secondSeed);
  const found: Advisory[] = [];
  for (let at = first * fields; malware[at] === high; at += fields) {
    if (malware[at + 1] !== low) continue;
    found.push(maliciousAdvisory(name, malware[at + 2] as number, malware[at + 3] as number));
  }
  return found;
}

/** What lies in blocks of its own because few ask for it. */
type AdvisoryBody = readonly [details: string | null, references: readonly string[]];

/**
 * Details and references are read when they are first looked at: of most advisories of a package a version has nothing to fear, and
 * nobody does. Where they cannot be read any more they are empty, and the trouble is told.
 */
function createAdvisoryReader(
  path: string,
  file: number,
  { advisories, blocks }: Sections,
  onProblem: (problem: DamagedFileError) => void,
): (advisory: number, affected: readonly AffectedVersions[]) => Advisory {
  const reader = createBlockReader(path, file, blocks);
  const numbers = new WeakMap<object, number>();
  const readBody = (advisory: object): AdvisoryBody => {
    const at = (numbers.get(advisory) ?? 0) * 4;
    try {
      return JSON.parse(reader.read(advisories[at + 2] ?? 0, advisories[at + 3] ?? 0)) as AdvisoryBody;
    } catch (error) {
      onProblem(error instanceof DamagedFileError ? error : new DamagedFileError(path, "cannot be read any more"));
      return ["", []];
    }
  };
  // The same two functions for all: with functions of its own each advisory costs ten microseconds more.
  const details: PropertyDescriptor = {
    enumerable: true,
    get(this: object) {
      return readBody(this)[0];
    },
  };
  const references: PropertyDescriptor = {
    enumerable: true,
    get(this: object) {
      return readBody(this)[1];
    },
  };
  return (number, affected) => {
    const [block, offset] = [advisories[number * 4], advisories[number * 4 + 1]];
    if (block === undefined || offset === undefined) throw new RangeError("an advisory that is not there");
    const { hasDetails, head } = JSON.parse(reader.read(block, offset)) as StoredHead;
    const advisory = Object.assign(head, { affected });
    numbers.set(advisory, number);
    Object.defineProperty(advisory, "references", references);
    if (hasDetails) Object.defineProperty(advisory, "details", details);
    return advisory as typeof advisory & Pick<Advisory, "references">;
  };
}
