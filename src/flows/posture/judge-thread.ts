/** The thread that judges an organization; see judge-in-thread.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { judgeFacts, type ToJudge } from "./judge-facts.ts";

parentPort?.postMessage(judgeFacts(workerData as ToJudge));
