import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { grantAccess } from "#store/people/instance-access.ts";
import type { Instances } from "./instances/contract.ts";
import type { Issues } from "./issues/contract.ts";
import type { Overview } from "./overview/contract.ts";
import { type Added, addInstance } from "./testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "./testing/open-api.ts";

const lists = [
  "/api/instances",
  "/api/repositories",
  "/api/scans",
  "/api/issues",
  "/api/pull-requests",
  "/api/builds",
  "/api/hook-events",
];

describe("what a person sees", () => {
  let api: TestApi;
  let one: Added;
  let two: Added;
  before(async () => {
    api = await openApi();
    one = await addInstance(api.app, "one");
    two = await addInstance(api.app, "two");
    await api.addUser("anna", "administrator");
    await api.addUser("nobody", "member");
    const max = await api.addUser("max", "member");
    await grantAccess(api.app.db, max.id, one.instance);
  });
  after(() => api.close());

  const single = ({ instance, repository, scan, issue }: Added) => [
    `/api/instances/${instance}`,
    `/api/repositories/${repository}`,
    `/api/scans/${scan}`,
    `/api/issues/${issue}`,
    `/api/pull-requests/${repository}/1`,
  ];

  async function totals(browser: Browser): Promise<readonly number[]> {
    const answers = await Promise.all(lists.map((url) => browser.call("GET", url)));
    return answers.map((answer) => {
      assert.equal(answer.statusCode, 200, answer.body);
      const { rows, total } = answer.json<{ rows: unknown[]; total: number }>();
      assert.equal(rows.length, total);
      return total;
    });
  }

  it("is everything for administrators", async () => {
    const browser = await api.browser("anna");
    assert.deepEqual(
      await totals(browser),
      lists.map(() => 2),
    );
    for (const url of [...single(one), ...single(two)]) {
      const answer = await browser.call("GET", url);
      assert.equal(answer.statusCode, 200, `${url}: ${answer.body}`);
    }
  });

  it("is nothing for a member without access", async () => {
    const browser = await api.browser("nobody");
    assert.deepEqual(
      await totals(browser),
      lists.map(() => 0),
    );
    for (const url of single(one)) assert.equal((await browser.call("GET", url)).statusCode, 404, url);
    const overview = (await browser.call("GET", "/api/overview")).json<Overview>();
    assert.deepEqual([overview.instances, overview.openIssues, overview.hooks.total], [[], [], 0]);
    const decisions = [
      [`/api/issues/${one.issue}/dismiss`, { reason: "false-positive" }],
      [`/api/issues/${one.issue}/reopen`, {}],
      [`/api/repositories/${one.repository}/scan`, undefined],
    ] as const;
    for (const [url, body] of decisions) assert.equal((await browser.call("POST", url, body)).statusCode, 404, url);
    assert.equal((await browser.call("GET", `/api/issues/${one.issue}/excerpt`)).statusCode, 404);
  });

  it("is their instances for a member, whatever they filter by", async () => {
    const browser = await api.browser("max");
    assert.deepEqual(
      await totals(browser),
      lists.map(() => 1),
    );
    for (const url of single(one)) assert.equal((await browser.call("GET", url)).statusCode, 200, url);
    for (const url of single(two)) assert.equal((await browser.call("GET", url)).statusCode, 404, url);
    const { rows } = (await browser.call("GET", "/api/instances")).json<Instances>();
    assert.deepEqual(
      rows.map(({ name }) => name),
      ["one"],
    );
    const others = await browser.call("GET", `/api/issues?instanceId=${two.instance}&repositoryId=${two.repository}`);
    assert.equal(others.json<Issues>().total, 0);
  });
});
