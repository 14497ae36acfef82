import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setChosen } from "#store/instances/repositories.ts";
import { grantAccess } from "#store/people/instance-access.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { openApi, type TestApi } from "../testing/open-api.ts";
import type { Projects } from "./contract.ts";

describe("projects to narrow by", () => {
  let api: TestApi;
  let one: Added;
  let two: Added;
  before(async () => {
    api = await openApi();
    one = await addInstance(api.app, "one");
    two = await addInstance(api.app, "two");
    await api.addUser("anna", "administrator");
    const max = await api.addUser("max", "member");
    await grantAccess(api.app.db, max.id, one.instance);
  });
  after(() => api.close());

  async function names(person: string, query = ""): Promise<readonly string[]> {
    const browser = await api.browser(person);
    const answer = await browser.call("GET", `/api/projects${query}`);
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json<Projects>().projects.map(({ name }) => name);
  }

  it("are those that somebody may see, with a repository that is scanned", async () => {
    assert.deepEqual(await names("anna"), ["one-project", "two-project"]);
    assert.deepEqual(await names("max"), ["one-project"]);
    assert.deepEqual(await names("anna", `?instanceId=${two.instance}`), ["two-project"]);
    await setChosen(api.app.db, two.instance, { is: "list", repositories: [] });
    assert.deepEqual(await names("anna"), ["one-project"]);
  });
});
