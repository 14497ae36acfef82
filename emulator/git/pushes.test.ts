import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addRepository } from "../build-world.ts";
import { zeroId } from "../shapes.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";
import type { RepositoryState } from "../world.ts";
import { readRefs } from "./repository-store.ts";

describe("pushes through the API", () => {
  let one: TryWorld;
  let repository: RepositoryState;
  const root = "/fabrikam/My%20Project/_apis/git/repositories/app";
  before(async () => {
    one = await openTryWorld();
    repository = await addRepository(one.emulator.world, one.organization, one.project, "app", {
      files: { "keep.txt": "keep", "old name.txt": "moves", "run.sh": "#!/bin/sh\n" },
    });
  });
  after(() => one.close());

  const tipOf = async (branch: string) =>
    (await readRefs(one.emulator.world, repository.id)).get(`refs/heads/${branch}`) ?? "";
  const push = (branch: string, oldObjectId: string, changes: unknown[], token = one.tokens.contributor) =>
    one.ask("POST", `${root}/pushes`, {
      token,
      body: {
        refUpdates: [{ name: `refs/heads/${branch}`, oldObjectId }],
        commits: [{ comment: "a change", author: { name: "An Author", email: "author@example.com" }, changes }],
      },
    });
  const text = (content: string) => ({ content, contentType: "rawtext" });
  const itemText = async (path: string, branch: string) => {
    const query = `path=${encodeURIComponent(path)}&versionDescriptor.version=${encodeURIComponent(branch)}&$format=text`;
    return (await one.ask("GET", `${root}/items?${query}`)).text;
  };

  it("add, edit, rename and delete in one commit", async () => {
    const made = await push("main", await tipOf("main"), [
      { changeType: "add", item: { path: "/dir/added ü.txt" }, newContent: text("added") },
      {
        changeType: 2,
        item: { path: "/keep.txt" },
        newContent: { content: Buffer.from("kept").toString("base64"), contentType: "base64encoded" },
      },
      { changeType: "rename", item: { path: "/new name.txt" }, sourceServerItem: "/old name.txt" },
      { changeType: "delete", item: { path: "/run.sh" } },
    ]);
    assert.equal(made.status, 201);
    assert.equal(made.json.commits.length, 1);
    assert.equal(made.json.commits[0].author.name, "An Author");
    assert.equal(made.json.refUpdates[0].newObjectId, await tipOf("main"));
    assert.equal(await itemText("/dir/added ü.txt", "main"), "added");
    assert.equal(await itemText("/keep.txt", "main"), "kept");
    assert.equal(await itemText("/new name.txt", "main"), "moves");
    assert.equal((await one.ask("GET", `${root}/items?path=/run.sh`)).json.typeKey, "GitItemNotFoundException");
    const changes = await one.ask("GET", `${root}/commits/${made.json.commits[0].commitId}/changes`);
    const kinds = changes.json.changes
      .filter((change: { item: { isFolder?: boolean } }) => !change.item.isFolder)
      .map((change: { changeType: string }) => change.changeType);
    assert.deepEqual(kinds.sort(), ["add", "delete", "edit", "rename"]);
  });

  it("refuse a stale tip with 409, and changes that do not fit the tree", async () => {
    const add = { changeType: "add", item: { path: "/x.txt" }, newContent: text("x") };
    const stale = await push("main", "1".repeat(40), [add]);
    assert.equal(stale.status, 409);
    assert.match(stale.json.message, /^TF401028/);
    const tip = await tipOf("main");
    assert.equal((await push("main", tip, [{ ...add, item: { path: "/keep.txt" } }])).status, 400);
    assert.equal((await push("main", tip, [{ ...add, changeType: "edit" }])).status, 404);
    assert.equal((await push("main", tip, [{ ...add, item: { path: "/../x" } }])).status, 400);
    assert.equal((await push("main", tip, [])).status, 400);
    assert.equal((await push("main", tip, [add], one.tokens.reader)).status, 403);
    assert.equal(await tipOf("main"), tip);
  });

  it("start a branch from a commit, or from nothing", async () => {
    const add = { changeType: "add", item: { path: "/branch.txt" }, newContent: text("b") };
    const tip = await tipOf("main");
    const branched = await push("topic/one", tip, [add]);
    assert.deepEqual(branched.json.commits[0].parents, [tip]);
    assert.equal(branched.json.refUpdates[0].oldObjectId, zeroId);
    const rooted = await push("orphan", zeroId, [add]);
    assert.deepEqual(rooted.json.commits[0].parents, []);
    const listed = await one.ask(
      "GET",
      `${root}/pushes?searchCriteria.refName=refs/heads/orphan&searchCriteria.includeRefUpdates=true`,
    );
    assert.equal(listed.json.count, 1);
    assert.equal(listed.json.value[0].pushedBy.id, one.people.contributor.id);
    const single = await one.ask("GET", `${root}/pushes/${listed.json.value[0].pushId}`);
    assert.equal(single.json.commits[0].commitId, rooted.json.commits[0].commitId);
  });

  it("serve commits, differences, trees, blobs and whole folders", async () => {
    const commits = await one.ask(
      "GET",
      `${root}/commits?searchCriteria.itemVersion.version=topic/one&searchCriteria.$top=2`,
    );
    assert.deepEqual(
      commits.json.value.map((commit: { comment: string }) => commit.comment),
      ["a change", "a change"],
    );
    const [head, parent] = commits.json.value;
    const diff = await one.ask("GET", `${root}/diffs/commits?baseVersion=main&targetVersion=topic/one`);
    assert.deepEqual([diff.json.commonCommit, diff.json.aheadCount, diff.json.behindCount], [parent.commitId, 1, 0]);
    assert.equal(diff.json.changes[0].item.path, "/branch.txt");
    const bases = await one.ask("GET", `${root}/commits/${head.commitId}/mergebases?otherCommitId=${parent.commitId}`);
    assert.equal(bases.json.value[0].commitId, parent.commitId);
    const commit = await one.ask("GET", `${root}/commits/${head.commitId}`);
    const tree = await one.ask("GET", `${root}/trees/${commit.json.treeId}?recursive=true`);
    const entry = tree.json.treeEntries.find((one_: { relativePath: string }) => one_.relativePath === "branch.txt");
    assert.equal((await one.ask("GET", `${root}/blobs/${entry.objectId}?$format=octetstream`)).text, "b");
    const items = await one.ask(
      "GET",
      `${root}/items?scopePath=/&recursionLevel=Full&versionDescriptor.version=topic/one`,
    );
    assert.deepEqual(
      items.json.value.map((item: { path: string }) => item.path),
      ["/", "/branch.txt", "/dir", "/dir/added ü.txt", "/keep.txt", "/new name.txt"],
    );
    const batch = await one.ask("POST", `${root}/commitsbatch`, {
      body: { itemVersion: { version: "main" }, itemPath: "/keep.txt" },
    });
    assert.equal(batch.json.count, 2);
    assert.equal((await one.ask("GET", `${root}/items?path=/&versionDescriptor.version=nowhere`)).status, 404);
    const zip = await one.ask("GET", `${root}/items?scopePath=/&$format=zip`);
    assert.equal(zip.headers.get("content-type"), "application/zip");
  });
});
