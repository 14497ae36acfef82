/** Judges an organization in a thread of its own: a thousand pipelines take seconds, in which nothing else would be answered. */
import { Worker } from "node:worker_threads";
import type { Judgement, ToJudge } from "./judge-facts.ts";

/** Many times what the largest organization needs; what others wrote into their pipelines may be made to take long. */
const longest = 10 * 60_000;

export async function judgeInThread(given: ToJudge, signal: AbortSignal): Promise<Judgement> {
  const ends = AbortSignal.any([signal, AbortSignal.timeout(longest)]);
  const thread = new Worker(new URL("./judge-thread.ts", import.meta.url), { workerData: given });
  const { promise, resolve, reject } = Promise.withResolvers<Judgement>();
  const stop = () => reject(ends.reason as Error);
  thread.once("message", resolve);
  thread.once("error", reject);
  thread.once("exit", (code) => reject(new Error(`The thread that judges settings ended with ${code}.`)));
  ends.addEventListener("abort", stop);
  try {
    ends.throwIfAborted();
    return await promise;
  } finally {
    ends.removeEventListener("abort", stop);
    await thread.terminate();
  }
}
