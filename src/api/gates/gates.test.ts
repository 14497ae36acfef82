import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { OrganizationId } from "#model/ids.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { listGatesOfOrganization, noteWatchedBranches, saveGate } from "#store/pull-requests/gates.ts";
import type { ProblemDetails } from "../shapes/problem-details.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { Gates, GatesAsked } from "./contract.ts";

describe("gates", () => {
  let api: TestApi;
  let added: Added;
  let browser: Browser;
  let organization: OrganizationId;
  before(async () => {
    api = await openApi();
    added = await addInstance(api.app, "one");
    await addInstance(api.app, "two");
    await api.addUser("anna", "administrator");
    await api.addUser("mia", "member");
    browser = await api.browser("anna");
    const found = await getRepository(api.app.db, added.repository);
    assert(found);
    organization = found.organizationId;
    const gate = { repositoryId: added.repository, ref: "refs/heads/main" };
    await noteWatchedBranches(api.app.db, organization);
    await saveGate(api.app.db, gate, {
      state: "ineffective",
      flaws: [{ code: "no-gate", said: "No branch policy." }],
      directPushes: true,
      checkedAt: api.app.now(),
    });
  });
  after(() => api.close());

  const list = async (query = "") => (await browser.call("GET", `/api/gates${query}`)).json<Gates>();
  const ask = (body: unknown, who = browser) => who.call("PUT", `/api/instances/${added.instance}/gates`, body);

  it("show each watched branch with what is wrong there, to those who may see it", async () => {
    const { rows, total } = await list();
    assert.deepEqual(
      rows.map(({ branch, state, wanted, flaws, directPushes }) => [branch, state, wanted, flaws.length, directPushes]),
      [["main", "ineffective", false, 1, true]],
    );
    assert.equal(total, 1);
    assert.equal((await list("?state=effective")).total, 0);
    const mia = await api.browser("mia");
    assert.equal((await mia.call("GET", "/api/gates")).json<Gates>().total, 0);
  });

  it("are asked for by administrators, for default branches or a folder of branches", async () => {
    assert.equal((await ask({ wanted: true })).json<GatesAsked>().branches, 1);
    assert.equal((await ask({ wanted: true, repositoryIds: [added.repository], branch: "release/*" })).statusCode, 202);
    const wanted = await list("?wanted=true");
    assert.deepEqual(
      wanted.rows.map(({ branch, state, changedBy }) => `${branch} ${state} ${changedBy}`),
      ["main waiting anna", "release/* waiting anna"],
    );
    const pending = (await api.app.jobs.pending()).find(({ queue }) => queue === "keep-gates");
    assert.equal(pending?.waiting, 1, "one job sees to all of them");
    await ask({ wanted: false, branch: "release/*" });
    assert.equal((await list("?wanted=true")).total, 1);
    await noteWatchedBranches(api.app.db, organization);
    assert.equal((await listGatesOfOrganization(api.app.db, organization)).length, 1);
  });

  it("are refused where there is nothing to put them on", async () => {
    for (const branch of ["release/*/x", "a b", "*", "/", "refs/heads/"]) {
      const refused = await ask({ wanted: true, branch });
      assert.equal(refused.statusCode, 422, branch);
      const { errors, detail = "" } = refused.json<ProblemDetails>();
      assert.equal(errors?.[0]?.pointer, "#/branch");
      assert.match(detail, /^This is neither the name of a branch/);
    }
    const elsewhere = await ask({ wanted: true, projectId: added.instance });
    assert.match(elsewhere.json<ProblemDetails>().title, /None of these repositories/);
    const mia = await api.browser("mia");
    assert.equal((await ask({ wanted: true }, mia)).statusCode, 403);
    const check = `/api/instances/${added.instance}/gates/check`;
    assert.equal((await browser.call("POST", check, {})).statusCode, 202);
    assert.equal((await mia.call("POST", check, {})).statusCode, 404);
  });
});
