import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { scoreBranch } from "#flows/urgency/score-issues.ts";
import { addInstance } from "../testing/add-instance.ts";
import { openApi, type TestApi } from "../testing/open-api.ts";
import type { DecidedAbout } from "./contract.ts";

describe("what bears on an issue", () => {
  let api: TestApi;
  before(async () => {
    api = await openApi();
  });
  after(() => api.close());

  it("is the policies that hold it and the exceptions for it, and nobody else's business", async () => {
    const added = await addInstance(api.app, "one");
    const branch = { instanceId: added.instance, repositoryId: added.repository, branch: "refs/heads/main" };
    const at = api.app.now();
    await scoreBranch(api.app.db, branch, { at, changed: { is: "files", paths: new Set(["src/settings.ts"]) } });
    await api.addUser("anna", "administrator");
    await api.addUser("stranger", "member");
    const anna = await api.browser("anna");
    const url = `/api/issues/${added.issue}/decided`;
    const decided = async () => (await anna.call("GET", url)).json<DecidedAbout>();
    const { exceptions, policies, fixes } = await decided();
    assert.deepEqual([exceptions, fixes], [[], []]);
    // A new secret: the built-in set blocks the pull request that brings one.
    assert.ok(policies.some(({ triggers, actions }) => triggers.includes("pull-request") && actions.includes("block")));

    const until = new Date(at.getTime() + 86_400_000).toISOString();
    await anna.call("POST", "/api/exceptions", { issues: [added.issue], reason: "accepted-risk", until });
    const afterwards = await decided();
    assert.deepEqual(
      afterwards.exceptions.map((exception) => [exception.state, exception.author, exception.until]),
      [["active", "anna", until]],
    );
    assert.deepEqual(afterwards.policies, [], "it is not open any more");
    assert.equal((await (await api.browser("stranger")).call("GET", url)).statusCode, 404);
  });
});
