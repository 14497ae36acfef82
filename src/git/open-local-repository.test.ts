import assert from "node:assert/strict";
import { chmodSync, existsSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { pino } from "pino";
import { gitVersion } from "./git-version.ts";
import { openLocalRepository } from "./open-local-repository.ts";
import { collect } from "./testing/collect.ts";
import { commit, git } from "./testing/write-repository.ts";

const log = pino({ level: "silent" });

async function localFolder(t: TestContext): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "sallyport-local-")));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await git(folder, ["init", "--quiet", "--initial-branch=main"]);
  return folder;
}

test("a repository is found from a folder inside it, a work tree too", async (t) => {
  const folder = await localFolder(t);
  const head = await commit(folder, "refs/heads/main", { "src/a.txt": "one" });
  await mkdir(join(folder, "src"), { recursive: true });
  const repository = await openLocalRepository(join(folder, "src"), { log });
  assert.ok(repository);
  assert.equal(repository.root, folder);
  assert.equal(repository.prefix, "src/");
  assert.equal(await repository.resolve("HEAD"), head);
  assert.equal(await repository.resolve("main~1"), undefined);
  assert.equal((await repository.history.readChanges({ since: [], tips: [] })).count, 1);
  repository.release();

  const tree = join(folder, "other tree");
  await git(folder, ["worktree", "add", "--quiet", "--detach", tree]);
  const worktree = await openLocalRepository(tree, { log });
  assert.equal(worktree?.root, tree);
  assert.equal(await worktree?.resolve("HEAD"), head);
  const bare = join(folder, "bare.git");
  await git(folder, ["clone", "--quiet", "--bare", ".", bare]);
  const opened = await openLocalRepository(bare, { log });
  assert.equal(opened?.root, undefined);
  assert.equal(await opened?.resolve("HEAD"), head);
});

test("a folder that is in no repository is none", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-none-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  assert.equal(await openLocalRepository(folder, { log }), undefined);
});

test("nothing that a hostile repository configures is run", async (t) => {
  const folder = await localFolder(t);
  const head = await commit(folder, "refs/heads/main", {
    "a.txt": "one",
    ".gitattributes": "*.txt filter=evil diff=evil\n",
  });
  const proof = join(folder, "ran");
  const evil = join(folder, "evil.sh");
  await writeFile(evil, `#!/bin/sh\ntouch ${proof}\ncat\n`);
  chmodSync(evil, 0o755);
  const settings: readonly (readonly [string, string])[] = [
    ["core.fsmonitor", evil],
    ["core.sshCommand", evil],
    ["core.hooksPath", folder],
    ["core.pager", evil],
    ["core.alternateRefsCommand", evil],
    ["core.gitProxy", evil],
    ["core.askPass", evil],
    ["diff.external", evil],
    ["diff.evil.textconv", evil],
    ["diff.evil.command", evil],
    ["filter.evil.smudge", evil],
    ["filter.evil.process", evil],
    ["credential.helper", evil],
    ["gpg.program", evil],
    ["alias.ls-tree", `!${evil}`],
    ["extensions.partialClone", "origin"],
    ["remote.origin.promisor", "true"],
    ["remote.origin.url", `ext::sh -c ${evil}`],
    ["remote.origin.uploadpack", evil],
    ["protocol.ext.allow", "always"],
  ];
  await git(folder, ["config", "core.repositoryFormatVersion", "1"]);
  for (const [name, value] of settings) await git(folder, ["config", name, value]);
  for (const hook of ["post-checkout", "reference-transaction", "post-index-change"]) {
    await writeFile(join(folder, hook), `#!/bin/sh\ntouch ${proof}\n`, { mode: 0o755 });
  }
  const repository = await openLocalRepository(folder, { log });
  assert.ok(repository);
  const tree = await repository.listTree(head);
  // An object that is missing makes a partial clone fetch it, from wherever the configuration says.
  const wanted = [...tree.map(({ objectId }) => objectId as string), "1".repeat(40)];
  const blobs = await collect(repository.readBlobs(wanted, { maxSize: 100 }));
  assert.equal(blobs.length, 3);
  assert.ok(blobs[2] && "problem" in blobs[2]);
  await repository.diffTrees(undefined, head);
  assert.equal((await repository.history.readChanges({ since: [], tips: [] })).count, 2);
  assert.equal(await repository.resolve("1".repeat(40)), undefined);
  repository.release();
  assert.ok(!existsSync(proof));
});

test("a folder of another owner is read like one's own", async (t) => {
  if (process.getuid?.() !== 0) return;
  const folder = await localFolder(t);
  const head = await commit(folder, "refs/heads/main", { "a.txt": "one" });
  const { chown } = await import("node:fs/promises");
  await chown(folder, 12345, 12345);
  await chown(join(folder, ".git"), 12345, 12345);
  const repository = await openLocalRepository(folder, { log });
  assert.equal(await repository?.resolve("HEAD"), head);
});

test("the machine's git is recent enough to say so", async () => {
  const { version, isRecentEnough } = await gitVersion({ log });
  assert.match(version, /^\d+\.\d+/);
  assert.equal(isRecentEnough, true);
});
