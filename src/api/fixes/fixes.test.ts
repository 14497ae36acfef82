import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { FixId } from "#model/fix.ts";
import type { UserId } from "#model/ids.ts";
import { changeFix, insertFix } from "#store/fixes/fixes.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import { grantAccess } from "#store/people/instance-access.ts";
import type { Audit } from "../audit/contract.ts";
import type { ProblemDetails } from "../shapes/problem-details.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { Asked, FixDetail, Fixes, FixSettingsAnswer } from "./contract.ts";

describe("fixes", () => {
  let api: TestApi;
  let one: Added;
  let browser: Browser;
  let issue: string;
  let maxId: UserId;
  before(async () => {
    api = await openApi();
    one = await addInstance(api.app, "one");
    await api.addUser("anna", "administrator");
    const max = await api.addUser("max", "member");
    maxId = max.id;
    await grantAccess(api.app.db, max.id, one.instance);
    await api.addUser("mia", "member");
    browser = await api.browser("max");
    issue = (await addFixable(one))[0] ?? "";
  });
  after(() => api.close());

  /** Problems that an edit ends, each in a file of its own. */
  const addFixable = async ({ instance, repository }: Added, paths: readonly string[] = ["main.tf"]) => {
    const findings = paths.map((path) => {
      const at = { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 6 };
      const fix = { title: "Encrypt it", safe: true, edits: [{ at, text: "true" }] };
      const finding = { rule: "iac/made-up", aliases: [], severity: "high", message: "Not encrypted.", at } as const;
      return { ...finding, fingerprint: `iac ${path}`, fix };
    });
    const { opened } = await applyBranchFindings(api.app.db, {
      ...{ instanceId: instance, repositoryId: repository, branch: "refs/heads/main", at: api.app.now() },
      ...{ replaced: paths, findings },
    });
    return opened;
  };

  const ask = async () => (await browser.call("POST", "/api/fixes", { issues: [issue] })).json<Asked>().answers;

  it("are asked for, once for each root cause, and shown to those who may see the repository", async () => {
    const [asked] = await ask();
    assert.deepEqual([asked?.is, asked?.title], ["asked", "Encrypt it in main.tf"]);
    assert.equal((await ask())[0]?.is, "under-way");
    const { rows, total } = (await browser.call("GET", "/api/fixes?state=planned")).json<Fixes>();
    assert.deepEqual([total, rows[0]?.askedBy, rows[0]?.fixes], [1, { is: "person", name: "max" }, 1]);
    assert.equal(rows[0]?.example, "Not encrypted.");
    assert.match(rows[0]?.branch ?? "", /^sallyport\/fix\/main-tf-[0-9a-f]{10}$/);
    const detail = (await browser.call("GET", `/api/fixes/${asked?.fix}`)).json<FixDetail>();
    assert.deepEqual([detail.ends[0]?.path, detail.diff, detail.pullRequest], ["main.tf", [], null]);
    const mia = await api.browser("mia");
    assert.equal((await mia.call("GET", "/api/fixes")).json<Fixes>().total, 0);
    for (const [method, url] of [
      ["GET", ""],
      ["POST", "/retry"],
      ["POST", "/abandon"],
    ] as const) {
      assert.equal(
        (await mia.call(method, `/api/fixes/${asked?.fix}${url}`, method === "POST" ? {} : undefined)).statusCode,
        404,
        url,
      );
    }
    assert.equal((await mia.call("POST", "/api/fixes", { issues: [issue] })).statusCode, 404);
  });

  it("are abandoned and tried again; where nothing can be changed, it is said why", async () => {
    const [asked] = await ask();
    const abandoned = (await browser.call("POST", `/api/fixes/${asked?.fix}/abandon`, {})).json<FixDetail>();
    assert.deepEqual([abandoned.state, abandoned.reason], ["closed-by-people", "max abandoned it in Sallyport."]);
    const over = (await browser.call("POST", `/api/fixes/${asked?.fix}/abandon`, {})).json<ProblemDetails>();
    assert.equal(over.title, "This fix is over already.");
    const again = (await browser.call("POST", `/api/fixes/${asked?.fix}/retry`, {})).json<Asked>();
    assert.equal(again.answers[0]?.is, "asked");
    await changeFix(api.app.db, again.answers[0]?.fix as FixId, { state: "merged" }, api.app.now());
    const secret = (await browser.call("POST", "/api/fixes", { issues: [one.issue] })).json<Asked>();
    assert.match(secret.answers[0]?.because ?? "", /^Nothing is known that Sallyport could change/);
  });

  it("are asked for by two at once, in whatever order they name them", async () => {
    const others = await Promise.all(
      ["four", "five", "six"].map(async (name) => {
        const added = await addInstance(api.app, name);
        await grantAccess(api.app.db, maxId, added.instance);
        return added;
      }),
    );
    const issues = (await Promise.all(others.map((added) => addFixable(added, ["a.tf", "b.tf", "c.tf"])))).flat();
    for (let round = 0; round < 10; round += 1) {
      const both = [issues, issues.toReversed()].map((named) => browser.call("POST", "/api/fixes", { issues: named }));
      for (const answer of await Promise.all(both)) assert.equal(answer.statusCode, 202, answer.body);
      await api.app.db.updateTable("fixes").set({ state: "merged" }).execute();
    }
  });

  it("are wanted as an administrator says", async () => {
    const address = `/api/instances/${one.instance}/fix-settings`;
    const {
      changedBy: _by,
      changedAt: _at,
      ...settings
    } = (await browser.call("GET", address)).json<FixSettingsAnswer>();
    assert.deepEqual(settings, { openLimit: 5, grouping: "root-cause", automatic: true, reviewers: [], drafts: false });
    const change = { ...settings, openLimit: 2, grouping: "scanner" };
    assert.equal((await browser.call("PUT", address, change)).statusCode, 403);
    const anna = await api.browser("anna");
    const changed = (await anna.call("PUT", address, change)).json<FixSettingsAnswer>();
    assert.deepEqual([changed.openLimit, changed.grouping, changed.changedBy], [2, "scanner", "anna"]);
    assert.equal((await anna.call("PUT", address, { ...change, openLimit: 0 })).statusCode, 422);
    const { rows } = (await anna.call("GET", "/api/audit")).json<Audit>();
    assert(rows.some(({ action }) => action === "fix-settings-changed"));
  });

  it("are found by the pull request that they help", async () => {
    const about = { ...{ instanceId: one.instance, repositoryId: one.repository }, targetRef: "refs/heads/feature" };
    const [problem] = (await browser.call("GET", "/api/fixes")).json<Fixes>().rows;
    const { ends } = (await browser.call("GET", `/api/fixes/${problem?.id}`)).json<FixDetail>();
    await insertFix(api.app.db, {
      ...about,
      ...{ grouping: "root-cause", title: "Helps", goal: "", askedBy: { is: "policy", policy: "made-up" } },
      fixes: ends.map(({ fingerprint, rule, severity, message, path }) => ({
        fingerprint,
        rule,
        severity,
        message,
        path,
      })),
      ...{ key: "helps", branch: "sallyport/fix/helps", forPullRequest: 7, askedAt: api.app.now() },
    });
    const totals = [7, 8].map(async (number) => {
      const answer = await browser.call("GET", `/api/fixes?forPullRequest=${number}`);
      assert.equal(answer.statusCode, 200, answer.body);
      return answer.json<Fixes>().rows.map(({ title }) => title);
    });
    assert.deepEqual(await Promise.all(totals), [["Helps"], []]);
  });
});
