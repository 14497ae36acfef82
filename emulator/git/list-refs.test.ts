import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addCommit, addRepository } from "../build-world.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";
import { learnCapabilities, listOfRefs, type Service } from "./list-refs.ts";
import { git, repositoryFolder } from "./repository-store.ts";

describe("the list of refs", () => {
  let one: TryWorld;
  before(async () => {
    one = await openTryWorld();
  });
  after(() => one.close());

  /** What git writes behind the line that names the service. */
  async function listOfGit(repositoryId: string, service: Service): Promise<Buffer> {
    const folder = repositoryFolder(one.emulator.world, repositoryId);
    return git(one.emulator.world, repositoryId, [service.replace("git-", ""), "--http-backend-info-refs", folder]);
  }

  /** Capabilities have no order. */
  function linesOf(list: Buffer): readonly string[] {
    return list
      .toString("latin1")
      .split("\n")
      .map((line) => {
        const [ref = "", can = ""] = line.replace(/^(?:0000)?[0-9a-f]{4}/, "").split("\0");
        return `${ref} ${can.split(" ").filter(Boolean).toSorted().join(" ")}`;
      });
  }

  for (const service of ["git-upload-pack", "git-receive-pack"] as const) {
    it(`is that of ${service}`, async () => {
      const { world } = one.emulator;
      const { id } = await addRepository(world, one.organization, one.project, `for ${service}`);
      const folder = repositoryFolder(world, id);
      const check = async () => {
        const [named, ...lines] = linesOf((await listOfRefs(folder, service))!);
        assert.equal(named?.trim(), `# service=${service}`);
        assert.deepEqual(lines, linesOf(await listOfGit(id, service)));
      };
      const repository = one.organization.repositories.get(id)!;
      const commit = { branch: "topic", message: "begin", files: { "a.txt": "a" } };
      await addCommit(world, one.organization, repository, one.people.contributor, commit);
      learnCapabilities(service, await listOfGit(id, service));
      await check();
      await git(world, id, ["symbolic-ref", "HEAD", "refs/heads/main"]);
      await check();
      await addCommit(world, one.organization, repository, one.people.contributor, { ...commit, branch: "main" });
      await git(world, id, ["update-ref", "refs/pull/1/merge", "refs/heads/main"]);
      await check();
      await git(world, id, ["tag", "v1", "refs/heads/main"]);
      assert.equal(await listOfRefs(folder, service), undefined);
    });
  }
});
