/**
 * Runs the jobs of one queue in this process. Woken by NOTIFY, by each free place, and where a look finds jobs whose time
 * has come. pg-boss' own worker sleeps after each job and takes more of a group than it may run.
 */
import type { PgBoss } from "pg-boss";
import type { Logger } from "pino";
import { RemoteError } from "#model/remote-error.ts";
import type { Store } from "../open-store.ts";
import { type ClaimedJob, claimJobs, readyGroups } from "./claim-jobs.ts";
import type { GiveUp, JobHandler, QueueDefinition } from "./jobs.ts";
import { attemptOf, completeJobs, failJob, releaseJobs, touchJobs } from "./settle-jobs.ts";
import { takeTurns } from "./take-turns.ts";

export interface WorkOptions {
  /** Jobs of this queue that run at the same time in this process. */
  readonly concurrency: number;
  /** Of these, how many of one group. Default: all. */
  readonly perGroup?: number;
}

export interface Dispatcher {
  readonly giveUp: GiveUp<object> | undefined;
  wake(): void;
  stop(): Promise<void>;
}

interface Running {
  readonly job: ClaimedJob;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/** After the signal, before a job is given to others while it may still run. */
const abortPatience = 1_000;

export interface DispatcherOptions {
  readonly store: Store;
  readonly boss: PgBoss;
  readonly log: Logger;
  readonly queue: QueueDefinition;
  readonly work: WorkOptions;
  readonly handler: JobHandler<object>;
  readonly giveUp: GiveUp<object> | undefined;
  readonly stopPatience: number;
}

interface State extends DispatcherOptions {
  readonly running: Map<string, Running>;
  /** When each waiting group was last given a place, as a number that grows. */
  readonly served: Map<string, number>;
}

/** A little over 50 lines: the loop, its wake-up and its end share three variables. */
// oxlint-disable-next-line max-lines-per-function -- its parts share one state, and each is short
export function startDispatcher(options: DispatcherOptions): Dispatcher {
  const state: State = { ...options, running: new Map(), served: new Map() };
  const { running, queue, log } = state;
  const settle = settleInBatches(options, () => wake());
  let stopping = false;
  let wanted = false;
  let pumping: Promise<void> | undefined;

  const hasPlace = (): boolean => running.size < options.work.concurrency;
  const wake = (): void => {
    wanted = true;
    if (stopping || pumping) return;
    pumping = pump().finally(() => {
      pumping = undefined;
      // Woken between its last look and here.
      if (wanted && hasPlace()) wake();
    });
  };
  const pump = async (): Promise<void> => {
    while (wanted && !stopping && hasPlace()) {
      wanted = false;
      try {
        // Several rounds in a row, until there is nothing more or no place.
        const jobs = await claimInTurns(state);
        for (const job of jobs) start(job);
        if (jobs.length > 0) wanted = true;
      } catch (error) {
        // The next look wakes us again.
        log.warn({ queue: queue.name, err: error }, "jobs could not be fetched");
      }
    }
  };
  const start = (job: ClaimedJob): void => {
    const abort = new AbortController();
    const ended = run(options, job, abort.signal).then((outcome) => {
      // Given back by stop(): not ours any more.
      if (running.delete(attemptOf(job))) settle.add(job, outcome);
      wake();
    });
    running.set(attemptOf(job), { job, abort, ended });
  };

  const beat = setInterval(() => void beatHeart(state), (queue.heartbeatSeconds * 1_000) / 4);
  wake();
  return {
    giveUp: options.giveUp,
    wake,
    stop: async () => {
      stopping = true;
      await pumping;
      const left = await endRunning(state);
      clearInterval(beat);
      await settle.flushed();
      await releaseJobs(options.store.db, queue.name, left);
    },
  };
}

async function claimInTurns({ store, queue, work, running, served }: State): Promise<readonly ClaimedJob[]> {
  const groups = await readyGroups(store.db, queue.name);
  for (const group of served.keys()) if (!groups.includes(group)) served.delete(group);
  const load = Map.groupBy(running.values(), ({ job }) => job.group);
  const turns = groups.map((group) => ({
    group,
    running: load.get(group)?.length ?? 0,
    served: served.get(group) ?? 0,
  }));
  const places = takeTurns(turns, work.concurrency - running.size, work.perGroup ?? work.concurrency);
  if (places.size === 0) return [];
  const jobs = await claimJobs(store.db, queue, places);
  for (const { group } of jobs) served.set(group, Math.max(0, ...served.values()) + 1);
  return jobs;
}

async function beatHeart({ store, queue, log, running }: State): Promise<void> {
  if (running.size === 0) return;
  const jobs = [...running.values()];
  try {
    const attempts = jobs.map(({ job }) => job);
    const ours = await touchJobs(store.db, queue.name, attempts);
    for (const { job, abort } of jobs) {
      if (ours.has(attemptOf(job)) || !running.has(attemptOf(job))) continue;
      abort.abort(new Error("another worker has this job: it was not heard of for too long"));
    }
  } catch (error) {
    log.warn({ queue: queue.name, err: error }, "heartbeat failed");
  }
}

/** Waits for running jobs, then asks them to end. Gives those that do not: they are not ours any more. */
async function endRunning({ running, stopPatience }: State): Promise<readonly ClaimedJob[]> {
  await allEnded(running, stopPatience);
  for (const { abort } of running.values()) abort.abort(new Error("Sallyport stops"));
  await allEnded(running, abortPatience);
  const left = [...running.values()].map(({ job }) => job);
  running.clear();
  return left;
}

type Outcome = { readonly is: "done" } | { readonly is: "failed"; readonly error: unknown };

async function run(options: DispatcherOptions, job: ClaimedJob, signal: AbortSignal): Promise<Outcome> {
  try {
    await options.handler(job.data, { signal });
    return { is: "done" };
  } catch (error) {
    return { is: "failed", error };
  }
}

async function allEnded(running: ReadonlyMap<string, Running>, patience: number): Promise<void> {
  if (running.size === 0) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  await Promise.race([Promise.all([...running.values()].map(({ ended }) => ended)), late]);
  clearTimeout(timer);
}

/** Jobs that end while the last batch is being written go into one statement together. */
function settleInBatches(options: DispatcherOptions, onSettled: () => void) {
  const { store, boss, queue, log } = options;
  let done: ClaimedJob[] = [];
  let writing: Promise<void> | undefined;
  const failing = new Set<Promise<void>>();

  const write = async (): Promise<void> => {
    while (done.length > 0) {
      const batch = done;
      done = [];
      try {
        await completeJobs(boss, queue.name, batch);
        onSettled();
      } catch (error) {
        // They run again when their heartbeat is missed.
        log.warn({ queue: queue.name, jobs: batch.length, err: error }, "the end of jobs could not be written");
      }
    }
  };
  const fail = async (job: ClaimedJob, error: unknown): Promise<void> => {
    const retryAfter = error instanceof RemoteError ? error.retryAfter : undefined;
    const facts = { queue: queue.name, job: job.id, attempt: job.retryCount + 1, err: error };
    try {
      const failure = { output: describe(error), error, retryAfter, giveUp: options.giveUp };
      const outcome = await failJob(boss, store.db, queue.name, job, failure);
      if (outcome === "dead") log.error(facts, "job failed for good");
      else log.warn({ ...facts, retryAfter }, "job failed");
      onSettled();
    } catch (failure) {
      log.warn({ ...facts, failure }, "the failure of a job could not be written");
    }
  };
  return {
    add: (job: ClaimedJob, outcome: Outcome): void => {
      if (outcome.is === "done") {
        done.push(job);
        writing ??= write().finally(() => (writing = undefined));
        return;
      }
      const failed = fail(job, outcome.error).finally(() => failing.delete(failed));
      failing.add(failed);
    },
    flushed: async (): Promise<void> => {
      while (writing || failing.size > 0) await Promise.all([writing, ...failing]);
    },
  };
}

function describe(error: unknown): { readonly name: string; readonly message: string; readonly code?: string } {
  if (!(error instanceof Error)) return { name: "unknown", message: String(error) };
  return {
    name: error.name,
    message: error.message.slice(0, 2_000),
    ...(error instanceof RemoteError ? { code: error.code } : {}),
  };
}
