/** A worker for the benchmark of the dispatcher: takes a job, says so, and keeps it until it is killed. */
import { pino } from "pino";
import { openJobs } from "#store/jobs/jobs.ts";
import { openStore } from "#store/open-store.ts";
import { benchQueues } from "./dispatcher.ts";

const log = pino({ level: "silent" });
const store = await openStore({ url: process.argv[2] ?? "", log });
const jobs = await openJobs(store, { log, queues: benchQueues });
jobs.work("kill", { concurrency: 1 }, async () => {
  console.log("started");
  await new Promise(() => undefined);
});
