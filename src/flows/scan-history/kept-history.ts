/**
 * What a history scan leaves for the next one: the ids of all blobs that were judged, of the suspects among them with
 * their paths and what was found in them, and how far the commits were read. Never a value. A file that is damaged or of
 * another engine is as none.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { SortedIds } from "#git/packs/read-index.ts";
import type { Finding } from "#model/finding.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import type { Narrowed } from "./narrow-version.ts";

export interface KeptHistory {
  /** Sorted ids, one after the other. */
  readonly ids: Buffer;
  readonly suspects: readonly Suspect[];
  /** Commits whose history was read. */
  readonly tips: readonly string[];
  readonly results: KeptResults;
}

/** What the ordinary scanner said of versions of files. */
export interface KeptResults {
  /** Names what it depends on beside the engine: the key of fingerprints, settings. */
  readonly under: string;
  /** By version and path. */
  readonly of: Readonly<Record<string, VersionResult>>;
}

export interface VersionResult {
  readonly findings: readonly Finding[];
  readonly silenced: readonly SilencedFinding[];
}

/** A blob that may hold a secret, and where it is or was. */
export interface Suspect {
  readonly id: string;
  /** Suspects with the same number hold the same secrets; 0 if that is not known. */
  readonly group: number;
  readonly places: Place[];
  /** What of it is to be scanned; undefined if all of it is. Not kept: nor is it asked for what is known. */
  readonly narrowed?: Narrowed;
}

export interface Place {
  readonly path: string;
  /** The oldest commit that brought it there, and when its author made it, in seconds since 1970. */
  readonly commit: string;
  readonly at: number;
}

export const noResults: KeptResults = { under: "", of: {} };

export const nothingKept: KeptHistory = { ids: Buffer.alloc(0), suspects: [], tips: [], results: noResults };

const magic = "sallyport history 3\n";
const checksumLength = 32;

interface Head extends Omit<KeptHistory, "ids"> {
  /** What judged: rules, engine and least score. */
  readonly engine: string;
  readonly idBytes: number;
}

export async function readKept(file: string | undefined, engine: string): Promise<KeptHistory> {
  const bytes = file === undefined ? undefined : await readFile(file).catch(() => undefined);
  const start = magic.length + 4;
  if (bytes === undefined || bytes.length < start + checksumLength) return nothingKept;
  const end = bytes.length - checksumLength;
  if (bytes.toString("latin1", 0, magic.length) !== magic) return nothingKept;
  if (!checksumOf(bytes.subarray(0, end)).equals(bytes.subarray(end))) return nothingKept;
  const idsAt = start + bytes.readUInt32BE(magic.length);
  const head = JSON.parse(bytes.toString("utf8", start, idsAt)) as Head;
  const ids = bytes.subarray(idsAt, end);
  if (head.engine !== engine || head.idBytes !== ids.length) return nothingKept;
  return { ids, suspects: head.suspects, tips: head.tips, results: head.results };
}

/** Whole or not at all; that it could not be written costs the next scan time and nothing else. */
export async function writeKept(file: string, engine: string, { ids, ...kept }: KeptHistory): Promise<void> {
  const suspects = kept.suspects.map(({ id, group, places }) => ({ id, group, places }));
  const head = Buffer.from(JSON.stringify({ engine, idBytes: ids.length, ...kept, suspects } satisfies Head));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  const bytes = Buffer.concat([Buffer.from(magic, "latin1"), length, head, ids]);
  const beside = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(beside, Buffer.concat([bytes, checksumOf(bytes)]), { mode: 0o600 });
    await rename(beside, file);
  } catch {
    await rm(beside, { force: true });
  }
}

function checksumOf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}

/** Ids with a table of where each first byte begins. */
export function sortedIds(ids: Buffer, idLength: number): SortedIds {
  const fanOut = new Uint32Array(256);
  for (let at = 0; at < ids.length; at += idLength) fanOut[ids[at]!]!++;
  for (let byte = 1; byte < 256; byte++) fanOut[byte]! += fanOut[byte - 1]!;
  return { ids, fanOut, idLength };
}

/** A sorted list without some of its ids, which are written in hexadecimal digits. */
export function withoutIds(ids: Buffer, gone: ReadonlySet<string>): Buffer {
  const [first] = gone;
  if (first === undefined) return ids;
  const idLength = first.length / 2;
  const left = Buffer.allocUnsafe(ids.length);
  let to = 0;
  for (let at = 0; at < ids.length; at += idLength) {
    if (!gone.has(ids.toString("hex", at, at + idLength))) to += ids.copy(left, to, at, at + idLength);
  }
  return left.subarray(0, to);
}

/** Joins sorted lists into one. */
export function mergeIds(lists: readonly Buffer[], idLength: number): Buffer {
  return lists.reduce((joined, list) => mergeTwo(joined, list, idLength), Buffer.alloc(0));
}

function mergeTwo(a: Buffer, b: Buffer, idLength: number): Buffer {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const merged = Buffer.allocUnsafe(a.length + b.length);
  let [inA, inB, to] = [0, 0, 0];
  while (inA < a.length && inB < b.length) {
    const order = a.compare(b, inB, inB + idLength, inA, inA + idLength);
    if (order <= 0) to += a.copy(merged, to, inA, inA + idLength);
    else to += b.copy(merged, to, inB, inB + idLength);
    if (order <= 0) inA += idLength;
    if (order >= 0) inB += idLength;
  }
  to += a.copy(merged, to, inA);
  to += b.copy(merged, to, inB);
  return merged.subarray(0, to);
}
