/** A thread of the pool that dies over files named `deadly`: what a crash of the engine looks like from outside. */
import { parentPort } from "node:worker_threads";
import type { ShardMessage, ThreadAnswer } from "../thread-messages.ts";

parentPort?.on("message", ({ files }: ShardMessage) => {
  if (files.some(({ path }) => path.includes("deadly"))) process.exit(1);
  const answer: ThreadAnswer = { is: "scanned", results: files.map(() => null) };
  parentPort?.postMessage(answer);
});

parentPort?.postMessage({ is: "ready" } satisfies ThreadAnswer);
