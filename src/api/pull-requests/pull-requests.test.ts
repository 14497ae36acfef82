import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { getRepository } from "#store/instances/repositories.ts";
import { setPostedKind } from "#store/pull-requests/posted-statuses.ts";
import {
  applyPullRequestFindings,
  listPullRequestFindings,
  setFindingThread,
} from "#store/pull-requests/pull-request-findings.ts";
import { setSummaryThread, upsertPullRequest } from "#store/pull-requests/pull-requests.ts";
import { saveSecretCheck } from "#store/secrets/secret-checks.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { PullRequestDetail } from "./contract.ts";

describe("a pull request", () => {
  let api: TestApi;
  let added: Added;
  let anna: Browser;
  before(async () => {
    api = await openApi();
    added = await addInstance(api.app, "one");
    await api.addUser("anna", "administrator");
    anna = await api.browser("anna");
  });
  after(() => api.close());

  const detail = async () =>
    (await anna.call("GET", `/api/pull-requests/${added.repository}/1`)).json<PullRequestDetail>();

  it("shows what was told where, once anything was", async () => {
    const before = await detail();
    assert.deepEqual(
      [before.verdict, before.statuses, before.threads, before.summaryUrl, before.introduced.length],
      [null, [], [], null, 1],
    );
    const { db } = api.app;
    const [row] = await listPullRequestFindings(db, added.repository, 1);
    const fingerprint = row?.fingerprint ?? "";
    await setFindingThread(db, added.repository, 1, [fingerprint], { id: 5, postedState: "active" });
    await setSummaryThread(db, added.repository, 1, 6);
    const posted = { iteration: 1, state: "failed", description: "1 new security problem" } as const;
    await setPostedKind(db, { repositoryId: added.repository, number: 1 }, "secrets", posted);
    const asked = { verdict: "live", reason: "its provider took it" } as const;
    const { instanceId } = (await getRepository(db, added.repository))!;
    await saveSecretCheck(db, { instanceId, fingerprint, ...asked, at: new Date("2026-01-31T09:30:00Z") });
    const { statuses, threads, summaryUrl, introduced } = await detail();
    assert.deepEqual(introduced[0]?.live, { ...asked, at: "2026-01-31T09:30:00.000Z", isByItself: false });
    const url = "https://dev.azure.com/x/y/_git/z/pullrequest/1?discussionId=";
    assert.deepEqual(statuses, [{ name: "secrets", ...posted }]);
    assert.deepEqual(threads, [{ id: 5, url: `${url}5`, state: "active", fingerprints: [fingerprint] }]);
    assert.equal(summaryUrl, `${url}6`);
    assert.deepEqual([introduced[0]?.threadId, introduced[0]?.threadUrl], [5, `${url}5`]);
  });

  it("lists the worst of what it brings in first", async () => {
    const { db } = api.app;
    const [row] = await listPullRequestFindings(db, added.repository, 1);
    assert.ok(row);
    const span = { startColumn: 1, endLine: 9, endColumn: 2 };
    const placed = [
      ["low", "a", 1],
      ["critical", "b", 2],
      ["critical", "b", 1],
      ["high", "c", 1],
      ["critical", "a", 3],
    ] as const;
    const findings = placed.map(([severity, path, startLine], at) => ({
      ...{ ...row.finding, severity, fingerprint: `order-${at}` },
      at: { ...span, path, startLine },
    }));
    const at = new Date();
    await upsertPullRequest(db, {
      ...{ repositoryId: added.repository, number: 2, instanceId: added.instance, title: "Order", author: "Dana" },
      ...{ state: "active", isDraft: false, sourceRef: "refs/heads/order", targetRef: "refs/heads/main", iteration: 1 },
      webUrl: "https://dev.azure.com/x/y/_git/z/pullrequest/2",
    });
    await applyPullRequestFindings(db, { repositoryId: added.repository, number: 2, findings, at });
    const second = await anna.call("GET", `/api/pull-requests/${added.repository}/2`);
    assert.deepEqual(
      second
        .json<PullRequestDetail>()
        .introduced.map(({ severity, at }) => "path" in at && `${severity} ${at.path}:${at.startLine}`),
      ["critical a:3", "critical b:1", "critical b:2", "high c:1", "low a:1"],
    );
  });

  it("tells every line of a problem that it brings in several times", async () => {
    const { db } = api.app;
    const [row] = await listPullRequestFindings(db, added.repository, 1);
    assert.ok(row);
    const on = (path: string, startLine: number, startColumn = 1) => ({
      ...{ ...row.finding, fingerprint: "several" },
      at: { path, startLine, startColumn, endLine: startLine, endColumn: 40 },
    });
    const findings = [on("b.env", 2), on("c.env", 10), on("b.env", 2, 20), on("a.env", 1), on("c.env", 9)];
    await applyPullRequestFindings(db, { repositoryId: added.repository, number: 2, findings, at: new Date() });
    const { introduced } = (
      await anna.call("GET", `/api/pull-requests/${added.repository}/2`)
    ).json<PullRequestDetail>();
    const [one, ...others] = introduced.filter(({ state }) => state === "open");
    assert.ok(one);
    const [first, ...rest] = [one.at, ...one.alsoAt].map((at) => "path" in at && `${at.path}:${at.startLine}`);
    assert.deepEqual([first, rest, one.places, others], ["b.env:2", ["a.env:1", "c.env:9", "c.env:10"], 4, []]);
    const many = Array.from({ length: 700 }, (_, n) => on("d.env", n + 1));
    await applyPullRequestFindings(db, { repositoryId: added.repository, number: 2, findings: many, at: new Date() });
    const again = (await anna.call("GET", `/api/pull-requests/${added.repository}/2`)).json<PullRequestDetail>();
    const [crowded] = again.introduced.filter(({ state }) => state === "open");
    assert.deepEqual([crowded?.places, crowded?.alsoAt.length], [700, 500]);
  });

  it("is scanned again when asked, while it is open", async () => {
    const scan = (number: number) => anna.call("POST", `/api/pull-requests/${added.repository}/${number}/scan`);
    assert.equal((await scan(1)).statusCode, 202);
    assert.equal((await scan(77)).statusCode, 404);
    const { waiting = 0 } = (await api.app.jobs.pending()).find(({ queue }) => queue === "scan-pull-request") ?? {};
    assert.equal(waiting, 1);
  });

  it("shows who dismissed what, and why", async () => {
    const body = { issues: [added.issue], reason: "accepted-risk", comment: "the lab" };
    assert.equal((await anna.call("POST", "/api/exceptions", body)).statusCode, 200);
    const [one] = (await detail()).introduced;
    assert.deepEqual(
      [one?.state, one?.dismissal?.by, one?.dismissal?.reason, one?.dismissal?.comment],
      ["dismissed", "anna", "accepted-risk", "the lab"],
    );
  });
});
