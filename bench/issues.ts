/**
 * Lists of many issues: every order, every filter, search, deep pages, counts and groups, as the API asks for them.
 * `npm run bench -- issues [COUNT] [--folder PATH] [--plain]`; a folder keeps the database for the next time. Two peers in the same
 * run: 50 issues read by their ids, asked for in turn with each query, which tells how busy the machine is; and with
 * `--plain` once the plain way: one statement that filters, sorts and takes its page, and one that counts all.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { pino } from "pino";
import type { InstanceId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import { groupIssues } from "#store/issues/group-issues.ts";
import { countIssues } from "#store/issues/issue-counts.ts";
import { issueCondition, placesOf } from "#store/issues/issue-filter.ts";
import { orderBy, orderKeys } from "#store/issues/issue-order.ts";
import { issuesById } from "#store/issues/issues.ts";
import { type IssueFilter, listIssues } from "#store/issues/list-issues.ts";
import { openStore, type Store } from "#store/open-store.ts";
import { startPostgres } from "#store/postgres/start-postgres.ts";
import { makeIssues } from "./issues-database.ts";
import { milliseconds, printTable, quantile } from "./machine.ts";

const log = pino({ level: "silent" });
const rounds = 20;
const everything: Scope = { is: "everything" };
const limitMilliseconds = 100;

export async function issues(args: readonly string[]): Promise<void> {
  const count = Number(args.find((word) => /^\d+$/.test(word)) ?? 1_000_000);
  const place = args[args.indexOf("--folder") + 1];
  const folder =
    args.includes("--folder") && place !== undefined ? place : await mkdtemp(join(tmpdir(), "sallyport-bench-"));
  await mkdir(folder, { recursive: true });
  const postgres = await startPostgres({ folder, log, temporary: !args.includes("--folder") });
  const store = await openStore({ url: postgres.url, log });
  try {
    const began = performance.now();
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from issues`.execute(store.db);
    const kept = rows[0]?.count ?? 0;
    if (kept === 0) await makeIssues(store.db, count);
    const made = kept > 0 ? "kept from before" : `made in ${((performance.now() - began) / 1000).toFixed(0)} s`;
    const results = await measureAll(store, args.includes("--plain"));
    const worst = Math.max(...results.map(({ p95 }) => p95));
    printTable(`issues: ${kept || count}`, [
      ["database", made],
      ...results.map((result): [string, string, string] => [result.name, figureOf(result), remarkOf(result)]),
      ["slowest p95", milliseconds(worst), `to be under ${limitMilliseconds} ms`],
    ]);
  } finally {
    await store.close();
    await postgres.stop();
    if (!args.includes("--folder")) await rm(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly name: string;
  readonly p50: number;
  readonly p95: number;
  /** 50 issues by their ids, in turn with it: p50. */
  readonly byIds: number;
  readonly plain?: number;
}

function figureOf({ p50, p95 }: Measured): string {
  return `p50 ${milliseconds(p50)}, p95 ${milliseconds(p95)}${p95 > limitMilliseconds ? " !" : ""}`;
}

function remarkOf({ p50, byIds, plain }: Measured): string {
  const pages = `${(p50 / byIds).toFixed(1)} times 50 issues by their ids`;
  return plain === undefined ? pages : `${pages}; plain way ${milliseconds(plain)}`;
}

async function measureAll({ db }: Store, isPlainMeasured: boolean): Promise<readonly Measured[]> {
  const page = { offset: 0, limit: 50 };
  const results: Measured[] = [];
  const some = await db.selectFrom("issues").select("id").limit(page.limit).execute();
  const ids = some.map(({ id }) => id);
  const run = async (name: string, what: () => Promise<unknown>, plainWay?: () => Promise<unknown>) => {
    await what();
    const [times, peers]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      times.push(await timeOf(what));
      peers.push(await timeOf(() => issuesById(db, ids)));
    }
    const plain = isPlainMeasured && plainWay ? await timeOf(plainWay) : undefined;
    results.push({
      ...{ name, p50: quantile(times, 0.5), p95: quantile(times, 0.95), byIds: quantile(peers, 0.5) },
      ...(plain !== undefined && { plain }),
    });
  };
  for (const [name, filter, scope = everything] of await queries(db)) {
    const whole = { ...page, ...filter };
    await run(
      name,
      () => listIssues(db, scope, whole),
      () => plainList(db, scope, whole),
    );
  }
  for (const by of ["repository", "rule", "package", "secret", "owner"] as const) {
    await run(`groups by ${by}, open`, () =>
      groupIssues(db, everything, { state: ["open"], by, offset: 0, limit: 50 }, new Date()),
    );
  }
  await run("counts of the overview", () => countIssues(db, everything));
  return results;
}

type Query = readonly [name: string, filter: Partial<IssueFilter>, scope?: Scope];

// oxlint-disable-next-line max-lines-per-function -- a table
async function queries(db: Store["db"]): Promise<readonly Query[]> {
  const [small] = await db.selectFrom("instances").select("id").where("name", "=", "Tailspin").execute();
  const [large] = await db
    .selectFrom("issues")
    .select("repositoryId")
    .groupBy("repositoryId")
    .orderBy((one) => one.fn.countAll(), "desc")
    .limit(1)
    .execute();
  const ids = [small!.id as InstanceId];
  const state = ["open"] as const;
  const deep = async (filter: Partial<IssueFilter>) =>
    (await listIssues(db, everything, { ...filter, offset: 9_000, limit: 1 })).rows[0]!.id;
  const sorts = ["urgency", "severity", "due", "first-seen", "last-seen", "repository", "rule"] as const;
  const repositoryId = large!.repositoryId;
  return [
    ...sorts.map((sort): Query => [`open by ${sort}`, { state, sort }]),
    ...sorts.map((sort): Query => [`open by ${sort}, turned`, { state, sort, descending: true }]),
    ...sorts.map((sort): Query => [`any state by ${sort}`, { sort }]),
    ["silenced by urgency", { state: ["silenced"], sort: "urgency" }],
    ["one instance of three", { state, sort: "urgency" }, { is: "instances", ids }],
    ["the largest repository", { state, sort: "urgency", repositoryId }],
    ["the largest repository by severity", { repositoryId }],
    ["critical", { state, sort: "urgency", severity: ["critical"] }],
    ["high and critical by due", { state, sort: "due", severity: ["critical", "high"] }],
    ["secrets", { state, sort: "urgency", scanner: ["secrets"] }],
    ["cicd, any state, by severity", { scanner: ["cicd"] }],
    ["a common rule", { state, sort: "urgency", rule: "iac/made-rule-0" }],
    ["a rare rule", { state, sort: "urgency", rule: "cicd/made-rule-801" }],
    ["terraform", { state, sort: "urgency", framework: ["terraform"] }],
    ["ansible", { state, sort: "urgency", framework: ["ansible"] }],
    ["a common package", { state, sort: "urgency", ecosystem: "npm", package: "package-0" }],
    ["a rare package", { state, sort: "urgency", ecosystem: "npm", package: "package-4321" }],
    ["an owner", { state, sort: "urgency", owner: ["@team-0"] }],
    ["an owner with little", { state, sort: "urgency", owner: ["@team-280"] }],
    ["new ones", { state, sort: "urgency", novelty: "new" }],
    ["overdue", { state, sort: "urgency", due: ["overdue"] }],
    ["approaching", { state, sort: "urgency", due: ["approaching"] }],
    ["on track by due", { state, sort: "due", due: ["on-track"] }],
    ["urgency of 90 and more", { state, sort: "urgency", urgency: 90 }],
    ["urgency of 60 and more by age", { state, sort: "first-seen", urgency: 60 }],
    ["live secrets", { state, sort: "urgency", live: ["live"] }],
    ["fix available", { state, sort: "urgency", fixAvailable: true }],
    ["repositories with a tag", { state, sort: "urgency", tag: ["production"] }],
    ["search: a common word", { state, sort: "urgency", search: "internet" }],
    ["search: a path", { state, sort: "urgency", search: "area-77/part-12" }],
    ["search: a rule", { state, sort: "severity", search: "made-rule-801" }],
    ["search: nothing fits", { state, sort: "urgency", search: "no such words" }],
    [
      "critical, new, overdue secrets with a fix",
      {
        state,
        sort: "urgency",
        severity: ["critical"],
        novelty: "new",
        due: ["overdue"],
        scanner: ["secrets"],
        fixAvailable: true,
      },
    ],
    ["page 180 by offset", { state, sort: "urgency", offset: 9_000 }],
    ["page 180 by its place", { state, sort: "urgency", after: await deep({ state, sort: "urgency" }) }],
    ["page 180 by severity by its place", { state, sort: "severity", after: await deep({ state, sort: "severity" }) }],
    [
      "page 180 by repository by its place",
      { state, sort: "repository", after: await deep({ state, sort: "repository" }) },
    ],
  ];
}

async function timeOf(what: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await what();
  return performance.now() - began;
}

async function plainList(db: Store["db"], scope: Scope, filter: IssueFilter): Promise<void> {
  const condition = issueCondition(await placesOf(db, scope, filter), filter, new Date());
  const keys = orderKeys(filter.sort ?? "severity", filter.descending ?? false);
  const name = filter.sort === "repository" ? sql`lower(r.name), ` : sql``;
  await Promise.all([
    sql`select i.*, r.name, p.name, o.name from issues i join repositories r on r.id = i.repository_id
      join projects p on p.id = r.project_id join organizations o on o.id = r.organization_id
      where ${condition} order by ${name}${orderBy(keys, "i")} offset ${filter.offset} limit ${filter.limit}`.execute(
      db,
    ),
    sql`select count(*) from issues i where ${condition}`.execute(db),
  ]);
}
