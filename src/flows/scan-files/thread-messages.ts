import type { ScanContext } from "#scan/file-scanner.ts";
import type { ScannerResult } from "#scan/scan.ts";

/** A shard on its way to a thread: all bytes in one buffer, which is moved and not copied. */
export interface ShardMessage {
  readonly files: readonly { readonly path: string; readonly objectId: string; readonly length: number }[];
  readonly bytes: ArrayBuffer;
  readonly context: ScanContext;
}

export type ThreadAnswer =
  | { readonly is: "ready" }
  /** One entry per file; null where every scanner was silent, which is nearly always. */
  | { readonly is: "scanned"; readonly results: readonly (readonly ScannerResult[] | null)[] };
