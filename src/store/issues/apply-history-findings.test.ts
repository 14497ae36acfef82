import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Finding } from "#model/finding.ts";
import type { Scope } from "#model/scope.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import type { IssueStateName } from "../database.ts";
import { dismissIssue, reopenIssue } from "../exceptions/dismiss-issue.ts";
import { listSecretPlaces } from "../secrets/secret-places.ts";
import { countOpenSecrets, listSecrets, type SecretFilter } from "../secrets/secrets.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { type SampleWorld, sampleFinding, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { applyBranchFindings, reapplySettings } from "./apply-branch-findings.ts";
import { applyHistoryFindings } from "./apply-history-findings.ts";
import { getIssue, issueTrend } from "./issues.ts";
import { knownFingerprints, silencedFingerprints } from "./known-fingerprints.ts";
import { listIssues } from "./list-issues.ts";
import { saveRuleSetting } from "./rule-settings.ts";

const everything: Scope = { is: "everything" };
const branch = "refs/heads/main";

function once(fingerprint: string, path = "src/a.ts", at = "2025-01-02T03:04:05+02:00"): Finding {
  const origin = { commit: "c".repeat(40), author: "Dana", at, inHead: false, branches: ["topic"] };
  return sampleFinding(fingerprint, path, { origin });
}

describe("secrets of a history", () => {
  let database: FreshDatabase;
  let world: SampleWorld;
  before(async () => {
    database = await freshDatabase();
  });
  after(() => database.drop());
  beforeEach(async () => {
    world = await sampleWorld(database.store.db);
  });

  const where = () => ({ instanceId: world.instanceId, repositoryId: world.repositoryId, branch, at: sampleTime });
  /** What a scan of the branch finds; `by`: the scanner of the scan before. */
  const scan = (findings: readonly Finding[], by = "1") =>
    applyBranchFindings(database.store.db, { ...where(), replaced: "all", findings, secretsFoundBy: by });
  const read = (
    findings: readonly Finding[],
    { version = "1", isWhole = true, silenced = [] as readonly SilencedFinding[] } = {},
  ) => applyHistoryFindings(database.store.db, { ...where(), findings, silenced, scannerVersion: version, isWhole });
  async function issues(): Promise<readonly string[]> {
    const filter = { repositoryId: world.repositoryId, offset: 0, limit: 10 };
    const { rows } = await listIssues(database.store.db, everything, filter);
    return rows.map(({ state, onlyInHistory, message, path }) => {
      return `${message.split(" ").at(-1)} ${state.is}${onlyInHistory ? " in history" : ""} ${path}`;
    });
  }
  async function theIssue() {
    const { db } = database.store;
    const { rows } = await listIssues(db, everything, { repositoryId: world.repositoryId, offset: 0, limit: 10 });
    const issue = await getIssue(db, everything, rows[0]!.id);
    assert(issue);
    return issue;
  }
  const kinds = async () => (await theIssue()).events.map(({ kind }) => kind);

  test("one that leaves the branch stays open before and after its history is read, and comes back as the same issue", async () => {
    await scan([sampleFinding("one")]);
    assert.deepEqual((await scan([])).moved, [(await theIssue()).id]);
    assert.deepEqual(await issues(), ["one open in history src/a.ts"]);
    assert.equal((await theIssue()).origin, undefined);
    assert.equal(await read([once("one")]), 0);
    assert.deepEqual((await theIssue()).origin, { ...once("one").origin, inHead: false });
    await scan([sampleFinding("one", "moved.ts")]);
    assert.deepEqual(await issues(), ["one open moved.ts"]);
    assert.deepEqual(await kinds(), ["opened", "left-head", "back-in-head"]);
    const days = await issueTrend(database.store.db, { is: "instances", ids: [world.instanceId] }, 1, sampleTime);
    assert.deepEqual([days[0]?.opened, days[0]?.fixed, days[0]?.open], [1, 0, 1]);
  });

  test("one that no scan of the branch ever saw is an issue; a pull request that brings it introduces it", async () => {
    assert.equal(await read([once("topic", "t.ts"), once("topic", "u.ts")]), 1);
    assert.deepEqual(await issues(), ["topic open in history t.ts"]);
    const known = () => knownFingerprints(database.store.db, world.repositoryId, branch);
    assert.deepEqual([...(await known())], []);
    await dismissIssue(database.store.db, (await theIssue()).id, { by: "ada", at: sampleTime, reason: "rotated" });
    assert.deepEqual([...(await known())], [], "its exception covers it in the pull request");
    await scan([]);
    await read([once("topic", "t.ts")]);
    assert.deepEqual(await issues(), ["topic dismissed in history t.ts"]);
    await reopenIssue(database.store.db, (await theIssue()).id, { by: "ada", at: sampleTime });
    assert.deepEqual(await issues(), ["topic open in history t.ts"]);
  });

  test("only another scanner that reads a whole history takes a secret back", async () => {
    await read([once("one")]);
    await read([]);
    await read([], { version: "2", isWhole: false });
    assert.deepEqual(await issues(), ["one open in history src/a.ts"], "rewritten, or not read to its end");
    await read([], { version: "2" });
    assert.deepEqual(await issues(), ["one fixed src/a.ts"]);
    // What leaves the branch when the scanner changes waits for the word of the new one.
    await scan([sampleFinding("one")]);
    await scan([], "");
    assert.deepEqual(await issues(), ["one open in history src/a.ts"]);
    await read([], { version: "2" });
    assert.deepEqual(await issues(), ["one fixed src/a.ts"]);
  });

  test("marks in the code and settings of rules count there too", async () => {
    const silenced = [{ finding: once("one"), reason: "revoked", by: "inline" }] as const;
    await read([once("one")], { silenced });
    assert.deepEqual(await issues(), ["one silenced in history src/a.ts"]);
    assert.deepEqual([...(await silencedFingerprints(database.store.db, world.repositoryId, branch))], []);
    await read([once("one"), once("one", "b.ts")], { silenced });
    assert.deepEqual(await issues(), ["one open in history b.ts"]);
    const ruleId = once("one").rule;
    const { instanceId } = world;
    const setting = { instanceId, ruleId, enabled: false, changedBy: "ada", changedAt: sampleTime };
    await saveRuleSetting(database.store.db, setting);
    await reapplySettings(database.store.db, { ...where(), ruleId, by: "ada" });
    assert.deepEqual(await issues(), ["one fixed b.ts"]);
    await saveRuleSetting(database.store.db, { ...setting, enabled: true });
    await reapplySettings(database.store.db, { ...where(), ruleId, by: "ada" });
    assert.deepEqual(await issues(), ["one open in history b.ts"]);
  });

  test("a history that was not read to its end takes no place of a secret away", async () => {
    const spanAt = { startLine: 7, startColumn: 1, endLine: 7, endColumn: 9 };
    const silenced = [{ finding: once("one"), reason: "revoked", by: "inline" }] as const;
    await read([once("one"), once("one", "b.ts")], { silenced });
    await read([once("one")], { silenced, isWhole: false });
    assert.deepEqual(await issues(), ["one open in history b.ts"]);
    const marked = { ...once("one", "b.ts"), at: { ...spanAt, path: "b.ts" } };
    const all = [...silenced, { finding: marked, reason: "revoked", by: "inline" as const }];
    await read([marked], { silenced: all, isWhole: false });
    assert.deepEqual(await issues(), ["one silenced in history b.ts"], "of a path that was read, what is there now");
    await read([once("one")], { silenced });
    assert.deepEqual(await issues(), ["one silenced in history src/a.ts"]);
  });

  test("a branch that is not the default one any more keeps nothing open", async () => {
    await scan([sampleFinding("one")]);
    await read([once("one")]);
    const former = { ...where(), branch: "refs/heads/old" };
    await applyBranchFindings(database.store.db, { ...former, replaced: "all", findings: [sampleFinding("one")] });
    await applyBranchFindings(database.store.db, { ...former, replaced: "all", findings: [] });
    assert.deepEqual((await issues()).toSorted(), ["one fixed src/a.ts", "one open src/a.ts"]);
  });

  test("an issue names the place that a branch still holds, before one of later that none does", async () => {
    const [topic, gone] = [once("one", "t.ts"), once("one", "g.ts", "2026-01-01T00:00:00Z")];
    await read([topic, { ...gone, origin: { ...gone.origin!, branches: ["main"] } }]);
    assert.deepEqual(await issues(), ["one open in history t.ts"]);
    await read([topic, gone]);
    assert.deepEqual(await issues(), ["one open in history g.ts"]);
  });

  test("each line of a file is a place, of former times one", async () => {
    const { db } = database.store;
    const at = { path: "src/a.ts", startLine: 9, startColumn: 1, endLine: 9, endColumn: 9 };
    await scan([sampleFinding("one"), sampleFinding("one", "src/a.ts", { at })]);
    await read([once("one"), once("one", "old.ts")]);
    const [one] = (await listSecrets(db, everything, { instanceId: world.instanceId, offset: 0, limit: 10 })).rows;
    assert(one);
    assert.deepEqual([one.places, one.files], [3, 2]);
    assert.equal((await listSecretPlaces(db, one, { limit: 10 })).length, one.places);
  });

  test("issues of several repositories are one secret, with every place", async () => {
    const { db } = database.store;
    const [, second] = world.repositories;
    await scan([sampleFinding("one"), sampleFinding("two", "b.ts", { severity: "low" })]);
    await read([once("one", "old.ts"), once("one"), once("one", "a.ts", "2024-01-01T00:00:00Z")]);
    const there = { ...where(), repositoryId: second!.id };
    await applyHistoryFindings(db, {
      ...there,
      findings: [once("one")],
      silenced: [],
      scannerVersion: "1",
      isWhole: true,
    });
    const list = async (filter: Partial<SecretFilter> = {}) => {
      const page = { instanceId: world.instanceId, offset: 0, limit: 10 };
      const { rows, total } = await listSecrets(db, everything, { ...page, ...filter });
      assert.equal(rows.length, total);
      return rows;
    };
    const names = async (filter?: Partial<SecretFilter>) => (await list(filter)).map(({ fingerprint }) => fingerprint);
    assert.deepEqual(await names(), ["one", "two"]);
    // "one" has an issue in each of both repositories.
    const page = { instanceId: world.instanceId, offset: 0, limit: 1 };
    const counts = async (state: IssueStateName) => {
      const { total, issues: count } = await listSecrets(db, everything, { ...page, state: [state] });
      return [total, count];
    };
    assert.deepEqual(
      [await counts("open"), await counts("dismissed")],
      [
        [2, 3],
        [0, 0],
      ],
    );
    assert.equal(await countOpenSecrets(db, { is: "instances", ids: [world.instanceId] }), 2);
    const [one] = await list();
    assert(one);
    assert.deepEqual([one.places, one.files, one.repositories, one.issueIds.length], [4, 4, 2, 2]);
    assert.deepEqual([one.inHead, one.branches, one.repositoryName], [true, [], "web"]);
    assert.equal(one.introducedAt?.toISOString(), "2024-01-01T00:00:00.000Z");
    const places = (await listSecretPlaces(db, one, { limit: 10 })).map(({ path, inHead, repositoryName, finding }) => {
      return `${repositoryName} ${path} ${inHead} ${finding.origin?.author}`;
    });
    assert.deepEqual(places, [
      "web src/a.ts true Dana",
      "web a.ts false Dana",
      "api src/a.ts false Dana",
      "web old.ts false Dana",
    ]);
    assert.deepEqual(await names({ severity: ["low"] }), ["two"]);
    assert.deepEqual(await names({ place: "history" }), []);
    assert.deepEqual(await names({ search: "SAMPLE OF TWO" }), ["two"]);
    // Any place of it is searched, with its repository and who brought it; "two" stands in b.ts alone.
    for (const search of ["old.ts", "API", "dana"]) assert.deepEqual(await names({ search }), ["one"], search);
    assert.deepEqual(await names({ search: "b.ts" }), ["two"]);
    assert.deepEqual(await names({ search: "elsewhere" }), []);
    assert.deepEqual(await names({ repositoryId: second!.id }), ["one"]);
    assert.deepEqual(await names({ sort: "places", descending: true }), ["one", "two"]);
    assert.deepEqual(await names({ rules: [] }), []);
    await scan([]);
    assert.deepEqual(await names({ place: "history", state: ["open"] }), ["two"]);
    assert.deepEqual(await names({ place: "branch", state: ["open"], sort: "introduced" }), ["one"]);
    assert.deepEqual(
      (await list()).map(({ branches }) => branches),
      [["topic"], []],
    );
    await db
      .insertInto("secretChecks")
      .values({ instanceId: world.instanceId, fingerprint: "two", verdict: "live", at: sampleTime })
      .execute();
    assert.deepEqual([await names({ live: "live" }), await names({ live: "unchecked" })], [["two"], ["one"]]);
    assert.equal((await listSecrets(db, { is: "instances", ids: [] }, { offset: 0, limit: 10 })).total, 0);
  });
});
