// Mirrors of the emulated Azure DevOps, which speaks git as the real one: protocol v0, tokens, names with blanks.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pino } from "pino";
import type { RepositoryId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { secretValue } from "#model/secret-value.ts";
import {
  addCommit,
  addOrganization,
  addProject,
  addRepository,
  addToken,
  addUser,
} from "../../emulator/build-world.ts";
import { startEmulator } from "../../emulator/start-emulator.ts";
import { openMirrors } from "./open-mirrors.ts";

test("fetches with a token, follows pushes, and tells refusals apart", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-emulated-git-"));
  const emulator = await startEmulator({ folder: join(folder, "emulator") });
  const log = pino({ level: "silent" });
  const mirrors = openMirrors({ folder: join(folder, "mirrors"), budgetBytes: 1e9, log, now: () => new Date() });
  t.after(async () => {
    mirrors.close();
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const { world } = emulator;
  const organization = addOrganization(world, "contoso");
  const user = addUser(world, "Ada Lovelace", { organization });
  const project = addProject(world, organization, "Größe & Co");
  const repository = await addRepository(world, organization, project, "my repo", { files: { "a.txt": "one" } });
  const id = repository.id as RepositoryId;
  const url = `${emulator.url}/contoso/${encodeURIComponent(project.name)}/_git/${encodeURIComponent(repository.name)}`;
  const headerOf = (value: string) => secretValue(`Basic ${Buffer.from(`:${value}`).toString("base64")}`);
  const authorization = headerOf(addToken(world, user, { organization, scopes: ["code"] }).value);

  const mirror = await mirrors.fetch({ id, url, authorization });
  const first = await mirror.resolve("refs/heads/main");
  assert.ok(first);
  const second = await addCommit(world, organization, repository, user, {
    branch: "main",
    message: "more",
    files: { "b.txt": "two" },
  });
  await mirrors.fetch({ id, url, authorization });
  assert.equal(await mirror.resolve("refs/heads/main"), second);
  assert.deepEqual(
    (await mirror.diffTrees(first, second)).map(({ path, change }) => [path, change]),
    [["b.txt", "added"]],
  );
  const refused = async (code: string, header = authorization, address = url) => {
    await assert.rejects(mirrors.fetch({ id, url: address, authorization: header }), (error) => {
      return error instanceof RemoteError && error.code === code;
    });
    assert.equal(await mirror.resolve("refs/heads/main"), second, "the mirror stays as it is");
  };
  await refused("signed-out", headerOf("unknown"));
  await refused("signed-out", headerOf(addToken(world, user, { organization, expires: new Date(0) }).value));
  await refused("not-found", authorization, `${url}-gone`);
  repository.isDisabled = true;
  await refused("not-found");
});
