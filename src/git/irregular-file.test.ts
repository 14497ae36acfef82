/** Whatever lies in a repository in place of git's files, nobody is held up, and what happened is said. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pino } from "pino";
import { findIrregularObject, refuseIrregularFiles } from "./irregular-file.ts";
import { openLocalRepository } from "./open-local-repository.ts";
import { openByteRanges, readHeld } from "./packs/byte-ranges.ts";
import { diskFacts } from "./packs/disk-facts.ts";
import { openObjectStores } from "./packs/object-stores.ts";
import { IrregularFile } from "./packs/open-regular.ts";
import { PackDamage } from "./packs/pack-damage.ts";
import { readLoose } from "./packs/read-loose.ts";
import { commit, git } from "./testing/write-repository.ts";

const skip = process.platform === "win32" && "there are no named pipes in folders";
const silent = pino({ level: "silent" });
const top = mkdtempSync(join(tmpdir(), "sallyport-pipes-"));
after(() => rmSync(top, { recursive: true }));

async function made(): Promise<string> {
  const folder = mkdtempSync(join(top, "r-"));
  await git(folder, ["init", "--quiet", "--bare", "--initial-branch=main"]);
  await commit(folder, "refs/heads/main", { "a.txt": "a\n" });
  return folder;
}

function pipeAt(path: string): string {
  rmSync(path, { force: true });
  execFileSync("mkfifo", [path]);
  return path;
}

for (const name of ["packed-refs", "index", "refs/heads/topic", "objects/info/alternates", "objects/pack/a.idx"]) {
  test(`a repository with a pipe is refused: ${name}`, { skip }, async () => {
    const folder = await made();
    await refuseIrregularFiles(folder);
    const path = pipeAt(join(folder, name));
    const opening = openLocalRepository(folder, { log: pino({ level: "silent" }), surrounding: process.env });
    await assert.rejects(opening, { message: `${path} is no regular file, and git would wait for it.` });
  });
}

for (const name of ["info/alternates", "info/commit-graph", "pack/a.idx", "aa/a"]) {
  test(`a pipe in what a repository borrows from is told: ${name}`, { skip }, async () => {
    const folder = await made();
    const lender = await made();
    writeFileSync(join(folder, "objects/info/alternates"), `${join(lender, "objects")}\n`);
    await refuseIrregularFiles(folder);
    mkdirSync(join(lender, "objects/aa"), { recursive: true });
    const path = pipeAt(join(lender, "objects", name));
    assert.equal(await findIrregularObject(folder), path);
    if (name === "aa/a") return refuseIrregularFiles(folder);
    const opening = openLocalRepository(folder, { log: silent, surrounding: process.env });
    return assert.rejects(opening, { message: `${path} is no regular file, and git would wait for it.` });
  });
}

test("a link to a device is refused like the device, also beside a working tree of its own", { skip }, async () => {
  const folder = await made();
  const beside = join(top, "beside");
  await git(folder, ["worktree", "add", "--quiet", beside, "main"]);
  const gitDir = await git(beside, ["rev-parse", "--absolute-git-dir"]);
  await refuseIrregularFiles(gitDir);
  symlinkSync("/dev/zero", join(folder, "shallow"));
  await assert.rejects(refuseIrregularFiles(folder), /shallow is no regular file/);
  await assert.rejects(refuseIrregularFiles(gitDir), /shallow is no regular file/);
});

test("a pipe in place of a loose object ends what waits for it, by its name", { skip }, async () => {
  const folder = await made();
  const loose = async (args: readonly string[], input = "") => {
    const id = await git(folder, args, input);
    return { id, path: join(folder, "objects", id.slice(0, 2), id.slice(2)) };
  };
  const tree = await git(folder, ["rev-parse", "main^{tree}"]);
  const commit = await loose(["commit-tree", "-m", "loose", tree]);
  const blob = await loose(["hash-object", "-w", "--stdin"], "loose\n");
  const repository = await openLocalRepository(folder, { log: silent, surrounding: process.env });
  assert.ok(repository);
  assert.equal(await findIrregularObject(folder), undefined);
  const refused = (path: string) => ({ message: `${path} is no regular file, and git would wait for it.` });
  const read = async () => {
    const answers = repository.readBlobs([blob.id], { maxSize: 100 });
    for await (const answer of answers) assert.ok("bytes" in answer);
  };
  await read();
  await repository.diffTrees(undefined, commit.id);
  repository.release();
  pipeAt(blob.path);
  assert.equal(await findIrregularObject(folder), blob.path);
  await assert.rejects(read(), refused(blob.path));
  rmSync(blob.path);
  pipeAt(commit.path);
  await assert.rejects(repository.diffTrees(undefined, commit.id), refused(commit.path));
});

test("pipes in place of packs, objects and lists of alternates are told as unread, and git is not asked", {
  skip,
}, async () => {
  const folder = await made();
  await git(folder, ["repack", "-adq"]);
  const id = await git(folder, ["hash-object", "-w", "--stdin"], "loose\n");
  const limits = { fetchMilliseconds: 10_000, readMilliseconds: 10_000, repositoryBytes: 0, outputBytes: 1e6 };
  const environment = { PATH: process.env.PATH ?? "", GIT_DIR: folder };
  const repository = { gitDir: folder, environment, limits, log: pino({ level: "silent" }), isForeign: true };
  const facts = await diskFacts(repository);
  pipeAt(join(folder, "objects/pack/pack-other.idx"));
  const pipes = ["info/alternates", `${id.slice(0, 2)}/${id.slice(2)}`, "pack/pack-other.pack"].map((name) =>
    pipeAt(join(folder, "objects", name)),
  );
  const { unread, packs, loose, left, failure } = await openObjectStores(repository, facts, () => false);
  assert.deepEqual(unread.map(({ path }) => path).sort(), [...pipes].sort());
  assert.deepEqual([packs.length, loose, left, failure], [1, [], [], undefined]);
  for (const { why } of unread) assert.equal(why, "no regular file");
  const [pipe = ""] = pipes;
  assert.throws(() => readLoose(pipe), PackDamage);
  assert.throws(() => openByteRanges(pipe), IrregularFile);
  await assert.rejects(readHeld(pipe), IrregularFile);
});
