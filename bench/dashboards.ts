/**
 * Dashboards over many issues: how long it takes to count them anew, and to read the figures as the API does.
 * `npm run bench -- dashboards [COUNT]`. The peer in the same run counts the issues themselves, as it would be without figures.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { pino } from "pino";
import type { Scope } from "#model/scope.ts";
import type { Db } from "#store/database.ts";
import {
  figuresAsOf,
  listTopRepositories,
  listTops,
  readCoverage,
  sumFlow,
  sumStock,
  sumWeeks,
} from "#store/figures/dashboards.ts";
import { listFigureTimes, makeFigures } from "#store/figures/make-figures.ts";
import { openStore } from "#store/open-store.ts";
import { startPostgres } from "#store/postgres/start-postgres.ts";
import { makeIssues } from "./issues-database.ts";
import { milliseconds, printTable, quantile } from "./machine.ts";

const log = pino({ level: "silent" });
const everything: Scope = { is: "everything" };
const rounds = 15;

export async function dashboards(args: readonly string[]): Promise<void> {
  const count = Number(args.find((word) => /^\d+$/.test(word)) ?? 1_000_000);
  const folder = await mkdtemp(join(tmpdir(), "sallyport-bench-"));
  const postgres = await startPostgres({ folder, log, temporary: true });
  const store = await openStore({ url: postgres.url, log });
  try {
    const { db } = store;
    await makeIssues(db, count);
    await makeEvents(db);
    const now = new Date();
    const countAll = async () => {
      for (const { instanceId } of await listFigureTimes(db)) await makeFigures(db, instanceId, now);
    };
    const first = await timeOf(countAll);
    const again = await timeOf(countAll);
    const day = (back: number) => new Date(now.getTime() - back * 24 * 60 * 60_000).toISOString().slice(0, 10);
    const read = async (from: string, tag?: string) => readAll(db, { from, to: day(0), tag }, now);
    const quarter = await timesOf(() => read(day(89)));
    const year = await timesOf(() => read(day(364)));
    const tagged = await timesOf(() => read(day(89), "production"));
    const peer = await timeOf(() => sql`select severity, state, count(*) from issues group by 1, 2`.execute(db));
    printTable(`dashboards: ${count} issues`, [
      ["all counted for the first time", milliseconds(first)],
      ["counted again", milliseconds(again)],
      ["read, 90 days", line(quarter), `counting states alone ${milliseconds(peer)}`],
      ["read, 365 days", line(year)],
      ["read, 90 days of a tag", line(tagged)],
    ]);
  } finally {
    await store.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Each was opened when it was first seen; what is fixed was fixed some time later. */
async function makeEvents(db: Db): Promise<void> {
  await sql`
    insert into issue_events (id, issue_id, instance_id, at, kind, data)
    select gen_random_uuid(), id, instance_id, first_seen, 'opened', null from issues
    union all
    select gen_random_uuid(), id, instance_id, coalesce(fixed_at, last_seen), 'fixed', '{"was":"open","state":"fixed"}'
    from issues where state = 'fixed'`.execute(db);
  await sql`vacuum analyze issue_events`.execute(db);
}

async function readAll(db: Db, filter: Parameters<typeof sumStock>[2], now: Date): Promise<void> {
  await Promise.all([
    figuresAsOf(db, everything, filter),
    sumStock(db, everything, filter),
    sumFlow(db, everything, filter),
    sumWeeks(db, everything, filter),
    readCoverage(db, everything, filter, now),
    listTops(db, everything, { ...filter, kind: "rule" }),
    listTopRepositories(db, everything, filter),
    listTops(db, everything, { ...filter, kind: "owner" }),
  ]);
}

async function timesOf(run: () => Promise<unknown>): Promise<readonly number[]> {
  await run();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await timeOf(run));
  return times;
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

function line(times: readonly number[]): string {
  return `p50 ${milliseconds(quantile(times, 0.5))}, p95 ${milliseconds(quantile(times, 0.95))}`;
}
