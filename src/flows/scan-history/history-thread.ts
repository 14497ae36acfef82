/** What runs in a thread of a history scan: it waits for the work, takes its share of it and ends. */
import { parentPort } from "node:worker_threads";
import type { HistoryWork } from "./history-work.ts";
import { workThrough } from "./work-through.ts";

parentPort?.once("message", (work: HistoryWork) => parentPort?.postMessage(workThrough(work)));
