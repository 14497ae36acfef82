/**
 * Fetches one file over HTTP into the folder: asks whether it has changed, goes on where an attempt was broken off, follows
 * redirects to https only, and stops what is larger than it may be or stands still. The file is whole or is not there.
 */
import { createHash, type Hash } from "node:crypto";
import { createReadStream, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { writeWhole } from "../knowledge-folder.ts";
import { looseObject, looseText, parseLoose } from "../loose-json.ts";
import type { PartState } from "./folder-state.ts";
import { DownloadError, type Fetch, type Sent, sendGet } from "./send-get.ts";

export interface DownloadRequest {
  readonly address: string;
  readonly path: string;
  /** What is there already. */
  readonly known?: PartState;
  /** Bytes. */
  readonly limit: number;
  readonly fetch?: Fetch;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number | undefined) => void;
}

export type Downloaded =
  | { readonly is: "unchanged" }
  /** 404 or 410. */
  | { readonly is: "missing" }
  | { readonly is: "fetched"; readonly part: PartState };

export async function download(request: DownloadRequest): Promise<Downloaded> {
  const { path, known, limit } = request;
  const begun = readBegun(request);
  const sent = await sendGet(request, begun ? resumeHeaders(begun) : conditions(path, known));
  try {
    const { response } = sent;
    if (response.status === 304 && known) return { is: "unchanged" };
    if (response.status === 404 || response.status === 410) return { is: "missing" };
    if (begun && response.status === 416) {
      // What was begun does not fit any more: from the start, once.
      discardBegun(path);
      return await download(request);
    }
    const isResumed = begun !== undefined && response.status === 206 && startsAt(response, begun.bytes);
    if (response.status !== 200 && !isResumed) throw new DownloadError(request.address, `answered ${response.status}`);
    const total = totalOf(response, isResumed ? begun.bytes : 0);
    if (total !== undefined && total > limit) throw new DownloadError(request.address, `is larger than ${limit} bytes`);
    return { is: "fetched", part: await receive(request, sent, { from: isResumed ? begun.bytes : 0, total }) };
  } finally {
    sent.end();
  }
}

interface Begun {
  readonly bytes: number;
  readonly etag: string;
}

const partOf = (path: string) => `${path}.part`;
const noteOf = (path: string) => `${path}.part.json`;

/** Only with a strong etag is it sure that the rest belongs to what is there. */
function readBegun({ address, path }: DownloadRequest): Begun | undefined {
  try {
    const note = looseObject(parseLoose(readFileSync(noteOf(path), "utf8")));
    const etag = looseText(note.etag);
    const bytes = statSync(partOf(path)).size;
    return note.address === address && etag?.startsWith('"') && bytes > 0 ? { bytes, etag } : undefined;
  } catch {
    return undefined;
  }
}

function discardBegun(path: string): void {
  rmSync(partOf(path), { force: true });
  rmSync(noteOf(path), { force: true });
}

function resumeHeaders({ bytes, etag }: Begun): Readonly<Record<string, string>> {
  return { Range: `bytes=${bytes}-`, "If-Range": etag };
}

function conditions(path: string, known: PartState | undefined): Readonly<Record<string, string>> {
  // A file that somebody has removed is asked for again.
  if (!known || statSync(path, { throwIfNoEntry: false })?.size !== known.bytes) return {};
  if (known.etag !== undefined) return { "If-None-Match": known.etag };
  return known.lastModified === undefined ? {} : { "If-Modified-Since": known.lastModified };
}

function startsAt(response: Response, offset: number): boolean {
  return response.headers.get("content-range")?.startsWith(`bytes ${offset}-`) === true;
}

function totalOf(response: Response, from: number): number | undefined {
  const length = Number(response.headers.get("content-length") ?? Number.NaN);
  // The length of a packed answer says nothing about what comes out of it.
  const isPlain = (response.headers.get("content-encoding") ?? "identity") === "identity";
  return isPlain && Number.isSafeInteger(length) ? from + length : undefined;
}

async function receive(
  request: DownloadRequest,
  sent: Sent,
  { from, total }: { readonly from: number; readonly total: number | undefined },
): Promise<PartState> {
  const { address, path } = request;
  const { headers } = sent.response;
  const etag = headers.get("etag") ?? undefined;
  const lastModified = headers.get("last-modified") ?? undefined;
  mkdirSync(dirname(path), { recursive: true });
  // Of a packed answer nobody knows where it would go on.
  if (from === 0) writeWhole(noteOf(path), JSON.stringify({ address, ...(total !== undefined && { etag }) }));
  const sha256 = createHash("sha256");
  const md5 = createHash("md5");
  if (from > 0) for await (const chunk of createReadStream(partOf(path))) feed([sha256, md5], chunk as Buffer);
  const file = await open(partOf(path), from > 0 ? "a" : "w");
  let bytes = from;
  try {
    for await (const chunk of sent.chunks()) {
      bytes += chunk.length;
      if (bytes > request.limit) throw new DownloadError(address, `is larger than ${request.limit} bytes`);
      feed([sha256, md5], chunk);
      await writeFully(file, chunk);
      request.onProgress?.(bytes, total);
    }
    if (total !== undefined && bytes !== total)
      throw new DownloadError(address, `ended after ${bytes} of ${total} bytes`);
    await file.sync();
  } catch (error) {
    if (error instanceof DownloadError && bytes > request.limit) discardBegun(path);
    throw error;
  } finally {
    await file.close();
  }
  checkSum(address, path, headers.get("x-goog-hash"), md5);
  renameSync(partOf(path), path);
  rmSync(noteOf(path), { force: true });
  const found = { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) };
  return { bytes, sha256: sha256.digest("hex"), fetched: new Date().toISOString(), ...found };
}

function feed(hashes: readonly Hash[], chunk: Uint8Array): void {
  for (const hash of hashes) hash.update(chunk);
}

async function writeFully(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.length; ) done += (await file.write(chunk, done)).bytesWritten;
}

/** Google's storage names a checksum of its own. */
function checkSum(address: string, path: string, named: string | null, md5: Hash): void {
  const expected = /md5=([A-Za-z0-9+/=]+)/.exec(named ?? "")?.[1];
  if (expected === undefined || md5.digest("base64") === expected) return;
  discardBegun(path);
  throw new DownloadError(address, "arrived damaged: its checksum differs");
}
