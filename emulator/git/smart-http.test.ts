import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { addCommit, addRepository, addToken } from "../build-world.ts";
import { openTryWorld, runGitClient, type TryWorld } from "../try-world.ts";
import type { RepositoryState } from "../world.ts";

describe("git over HTTP", () => {
  let one: TryWorld;
  let repository: RepositoryState;
  let url: string;
  before(async () => {
    one = await openTryWorld();
    repository = await addRepository(one.emulator.world, one.organization, one.project, "app", {
      files: { "a.txt": "a\n", "big.txt": "x".repeat(200_000) },
    });
    url = `${one.emulator.url}/fabrikam/My%20Project/_git/app`;
  });
  after(() => one.close());

  const client = (...args: string[]) => runGitClient(one.tokens.contributor, args);
  const work = (name: string) => join(one.folder, name);

  async function commitIn(folder: string, file: string, content: string): Promise<void> {
    await writeFile(join(folder, file), content);
    assert.equal((await client("-C", folder, "add", ".")).code, 0);
    assert.equal((await client("-C", folder, "commit", "-qm", `change ${file}`)).code, 0);
  }

  it("clones, pushes, and fetches what is new", async () => {
    assert.equal((await client("clone", "-q", url, work("one"))).code, 0);
    assert.equal((await client("clone", "-q", url, work("two"))).code, 0);
    const before_ = repository.pushes.length;
    await commitIn(work("one"), "b.txt", "b\n");
    const pushed = await client(
      "-C",
      work("one"),
      "push",
      "origin",
      "main",
      "main:refs/heads/topic",
      "main:refs/tags/v1",
    );
    assert.equal(pushed.code, 0, pushed.output);
    const push = repository.pushes.at(-1);
    assert.equal(repository.pushes.length, before_ + 1);
    assert.deepEqual(
      push?.refUpdates.map((update) => update.name),
      ["refs/heads/main", "refs/heads/topic", "refs/tags/v1"],
    );
    assert.equal(push?.userId, one.people.contributor.id);
    const fetched = await client("-C", work("two"), "pull", "-q");
    assert.equal(fetched.code, 0, fetched.output);
    assert.ok((await readdir(work("two"))).includes("b.txt"));
    const deleted = await client("-C", work("one"), "push", "-q", "origin", ":topic");
    assert.equal(deleted.code, 0);
    assert.match(repository.pushes.at(-1)?.refUpdates[0]?.newObjectId ?? "", /^0{40}$/);
  });

  it("speaks protocol v0 or v1 only", async () => {
    const traced = await runGitClient(one.tokens.contributor, ["ls-remote", url], {
      config: { "protocol.version": "2" },
    });
    assert.equal(traced.code, 0);
    const answer = await fetch(`${url}/info/refs?service=git-upload-pack`, {
      headers: { Authorization: `Bearer ${one.tokens.contributor.value}`, "Git-Protocol": "version=2" },
    });
    const text = await answer.text();
    assert.match(text, /refs\/heads\/main/);
    assert.match(text, /multi_ack/);
    const first = await fetch(`${url}/info/refs?service=git-upload-pack`, {
      headers: { Authorization: `Bearer ${one.tokens.contributor.value}`, "Git-Protocol": "version=1" },
    });
    assert.match(await first.text(), /version 1/);
  });

  it("clones without blobs and brings them when they are needed", async () => {
    const cloned = await client("clone", "-q", "--bare", "--filter=blob:none", url, work("partial.git"));
    assert.equal(cloned.code, 0, cloned.output);
    const missing = await client("-C", work("partial.git"), "rev-list", "--objects", "--all", "--missing=print");
    assert.match(missing.output, /^\?/m);
    const read = await client("-C", work("partial.git"), "cat-file", "-p", "main:a.txt");
    assert.equal(read.output, "a\n");
  });

  it("refuses by scope, right, name and state", async () => {
    const { world } = one.emulator;
    const reading = addToken(world, one.people.contributor, { scopes: ["code"] });
    const none = addToken(world, one.people.contributor, { scopes: ["work_write"] });
    const status = async (token: typeof reading, service: string, at = url) => {
      const headers = { Authorization: `Bearer ${token.value}` };
      return (await fetch(`${at}/info/refs?service=git-${service}-pack`, { headers })).status;
    };
    assert.equal(await status(reading, "upload"), 200);
    assert.equal(await status(reading, "receive"), 401);
    assert.equal(await status(none, "upload"), 401);
    assert.equal(await status(one.tokens.reader, "receive"), 403);
    assert.equal(await status(reading, "upload", `${url}-none`), 404);
    repository.isDisabled = true;
    assert.equal(await status(reading, "upload"), 404);
    repository.isDisabled = false;
    const anonymous = await fetch(`${url}/info/refs?service=git-upload-pack`);
    assert.equal(anonymous.status, 401);
    assert.match(anonymous.headers.get("www-authenticate") ?? "", /^Basic/);
  });

  it("does not move a ref that somebody else locked", async () => {
    repository.lockedRefs.set("refs/heads/main", one.people.admin.id);
    await commitIn(work("one"), "c.txt", "c\n");
    const refused = await client("-C", work("one"), "push", "-q", "origin", "main");
    assert.notEqual(refused.code, 0);
    repository.lockedRefs.clear();
    const allowed = await client("-C", work("one"), "push", "-q", "origin", "main");
    assert.equal(allowed.code, 0, allowed.output);
  });

  it("takes a large push whose body is sent in chunks", async () => {
    await commitIn(work("one"), "large.bin", Array.from({ length: 300_000 }, (_, index) => index * 7919).join(" "));
    const pushed = await client("-C", work("one"), "-c", "http.postBuffer=65536", "push", "-q", "origin", "main");
    assert.equal(pushed.code, 0, pushed.output);
  });

  it("reads zipped requests, which clients send once they have much to ask for", async () => {
    const { world } = one.emulator;
    const many = await addRepository(world, one.organization, one.project, "many");
    for (let index = 0; index < 30; index += 1)
      await addCommit(world, one.organization, many, one.people.admin, {
        branch: `branch/${index}`,
        message: `commit ${index}`,
        files: { "a.txt": String(index) },
      });
    const cloned = await client("clone", "-q", "--bare", url.replace(/app$/, "many"), work("many.git"));
    assert.equal(cloned.code, 0, cloned.output);
    const branches = await client("-C", work("many.git"), "for-each-ref", "refs/heads");
    assert.equal(branches.output.trim().split("\n").length, 30);
  });

  it("finds the repository that is named as its project without the project", async () => {
    await addRepository(one.emulator.world, one.organization, one.project, "My Project", { files: { z: "z" } });
    const listed = await client("ls-remote", `${one.emulator.url}/fabrikam/_git/My%20Project`);
    assert.match(listed.output, /refs\/heads\/main/);
  });

  it("lets pushes of many people to one repository happen one after another", async () => {
    const before_ = repository.pushes.length;
    const folders = Array.from({ length: 6 }, (_, index) => work(`many-${index}`));
    await Promise.all(folders.map((folder) => client("clone", "-q", url, folder)));
    await Promise.all(folders.map((folder, index) => commitIn(folder, `own-${index}.txt`, String(index))));
    const results = await Promise.all(
      folders.map((folder, index) => client("-C", folder, "push", "-q", "origin", `main:refs/heads/many/${index}`)),
    );
    assert.deepEqual([...new Set(results.map((result) => result.code))], [0]);
    const pushes = repository.pushes.slice(before_);
    assert.equal(pushes.length, 6);
    assert.ok(pushes.every((push) => push.refUpdates.length === 1));
  });

  it("shows a fetch what the API committed in between", async () => {
    const commit = await addCommit(one.emulator.world, one.organization, repository, one.people.admin, {
      branch: "main",
      message: "through the API",
      files: { "api.txt": "api" },
    });
    await client("-C", work("two"), "fetch", "-q");
    assert.equal((await client("-C", work("two"), "rev-parse", "origin/main")).output.trim(), commit);
  });
});
