/** Release branches are listed where pipelines are built from, in one call for names that begin alike. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { RemoteError } from "#model/remote-error.ts";
import { addDefinition } from "../../../emulator/build/definitions.ts";
import { addRepository } from "../../../emulator/build-world.ts";
import { tryGit } from "../../../emulator/git/repository-store.ts";
import type { OrganizationClient } from "../organization-client.ts";
import { emulatedOrganization } from "../testing/emulated-organization.ts";
import { readDefinitions } from "./read-definitions.ts";
import { readRepositories } from "./read-repositories.ts";
import { collecting } from "./testing/collecting.ts";

test("only of what is built, by the patterns of the instance, and without what is refused", async (t) => {
  const { client, world, organization, project, repository, user } = await emulatedOrganization(t);
  const other = await addRepository(world, organization, project, "other", { files: { "a.txt": "a" } });
  for (const { id } of [repository, other]) {
    for (const name of ["release/1", "releases/2", "hotfix/3", "feature/4"]) {
      await tryGit(world, id, ["branch", name, "refs/heads/main"]);
    }
  }
  const about = { projectId: project.id, repositoryId: repository.id, yamlFilename: "azure-pipelines.yml" };
  addDefinition(world, { organization }, { ...about, name: "app" }, { authoredBy: user.id });
  const definitions = await readDefinitions(client, collecting(project));
  const filters: unknown[] = [];
  const asking = (isRefused = false): OrganizationClient => ({
    ...client,
    async request(request) {
      if (request.path.endsWith("/refs")) {
        filters.push(request.query?.filter);
        if (isRefused) throw new RemoteError("forbidden", "Not for this account.");
      }
      return client.request(request);
    },
  });
  const branches = async (given: Parameters<typeof collecting>[1], isRefused = false) => {
    filters.length = 0;
    const read = await readRepositories(asking(isRefused), collecting(project, given));
    const of = (id: string) => read.find((one) => one.id === id)?.branches;
    return { built: of(repository.id), other: of(other.id), filters: [...filters] };
  };
  const known = { definitions };
  assert.deepEqual(await branches({ known }), {
    built: ["refs/heads/release/1", "refs/heads/releases/2"],
    ...{ other: undefined, filters: ["heads/release"] },
  });
  const releaseBranches = ["refs/heads/release/*", "refs/heads/hotfix/*"];
  assert.deepEqual(await branches({ known, releaseBranches }), {
    built: ["refs/heads/hotfix/3", "refs/heads/release/1"],
    ...{ other: undefined, filters: ["heads/hotfix/", "heads/release/"] },
  });
  assert.deepEqual((await branches({})).filters, []);
  const refused = await branches({ known }, true);
  assert.deepEqual([refused.built, refused.filters.length], [undefined, 1]);
});
