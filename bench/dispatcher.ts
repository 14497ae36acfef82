/**
 * The job queue: throughput, time from enqueuing to start, fairness while one tenant floods, restart after a kill -9,
 * memory. On an embedded PostgreSQL with its usual settings (fsync on). `npm run bench -- dispatcher [--jobs N]`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { type Jobs, openJobs, type QueueDefinition } from "#store/jobs/jobs.ts";
import { openStore, type Store } from "#store/open-store.ts";
import { startPostgres } from "#store/postgres/start-postgres.ts";
import { inTransaction } from "#store/transaction.ts";
import { milliseconds, printTable, quantile } from "./machine.ts";

const log = pino({ level: "silent" });
const definition = { policy: "standard", retryLimit: 3, retryDelay: 1, heartbeatSeconds: 10 } as const;
export const benchQueues: readonly QueueDefinition[] = [
  ...["throughput", "latency", "flood", "kill"].map((name) => ({ ...definition, name })),
  { ...definition, name: "collapse", policy: "stately" },
];

interface Bench {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly url: string;
}

export async function dispatcher(args: readonly string[]): Promise<void> {
  const count = Number(args.find((word) => /^\d+$/.test(word)) ?? 20_000);
  const folder = await mkdtemp(join(tmpdir(), "sallyport-bench-"));
  const postgres = await startPostgres({ folder, log, temporary: true });
  const store = await openStore({ url: postgres.url, log });
  const jobs = await openJobs(store, { log, queues: benchQueues });
  const bench = { store, jobs, url: postgres.url };
  try {
    const rows = [
      ...(await measureThroughput(bench, count)),
      ...(await measureLatency(bench)),
      ...(await measureFairness(bench)),
      ...(await measureCollapse(bench)),
      ...(await measureRestart(bench)),
    ];
    printTable("dispatcher", [
      ...rows,
      ["memory of this process", `${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`],
    ]);
  } finally {
    await jobs.stop();
    await store.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

type Row = readonly [string, string, string?];

async function measureThroughput({ store, jobs }: Bench, count: number): Promise<readonly Row[]> {
  let began = performance.now();
  const many = Array.from({ length: count }, (_, n) => ({ data: { n }, group: `tenant-${n % 10}` }));
  await jobs.enqueueMany(store.db, "throughput", many);
  const enqueuing = performance.now() - began;
  const done = Promise.withResolvers<void>();
  let left = count;
  began = performance.now();
  jobs.work("throughput", { concurrency: 32 }, async () => {
    left -= 1;
    if (left === 0) done.resolve();
  });
  await done.promise;
  const running = performance.now() - began;
  return [
    ["jobs enqueued in batches", `${Math.round((count / enqueuing) * 1000)} /s`, `${count} jobs of 10 groups`],
    ["empty jobs run", `${Math.round((count / running) * 1000)} /s`, "one process, 32 at a time"],
  ];
}

async function measureLatency({ store, jobs }: Bench): Promise<readonly Row[]> {
  const total = 1_000;
  const times: number[] = [];
  const done = Promise.withResolvers<void>();
  jobs.work<{ at: number }>("latency", { concurrency: 8 }, async ({ at }) => {
    times.push(performance.now() - at);
    if (times.length === total) done.resolve();
  });
  for (let n = 0; n < total; n += 1) {
    await inTransaction(store.db, (tx) => jobs.enqueue(tx, "latency", { at: performance.now() }));
    await wait(2);
  }
  await done.promise;
  return [
    ["enqueue to start, p50", milliseconds(quantile(times, 0.5)), "each in a transaction of its own"],
    ["enqueue to start, p99", milliseconds(quantile(times, 0.99))],
  ];
}

async function measureFairness({ store, jobs }: Bench): Promise<readonly Row[]> {
  const flood = Array.from({ length: 50_000 }, () => ({ data: {}, group: "flood" }));
  await jobs.enqueueMany(store.db, "flood", flood);
  const times: number[] = [];
  const done = Promise.withResolvers<void>();
  const total = 100;
  let flooded = 0;
  jobs.work<{ at?: number }>("flood", { concurrency: 4 }, async ({ at }) => {
    if (at === undefined) flooded += 1;
    else times.push(performance.now() - at);
    if (times.length === total) done.resolve();
    await wait(20);
  });
  for (let n = 0; n < total; n += 1) {
    await jobs.enqueue(store.db, "flood", { at: performance.now() }, { group: "small" });
    await wait(25);
  }
  await done.promise;
  const remark = `50,000 jobs of another group waiting, 20 ms each, 4 at a time (${flooded} ran meanwhile)`;
  return [
    ["small tenant under a flood, p50", milliseconds(quantile(times, 0.5)), remark],
    ["small tenant under a flood, p99", milliseconds(quantile(times, 0.99))],
  ];
}

async function measureCollapse({ store, jobs }: Bench): Promise<readonly Row[]> {
  const gate = Promise.withResolvers<void>();
  let runs = 0;
  const began = Promise.withResolvers<void>();
  const followed = Promise.withResolvers<void>();
  jobs.work("collapse", { concurrency: 4 }, async () => {
    runs += 1;
    if (runs === 1) began.resolve();
    else followed.resolve();
    await gate.promise;
  });
  await jobs.enqueue(store.db, "collapse", {}, { key: "repository" });
  await began.promise;
  await Promise.all(Array.from({ length: 20 }, () => jobs.enqueue(store.db, "collapse", {}, { key: "repository" })));
  gate.resolve();
  await followed.promise;
  return [["20 pushes while one is scanned", `${runs - 1} follow-up`]];
}

async function measureRestart({ store, jobs, url }: Bench): Promise<readonly Row[]> {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const restarted = Promise.withResolvers<void>();
    const program = fileURLToPath(new URL("./dispatcher-worker.ts", import.meta.url));
    const child = spawn(process.execPath, [program, url], { stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout });
    await jobs.enqueue(store.db, "kill", { round });
    await once(lines, "line");
    child.kill("SIGKILL");
    const killedAt = performance.now();
    const again = await openJobs(store, { log, queues: benchQueues });
    again.work("kill", { concurrency: 1 }, async () => {
      times.push(performance.now() - killedAt);
      restarted.resolve();
    });
    await restarted.promise;
    await again.stop();
  }
  return [["job of a killed worker starts again, worst of 3", `${(Math.max(...times) / 1000).toFixed(1)} s`]];
}
