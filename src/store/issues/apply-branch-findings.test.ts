import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Finding } from "#model/finding.ts";
import type { Scope } from "#model/scope.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import { dismissIssue, endDismissals, reopenIssue } from "../exceptions/dismiss-issue.ts";
import { setScannedCommit } from "../instances/repositories.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { type SampleWorld, sampleFinding, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { applyBranchFindings, type IssueChanges } from "./apply-branch-findings.ts";
import { countIssues } from "./issue-counts.ts";
import { getIssue, issueTrend } from "./issues.ts";
import { knownFingerprints, silencedFingerprints } from "./known-fingerprints.ts";
import { listIssues } from "./list-issues.ts";

const everything: Scope = { is: "everything" };
const branch = "refs/heads/main";
const day = 24 * 3600 * 1000;

describe("issues of a branch", () => {
  let database: FreshDatabase;
  let world: SampleWorld;
  before(async () => {
    database = await freshDatabase();
  });
  after(() => database.drop());
  beforeEach(async () => {
    world = await sampleWorld(database.store.db);
  });

  function apply(
    findings: readonly Finding[],
    replaced: "all" | readonly string[] = "all",
    at = sampleTime,
    silenced: readonly SilencedFinding[] = [],
  ) {
    const { instanceId, repositoryId } = world;
    const given = { instanceId, repositoryId, branch, at, replaced, findings, silenced };
    return applyBranchFindings(database.store.db, given);
  }
  const counts = ({ opened, reopened, fixed }: IssueChanges) => [opened.length, reopened.length, fixed.length];
  const issues = async (filter = {}) =>
    listIssues(database.store.db, everything, { repositoryId: world.repositoryId, offset: 0, limit: 100, ...filter });

  test("a first scan opens, the same scan changes nothing, a clean one fixes", async () => {
    const findings = [sampleFinding("one"), sampleFinding("two", "b.ts"), sampleFinding("one", "c.ts")];
    assert.deepEqual(counts(await apply(findings)), [2, 0, 0]);
    assert.deepEqual(counts(await apply(findings)), [0, 0, 0]);
    assert.equal((await issues()).total, 2);
    assert.deepEqual(counts(await apply([])), [0, 0, 2]);
    assert.deepEqual(
      (await issues()).rows.map((row) => row.state.is),
      ["fixed", "fixed"],
    );
    assert.deepEqual(counts(await apply(findings)), [0, 2, 0]);
  });

  test("a push replaces only the paths that it changed", async () => {
    await apply([sampleFinding("one"), sampleFinding("one", "b.ts"), sampleFinding("two", "c.ts")]);
    // One place of two is gone: the issue stays, at its other place.
    assert.deepEqual(counts(await apply([], ["src/a.ts"])), [0, 0, 0]);
    const one = (await issues({ search: "a sample of one" })).rows[0];
    assert.equal(one?.path, "b.ts");
    // Its file is renamed: the old path is replaced by nothing, the new one has it.
    assert.deepEqual(counts(await apply([sampleFinding("one", "d.ts")], ["b.ts", "d.ts"])), [0, 0, 0]);
    assert.deepEqual(counts(await apply([], ["d.ts"])), [0, 0, 1]);
    assert.deepEqual([...(await knownFingerprints(database.store.db, world.repositoryId, branch))], ["two"]);
  });

  test("two places of one fingerprint in one file are two occurrences of one issue", async () => {
    const second = { path: "src/a.ts", startLine: 9, startColumn: 1, endLine: 9, endColumn: 9 };
    const { opened } = await apply([sampleFinding("one"), sampleFinding("one", "src/a.ts", { at: second })]);
    const issue = await getIssue(database.store.db, everything, opened[0]!);
    assert.deepEqual(
      issue?.occurrences.map((occurrence) => occurrence.line),
      [3, 9],
    );
    assert.equal(issue?.repositoryName, "web");
    assert.deepEqual(
      issue?.events.map((event) => event.kind),
      ["opened"],
    );
  });

  test("an issue knows the commit of its places while its branch is the one scanned last", async () => {
    const { db } = database.store;
    const { opened } = await apply([sampleFinding("one")]);
    const seen = async () => (await getIssue(db, everything, opened[0]!))?.scannedCommit;
    assert.equal(await seen(), undefined);
    const scanned = { ref: branch, commit: "1".repeat(40), scannersVersion: "v1", at: sampleTime };
    await setScannedCommit(db, world.repositoryId, scanned);
    assert.equal(await seen(), scanned.commit);
    await setScannedCommit(db, world.repositoryId, { ...scanned, ref: "refs/heads/other" });
    assert.equal(await seen(), undefined);
  });

  test("a dismissed issue stays dismissed until its time is over", async () => {
    const { db } = database.store;
    const { opened } = await apply([sampleFinding("one"), sampleFinding("two")]);
    const [one, two] = opened;
    assert(one && two);
    const until = new Date(sampleTime.getTime() + day);
    const dismissal = { by: "ada", at: sampleTime, reason: "accepted-risk", comment: "known" } as const;
    assert(await dismissIssue(db, one, { ...dismissal, until }));
    assert(await dismissIssue(db, two, dismissal));
    assert.equal(await dismissIssue(db, two, dismissal), false);
    assert.deepEqual(counts(await apply([sampleFinding("one"), sampleFinding("two")])), [0, 0, 0]);
    assert.deepEqual((await getIssue(db, everything, one))?.state, {
      is: "dismissed",
      by: "ada",
      reason: "accepted-risk",
      comment: "known",
      until,
    });
    const later = new Date(until.getTime() + 1);
    const ended = await endDismissals(db, later);
    assert.deepEqual(
      ended.map(({ id, state }) => ({ id, state })),
      [{ id: one, state: "open" }],
    );
    // Fixed while dismissed: a person who reopens it gets a fixed issue.
    assert.deepEqual(counts(await apply([sampleFinding("one")], "all", later)), [0, 0, 0]);
    assert(await reopenIssue(db, two, { by: "ada", at: later }));
    assert.equal((await getIssue(db, everything, two))?.state.is, "fixed");
    assert.deepEqual(
      (await getIssue(db, everything, one))?.events.map((event) => event.kind),
      ["opened", "dismissed", "dismissal-ended"],
    );
  });

  test("a scan that sees an issue after its dismissal ended opens it", async () => {
    const { db } = database.store;
    const { opened } = await apply([sampleFinding("one")]);
    const until = new Date(sampleTime.getTime() + day);
    await dismissIssue(db, opened[0]!, { by: "ada", at: sampleTime, reason: "will-fix-later", until });
    assert.deepEqual(counts(await apply([sampleFinding("one")], "all", new Date(until.getTime() + 1))), [0, 1, 0]);
  });

  test("lists filter, search, sort and page on the server", async () => {
    await apply([
      sampleFinding("one", "src/100%.ts", { severity: "low", message: "Zürich\0 \ud800" }),
      sampleFinding("two", "b.ts", { severity: "critical", rule: "iac/open" }),
      sampleFinding("three", "c.ts", { severity: "medium", at: { setting: "audit", resource: "organization x" } }),
    ]);
    const paths = async (filter: object) => (await issues(filter)).rows.map((row) => row.path);
    assert.deepEqual(await paths({}), ["b.ts", "organization x", "src/100%.ts"]);
    assert.deepEqual(await paths({ descending: true }), ["src/100%.ts", "organization x", "b.ts"]);
    assert.deepEqual(await paths({ search: "100%" }), ["src/100%.ts"]);
    assert.deepEqual(await paths({ search: "zÜRICH" }), ["src/100%.ts"]);
    assert.deepEqual(await paths({ scanner: ["iac"] }), ["b.ts"]);
    assert.deepEqual(await paths({ severity: ["low", "medium"], sort: "path" }), ["organization x", "src/100%.ts"]);
    const page = await issues({ offset: 1, limit: 1 });
    assert.equal(page.total, 3);
    assert.equal(page.rows.length, 1);
    assert.deepEqual(await paths({ projectId: world.projectId, sort: "repository", limit: 1 }), ["b.ts"]);
    for (const sort of ["severity", "first-seen", "last-seen", "repository", "rule", "path"]) await paths({ sort });
  });

  test("what is outside the scope is not there", async () => {
    const { db } = database.store;
    const { opened } = await apply([sampleFinding("one")]);
    const other = await sampleWorld(db, "other");
    const scope: Scope = { is: "instances", ids: [other.instanceId] };
    assert.equal((await listIssues(db, scope, { offset: 0, limit: 10 })).total, 0);
    assert.equal(await getIssue(db, scope, opened[0]!), undefined);
    assert.deepEqual(await countIssues(db, scope), []);
    const mine: Scope = { is: "instances", ids: [world.instanceId] };
    assert.deepEqual(await countIssues(db, mine), [{ severity: "high", scanner: "secrets", count: 1 }]);
  });

  test("the trend counts back from what is open now", async () => {
    const mine: Scope = { is: "instances", ids: [world.instanceId] };
    await apply([sampleFinding("one"), sampleFinding("two")], "all", new Date(sampleTime.getTime() - 2 * day));
    await apply([sampleFinding("one")], "all", new Date(sampleTime.getTime() - day));
    await apply([sampleFinding("one"), sampleFinding("three")]);
    assert.deepEqual(await issueTrend(database.store.db, mine, 4, sampleTime), [
      { day: "2026-02-26", opened: 0, fixed: 0, dismissed: 0, open: 0 },
      { day: "2026-02-27", opened: 2, fixed: 0, dismissed: 0, open: 2 },
      { day: "2026-02-28", opened: 0, fixed: 1, dismissed: 0, open: 1 },
      { day: "2026-03-01", opened: 1, fixed: 0, dismissed: 0, open: 2 },
    ]);
  });

  test("what the code silences is one issue with what was open, with its reason and its history, and does not count", async () => {
    const { db } = database.store;
    const mine: Scope = { is: "instances", ids: [world.instanceId] };
    const at = { path: "src/a.ts", startLine: 2, startColumn: 3, endLine: 2, endColumn: 9 };
    const silenced = (print: string, path = "src/a.ts"): SilencedFinding => ({
      finding: sampleFinding(print, path),
      reason: "an example\0",
      by: "inline",
      at: { ...at, path },
    });
    const later = (days: number) => new Date(sampleTime.getTime() + days * day);
    const { opened } = await apply([sampleFinding("one")], "all", sampleTime, [silenced("two")]);
    const [id] = opened;
    assert(id);
    const state = async () => (await getIssue(db, everything, id))?.state;
    const open = async () => (await countIssues(db, mine)).reduce((sum, { count }) => sum + count, 0);
    assert.equal(await open(), 1);
    // Silenced in one place and not in the other: open.
    await apply([sampleFinding("one", "b.ts")], "all", later(1), [silenced("one"), silenced("two")]);
    assert.deepEqual(await state(), { is: "open" });
    const {
      silenced: [hidden],
    } = await apply([], ["b.ts"], later(1));
    assert.equal(hidden, id);
    assert.deepEqual(await state(), { is: "silenced", reason: "an example\ufffd", at });
    assert.equal((await issues({ state: ["silenced"] })).total, 2);
    assert.equal(await open(), 0);
    assert.equal(await dismissIssue(db, id, { by: "ada", at: later(1), reason: "false-positive" }), false);
    assert.deepEqual([...(await knownFingerprints(db, world.repositoryId, branch))], []);
    assert.deepEqual([...(await silencedFingerprints(db, world.repositoryId, branch))].sort(), ["one", "two"]);
    // The skip is removed; it is dismissed, and silenced meanwhile; then the dismissal ends; then it is gone.
    assert.deepEqual(counts(await apply([sampleFinding("one")], ["src/a.ts"], later(2))), [0, 1, 1]);
    assert.deepEqual(await state(), { is: "open" });
    await dismissIssue(db, id, { by: "ada", at: later(2), reason: "will-fix-later", until: later(3) });
    await apply([], "all", later(2), [silenced("one")]);
    assert.equal((await state())?.is, "dismissed");
    assert.equal((await endDismissals(db, later(3)))[0]?.state, "silenced");
    await apply([], "all", later(3));
    assert.equal((await state())?.is, "fixed");
    assert.deepEqual(
      (await getIssue(db, everything, id))?.events.map((event) => event.kind),
      ["opened", "silenced", "skip-removed", "dismissed", "dismissal-ended", "fixed"],
    );
    assert.deepEqual(
      (await issueTrend(db, mine, 4, later(3))).map(({ opened: more, fixed, dismissed, open: left }) => [
        more,
        fixed,
        dismissed,
        left,
      ]),
      [
        [1, 0, 0, 1],
        [0, 0, 0, 0],
        [1, 0, 1, 0],
        [0, 0, 0, 0],
      ],
    );
  });

  test("a scan whose instance was deleted meanwhile writes nothing", async () => {
    await database.store.db.deleteFrom("instances").where("id", "=", world.instanceId).execute();
    assert.deepEqual(counts(await apply([sampleFinding("one")])), [0, 0, 0]);
  });
});
