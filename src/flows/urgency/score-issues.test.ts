import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Finding } from "#model/finding.ts";
import { saveRepositoryOwners } from "#store/instances/repository-owners.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import { saveSlaSettings } from "#store/issues/sla-settings.ts";
import { areScoresDue, scoreSecretAgain } from "#store/issues/urgency-scores.ts";
import { saveUrgencySettings } from "#store/issues/urgency-settings.ts";
import { saveSecretCheck } from "#store/secrets/secret-checks.ts";
import { type FreshDatabase, freshDatabase } from "#store/testing/fresh-database.ts";
import { type SampleWorld, sampleFinding, sampleTime, sampleWorld } from "#store/testing/sample-world.ts";
import type { Changed } from "./novelty-of.ts";
import { scoreBranch, scoreIssues } from "./score-issues.ts";

const branch = "refs/heads/main";
const days = (count: number) => new Date(sampleTime.getTime() + count * 24 * 3600 * 1000);

describe("scores of issues", () => {
  let database: FreshDatabase;
  let world: SampleWorld;
  before(async () => {
    database = await freshDatabase();
  });
  after(() => database.drop());
  beforeEach(async () => {
    world = await sampleWorld(database.store.db);
  });

  const here = () => ({ instanceId: world.instanceId, repositoryId: world.repositoryId, branch });
  async function scan(
    findings: readonly Finding[],
    at: Date,
    changed: Changed,
    committers = new Map<string, string>(),
  ) {
    const { db } = database.store;
    await applyBranchFindings(db, { ...here(), at, replaced: "all", findings });
    await scoreBranch(db, here(), { at, changed, committers });
  }
  const all = async () =>
    database.store.db
      .selectFrom("issues")
      .select([
        "id",
        "fingerprint",
        "urgency",
        "urgencyPoints",
        "novelty",
        "dueAt",
        "owner",
        "ownerFrom",
        "live",
        "state",
      ])
      .where("repositoryId", "=", world.repositoryId)
      .orderBy("fingerprint")
      .execute();
  const one = async (fingerprint: string) => (await all()).find((row) => row.fingerprint === fingerprint)!;
  const app = (now: Date) => ({ db: database.store.db, now: () => now });
  const work = async (now: Date) => scoreIssues(app(now), {}, new AbortController().signal);
  const files = (...paths: readonly string[]): Changed => ({ is: "files", paths: new Set(paths) });

  test("what a first scan and an unchanged file have is backlog, what a change brings is new, and what comes back counts anew", async () => {
    await scan([sampleFinding("a")], sampleTime, { is: "nothing" });
    await scan([sampleFinding("a"), sampleFinding("b", "b.ts"), sampleFinding("c", "c.ts")], days(1), files("b.ts"));
    assert.deepEqual(
      (await all()).map(({ novelty }) => novelty),
      ["backlog", "new", "backlog"],
    );
    await scan([sampleFinding("b", "b.ts"), sampleFinding("c", "c.ts")], days(2), files("src/a.ts"));
    await scan(
      [sampleFinding("a"), sampleFinding("b", "b.ts"), sampleFinding("c", "c.ts")],
      days(9),
      files("src/a.ts"),
    );
    const back = await one("a");
    assert.deepEqual([back.novelty, back.dueAt], ["new", days(9 + 14)]);
  });

  test("due dates follow the severity, with grace for backlog, and a new grade moves them", async () => {
    const { db } = database.store;
    const usual = { critical: 7, high: 14, medium: 30, low: 90 };
    const settings = { days: { ...usual, grace: 60 }, changedBy: "ada", changedAt: sampleTime };
    await saveSlaSettings(db, world.instanceId, settings);
    await scan([sampleFinding("a")], sampleTime, { is: "nothing" });
    assert.deepEqual((await one("a")).dueAt, days(74));
    await scan([sampleFinding("a", "src/a.ts", { severity: "critical" })], days(3), files("src/a.ts"));
    assert.deepEqual((await one("a")).dueAt, days(67));
  });

  test("time alone changes a score on the days foreseen, and only then", async () => {
    await scan([sampleFinding("a")], sampleTime, files("src/a.ts"));
    const { db } = database.store;
    assert.equal(await areScoresDue(db, days(6)), false);
    const start = (await one("a")).urgency;
    await work(days(8));
    const older = (await one("a")).urgency;
    await work(days(15));
    const overdue = await one("a");
    assert.ok(start < older && older < overdue.urgency, `${start} ${older} ${overdue.urgency}`);
    assert.equal(overdue.urgencyPoints.find(({ signal }) => signal === "overdue")?.because, "overdue");
    assert.equal(await areScoresDue(db, days(15)), false);
  });

  test("a provider's word counts at once, other weights by the job, and a tag of the repository", async () => {
    const { db } = database.store;
    const { instanceId } = world;
    await scan([sampleFinding("a")], sampleTime, files("src/a.ts"));
    const unasked = (await one("a")).urgency;
    await saveSecretCheck(db, { instanceId, fingerprint: "a", verdict: "live", reason: "", at: sampleTime });
    for (const place of await scoreSecretAgain(db, { instanceId, fingerprint: "a" })) {
      await scoreBranch(db, place, { at: sampleTime, changed: { is: "nothing" } });
    }
    const live = await one("a");
    assert.ok(live.urgency > unasked);
    assert.equal(live.live, "live");
    assert.equal(live.novelty, "new");
    const text = "weights:\n  secret-live: 0\nproduction:\n  - branches: main";
    await saveUrgencySettings(db, { instanceId, text, changedBy: "ada", changedAt: sampleTime });
    assert.equal(await areScoresDue(db, sampleTime), true);
    await work(sampleTime);
    const { urgencyPoints } = await one("a");
    assert.ok(!urgencyPoints.some(({ signal }) => signal === "secret-live"));
    assert.equal(urgencyPoints.find(({ signal }) => signal === "production")?.because, "production: branch main");
    assert.equal(await areScoresDue(db, sampleTime), false);
  });

  test("a file names owners, then who changed it last, then the project; another file is another owner", async () => {
    const { db } = database.store;
    const repository = { id: world.repositoryId, instanceId: world.instanceId };
    const committers = new Map([["src/a.ts", "Ada <ada@fabrikam.example>"]]);
    await scan([sampleFinding("a"), sampleFinding("b", "b.ts")], sampleTime, { is: "nothing" }, committers);
    const owners = async () => (await all()).map(({ owner, ownerFrom }) => [owner, ownerFrom]);
    assert.deepEqual(await owners(), [
      ["Ada <ada@fabrikam.example>", "commits"],
      ["sample-project", "project"],
    ]);
    const file = { path: "CODEOWNERS", text: "*.ts @web", problems: [], readAt: sampleTime };
    await saveRepositoryOwners(db, repository, file);
    await scan([sampleFinding("a"), sampleFinding("b", "b.ts")], days(1), files("CODEOWNERS"));
    assert.deepEqual(await owners(), [
      ["@web", "file"],
      ["@web", "file"],
    ]);
  });
});
