/** What runs in a worker thread of the pool: shards in, results out, one at a time. */
import { parentPort } from "node:worker_threads";
import { isSilent } from "./is-silent.ts";
import { scanBlob } from "./scan-blob.ts";
import type { ShardMessage, ThreadAnswer } from "./thread-messages.ts";

parentPort?.on("message", ({ files, bytes, context }: ShardMessage) => {
  let offset = 0;
  const results = files.map(({ path, objectId, length }) => {
    const blob = { path, objectId, bytes: new Uint8Array(bytes, offset, length) };
    offset += length;
    const found = scanBlob(blob, context);
    return isSilent(found) ? null : found;
  });
  const answer: ThreadAnswer = { is: "scanned", results };
  parentPort?.postMessage(answer);
});

parentPort?.postMessage({ is: "ready" } satisfies ThreadAnswer);
