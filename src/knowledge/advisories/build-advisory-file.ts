/**
 * Builds the advisory file of an ecosystem from records of the OSV format. It is written under another name, made lasting and
 * then renamed: who reads never sees half of one, whatever happens in between.
 */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import type { Ecosystem } from "#model/ecosystem.ts";
import { type Breather, createBreather } from "../update/breather.ts";
import { type BlockWriter, createBlockWriter } from "./block-writer.ts";
import { createByteWriter } from "./byte-writer.ts";
import {
  type Collected,
  type CollectedRecord,
  collectRecords,
  fetchRecord,
  type SourceRecord,
} from "./collect-records.ts";
import * as layout from "./file-layout.ts";
import { groupRecords } from "./group-records.ts";
import { mergeAffected, mergeRecords, type StoredHead } from "./merge-records.ts";
import { writePosting } from "./postings.ts";
import { openSpill, type Spill } from "./spill.ts";

export interface AdvisoryBuild {
  readonly path: string;
  readonly ecosystem: Ecosystem;
  readonly inputs: readonly layout.BuildInput[];
  readonly records: Iterable<SourceRecord>;
  readonly signal?: AbortSignal;
  /** Records read so far. */
  readonly onProgress?: (read: number) => void;
}

export async function buildAdvisoryFile(build: AdvisoryBuild): Promise<layout.FileCounts> {
  const part = `${build.path}.part`;
  const spill = openSpill(`${build.path}.spill`);
  try {
    const breather = createBreather(build.signal, build.onProgress);
    const collected = await collectRecords(build.records, { ecosystem: build.ecosystem, spill, breather });
    const file = openSync(part, "w", 0o644);
    try {
      const counts = await writeFile(file, { build, collected, spill, breather });
      fsyncSync(file);
      return counts;
    } finally {
      closeSync(file);
    }
  } finally {
    spill.close();
  }
}

/** After this it counts. */
export function publishAdvisoryFile(path: string): void {
  renameSync(`${path}.part`, path);
  syncFolder(dirname(path));
}

export function discardAdvisoryFile(path: string): void {
  rmSync(`${path}.part`, { force: true });
}

/** A rename lasts when its folder is written. Windows has no such call, and needs none. */
export function syncFolder(folder: string): void {
  try {
    const file = openSync(folder, "r");
    fsyncSync(file);
    closeSync(file);
  } catch {
    // A file system that cannot do it.
  }
}

interface Work {
  readonly build: AdvisoryBuild;
  readonly collected: Collected;
  readonly spill: Spill;
  readonly breather: Breather;
}

async function writeFile(file: number, work: Work): Promise<layout.FileCounts> {
  const { ecosystem, inputs } = work.build;
  const texts = createTexts();
  const blocks = createBlockWriter(file, layout.headerLength);
  const { postings, malware, advisories } = await writeAdvisories(work, blocks, texts.intern);
  const blockTable = blocks.finish();
  const packages = packPackages(ecosystem, postings);
  const counts: layout.FileCounts = {
    records: work.collected.read,
    advisories: advisories.length / 4 + malware.length,
    packages: postings.size,
    malicious: malware.length,
    unreadable: work.collected.unreadable,
  };
  const parts: Readonly<Record<layout.SectionName, Buffer>> = {
    ...packages,
    ...texts.pack(),
    advisories: bytesOf(Uint32Array.from(advisories)),
    blocks: bytesOf(blockTable),
    malware: packMalware(ecosystem, malware),
  };
  const about = { ecosystem, built: new Date().toISOString(), inputs, counts };
  writeFront(file, blocks.end(), { about, parts });
  return counts;
}

interface Written {
  /** By name. */
  readonly postings: ReadonlyMap<string, readonly Buffer[]>;
  readonly malware: readonly CollectedRecord[];
  /** Block and offset of the head, block and offset of details and references, of each. */
  readonly advisories: readonly number[];
}

async function writeAdvisories(
  { build: { ecosystem }, collected: { records, read }, spill, breather }: Work,
  blocks: BlockWriter,
  intern: (text: string) => number,
): Promise<Written> {
  const groups = groupRecords(records).map((group) => group.map((position) => records[position] as CollectedRecord));
  const isPlain = (group: readonly CollectedRecord[]) => group.length === 1 && group[0]?.malware !== undefined;
  const malware = groups.filter(isPlain).flat();
  // Advisories of a package in one block: who asks for one asks for all.
  const told = sortedByPlace(groups.filter((group) => !isPlain(group)));
  const postings = new Map<string, Buffer[]>();
  const [heads, bodies] = [blocks.lane(), blocks.lane()];
  const advisories: number[] = [];
  const writer = createByteWriter();
  for (const [number, group] of told.entries()) {
    if (breather.isDue()) await breather.breathe(read);
    const members = group.map((record) => fetchRecord(record, spill));
    const { details, references, ...head } = mergeRecords(ecosystem, members);
    const stored: StoredHead = { head, hasDetails: details !== undefined };
    advisories.push(...heads.add(JSON.stringify(stored)), ...bodies.add(JSON.stringify([details ?? null, references])));
    for (const name of new Set(members.flatMap(({ packages }) => [...packages.keys()]))) {
      writer.clear();
      writePosting(writer, number, mergeAffected(ecosystem, members, name), intern);
      const known = postings.get(name);
      if (known) known.push(writer.take());
      else postings.set(name, [writer.take()]);
    }
  }
  return { postings, malware, advisories };
}

/** Malware behind everything else: hardly anybody has it, and it would thin out what many have. */
function sortedByPlace(groups: readonly (readonly CollectedRecord[])[]): readonly (readonly CollectedRecord[])[] {
  const placed = groups.map((group) => {
    const [{ id, firstPackage } = { id: "", firstPackage: "" }] = group;
    return { group, place: `${id.startsWith("MAL-") ? 1 : 0}${firstPackage}\0${id}` };
  });
  placed.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  return placed.map(({ group }) => group);
}

function createTexts() {
  const numbers = new Map<string, number>();
  const intern = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
  return {
    intern,
    pack() {
      const texts = Buffer.from([...numbers.keys()].join(""), "utf8");
      const ends = new Uint32Array(numbers.size);
      let end = 0;
      for (const [text, number] of numbers) {
        end += Buffer.byteLength(text);
        ends[number] = end;
      }
      return { textEnds: bytesOf(ends), texts };
    },
  };
}

function packPackages(ecosystem: Ecosystem, postings: Written["postings"]) {
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(2, postings.size * 2)));
  const slots = new Uint32Array(capacity * 2);
  const packages = new Uint32Array(postings.size + 1);
  const writer = createByteWriter();
  let number = 0;
  for (const [name, parts] of postings) {
    packages[number] = writer.length;
    writer.text(name);
    writer.number(parts.length);
    for (const part of parts) writer.bytes(part);
    number += 1;
    const hash = layout.hashOf(ecosystem, name);
    let at = hash & (capacity - 1);
    while (slots[at * 2 + 1] !== 0) at = (at + 1) & (capacity - 1);
    slots.set([hash, number], at * 2);
  }
  packages[number] = writer.length;
  return { slots: bytesOf(slots), packages: bytesOf(packages), postings: writer.take() };
}

function packMalware(ecosystem: Ecosystem, malware: readonly CollectedRecord[]): Buffer {
  const rows = malware.map(({ firstPackage, malware: about }) => ({
    high: layout.hashOf(ecosystem, firstPackage),
    low: layout.hashOf(ecosystem, firstPackage, layout.secondSeed),
    id: about?.id ?? 0,
    days: about?.days ?? 0,
  }));
  rows.sort((a, b) => a.high - b.high || a.low - b.low || a.id - b.id);
  return bytesOf(Uint32Array.from(rows.flatMap(({ high, low, id, days }) => [high, low, id, days])));
}

function bytesOf(numbers: Uint32Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

function writeFront(
  file: number,
  offset: number,
  {
    about,
    parts,
  }: {
    readonly about: Omit<layout.FileMeta, "sections">;
    readonly parts: Readonly<Record<layout.SectionName, Buffer>>;
  },
): void {
  // The places of the sections depend on the length of the text that tells them: room is left for it.
  const room = align(JSON.stringify(about).length * 2 + 1000);
  const sections: Record<string, readonly [number, number]> = {};
  let end = room;
  for (const name of layout.sectionNames) {
    sections[name] = [end, parts[name].length];
    end = align(end + parts[name].length);
  }
  const meta = Buffer.from(JSON.stringify({ ...about, sections }), "utf8");
  const front = Buffer.alloc(end);
  meta.copy(front);
  for (const name of layout.sectionNames) parts[name].copy(front, sections[name]?.[0]);
  writeExactly(file, front, offset);
  const header = Buffer.alloc(layout.headerLength);
  const at = layout.headerAt;
  layout.magic.copy(header);
  header.writeUInt32LE(layout.formatVersion, at.version);
  header.writeUInt32LE(crc32(front), at.frontChecksum);
  header.writeDoubleLE(offset, at.frontOffset);
  header.writeDoubleLE(front.length, at.frontLength);
  header.writeDoubleLE(offset + front.length, at.fileLength);
  header.writeUInt32LE(meta.length, at.metaLength);
  writeExactly(file, header, 0);
}

function align(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}

function writeExactly(file: number, bytes: Buffer, offset: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, offset + done);
}
