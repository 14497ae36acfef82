import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { addCommit, addRepository } from "../build-world.ts";
import { policyTypes } from "../policy/policy-types.ts";
import { zeroId } from "../shapes.ts";
import { openTryWorld, runGitClient, type TryWorld } from "../try-world.ts";
import type { RepositoryState } from "../world.ts";
import { readRef } from "./repository-store.ts";

describe("rules of a branch", () => {
  let one: TryWorld;
  let repository: RepositoryState;
  let url: string;
  let api: string;
  let clone: string;
  before(async () => {
    one = await openTryWorld();
    repository = await addRepository(one.emulator.world, one.organization, one.project, "app", {
      files: { "a.txt": "a\n" },
    });
    url = `${one.emulator.url}/fabrikam/My%20Project/_git/app`;
    api = `/fabrikam/_apis/git/repositories/${repository.id}`;
    clone = join(one.folder, "clone");
    await client("clone", "-q", url, clone);
  });
  after(() => one.close());

  const client = (...args: string[]) => runGitClient(one.tokens.contributor, args);
  const tip = (ref: string) => readRef(one.emulator.world, repository.id, ref);

  async function commit(file: string, ...more: string[]): Promise<void> {
    await writeFile(join(clone, file), `${file}\n`);
    await client("-C", clone, "add", ".");
    assert.equal((await client("-C", clone, "commit", "-qm", `change ${file}`, ...more)).code, 0);
  }

  async function addPolicy(refName: string, change: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const settings = { statusName: "scan", scope: [{ repositoryId: repository.id, refName, matchKind: "prefix" }] };
    const body = { type: { id: policyTypes.status }, isEnabled: true, isBlocking: true, settings, ...change };
    const made = await one.ask("POST", `/fabrikam/${one.project.id}/_apis/policy/configurations`, { body });
    assert.equal(made.status, 200);
    return `/fabrikam/${one.project.id}/_apis/policy/configurations/${made.json.id}`;
  }

  it("a required policy lets nobody push, whichever way; the rest of the push goes through", async () => {
    const policy = await addPolicy("refs/heads/main");
    await commit("b.txt");
    const old = await tip("refs/heads/main");
    const pushed = await client("-C", clone, "push", "origin", "main", "main:refs/heads/topic");
    assert.equal(pushed.code, 1);
    assert.match(
      pushed.output,
      /! \[remote rejected\] main -> main \(TF402455: Pushes to this branch are not permitted/,
    );
    assert.match(pushed.output, /\[new branch\] +main -> topic/);
    assert.deepEqual(
      repository.pushes.at(-1)?.refUpdates.map((update) => update.name),
      ["refs/heads/topic"],
    );
    const deleted = await client("-C", clone, "push", "origin", ":main");
    assert.match(deleted.output, /remote rejected.*TF402455/);
    const moves = [{ name: "refs/heads/main", oldObjectId: old, newObjectId: await tip("refs/heads/topic") }];
    const moved = await one.ask("POST", `${api}/refs`, { body: moves });
    assert.equal(moved.status, 200);
    assert.equal(moved.json.value[0].updateStatus, "rejectedByPolicy");
    assert.equal(moved.json.value[0].success, false);
    const change = { changeType: "add", item: { path: "/c.txt" }, newContent: { content: "c" } };
    const commits = [{ comment: "c", changes: [change] }];
    const body = { refUpdates: [{ name: "refs/heads/main", oldObjectId: old }], commits };
    const refused = await one.ask("POST", `${api}/pushes`, { body });
    assert.equal(refused.status, 403);
    assert.equal(refused.json.typeKey, "GitRefUpdateRejectedByPolicyException");
    assert.match(refused.json.message, /^TF402455/);
    assert.equal(await tip("refs/heads/main"), old);
    await one.ask("DELETE", policy);
    assert.equal((await client("-C", clone, "push", "-q", "origin", "main")).code, 0);
  });

  it("optional policies, switched-off ones, size limits and branches not yet there stand in nobody's way", async () => {
    const limit = { maximumGitBlobSizeInBytes: 1000, scope: [{ repositoryId: repository.id }] };
    const policies = [
      await addPolicy("refs/heads/main", { isBlocking: false }),
      await addPolicy("refs/heads/main", { isEnabled: false }),
      await addPolicy("", { type: { id: policyTypes.fileSize }, settings: limit }),
      await addPolicy("refs/heads/release/"),
    ];
    await commit("d.txt");
    const first = await client("-C", clone, "push", "origin", "main", "main:refs/heads/release/1");
    assert.equal(first.code, 0, first.output);
    await commit("e.txt");
    const second = await client("-C", clone, "push", "origin", "main:refs/heads/release/1");
    assert.match(second.output, /remote rejected.*TF402455/);
    for (const policy of policies) await one.ask("DELETE", policy);
  });

  it("a pull request completes into a branch that takes no pushes", async () => {
    const { world } = one.emulator;
    const policy = await addPolicy("refs/heads/main", allOf(policyTypes.comments));
    const files = { "pr.txt": "pr\n" };
    await addCommit(world, one.organization, repository, one.people.contributor, {
      branch: "pr",
      from: "main",
      message: "pr",
      files,
    });
    const body = { sourceRefName: "refs/heads/pr", targetRefName: "refs/heads/main", title: "pr" };
    const made = (await one.ask("POST", `${api}/pullRequests`, { body })).json;
    await one.emulator.clock.advance(1000);
    const ready = (await one.ask("GET", `${api}/pullRequests/${made.pullRequestId}`)).json;
    const finish = { status: "completed", lastMergeSourceCommit: ready.lastMergeSourceCommit };
    await one.ask("PATCH", `${api}/pullRequests/${made.pullRequestId}`, { body: finish });
    await one.emulator.clock.advance(1000);
    assert.equal((await one.ask("GET", `${api}/pullRequests/${made.pullRequestId}`)).json.status, "completed");
    await one.ask("DELETE", policy);
  });

  function allOf(typeId: string) {
    const scope = [{ repositoryId: repository.id, refName: "refs/heads/main", matchKind: "exact" }];
    return { type: { id: typeId }, settings: { scope } };
  }

  it("history is rewritten by who made the branch and by administrators only", async () => {
    await client("-C", clone, "push", "-q", "origin", "HEAD:refs/heads/mine");
    await commit("f.txt", "--amend");
    assert.equal((await client("-C", clone, "push", "-q", "--force", "origin", "HEAD:refs/heads/mine")).code, 0);
    await addCommit(one.emulator.world, one.organization, repository, one.people.admin, {
      branch: "theirs",
      from: "main",
      message: "theirs",
      files: { "t.txt": "t" },
    });
    const old = (await tip("refs/heads/theirs")) ?? "";
    const forced = await client("-C", clone, "push", "--force", "origin", "HEAD:refs/heads/theirs");
    assert.match(forced.output, /remote rejected.*TF401027: You need the Git 'ForcePush' permission/);
    const gone = await client("-C", clone, "push", "origin", ":theirs");
    assert.match(gone.output, /remote rejected.*'ForcePush'/);
    const update = { name: "refs/heads/theirs", oldObjectId: old, newObjectId: await tip("refs/heads/mine") };
    const asked = { body: [update], token: one.tokens.contributor };
    assert.equal((await one.ask("POST", `${api}/refs`, asked)).json.value[0].updateStatus, "forcePushRequired");
    assert.equal(await tip("refs/heads/theirs"), old);
    const allowed = [{ ...update, newObjectId: zeroId }];
    assert.equal((await one.ask("POST", `${api}/refs`, { body: allowed })).json.value[0].success, true);
  });

  it("a client that stalls in the middle of its push holds up nobody", async () => {
    const headers = {
      Authorization: `Bearer ${one.tokens.contributor.value}`,
      "Content-Type": "application/x-git-receive-pack-request",
      "Transfer-Encoding": "chunked",
    };
    const stalled = httpRequest(`${url}/git-receive-pack`, { method: "POST", headers });
    stalled.on("error", () => {
      // it is cut off at the end of this test
    });
    await new Promise<void>((resolve) => stalled.write("00", () => resolve()));
    await client("-C", clone, "fetch", "-q");
    await commit("g.txt");
    const pushed = await client("-C", clone, "push", "-q", "origin", "HEAD:refs/heads/while-stalled");
    assert.equal(pushed.code, 0, pushed.output);
    stalled.destroy();
    const count = repository.pushes.length;
    assert.equal((await client("-C", clone, "push", "-q", "origin", "HEAD:refs/heads/after")).code, 0);
    assert.equal(repository.pushes.length, count + 1);
  });

  it("fetches need multi_ack, and partial clones one of two filters", async () => {
    const ask = (want: string) => {
      const line = `want ${want}\n`;
      const body = `${(line.length + 4).toString(16).padStart(4, "0")}${line}00000009done\n`;
      const headers = {
        Authorization: `Bearer ${one.tokens.reader.value}`,
        "Content-Type": "application/x-git-upload-pack-request",
      };
      return fetch(`${url}/git-upload-pack`, { method: "POST", headers, body });
    };
    const main = await tip("refs/heads/main");
    assert.equal((await ask(`${main} side-band-64k ofs-delta`)).status, 400);
    assert.equal((await ask(`${main} multi_ack side-band-64k ofs-delta`)).status, 200);
    const clone_ = (filter: string) =>
      client("clone", "-q", "--bare", `--filter=${filter}`, url, join(one.folder, filter));
    assert.equal((await clone_("tree:0")).code, 0);
    assert.notEqual((await clone_("blob:limit=1k")).code, 0);
    assert.notEqual((await clone_("tree:1")).code, 0);
  });
});
