/** A thread of the pool that dies over files named `deadly`: what a crash of the engine looks like from outside. */
import { parentPort } from "node:worker_threads";
import type { ThreadAnswer, ThreadMessage } from "../thread-messages.ts";

parentPort?.on("message", (message: ThreadMessage) => {
  const lists = message.is === "blobs" ? message.files.map((file) => [file]) : message.units.map(({ files }) => files);
  if (lists.flat().some(({ path }) => path.includes("deadly"))) process.exit(1);
  const empty = { findings: [], problems: [], silenced: [], evaluations: [] };
  const answer: ThreadAnswer = { is: "scanned", results: lists.map(() => (message.is === "blobs" ? null : empty)) };
  parentPort?.postMessage(answer);
});

parentPort?.postMessage({ is: "ready" } satisfies ThreadAnswer);
