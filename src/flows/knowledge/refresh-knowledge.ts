/**
 * Brings the local copy up to date once a day, in a thread of its own: building an index takes seconds in which nothing
 * else would be answered. What fails stands in the copy's status; the next day tries again.
 */
import { Worker } from "node:worker_threads";
import type { KnowledgeSource } from "#knowledge/sources.ts";
import type { App } from "../app.ts";
import type { RefreshAnswer } from "./refresh-thread.ts";

export interface Refreshing {
  /** False if nothing is ever fetched. */
  readonly isOn: boolean;
  readonly isRunning: boolean;
  /** Starts one unless one is under way; false if it is off. */
  start(): boolean;
  stop(): Promise<void>;
}

export function startRefreshing(
  app: Pick<App, "log">,
  { folder, sources }: { readonly folder: string; readonly sources: readonly KnowledgeSource[] },
): Refreshing {
  let thread: Worker | undefined;
  const isOn = sources.length > 0;
  return {
    isOn,
    get isRunning() {
      return thread !== undefined;
    },
    start() {
      if (thread || !isOn) return isOn;
      const started = performance.now();
      thread = new Worker(new URL("./refresh-thread.ts", import.meta.url), { workerData: { folder, sources } });
      thread.once("message", (answer: RefreshAnswer) => {
        logRefresh(app.log, answer, Math.round(performance.now() - started));
      });
      thread.once("error", (error) => app.log.warn({ err: error }, "knowledge not refreshed"));
      thread.once("exit", () => {
        thread = undefined;
      });
      return true;
    },
    async stop() {
      await thread?.terminate();
    },
  };
}

function logRefresh(log: App["log"], answer: RefreshAnswer, milliseconds: number): void {
  if (answer.is === "refused") {
    log.warn({ reason: answer.message, milliseconds }, "knowledge not refreshed");
    return;
  }
  const about = { ...answer.result, milliseconds };
  const sources = [...new Set(about.failures.map(({ source }) => source))];
  if (sources.length === 0) log.info(about, "knowledge refreshed");
  else log.warn(about, `knowledge not refreshed, or not all of it: ${sources.join(", ")}`);
}
