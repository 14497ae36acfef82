/**
 * The files that were scanned last in this thread. What a scanner remembers of a file (its syntax) hangs on the object, and
 * the modules of a repository are part of many units: without this each would be parsed once per unit.
 */
import type { SourceFile } from "#model/source-file.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import type { BlobToScan } from "./scan-pool.ts";

/** Of text; syntax trees take several times as much. */
const keptBytes = 16 * 1024 * 1024;

const recent = new Map<string, SourceFile>();
let bytesKept = 0;

export function recentSource({ path, objectId, bytes, precomputed }: BlobToScan): SourceFile {
  const key = `${objectId} ${path}`;
  const before = recent.get(key);
  if (before) return before;
  if (bytes.byteLength > keptBytes / 4) return sourceFileOf(path, objectId, bytes, precomputed);
  // A copy, for the bytes given are a part of a buffer with many files.
  const source = sourceFileOf(path, objectId, bytes.slice(), precomputed);
  if (bytesKept + bytes.byteLength > keptBytes) {
    recent.clear();
    bytesKept = 0;
  }
  recent.set(key, source);
  bytesKept += bytes.byteLength;
  return source;
}
