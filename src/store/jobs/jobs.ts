/**
 * The queue: pg-boss keeps the jobs (tables, retries, dead letters, clean-up), `dispatcher.ts` runs them. A job is
 * enqueued in the transaction of its cause, and every job may run twice.
 */
import assert from "node:assert/strict";
import type { PgBoss } from "pg-boss";
import type { Logger } from "pino";
import type { Db } from "../database.ts";
import { type Listener, listen } from "../listen.ts";
import type { Store } from "../open-store.ts";
import { type Dispatcher, startDispatcher, type WorkOptions } from "./dispatcher.ts";
import { enqueueJobs, type NewJob } from "./enqueue-jobs.ts";
import { jobChannel } from "./job-channel.ts";
import { type DueJobsLook, lookForDueJobs } from "./look-for-due-jobs.ts";
import { countJobs, type DeadJob, deadLetterQueue, listDeadJobs, type PendingJobs } from "./pending-jobs.ts";
import { type Reaper, startReaper } from "./reap-lost-jobs.ts";
import { startBoss, stopBoss } from "./start-boss.ts";

export interface QueueDefinition {
  readonly name: string;
  /** `stately`: at most one waiting and one running job per key; a job enqueued while one waits collapses into it. */
  readonly policy: "standard" | "stately";
  readonly retryLimit: number;
  /** Seconds before the first retry; doubled with each, up to five minutes. */
  readonly retryDelay: number;
  /** A running job that was not heard of for so long is run again. At least 10. */
  readonly heartbeatSeconds: number;
}

export interface JobOptions {
  /** What makes two jobs of a stately queue the same. */
  readonly key?: string | undefined;
  /** Whose job it is: groups take turns, so that a flood of one does not delay another. */
  readonly group?: string | undefined;
  readonly startAfter?: Date | undefined;
  /** Higher first, within a group. */
  readonly priority?: number | undefined;
  /** If it collapses into one that waits, that one is given what this one carries, and its priority if that is higher; otherwise it stays as it was. */
  readonly adds?: boolean | undefined;
}

export type JobHandler<Data> = (data: Data, context: { readonly signal: AbortSignal }) => Promise<void>;

/** Writes down, in the transaction that gives a job up, what its failure means. */
export type GiveUp<Data> = (tx: Db, data: Data, error: unknown) => Promise<void>;

export interface Jobs {
  enqueue(db: Db, queue: string, data: object, options?: JobOptions): Promise<void>;
  /** Any number of jobs in a few statements. */
  enqueueMany(db: Db, queue: string, jobs: readonly NewJob[]): Promise<void>;
  /**
   * Runs the queue's jobs here. A handler that throws is tried again, after `RemoteError.retryAfter` if it says so. The
   * signal fires when the job is lost to another worker or when we stop and it takes too long. A job that was tried too
   * often is given up.
   */
  work<Data extends object>(
    queue: string,
    options: WorkOptions,
    handler: JobHandler<Data>,
    giveUp?: GiveUp<Data>,
  ): void;
  pending(): Promise<readonly PendingJobs[]>;
  /** Jobs that failed for good, newest first. */
  dead(limit: number): Promise<readonly DeadJob[]>;
  /** Takes no new jobs and lets running ones end; those that do not in time run again elsewhere. */
  stop(): Promise<void>;
}

const maximumRetryDelay = 300;
const stopPatience = 10_000;

export async function openJobs(
  store: Store,
  options: {
    readonly log: Logger;
    readonly queues: readonly QueueDefinition[];
    /** Milliseconds that `stop` waits for running jobs. Default 10,000. */
    readonly stopPatience?: number;
  },
): Promise<Jobs> {
  const { log } = options;
  const boss = await startBoss(store, log);
  await defineQueues(boss, options.queues);
  const dispatchers = new Map<string, Dispatcher>();
  const watch = watchJobs(store, boss, options, dispatchers);
  const definition = (name: string): QueueDefinition => {
    const queue = options.queues.find((one) => one.name === name);
    assert(queue, `no queue is called ${name}`);
    return queue;
  };
  const enqueueMany = (db: Db, name: string, jobs: readonly NewJob[]): Promise<void> =>
    enqueueJobs(boss, db, definition(name), jobs);

  return {
    enqueueMany,
    enqueue: (db, name, data, jobOptions) => enqueueMany(db, name, [{ ...jobOptions, data }]),
    work: <Data extends object>(name: string, work: WorkOptions, given: JobHandler<Data>, end?: GiveUp<Data>) => {
      assert(!dispatchers.has(name), `queue ${name} is being worked already`);
      // What was enqueued for this queue is what the flow put in.
      const [handler, giveUp] = [given as JobHandler<object>, end as GiveUp<object> | undefined];
      const patience = options.stopPatience ?? stopPatience;
      const facts = { store, boss, log, queue: definition(name), work, handler, giveUp, stopPatience: patience };
      dispatchers.set(name, startDispatcher(facts));
      watch.begin();
    },
    pending: () => countJobs(store.db),
    dead: (limit) => listDeadJobs(store.db, limit),
    stop: async () => {
      await watch.stopLooking();
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.stop()));
      await watch.stopListening();
      await stopBoss(boss);
    },
  };
}

/** What a process needs that works on jobs, and one that only enqueues does not: news of jobs, and looks for due and lost ones. */
function watchJobs(
  store: Store,
  boss: PgBoss,
  { log, queues }: { readonly log: Logger; readonly queues: readonly QueueDefinition[] },
  dispatchers: ReadonlyMap<string, Dispatcher>,
) {
  const wakeAll = (): void => {
    for (const dispatcher of dispatchers.values()) dispatcher.wake();
  };
  let listener: Promise<Listener> | undefined;
  let look: DueJobsLook | undefined;
  let reaper: Reaper | undefined;
  return {
    begin: (): void => {
      if (listener) return;
      const wake = (queue: string): void => dispatchers.get(queue)?.wake();
      listener = listen({ url: store.url, channel: jobChannel, log, onMessage: wake, onConnected: wakeAll });
      // Without it jobs are still found, a second later.
      listener.catch((error: unknown) => log.warn({ err: error }, "jobs are not announced"));
      look = lookForDueJobs({ db: store.db, log, queues: () => [...dispatchers.keys()], onDue: wake });
      const giveUpOf = (queue: string) => dispatchers.get(queue)?.giveUp;
      reaper = startReaper({ store, boss, log, queues, giveUpOf, onFound: wakeAll });
    },
    stopLooking: async () => void (await Promise.all([look?.stop(), reaper?.stop()])),
    stopListening: async () => (await listener?.catch(() => undefined))?.stop(),
  };
}

async function defineQueues(boss: PgBoss, queues: readonly QueueDefinition[]): Promise<void> {
  const existing = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  if (!existing.has(deadLetterQueue)) await boss.createQueue(deadLetterQueue, { retryLimit: 0 });
  for (const queue of queues) {
    const settings = {
      retryLimit: queue.retryLimit,
      retryDelay: queue.retryDelay,
      retryBackoff: true,
      retryDelayMax: maximumRetryDelay,
      heartbeatSeconds: queue.heartbeatSeconds,
      // A heartbeat tells a dead job from a long one; this bound is only the last one.
      expireInSeconds: 23 * 3600,
      // The copy among the dead letters is what people look at.
      deleteAfterSeconds: 3600,
      deadLetter: deadLetterQueue,
    };
    const known = existing.get(queue.name);
    if (!known) await boss.createQueue(queue.name, { ...settings, policy: queue.policy });
    else if (Object.entries(settings).some(([name, value]) => Reflect.get(known, name) !== value)) {
      await boss.updateQueue(queue.name, settings);
    }
  }
}
