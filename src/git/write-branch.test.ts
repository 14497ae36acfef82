// Commits without a working tree, and pushes of them to the emulated Azure DevOps.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pino } from "pino";
import type { RepositoryId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { secretValue } from "#model/secret-value.ts";
import { addOrganization, addProject, addRepository, addToken, addUser } from "../../emulator/build-world.ts";
import { startEmulator } from "../../emulator/start-emulator.ts";
import { gitEnvironment } from "./git-environment.ts";
import { defaultGitLimits } from "./mirror.ts";
import { openMirrors } from "./open-mirrors.ts";
import { commit as commitTo, git } from "./testing/write-repository.ts";
import { writeCommit } from "./write-commit.ts";

const log = pino({ level: "silent" });
const author = { name: "Sallyport", email: "sallyport@sallyport.example" };
const at = new Date("2026-02-03T04:05:06Z");
const ref = "refs/heads/sallyport/fix/lodash-1a2b3c4d";

test("a commit is pushed as a branch only where it is expected to be, and deleted again", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-write-"));
  const emulator = await startEmulator({ folder: join(folder, "emulator") });
  const mirrors = openMirrors({ folder: join(folder, "mirrors"), budgetBytes: 1e9, log, now: () => new Date() });
  t.after(async () => {
    mirrors.close();
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const { world } = emulator;
  const organization = addOrganization(world, "contoso");
  const user = addUser(world, "Ada Lovelace", { organization });
  const project = addProject(world, organization, "Web");
  const files = { "a.txt": "one", "src/deep/b.txt": "two" };
  const repository = await addRepository(world, organization, project, "shop", { files });
  const id = repository.id as RepositoryId;
  const url = `${emulator.url}/contoso/${project.name}/_git/${repository.name}`;
  const headerOf = (value: string) => secretValue(`Basic ${Buffer.from(`:${value}`).toString("base64")}`);
  const authorization = headerOf(addToken(world, user, { organization, scopes: ["code_write"] }).value);
  const fetched = await mirrors.fetch({ id, url, authorization });
  const parent = (await fetched.resolve("refs/heads/main")) ?? "";
  const write = (text: string) =>
    mirrors.commit(id, {
      ...{ parent, author, at, message: "Raise b\n\nBecause it must." },
      files: [{ path: "src/deep/b.txt", bytes: Buffer.from(text) }],
    });
  const push = (more: { readonly commit?: string | undefined; readonly expected?: string | undefined }) =>
    mirrors.push({ id, url, authorization, ref, ...more });

  const first = await write("three\r\n");
  assert.equal(await write("three\r\n"), first, "the same again is the same commit");
  assert.equal(await write("two"), undefined, "nothing changes");
  assert(first);
  const changes = await fetched.diffTrees(parent, first);
  assert.deepEqual(
    changes.map(({ path, change, mode }) => [path, change, mode]),
    [["src/deep/b.txt", "modified", "100644"]],
  );
  assert.deepEqual(await push({ commit: first }), { is: "pushed" });
  const second = await write("four");
  assert.deepEqual(await push({ commit: second }), { is: "moved" }, "it is there already");
  assert.deepEqual(await push({ commit: second, expected: parent }), { is: "moved" });
  assert.deepEqual(await push({ commit: second, expected: first }), { is: "pushed" });
  await mirrors.fetch({ id, url, authorization });
  assert.equal(await fetched.resolve(ref), second);
  assert.deepEqual(await push({ expected: first }), { is: "moved" }, "somebody pushed since");
  assert.deepEqual(await push({ expected: second }), { is: "pushed" });
  await mirrors.fetch({ id, url, authorization });
  assert.equal(await fetched.resolve(ref), undefined);
  for (const other of ["refs/heads/main", "refs/heads/sallyport/fix/../../main", "refs/heads/sallyport/fix/"]) {
    await assert.rejects(mirrors.push({ id, url, authorization, ref: other, commit: first }), isRefused);
  }
  const reader = headerOf(addToken(world, user, { organization, scopes: ["code"] }).value);
  await assert.rejects(
    mirrors.push({ id, url, authorization: reader, ref, commit: first }),
    (error) => error instanceof RemoteError && ["forbidden", "signed-out"].includes(error.code),
  );
});

test("modes stay, hostile names and links are refused, and other hashes are as good", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-write-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const format of ["sha1", "sha256"]) {
    const gitDir = join(folder, format);
    await git(folder, ["init", "--quiet", "--bare", `--object-format=${format}`, format]);
    const main = await commitTo(gitDir, "refs/heads/main", { "run.sh": "echo", "plain.txt": "text" });
    const blob = await git(gitDir, ["hash-object", "-w", "--stdin"], "plain.txt");
    const entries = `100755 blob ${blob}\trun.sh\n120000 blob ${blob}\tlink\n100644 blob ${blob}\tplain.txt\n`;
    const tree = await git(gitDir, ["mktree"], entries);
    const parent = await git(gitDir, ["commit-tree", "-p", main, "-m", "modes", tree]);
    const environment = gitEnvironment({ home: folder, gitDir });
    const repository = { gitDir, environment, limits: defaultGitLimits, log };
    const write = (...paths: readonly string[]) => {
      const files = paths.map((path) => ({ path, bytes: Buffer.from("new") }));
      return writeCommit(repository, { parent, message: "m", author, at, files });
    };
    const written = (await write("run.sh", "new/file.txt")) ?? "";
    const listed = await git(gitDir, ["ls-tree", "-r", "--format=%(objectmode) %(path)", written]);
    assert.equal(listed, "120000 link\n100644 new/file.txt\n100644 plain.txt\n100755 run.sh");
    assert.equal(written.length, format === "sha1" ? 40 : 64);
    const shown = await git(gitDir, ["show", "--no-patch", "--format=%an <%ae> %ad %cn", "--date=iso", written]);
    assert.equal(shown, "Sallyport <sallyport@sallyport.example> 2026-02-03 04:05:06 +0000 Sallyport");
    for (const path of ["link", "../up.txt", ".git/config", "/rooted", "a\0b"]) {
      await assert.rejects(write(path), (error) => error instanceof RemoteError, path);
    }
    assert.equal(await git(gitDir, ["rev-parse", "refs/heads/main"]), main, "no ref moves");
  }
});

function isRefused(error: unknown): boolean {
  return error instanceof RemoteError && error.code === "refused";
}
