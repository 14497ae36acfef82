import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { pino } from "pino";
import type { Allow } from "#model/allow.ts";
import type { Db } from "#store/database.ts";
import { listAllows, replaceAllows } from "#store/instances/branch-allows.ts";
import { lockIssues } from "#store/issues/apply-branch-findings.ts";
import { listIssues } from "#store/issues/list-issues.ts";
import { openJobs } from "#store/jobs/jobs.ts";
import { replaceManifests } from "#store/packages/manifests.ts";
import { insertScan } from "#store/scans/scans.ts";
import { type FreshDatabase, freshDatabase } from "#store/testing/fresh-database.ts";
import { sampleTime, sampleWorld } from "#store/testing/sample-world.ts";
import { queues } from "../jobs/queues.ts";
import { judgeStored } from "../knowledge/judge-again.ts";
import { type KnowledgeCopy, openKnowledgeCopy } from "../knowledge/knowledge-copy.ts";
import { judgeBranch } from "./judge-branch.ts";
import { forgetPackages, recordPackages } from "./record-packages.ts";

let database: FreshDatabase;
let folder: string;
let knowledge: KnowledgeCopy;
before(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), "sallyport-judge-"));
  knowledge = openKnowledgeCopy(folder);
});
after(async () => {
  knowledge.close();
  await rm(folder, { recursive: true, force: true });
  await database.drop();
});

/** A lock file with one package whose licence nobody may use without a look. */
function unit(path: string) {
  const at = { path, startLine: 4, startColumn: 1, endLine: 4, endColumn: 9 };
  const copyleft = {
    ...({ ecosystem: "npm", name: "copyleft", version: "1.0.0", licenses: ["AGPL-3.0-only"], at } as const),
    ...({ relation: "direct", isDevelopment: false } as const),
  };
  const manifest = {
    path,
    format: "package-lock.json",
    ecosystem: "npm",
    isLocked: true,
    packages: [copyleft],
  } as const;
  return { unit: `package-lock.json:${path}`, manifests: [manifest], packages: [], hasGaps: false };
}

async function openBranch() {
  const { db } = database.store;
  const { instanceId, repositoryId } = await sampleWorld(db);
  const branch = { instanceId, repositoryId, branch: "refs/heads/main" };
  const read = [unit("app/package-lock.json"), unit("lab/package-lock.json")];
  await replaceManifests(db, branch, { replaced: "all", read, at: sampleTime });
  /** `path state (line: reason)` of every issue, and whether anything changed. */
  const judge = async (day: string, allows?: readonly Allow[]) => {
    if (allows) await replaceAllows(db, branch, allows);
    const { areChanged } = await judgeBranch({ knowledge }, db, branch, { at: new Date(`${day}T23:30:00Z`) });
    const { rows } = await listIssues(db, { is: "everything" }, { repositoryId, offset: 0, limit: 9 });
    const lines = rows.map(({ path, state }) => {
      const skip = state.is === "silenced" ? ` ${state.at?.path}:${state.at?.startLine} ${state.reason}` : "";
      return `${path.split("/")[0]} ${state.is}${skip}`;
    });
    return [...lines.toSorted(), areChanged ? "changed" : "as before"];
  };
  return { branch, judge };
}

test("what the branch allows is silenced with its reason and line up to its last day, and is back without a scan", async () => {
  const { judge } = await openBranch();
  assert.deepEqual(await judge("2026-03-01"), ["app open", "lab open", "changed"]);
  const lab = { path: "lab/**", reason: "never shipped", until: "2026-03-31", line: 2 };
  const silenced = ["app open", "lab silenced .sallyport.yml:2 never shipped"];
  assert.deepEqual(await judge("2026-03-02", [lab]), [...silenced, "changed"]);
  assert.deepEqual(await judge("2026-03-31"), [...silenced, "as before"]);
  assert.deepEqual(await judge("2026-04-01"), ["app open", "lab open", "changed"]);
});

async function isAnyWaiting(db: Db): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(db);
  return rows.length > 0;
}

test("what a scan records while the branch is judged again is what is judged", async () => {
  const { branch, judge } = await openBranch();
  const { db } = database.store;
  await judge("2026-03-01");
  const { instanceId: instance, repositoryId: repository, branch: name } = branch;
  const app = { db, knowledge, now: () => sampleTime };
  const judged = await db.transaction().execute(async (tx) => {
    await lockIssues(tx, repository);
    await replaceManifests(tx, branch, { replaced: "all", read: [unit("lab/package-lock.json")], at: sampleTime });
    const again = judgeStored(app, { instance, repository, branch: name });
    while (!(await isAnyWaiting(db))) await setTimeout(5);
    return { again };
  });
  await judged.again;
  assert.deepEqual(await judge("2026-03-01"), ["app fixed", "lab open", "as before"]);
});

test("a rule, or the beginning of a fingerprint, is allowed wherever it stands, and until it is not there any more", async () => {
  const { judge } = await openBranch();
  const byRule = { rule: "licenses/denied-license", reason: "bought", line: 3 };
  const other = { rule: "licenses/unknown-license", reason: "asked", line: 6 };
  const both = ["app silenced .sallyport.yml:3 bought", "lab silenced .sallyport.yml:3 bought"];
  assert.deepEqual(await judge("2026-03-01", [other]), ["app open", "lab open", "changed"]);
  assert.deepEqual(await judge("2026-03-01", [other, byRule]), [...both, "changed"]);
  assert.deepEqual(await judge("2026-03-01", []), ["app open", "lab open", "changed"]);
});

test("a scan that reads no package judges again only if it is told other allows; a branch that is forgotten allows nothing", async (t) => {
  const { branch, judge } = await openBranch();
  const { store } = database;
  const jobs = await openJobs(store, { log: pino({ level: "silent" }), queues });
  t.after(() => jobs.stop());
  const read = { replaced: [], packages: [], packagesGone: [], packagesUnread: [], imports: [] } as const;
  const left = {
    tooLarge: [],
    binary: [],
    notScanned: { binary: 0, tooLarge: 0 },
    bytes: 0,
    cache: { hits: 0, misses: 0 },
  };
  const nothing = { ...read, ...left, findings: [], problems: [], silenced: [] };
  const because = { is: "schedule" } as const;
  const target = { is: "branch", ref: branch.branch } as const;
  const scanId = await insertScan(store.db, { ...branch, target, commit: "c", because, started: sampleTime });
  const app = { jobs, knowledge, factsSources: undefined };
  const scan = async (...allows: readonly Allow[]) => {
    const given = { result: nothing, allows, scanId, at: sampleTime };
    return (await recordPackages(app, store.db, branch, given)).areChanged;
  };
  assert.equal(await scan(), false);
  const lab = { path: "lab/**", reason: "never shipped", line: 2 };
  assert.deepEqual([await scan(lab), await scan(lab)], [true, false]);
  const silenced = "lab silenced .sallyport.yml:2 never shipped";
  assert.deepEqual(await judge("2026-03-02"), ["app open", silenced, "as before"]);
  await forgetPackages(store.db, branch);
  assert.deepEqual(await listAllows(store.db, branch.repositoryId, branch.branch), []);
});
