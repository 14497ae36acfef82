import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Finding } from "#model/finding.ts";
import type { Scope } from "#model/scope.ts";
import { applyBranchFindings } from "../issues/apply-branch-findings.ts";
import { getIssue } from "../issues/issues.ts";
import { listIssues } from "../issues/list-issues.ts";
import { applyPullRequestFindings, listPullRequestFindings } from "../pull-requests/pull-request-findings.ts";
import { upsertPullRequest } from "../pull-requests/pull-requests.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { type SampleWorld, sampleFinding, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { coverWith } from "./cover-findings.ts";
import { dismissIssue, endDismissals, reopenIssue } from "./dismiss-issue.ts";
import { extendException, insertException, type NewException } from "./exceptions.ts";
import { allExceptions, listExceptions } from "./list-exceptions.ts";

const everything: Scope = { is: "everything" };
const branch = "refs/heads/main";
const later = (days: number) => new Date(sampleTime.getTime() + days * 24 * 3600 * 1000);

describe("exceptions", () => {
  let database: FreshDatabase;
  let world: SampleWorld;
  before(async () => {
    database = await freshDatabase();
  });
  after(() => database.drop());
  beforeEach(async () => {
    world = await sampleWorld(database.store.db);
  });

  const db = () => database.store.db;
  const scan = (findings: readonly Finding[], which = 0) => {
    const { instanceId, repositories } = world;
    const repositoryId = repositories[which]!.id;
    return applyBranchFindings(db(), { instanceId, repositoryId, branch, at: sampleTime, replaced: "all", findings });
  };
  const openPullRequest = async (findings: readonly Finding[]) => {
    const { instanceId, repositoryId } = world;
    const about = { title: "t", author: "a", state: "active", isDraft: false, sourceRef: "s", targetRef: "t" } as const;
    await upsertPullRequest(db(), { ...about, repositoryId, instanceId, number: 1, webUrl: "u" });
    await applyPullRequestFindings(db(), { repositoryId, number: 1, findings, at: sampleTime });
  };
  const states = async () => {
    const { rows } = await listIssues(db(), everything, { instanceId: world.instanceId, offset: 0, limit: 100 });
    const told = await listPullRequestFindings(db(), world.repositoryId, 1);
    return [
      ...rows.map((row) => `${row.repositoryName} ${row.finding.fingerprint} ${row.state.is}`).sort(),
      ...told.map(({ fingerprint, state }) => `#1 ${fingerprint} ${state}`),
    ];
  };
  const make = async (given: Partial<NewException>) =>
    db()
      .transaction()
      .execute(async (tx) => {
        const exception = await insertException(tx, {
          instanceId: world.instanceId,
          anchor: { is: "finding", fingerprint: "one" },
          about: { rule: "secrets/sample", severity: "high", message: "m" },
          ...{ reason: "accepted-risk", comment: "known", author: "ada", madeAt: sampleTime, source: "api" },
          state: { is: "active" },
          ...given,
        });
        return coverWith(tx, exception, sampleTime);
      });
  const register = async (filter = {}) =>
    (await listExceptions(db(), everything, { instanceId: world.instanceId, offset: 0, limit: 50, ...filter })).rows;

  test("a dismissal is an exception: it covers what comes later, and what ends it opens all of it again", async () => {
    const { opened } = await scan([sampleFinding("one")]);
    await openPullRequest([sampleFinding("one"), sampleFinding("two")]);
    const id = opened[0]!;
    assert(await dismissIssue(db(), id, { by: "ada", at: sampleTime, reason: "accepted-risk", comment: "known" }));
    assert.deepEqual(await states(), ["web one dismissed", "#1 one dismissed", "#1 two open"]);
    await openPullRequest([sampleFinding("one", "other.ts")]);
    assert.deepEqual(await states(), ["web one dismissed", "#1 one dismissed", "#1 two fixed"]);
    assert(await reopenIssue(db(), id, { by: "bob", at: later(1) }));
    assert.deepEqual(await states(), ["web one open", "#1 one open", "#1 two fixed"]);
    const [entry] = await register();
    assert(entry?.is === "decided");
    assert.deepEqual(entry.exception.state, { is: "revoked", by: "bob", at: later(1) });
  });

  test("in the whole instance it holds in all repositories, and dismisses a new issue at once", async () => {
    await scan([sampleFinding("one")]);
    const { issues } = await make({});
    assert.equal(issues.length, 1);
    const changes = await scan([sampleFinding("one"), sampleFinding("two")], 1);
    assert.equal(changes.opened.length, 1);
    assert.deepEqual(await states(), ["api one dismissed", "api two open", "web one dismissed"]);
    const { rows } = await listIssues(db(), everything, {
      search: "of one",
      offset: 0,
      limit: 9,
      instanceId: world.instanceId,
    });
    const issue = await getIssue(db(), everything, rows[0]!.id);
    assert.deepEqual(
      issue?.events.map(({ kind, actor }) => [kind, actor]),
      [
        ["opened", undefined],
        ["dismissed", "ada"],
      ],
    );
  });

  test("a different problem in the same place is not covered", async () => {
    await make({ repositoryId: world.repositoryId });
    await scan([sampleFinding("another", "src/a.ts")]);
    assert.deepEqual(await states(), ["web another open"]);
  });

  test("one of an advisory covers the package in every manifest, one of a rule only the named files", async () => {
    const about = (fingerprint: string, name: string, path: string) =>
      sampleFinding(fingerprint, path, {
        rule: "vulnerabilities/vulnerable-package",
        package: {
          ...{ ecosystem: "npm", purl: `pkg:npm/${name}`, name, version: "1.0.0", manifest: path },
          ...{ relation: "direct", isDevelopment: false },
        },
        advisory: {
          ...{
            id: "GHSA-1",
            aliases: ["CVE-1"],
            title: "bad",
            weaknesses: [],
            references: [],
            fixedIn: [],
            source: "s",
          },
        },
      });
    await make({ anchor: { is: "advisory", ecosystem: "npm", package: "a", advisory: "CVE-1" } });
    await make({ anchor: { is: "rule", rule: "secrets/sample", paths: ["doc/x.md"] } });
    await scan([
      about("a1", "a", "package.json"),
      about("a2", "a", "sub/package.json"),
      about("b", "b", "package.json"),
      sampleFinding("doc", "doc/x.md"),
      sampleFinding("src", "src/x.md"),
    ]);
    assert.deepEqual(await states(), [
      ...["web a1 dismissed", "web a2 dismissed", "web b open", "web doc dismissed", "web src open"],
    ]);
  });

  test("when its time is over the next one that covers it takes over, else it is open", async () => {
    await scan([sampleFinding("one"), sampleFinding("two")]);
    const { repositoryId } = world;
    await make({ repositoryId, until: later(1) });
    await make({ repositoryId, until: later(1), anchor: { is: "finding", fingerprint: "two" } });
    await make({ until: later(5) });
    assert.deepEqual(
      (await register({ dueBefore: later(3) })).map((row) => row.is === "decided" && row.exception.until),
      [later(1), later(1)],
    );
    await endDismissals(db(), later(2));
    assert.deepEqual(await states(), ["web one dismissed", "web two open"]);
    assert.deepEqual(await register({ dueBefore: later(3) }), []);
  });

  test("one that gets more time while others end stays", async () => {
    const { instanceId, repositoryId } = world;
    await scan([sampleFinding("one"), sampleFinding("two")]);
    const given = (fingerprint: string, until: Date): NewException => ({
      ...{
        instanceId,
        repositoryId,
        anchor: { is: "finding", fingerprint },
        source: "console",
        reason: "accepted-risk",
      },
      about: { rule: "secrets/sample", severity: "high", message: fingerprint },
      ...{ comment: "", author: "ada", madeAt: sampleTime, until, state: { is: "active" } },
    });
    const first = await insertException(db(), given("one", later(1)));
    const second = await insertException(db(), given("two", later(2)));
    for (const one of [first, second]) await coverWith(db(), one, sampleTime);
    await endDismissals(db(), later(3), async (tx) => void (await extendException(tx, second.id, later(9))));
    assert.deepEqual(await states(), ["web one open", "web two dismissed"]);
  });

  test("what the code silences is in the register too, with its reason and place", async () => {
    const { instanceId, repositoryId } = world;
    const at = { path: "src/a.ts", startLine: 2, startColumn: 1, endLine: 2, endColumn: 5 };
    const silenced = [{ finding: sampleFinding("one"), reason: "a sample", by: "inline", at }] as const;
    const given = {
      instanceId,
      repositoryId,
      branch,
      at: sampleTime,
      replaced: "all",
      findings: [],
      silenced,
    } as const;
    await applyBranchFindings(db(), given);
    const [entry, ...others] = await register({ source: ["code"] });
    assert(entry?.is === "code");
    assert.deepEqual(
      [entry.skip, entry.repositoryName, entry.line, others.length],
      [{ reason: "a sample", at }, "web", 3, 0],
    );
    assert.deepEqual(await register({ source: ["console"] }), []);
    assert.equal((await register({ search: "A SAMP" })).length, 1);
  });

  test("read to the end, each stands there once, whatever comes or goes meanwhile", async () => {
    const silenced = ["a", "a", "b"].map((name) => ({
      finding: sampleFinding(name),
      reason: "sample",
      by: "inline" as const,
    }));
    const where = { instanceId: world.instanceId, repositoryId: world.repositoryId, branch, at: sampleTime };
    await applyBranchFindings(db(), { ...where, replaced: "all", findings: [], silenced });
    for (let count = 0; count < 5; count += 1) await make({ comment: `old ${count}` });
    const seen: string[] = [];
    for await (const entry of allExceptions(db(), everything, { instanceId: world.instanceId }, 2)) {
      seen.push(entry.is === "code" ? `code ${entry.path}` : entry.exception.comment);
      // What is newer stands before all that was read: it moves the rest.
      if (seen.length % 2 === 0) await make({ comment: "new", madeAt: later(seen.length) });
    }
    const expected = ["code src/a.ts", "code src/a.ts", "code src/a.ts", "old 0", "old 1", "old 2", "old 3", "old 4"];
    assert.deepEqual(seen.sort(), expected);
  });
});
