/**
 * Findings of files by their content: what was scanned before comes from the store, the rest streams from git through the
 * worker threads. Bytes are never held beyond what is on its way, so 50,000 files cost no more memory than 50.
 */
import type { Mirror } from "#git/mirror.ts";
import type { Finding } from "#model/finding.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Problem } from "#model/scan-result.ts";
import { blobKey } from "#scan/blob-key.ts";
import { scannersFor } from "#scan/scan.ts";
import { withPath } from "#scan/with-path.ts";
import { type BlobResult, findBlobResults, insertBlobResults } from "#store/blob-results.ts";
import type { App } from "./app.ts";
import type { BlobToScan, ScannedBlob } from "./scan-files/scan-pool.ts";

export interface FileToScan {
  readonly path: string;
  readonly objectId: string;
}

export interface FilesResult {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly bytes: number;
  readonly cache: { readonly hits: number; readonly misses: number };
}

export interface BlobScan {
  readonly instanceId: InstanceId;
  readonly mirror: Pick<Mirror, "readBlobs">;
  readonly files: readonly FileToScan[];
  readonly signal: AbortSignal;
  onProgress?(done: number, total: number): void;
}

/** Larger files are a Problem: such a blob is data, and its text would take the memory of the others. */
const maximumBytes = 16 * 1024 * 1024;
const rowsPerInsert = 2000;
/** What went wrong by chance is not remembered. */
const passingProblems: readonly string[] = ["timed-out", "failed"];

/** One scanner's result that some files need. */
interface Need {
  readonly key: Uint8Array;
  readonly hex: string;
}

export async function scanBlobs(app: App, scan: BlobScan): Promise<FilesResult> {
  const keys = createKeys();
  const wanted = new Map<string, Need & FileToScan>();
  for (const file of scan.files) {
    for (const need of keys.of(file)) if (!wanted.has(need.hex)) wanted.set(need.hex, { ...need, ...file });
  }
  const known = new Map(
    await findBlobResults(
      app.db,
      scan.instanceId,
      [...wanted.values()].map(({ key }) => key),
    ),
  );
  const missing = [...wanted.values()].filter(({ hex }) => !known.has(hex));
  const read = await scanMissing(app, scan, { missing, known, keys });
  return {
    ...assemble(scan.files, known, keys, read.unread),
    bytes: read.bytes,
    cache: { hits: wanted.size - missing.length, misses: missing.length },
  };
}

interface Missing {
  readonly missing: readonly (Need & FileToScan)[];
  /** Gets what is found out; only what has something to say. */
  readonly known: Map<string, BlobResult>;
  readonly keys: Keys;
}

interface Read {
  readonly bytes: number;
  /** Why the bytes of a blob could not be read. */
  readonly unread: ReadonlyMap<string, Omit<Problem, "path">>;
}

async function scanMissing(app: App, scan: BlobScan, { missing, known, keys }: Missing): Promise<Read> {
  const pathsOf = new Map<string, Set<string>>();
  for (const { objectId, path } of missing) {
    const paths = pathsOf.get(objectId);
    if (paths) paths.add(path);
    else pathsOf.set(objectId, new Set([path]));
  }
  const unread = new Map<string, Omit<Problem, "path">>();
  const total = [...pathsOf.values()].reduce((sum, paths) => sum + paths.size, 0);
  const rows = createRowWriter(app, scan.instanceId);
  let bytes = 0;
  let done = 0;
  const blobs = readBlobs(scan.mirror, pathsOf, unread);
  for await (const blob of app.scanPool.scan(blobs, { signal: scan.signal })) {
    bytes += blob.bytes;
    done += 1;
    await rows.add(resultsOf(blob, keys, known));
    scan.onProgress?.(done + unread.size, total);
  }
  await rows.flush();
  return { bytes, unread };
}

async function* readBlobs(
  mirror: BlobScan["mirror"],
  pathsOf: ReadonlyMap<string, ReadonlySet<string>>,
  unread: Map<string, Omit<Problem, "path">>,
): AsyncGenerator<BlobToScan> {
  if (pathsOf.size === 0) return;
  for await (const blob of mirror.readBlobs(pathsOf.keys(), { maxSize: maximumBytes })) {
    if ("problem" in blob) {
      unread.set(blob.objectId, unreadProblem(blob.problem, blob.size));
      continue;
    }
    const [first, ...others] = pathsOf.get(blob.objectId) ?? [];
    // The bytes of a blob are given away; another path of it gets its own copy, made before.
    for (const path of others) yield { objectId: blob.objectId, path, bytes: blob.bytes.slice() };
    if (first !== undefined) yield { objectId: blob.objectId, path: first, bytes: blob.bytes };
  }
}

function unreadProblem(problem: "missing" | "too-large", size: number | undefined): Omit<Problem, "path"> {
  const message =
    problem === "missing"
      ? "Git does not have this file's content; the other files were scanned."
      : `This file has ${size ?? "too many"} bytes, more than ${maximumBytes} are not scanned; the other files were.`;
  return { scanner: "git", code: problem, message };
}

/** Remembers in `known` what has something to say, and gives the rows to store. */
function resultsOf(
  blob: ScannedBlob,
  keys: Keys,
  known: Map<string, BlobResult>,
): readonly (BlobResult & { readonly key: Uint8Array })[] {
  const needs = keys.byScanner(blob);
  return blob.results.flatMap(({ scanner, result }) => {
    const need = needs.get(scanner);
    if (!need) return [];
    const { findings, problems } = result;
    if (findings.length + problems.length > 0) known.set(need.hex, { findings, problems });
    if (problems.some(({ code }) => passingProblems.includes(code))) return [];
    return [{ key: need.key, findings, problems }];
  });
}

function createRowWriter(app: App, instanceId: InstanceId) {
  let rows: (BlobResult & { readonly key: Uint8Array })[] = [];
  async function flush(): Promise<void> {
    const batch = rows;
    rows = [];
    if (batch.length > 0) await insertBlobResults(app.db, instanceId, batch);
  }
  return {
    flush,
    async add(more: readonly (BlobResult & { readonly key: Uint8Array })[]): Promise<void> {
      rows.push(...more);
      if (rows.length >= rowsPerInsert) await flush();
    },
  };
}

function assemble(
  files: readonly FileToScan[],
  known: ReadonlyMap<string, BlobResult>,
  keys: Keys,
  unread: Read["unread"],
): Pick<FilesResult, "findings" | "problems"> {
  const findings: Finding[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const problem = unread.get(file.objectId);
    if (problem) problems.push({ ...problem, path: file.path });
    for (const { hex } of keys.of(file)) {
      const result = known.get(hex);
      if (!result) continue;
      const placed = withPath({ ...result, silenced: [] }, file.path);
      findings.push(...placed.findings);
      problems.push(...placed.problems);
    }
  }
  return { findings, problems };
}

interface Keys {
  of(file: FileToScan): readonly Need[];
  byScanner(file: FileToScan): ReadonlyMap<string, Need>;
}

/** Computes each key once, though it is asked for when planning and when assembling. */
function createKeys(): Keys {
  const needs = new Map<string, ReadonlyMap<string, Need>>();
  function byScanner(file: FileToScan): ReadonlyMap<string, Need> {
    const name = `${file.objectId}\0${file.path}`;
    let known = needs.get(name);
    if (!known) {
      known = new Map(scannersFor(file.path).map((scanner) => [scanner.name, needOf(scanner, file)]));
      needs.set(name, known);
    }
    return known;
  }
  return { byScanner, of: (file) => [...byScanner(file).values()] };
}

function needOf(scanner: ReturnType<typeof scannersFor>[number], file: FileToScan): Need {
  const key = blobKey(scanner, file.objectId, scanner.pathClass(file.path) ?? "");
  return { key, hex: Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString("hex") };
}
