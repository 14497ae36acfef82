import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openTryPullRequest, type TryPullRequest } from "../pull-requests/try-pull-request.ts";

describe("work items", () => {
  let one: TryPullRequest;
  before(async () => {
    one = await openTryPullRequest();
    await one.open();
  });
  after(() => one.close());

  const at = "/fabrikam/My%20Project/_apis/wit";
  const headers = { "Content-Type": "application/json-patch+json" };
  const set = (field: string, value: unknown) => ({ op: "add", path: `/fields/${field}`, value });
  const create = (...operations: unknown[]) => one.ask("POST", `${at}/workitems/$Bug`, { body: operations, headers });

  it("are written by JSON patch and nothing else", async () => {
    const made = await create(set("System.Title", "One"), set("Microsoft.VSTS.Common.Severity", "2 - High"));
    assert.equal(made.status, 200);
    assert.deepEqual([made.json.fields["System.State"], made.json.rev], ["New", 1]);
    const plain = await one.ask("POST", `${at}/workitems/$Bug`, { body: [set("System.Title", "Two")] });
    assert.equal(plain.status, 415);
    assert.equal(
      (await one.ask("POST", `${at}/workitems/$Wish`, { body: [set("System.Title", "x")], headers })).status,
      404,
    );
  });

  it("check title, state and revision", async () => {
    const long = await create(set("System.Title", "x".repeat(256)));
    assert.equal(long.status, 400);
    assert.match(long.json.message, /^TF401324/);
    assert.equal((await create(set("System.Title", ""))).status, 400);
    const { id } = (await create(set("System.Title", "Mine"))).json;
    const patch = (...operations: unknown[]) =>
      one.ask("PATCH", `${at}/workitems/${id}`, { body: operations, headers });
    assert.equal((await patch(set("System.State", "Sleeping"))).status, 400);
    assert.equal((await patch({ op: "test", path: "/rev", value: 7 }, set("System.State", "Active"))).status, 412);
    const active = await patch({ op: "test", path: "/rev", value: 1 }, set("System.State", "Active"));
    assert.deepEqual([active.json.rev, active.json.fields["System.State"]], [2, "Active"]);
    assert.equal((await one.ask("GET", `${at}/workItems/${id}/updates`)).json.count, 2);
  });

  it("link to pull requests, both ways", async () => {
    const url = `vstfs:///Git/PullRequestId/${one.project.id}%2F${one.repository.id}%2F1`;
    const relation = { rel: "ArtifactLink", url, attributes: { name: "Pull Request" } };
    const made = await create(set("System.Title", "Linked"), { op: "add", path: "/relations/-", value: relation });
    const linked = (await one.pr(1, "GET", "/workitems")).json;
    assert.deepEqual(
      linked.value.map((item: { id: string }) => item.id),
      [String(made.json.id)],
    );
    const query = await one.ask("POST", `${at}/artifacturiquery`, { body: { artifactUris: [url] } });
    assert.equal(query.json.artifactUrisQueryResult[url][0].id, made.json.id);
    await one.ask("PATCH", `${at}/workitems/${made.json.id}`, {
      body: [{ op: "remove", path: "/relations/0" }],
      headers,
    });
    assert.equal((await one.pr(1, "GET", "/workitems")).json.count, 0);
  });

  it("are queried by words and read in batches of at most 200", async () => {
    const ids: number[] = [];
    for (const title of ["alpha", "beta 'b'", "gamma"])
      ids.push((await create(set("System.Title", title), set("System.Tags", "judge"))).json.id);
    const found = async (where: string) => {
      const query = `SELECT [System.Id] FROM WorkItems WHERE [System.Tags] CONTAINS 'judge' AND ${where} ORDER BY [System.Id] DESC`;
      const reply = await one.ask("POST", `${at}/wiql`, { body: { query } });
      return reply.json.workItems.map((item: { id: number }) => item.id);
    };
    assert.deepEqual(await found("[System.Title] = 'beta ''b'''"), [ids[1]]);
    assert.deepEqual(await found("([System.Title] = 'alpha' OR [System.Title] = 'gamma')"), [ids[2], ids[0]]);
    assert.deepEqual(await found("[System.State] IN ('Closed', 'Removed')"), []);
    assert.equal((await one.ask("POST", `${at}/wiql`, { body: { query: "DELETE everything" } })).status, 400);
    const batch = await one.ask("POST", `${at}/workitemsbatch`, { body: { ids, fields: ["System.Title"] } });
    assert.deepEqual(batch.json.value[0].fields, { "System.Title": "alpha" });
    const many = Array.from({ length: 201 }, (_, index) => index + 1);
    assert.equal((await one.ask("POST", `${at}/workitemsbatch`, { body: { ids: many } })).status, 400);
  });

  it("take comments under a preview version and disappear when deleted", async () => {
    const { id } = (await create(set("System.Title", "Gone soon"))).json;
    const comment = await one.ask("POST", `${at}/workItems/${id}/comments`, {
      body: { text: "hm" },
      version: "7.1-preview.4",
    });
    assert.equal(comment.json.text, "hm");
    const all = await one.ask("GET", `${at}/workItems/${id}/comments`, { version: "7.1-preview.4" });
    assert.deepEqual([all.json.totalCount, all.json.comments.length], [1, 1]);
    assert.equal((await one.ask("DELETE", `${at}/workitems/${id}`)).json.id, id);
    assert.equal((await one.ask("GET", `${at}/workitems/${id}`)).status, 404);
  });
});
