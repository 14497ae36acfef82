import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import type { IssueId, RepositoryId } from "#model/ids.ts";
import type { PackageReference } from "#model/package-finding.ts";
import { type Severity, severities } from "#model/severity.ts";
import { dismissIssue, reopenIssue } from "../exceptions/dismiss-issue.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { type SampleWorld, sampleFinding, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { applyBranchFindings } from "./apply-branch-findings.ts";
import { archiveIssues } from "./archive-issues.ts";
import { groupIssues, issueGroupings } from "./group-issues.ts";
import { countIssues } from "./issue-counts.ts";

let database: FreshDatabase;
before(async () => {
  database = await freshDatabase({ maxConnections: 8 });
});
after(() => database.drop());

const everything = { is: "everything" } as const;

/** The same each time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

async function scan({ instanceId }: SampleWorld, repositoryId: RepositoryId, roll: (sides: number) => number) {
  const findings = Array.from({ length: 60 }, (_, n) => n)
    .filter(() => roll(3) > 0)
    .map((n) => {
      const severity = severities[roll(4)] as Severity;
      const aboutPackage: PackageReference = {
        ecosystem: "npm",
        ...{ name: `p${n % 9}`, version: "1.0.0", purl: `pkg:npm/p${n % 9}@1.0.0`, manifest: "package-lock.json" },
        ...{ relation: "direct", isDevelopment: false },
      };
      return sampleFinding(`f${n}`, `p${n % 7}.ts`, {
        severity,
        rule: n % 2 ? `vulnerabilities/r${n % 5}` : "secrets/r",
        ...(n % 2 === 1 && { package: aboutPackage }),
      });
    });
  const branch = "refs/heads/main";
  await applyBranchFindings(database.store.db, {
    ...{ instanceId, repositoryId, branch, at: sampleTime, replaced: "all", findings },
  });
}

async function decide(roll: (sides: number) => number): Promise<void> {
  const { db } = database.store;
  const { rows } = await sql<{ id: IssueId; state: string }>`
    select id, state from issues where state in ('open', 'dismissed') order by id`.execute(db);
  const issue = rows[roll(Math.max(1, rows.length))];
  const by = { by: "ada", at: sampleTime };
  if (issue?.state === "open") await dismissIssue(db, issue.id, { ...by, reason: "false-positive", comment: "" });
  else if (issue) await reopenIssue(db, issue.id, by);
}

async function compare(): Promise<void> {
  const { db } = database.store;
  const { rows } = await sql<{ kept: number; counted: number; what: string }>`
    with counted as (
      select i.instance_id, k.kind, i.state, k.key, count(*) as n from issues i cross join lateral (values
        ('severity', i.scanner || '/' || i.severity), ('repository', i.repository_id::text), ('rule', i.rule),
        ('package', i.package), ('owner', i.owner)) as k (kind, key)
      where not i.archived and k.key is not null group by 1, 2, 3, 4),
    kept as (
      select instance_id, kind, state, key, sum(count) as n from issue_counts group by 1, 2, 3, 4 having sum(count) <> 0)
    select coalesce(c.n, 0) as counted, coalesce(k.n, 0) as kept, concat_ws(' ', kind, state, key) as what
    from counted c full join kept k using (instance_id, kind, state, key) where c.n is distinct from k.n`.execute(db);
  assert.deepEqual(rows, []);
}

test("counts are what is there, whatever was done, also at once", async () => {
  const { db } = database.store;
  const worlds = [await sampleWorld(db, "one", ["a", "b", "c"]), await sampleWorld(db, "two", ["d", "e"])];
  const roll = dice(7);
  const places = worlds.flatMap((world) => world.repositories.map(({ id }) => ({ world, id })));
  for (let round = 0; round < 6; round += 1) {
    await Promise.all([
      ...places.map(({ world, id }, index) => scan(world, id, dice(round * 10 + index))),
      ...Array.from({ length: 3 }, () => decide(roll)),
    ]);
    await sql`update issues set owner = ${`@team-${round}`}, urgency = ${round} where line % 5 = ${round % 5}`.execute(
      db,
    );
    await sql`update repositories set chosen = random() < 0.7`.execute(db);
    await Promise.all(worlds.map(({ instanceId }) => archiveIssues(db, instanceId)));
    await compare();
  }
  await sql`delete from repositories where id = ${places[0]!.id}`.execute(db);
  await compare();
  await db.deleteFrom("instances").where("id", "=", worlds[1]!.instanceId).execute();
  await compare();
  const { rows } = await sql<{ rows: number }>`select count(*)::int as rows from issue_counts`.execute(db);
  assert.ok((rows[0]?.rows ?? 0) < 200, "rows of the same key are folded");
});

test("groups by kept counts are those that counting gives", async () => {
  const { db } = database.store;
  const world = await sampleWorld(db, "three", ["a", "b"]);
  for (const [index, { id }] of world.repositories.entries()) await scan(world, id, dice(index));
  await sql`update issues set owner = 'o' || abs(hashtext(fingerprint)) % 5, urgency = abs(hashtext(fingerprint)) % 30`.execute(
    db,
  );
  // Of few the most urgent issues tell; for as many as there are, each is asked.
  for (const [by, limit] of issueGroupings.flatMap((one) => [1, 2, 50].map((count) => [one, count] as const))) {
    const page = { by, instanceId: world.instanceId, offset: limit === 2 ? 1 : 0, limit };
    const kept = await groupIssues(db, everything, page, sampleTime);
    // Whatever has this urgency: all, but nobody keeps counts of it.
    const counted = await groupIssues(db, everything, { ...page, urgency: 0 }, sampleTime);
    assert.deepEqual(kept, counted);
    assert.ok(kept.total > 0 && kept.rows.every(({ count, first }) => first.length === Math.min(3, count)), by);
  }
  const open = await countIssues(db, { is: "instances", ids: [world.instanceId] });
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from issues where instance_id = ${world.instanceId} and state = 'open'`.execute(db);
  assert.equal(
    open.reduce((sum, { count }) => sum + count, 0),
    rows[0]?.n,
  );
});
