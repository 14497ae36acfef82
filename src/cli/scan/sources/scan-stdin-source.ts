/** One file whose bytes come from the standard input: what an editor or a hook holds, before it is anywhere. */
import { createHash } from "node:crypto";
import type { ScanPool } from "#flows/scan-files/scan-pool.ts";
import { countBinary } from "#flows/scan-tree/count-binary.ts";
import type { Problem } from "#model/scan-result.ts";
import type { ScanPart } from "#model/scanner-name.ts";
import { pathGlob } from "#scan/settings/path-glob.ts";
import { largestBlob, type ScanSource, tooLarge } from "./scan-source.ts";

export interface StdinRequest {
  /** The name that the text has, or would have. */
  readonly path: string;
  readonly scanners: readonly ScanPart[] | undefined;
  readonly treeScanners: ScanPool["treeScanners"];
  /** Globs of paths to leave out. */
  readonly skip: readonly string[];
}

const nothing: ScanSource = { total: 0, problems: [], blobs: () => [], read: () => [], close: () => {} };

export async function openStdinSource({ path, scanners, treeScanners, skip }: StdinRequest): Promise<ScanSource> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largestBlob) chunks.push(chunk);
  }
  if (skip.some((glob) => pathGlob(glob)(path))) return nothing;
  const problems: Problem[] = size > largestBlob ? [tooLarge(path, size)] : [];
  const bytes = new Uint8Array(Buffer.concat(chunks));
  const objectId = createHash("sha1").update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex");
  const blobs = problems.length > 0 ? [] : [{ path, objectId, bytes }];
  const trees = await treeScanners({ scanners, paths: [path] });
  const leftAside = { binary: countBinary([path], trees), tooLarge: new Set(problems.map(() => path)) };
  return { total: blobs.length, problems, leftAside, blobs: () => blobs, read: () => blobs, close: () => {} };
}
