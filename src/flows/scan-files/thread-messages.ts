/** What the pool and its threads tell each other. */
import type { ScanPart } from "#model/scanner-name.ts";
import type { ScanContext } from "#scan/file-scanner.ts";
import type { TreeResult, TreeUnit } from "#scan/tree-scanner.ts";
import type { BlobToScan, BlobWords } from "./scan-pool.ts";

/** A file whose bytes stand in the message's one buffer, one after the other. */
export interface PackedFile {
  readonly path: string;
  readonly objectId: string;
  readonly length: number;
}

/** Work on its way to a thread: all bytes in one buffer, which is moved and not copied. */
export type ThreadMessage = {
  readonly bytes: ArrayBuffer;
  readonly context: ScanContext;
} & (
  | { readonly is: "blobs"; readonly files: readonly PackedFile[]; readonly surveys: boolean }
  | { readonly is: "units"; readonly units: readonly PackedUnit[] }
);

export interface PackedUnit {
  readonly scanner: ScanPart;
  readonly unit: TreeUnit;
  readonly files: readonly PackedFile[];
}

export type ThreadAnswer =
  | { readonly is: "ready" }
  /** One entry per blob or unit; null for a blob of which nothing is to be said, which is nearly every one. */
  | { readonly is: "scanned"; readonly results: readonly (BlobWords | TreeResult | null)[] };

/** Bytes are gathered in one buffer: they are often slices of a buffer that others still read. */
export function packBytes(blobs: readonly BlobToScan[]): ArrayBuffer {
  const bytes = new Uint8Array(blobs.reduce((sum, blob) => sum + blob.bytes.byteLength, 0));
  let offset = 0;
  for (const blob of blobs) {
    bytes.set(blob.bytes, offset);
    offset += blob.bytes.byteLength;
  }
  return bytes.buffer;
}

export function packed({ path, objectId, bytes }: BlobToScan): PackedFile {
  return { path, objectId, length: bytes.byteLength };
}

/** Takes the files out again, in the order in which they were packed. */
export function unpacker(bytes: ArrayBuffer): (file: PackedFile) => BlobToScan {
  let offset = 0;
  return ({ path, objectId, length }) => {
    const blob = { path, objectId, bytes: new Uint8Array(bytes, offset, length) };
    offset += length;
    return blob;
  };
}
