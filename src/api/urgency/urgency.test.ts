import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { scoreBranch, scoreIssues } from "#flows/urgency/score-issues.ts";
import { grantAccess } from "#store/people/instance-access.ts";
import type { IssueDetail } from "../issues/contract.ts";
import type { ProblemDetails } from "../shapes/problem-details.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { SavedViews, UrgencyPreview, UrgencySettings } from "./contract.ts";

describe("urgency over the API", () => {
  let api: TestApi;
  let added: Added;
  let browser: Browser;
  let member: Browser;
  before(async () => {
    api = await openApi({});
    added = await addInstance(api.app, "one");
    await api.addUser("anna", "administrator");
    await api.addUser("mia", "member");
    const mia = await api.app.db.selectFrom("users").select("id").where("name", "=", "mia").executeTakeFirstOrThrow();
    await grantAccess(api.app.db, mia.id, added.instance);
    browser = await api.browser("anna");
    member = await api.browser("mia");
    const here = { instanceId: added.instance, repositoryId: added.repository, branch: "refs/heads/main" };
    await scoreBranch(api.app.db, here, { at: api.app.now(), changed: { is: "nothing" } });
  });
  after(() => api.close());

  const issue = async () => (await browser.call("GET", `/api/issues/${added.issue}`)).json<IssueDetail>();
  const work = async () => scoreIssues(api.app, {}, new AbortController().signal);

  it("other weights are tried, then saved, and come to the issues", async () => {
    const url = `/api/instances/${added.instance}/urgency-settings`;
    const text = "weights:\n  secret-live: 0\n  production: 0\n  attack-path: 0";
    const before = (await issue()).urgency;
    const preview = (await browser.call("POST", `${url}/preview`, { text })).json<UrgencyPreview>();
    assert.deepEqual([preview.considered, preview.areAll, preview.leaving], [1, true, []]);
    assert.deepEqual(preview.top[0]?.place, { before: 1, after: 1 });
    assert.equal(preview.top[0]?.urgency.before, before);
    assert.equal((await issue()).urgency, before);
    assert.equal((await member.call("PUT", url, { text })).statusCode, 403);
    const saved = (await browser.call("PUT", url, { text })).json<UrgencySettings>();
    assert.deepEqual([saved.text, saved.changedBy], [text, "anna"]);
    await work();
    assert.equal((await issue()).urgency, preview.top[0]?.urgency.after);
    const wrong = await browser.call("PUT", url, { text: "weights:\n  age: much" });
    assert.match(wrong.json<ProblemDetails>().errors?.[0]?.message ?? "", /^Line 2: age must be a number/);
  });

  it("other days move due dates", async () => {
    const url = `/api/instances/${added.instance}/sla`;
    const usual = (await browser.call("GET", url)).json();
    assert.deepEqual(usual, { critical: 7, high: 14, medium: 30, low: 90, grace: 0, changedBy: null, changedAt: null });
    const before = new Date((await issue()).due?.at ?? 0).getTime();
    const days = { critical: 1, high: 2, medium: 3, low: 4, grace: 10 };
    assert.equal((await browser.call("PUT", url, days)).statusCode, 200);
    await work();
    const { due, severity } = await issue();
    assert.equal(severity, "high");
    assert.equal(new Date(due?.at ?? 0).getTime(), before - 2 * 86_400_000);
  });

  it("views are one's own until they are shared, and only their maker deletes them", async () => {
    const view = { name: "Mine", query: { state: ["open"], urgency: ["70"] }, shared: false, instanceId: null };
    const mine = (await browser.call("POST", "/api/issue-views", view)).json<SavedViews>().rows[0];
    assert.deepEqual([mine?.name, mine?.isMine, mine?.query], ["Mine", true, view.query]);
    const shared = { ...view, name: "Ours", shared: true, instanceId: added.instance };
    await browser.call("POST", "/api/issue-views", shared);
    const seen = (await member.call("GET", "/api/issue-views")).json<SavedViews>().rows;
    assert.deepEqual(
      seen.map(({ name, by, isMine }) => [name, by, isMine]),
      [["Ours", "anna", false]],
    );
    assert.equal((await member.call("DELETE", `/api/issue-views/${seen[0]?.id}`)).statusCode, 404);
    assert.equal((await browser.call("DELETE", `/api/issue-views/${seen[0]?.id}`)).statusCode, 200);
  });

  it("owners of a repository say what of their file cannot be read", async () => {
    const none = (await browser.call("GET", `/api/repositories/${added.repository}/owners`)).json();
    assert.deepEqual(none, { path: null, problems: [], readAt: null });
  });
});
