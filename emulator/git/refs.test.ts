import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addCommit, addRepository } from "../build-world.ts";
import { zeroId } from "../shapes.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";
import type { RepositoryState } from "../world.ts";
import { git } from "./repository-store.ts";

describe("refs", () => {
  let one: TryWorld;
  let repository: RepositoryState;
  let tip: string;
  const refs = "/fabrikam/My%20Project/_apis/git/repositories/app/refs";
  before(async () => {
    one = await openTryWorld();
    const { world } = one.emulator;
    repository = await addRepository(world, one.organization, one.project, "app");
    tip = await addCommit(world, one.organization, repository, one.people.contributor, {
      branch: "main",
      message: "first",
      files: { "a.txt": "a" },
    });
  });
  after(() => one.close());

  const names = (reply: { json: { value: { name: string }[] } }) => reply.json.value.map((ref) => ref.name);

  it("are found by prefix and paged by token", async () => {
    const lines = Array.from({ length: 25 }, (_, index) => `create refs/heads/topic/${index + 10} ${tip}\n`);
    await git(one.emulator.world, repository.id, ["update-ref", "--stdin"], lines.join(""));
    assert.equal((await one.ask("GET", refs)).json.count, 26);
    assert.deepEqual(names(await one.ask("GET", `${refs}?filter=heads/main`)), ["refs/heads/main"]);
    assert.equal((await one.ask("GET", `${refs}?filterContains=pic/1`)).json.count, 10);
    const seen: string[] = [];
    let token = "";
    do {
      const page = await one.ask("GET", `${refs}?filter=heads/topic&$top=10&continuationToken=${token}`);
      seen.push(...names(page));
      token = page.headers.get("x-ms-continuationtoken") ?? "";
    } while (token);
    assert.equal(new Set(seen).size, 25);
    assert.equal(seen.length, 25);
    const more = Array.from({ length: 150 }, (_, index) => `create refs/heads/wide/${index + 100} ${tip}\n`);
    await git(one.emulator.world, repository.id, ["update-ref", "--stdin"], more.join(""));
    const first = await one.ask("GET", `${refs}?filter=heads/wide&$top=10`);
    const next = first.headers.get("x-ms-continuationtoken");
    const rest = await one.ask("GET", `${refs}?filter=heads/wide&continuationToken=${next}`);
    assert.equal(rest.json.count, 100);
    assert.ok(rest.headers.get("x-ms-continuationtoken"));
  });

  it("move with a result for each, and 200 whatever the results are", async () => {
    const reply = await one.ask("POST", refs, {
      token: one.tokens.contributor,
      body: [
        { name: "refs/heads/new", oldObjectId: zeroId, newObjectId: tip },
        { name: "refs/heads/main", oldObjectId: "1".repeat(40), newObjectId: tip },
        { name: "refs/heads/lost", oldObjectId: zeroId, newObjectId: "2".repeat(40) },
        { name: "refs/heads/../up", oldObjectId: zeroId, newObjectId: tip },
        { name: "refs/heads/topic", oldObjectId: zeroId, newObjectId: tip },
      ],
    });
    assert.equal(reply.status, 200);
    assert.deepEqual(
      reply.json.value.map((result: { updateStatus: string }) => result.updateStatus),
      ["succeeded", "staleOldObjectId", "unresolvableToCommit", "invalidRefName", "refNameConflict"],
    );
    assert.deepEqual(
      repository.pushes.at(-1)?.refUpdates.map((update) => update.name),
      ["refs/heads/new"],
    );
    const gone = await one.ask("POST", refs, {
      body: [{ name: "refs/heads/new", oldObjectId: tip, newObjectId: zeroId }],
    });
    assert.equal(gone.json.value[0].success, true);
    assert.deepEqual(names(await one.ask("GET", `${refs}?filter=heads/new`)), []);
  });

  it("are not moved by readers, nor by others while they are locked", async () => {
    const body = [{ name: "refs/heads/topic/10", oldObjectId: tip, newObjectId: zeroId }];
    const reader = await one.ask("POST", refs, { token: one.tokens.reader, body });
    assert.equal(reader.status, 403);
    assert.match(reader.json.message, /^TF401027: You need the Git 'GenericContribute' permission/);
    const locked = await one.ask("PATCH", `${refs}?filter=heads/topic/10`, { body: { isLocked: true } });
    assert.equal(locked.json.isLockedBy.id, one.people.admin.id);
    const refused = await one.ask("POST", refs, { token: one.tokens.contributor, body });
    assert.equal(refused.json.value[0].updateStatus, "locked");
    await one.ask("PATCH", `${refs}?filter=heads/topic/10`, { body: { isLocked: false } });
    assert.equal((await one.ask("POST", refs, { body })).json.value[0].updateStatus, "succeeded");
  });

  it("include annotated tags, peeled when asked", async () => {
    const root = refs.replace(/refs$/, "annotatedtags");
    const body = { name: "v1", message: "the first", taggedObject: { objectId: tip } };
    const made = await one.ask("POST", root, { body });
    assert.equal(made.status, 201);
    const read = await one.ask("GET", `${root}/${made.json.objectId}`);
    assert.deepEqual(
      [read.json.name, read.json.taggedObject.objectId, read.json.message.trim()],
      ["v1", tip, "the first"],
    );
    const peeled = await one.ask("GET", `${refs}?filter=tags/&peelTags=true`);
    assert.equal(peeled.json.value[0].peeledObjectId, tip);
  });

  it("have statistics against a base", async () => {
    await addCommit(one.emulator.world, one.organization, repository, one.people.contributor, {
      branch: "ahead",
      from: "main",
      message: "more",
      files: { "b.txt": "b" },
    });
    const stats = refs.replace(/refs$/, "stats/branches");
    const { json } = await one.ask("GET", `${stats}?name=ahead`);
    assert.deepEqual([json.aheadCount, json.behindCount, json.isBaseVersion], [1, 0, false]);
    const all = await one.ask("GET", stats);
    assert.ok(all.json.value.some((one_: { isBaseVersion: boolean }) => one_.isBaseVersion));
  });
});
