import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { scoreBranch } from "#flows/urgency/score-issues.ts";
import type { Rule } from "#model/rule.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import { listIssues } from "#store/issues/list-issues.ts";
import type { ProblemDetails } from "../shapes/problem-details.ts";
import { type Added, addInstance, commit } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { IssueDetail, Issues } from "./contract.ts";
import type { DismissMatching, IssueGroups } from "./many-contract.ts";

const rule: Rule = {
  id: "secrets/made-up",
  aliases: ["made-up"],
  title: "A made-up secret is exposed",
  severity: "high",
  why: "Whoever reads it can make things up.",
  fix: "Make up another one.",
  links: ["https://example.com"],
};

describe("issues", () => {
  let api: TestApi;
  let added: Added;
  let browser: Browser;
  before(async () => {
    api = await openApi({ findRule: (id) => (id === rule.id ? rule : undefined) });
    added = await addInstance(api.app, "one");
    await api.addUser("anna", "administrator");
    browser = await api.browser("anna");
  });
  after(() => api.close());

  const list = async (query: string) => (await browser.call("GET", `/api/issues?${query}`)).json<Issues>();

  it("are searched, filtered and sorted by the server", async () => {
    assert.equal((await list("search=SETTINGS")).total, 1);
    assert.equal((await list("search=elsewhere")).total, 0);
    assert.equal((await list("severity=high&severity=low&scanner=secrets&state=open")).total, 1);
    assert.equal((await list("severity=low")).total, 0);
    assert.equal((await list("framework=terraform")).total, 0);
    assert.deepEqual((await list("")).rows[0]?.aliases, ["made-up"]);
    assert.equal((await list("rule=secrets/made-up&sort=-first-seen")).total, 1);
    const page = await list("offset=1&limit=1");
    assert.deepEqual([page.rows.length, page.total], [0, 1]);
  });

  it("say how urgent they are and why, are narrowed by it, and come in groups", async () => {
    const { db } = api.app;
    const here = { instanceId: added.instance, repositoryId: added.repository, branch: "refs/heads/main" };
    await scoreBranch(db, here, { at: api.app.now(), changed: { is: "files", paths: new Set(["src/settings.ts"]) } });
    const [row] = (await list("urgency=1&novelty=new&due=on-track&live=not-asked&sort=urgency")).rows;
    assert(row);
    assert.deepEqual(
      [row.due?.state, row.owner?.from, row.live, row.fixAvailable],
      ["on-track", "project", null, false],
    );
    for (const none of [
      "urgency=100",
      "novelty=backlog",
      "due=overdue",
      "live=live",
      "fixAvailable=true",
      "tag=x",
      "owner=x",
    ]) {
      assert.equal((await list(none)).total, 0, none);
    }
    for (const sort of ["urgency", "-urgency", "due", "age", "-age", "-repository", "rule"]) {
      assert.equal((await list(`sort=${sort}`)).rows.length, 1, sort);
      assert.equal((await list(`sort=${sort}&after=${row.id}`)).rows.length, 0, sort);
    }
    assert.deepEqual(await list("limit=1").then(({ isExact, next }) => [isExact, next]), [true, row.id]);
    const { urgencyPoints } = (await browser.call("GET", `/api/issues/${row.id}`)).json<IssueDetail>();
    assert.ok(
      urgencyPoints.some(({ signal, isMissing, points }) => signal === "secret-live" && isMissing && points > 0),
    );
    for (const by of ["repository", "rule", "secret", "owner"]) {
      const groups = (await browser.call("GET", `/api/issues/groups?by=${by}`)).json<IssueGroups>();
      assert.deepEqual([groups.total, groups.rows[0]?.count, groups.rows[0]?.first[0]?.id], [1, 1, row.id], by);
      assert.equal(groups.rows[0]?.urgency, row.urgency);
    }
    assert.equal((await browser.call("GET", "/api/issues/groups?by=package")).json<IssueGroups>().total, 0);
  });

  it("carry the words of their rule, their places with links, and their history", async () => {
    const issue = (await browser.call("GET", `/api/issues/${added.issue}`)).json<IssueDetail>();
    assert.equal(issue.title, rule.title);
    assert.equal(issue.words?.fix, rule.fix);
    assert.equal(issue.branch, "main");
    assert.deepEqual(issue.at, { path: "src/settings.ts", startLine: 7, startColumn: 1, endLine: 7, endColumn: 9 });
    assert.match(issue.webUrl ?? "", new RegExp(`/_git/one-repository\\?.*GC${commit}.*line=7`));
    assert.equal(issue.occurrences.length, 1);
    assert.deepEqual(
      issue.events.map(({ is, by, scanId }) => [is, by, scanId]),
      [["opened", null, added.scan]],
    );
    assert.deepEqual(issue.signals, ["checksum valid"]);
  });

  it("are dismissed with a reason and reopened, each once", async () => {
    const url = `/api/issues/${added.issue}`;
    const until = new Date(api.app.now().getTime() + 86_400_000).toISOString();
    const body = { reason: "accepted-risk", comment: "We know.", until };
    const dismissed = await browser.call("POST", `${url}/dismiss`, body);
    assert.equal(dismissed.statusCode, 200, dismissed.body);
    const { state } = dismissed.json<IssueDetail>();
    assert.deepEqual(state, { is: "dismissed", by: "anna", reason: "accepted-risk", until, comment: "We know." });
    assert.equal((await browser.call("POST", `${url}/dismiss`, body)).statusCode, 409);
    const reopened = (await browser.call("POST", `${url}/reopen`, {})).json<IssueDetail>();
    assert.deepEqual(reopened.state, { is: "open" });
    assert.deepEqual(
      reopened.events.map(({ is, by }) => [is, by]),
      [
        ["opened", null],
        ["dismissed", "anna"],
        ["reopened", "anna"],
      ],
    );
    assert.equal((await browser.call("POST", `${url}/reopen`, {})).statusCode, 409);
    const past = await browser.call("POST", `${url}/dismiss`, {
      reason: "false-positive",
      until: "2020-01-01T00:00:00Z",
    });
    assert.equal(past.json<ProblemDetails>().errors?.[0]?.pointer, "#/until");
  });

  it("that the code silences say where and why, in the list, in their history and in the export", async () => {
    const { db } = api.app;
    const [row] = (await listIssues(db, { is: "everything" }, { offset: 0, limit: 1 })).rows;
    assert(row);
    const at = { path: "src/settings.ts", startLine: 6, startColumn: 3, endLine: 6, endColumn: 18 };
    const silenced = [{ finding: row.finding, reason: "=revoked", by: "inline", at }] as const;
    const { instanceId, repositoryId, branch } = row;
    const where = { instanceId, repositoryId, branch, at: api.app.now(), replaced: "all" } as const;
    await applyBranchFindings(db, { ...where, findings: [], silenced });
    const skip = { reason: "=revoked", at };
    assert.deepEqual((await list("state=silenced")).rows[0]?.state, { is: "silenced", skip });
    assert.equal((await list("state=open")).total, 0);
    const issue = (await browser.call("GET", `/api/issues/${added.issue}`)).json<IssueDetail>();
    assert.deepEqual([issue.occurrences[0]?.skip, issue.events.at(-1)?.skip], [skip, skip]);
    const csv = (await browser.call("GET", `/api/instances/${instanceId}/issues.csv`)).body;
    assert.match(csv, /silenced,.*,'=revoked,src\/settings\.ts,6\r\n/);
    await applyBranchFindings(db, { ...where, findings: [row.finding] });
    const { state, events } = (await browser.call("GET", `/api/issues/${added.issue}`)).json<IssueDetail>();
    assert.deepEqual([state.is, events.at(-1)?.is], ["open", "skip-removed"]);
  });

  it("are dismissed by what they have in common", async () => {
    const body = {
      filter: { rule: rule.id },
      reason: "false-positive",
      until: new Date(Date.now() + 9e7).toISOString(),
    };
    const none = { ...body, filter: { rule: "secrets/other" } };
    const call = async (asked: object) =>
      (await browser.call("POST", "/api/issues/dismiss-matching", asked)).json<DismissMatching>();
    assert.equal((await call(none)).dismissed, 0);
    assert.deepEqual(await call(body), { dismissed: 1, pending: 0, refused: [], left: 0, leftIsExact: true });
    assert.equal((await browser.call("POST", `/api/issues/${added.issue}/reopen`, {})).statusCode, 200);
  });

  it("tell the words of a rule by its encoded id", async () => {
    const answer = await browser.call("GET", `/api/rules/${encodeURIComponent(rule.id)}`);
    const none = { provider: null, looksLike: null, controls: null, frameworks: [], resourceTypes: [], settings: [] };
    const words = { ...rule, scanner: "secrets", ...none };
    assert.deepEqual(answer.json(), words);
    assert.equal((await browser.call("GET", "/api/rules/secrets%2Fnowhere")).statusCode, 404);
  });
});
