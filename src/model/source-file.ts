/** One version of one file, as a scanner sees it. */
export interface SourceFile {
  /** Relative to the repository's root, with forward slashes. */
  readonly path: string;
  /** The git blob id, or the same hash computed over a file on disk. */
  readonly objectId: string;
  readonly size: number;
  bytes(): Uint8Array;
  /** What another thread worked out of the bytes for the secrets scanner (scan/secrets/prefilter/precomputed.ts). */
  readonly precomputed?: Int32Array | undefined;
  /** Undefined if the bytes are no text (binary, or no valid UTF-8 or UTF-16). */
  text(): string | undefined;
}
