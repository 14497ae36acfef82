import type { BlobToScan } from "./scan-pool.ts";

/** Blobs that travel to a thread together: enough that a message costs nothing, few enough that memory stays small. */
export interface Shard {
  readonly blobs: readonly BlobToScan[];
  readonly bytes: number;
  /** True if the input ended with it. */
  readonly last: boolean;
}

const mostBytes = 1024 * 1024;
const mostFiles = 200;

export async function nextShard(input: AsyncIterator<BlobToScan> | Iterator<BlobToScan>): Promise<Shard> {
  const blobs: BlobToScan[] = [];
  let bytes = 0;
  while (bytes < mostBytes && blobs.length < mostFiles) {
    const { done, value } = await input.next();
    if (done === true) return { blobs, bytes, last: true };
    blobs.push(value);
    bytes += value.bytes.byteLength;
  }
  return { blobs, bytes, last: false };
}
