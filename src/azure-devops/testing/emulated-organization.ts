/** An emulated organization with a person, a project, a repository and a token, and a client of it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { pino } from "pino";
import type { ProjectId, RepositoryId } from "#model/ids.ts";
import { secretValue } from "#model/secret-value.ts";
import { addOrganization, addProject, addRepository, addToken, addUser } from "../../../emulator/build-world.ts";
import { startEmulator } from "../../../emulator/start-emulator.ts";
import { addressesFrom } from "../addresses.ts";
import { openRemote } from "../open-remote.ts";

/** With `server` it is a collection of an Azure DevOps Server whose newest api-version that is. */
export async function emulatedOrganization(t: TestContext, { server }: { readonly server?: string } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-emulated-"));
  const path = "/tfs";
  const edition = server === undefined ? {} : { edition: { is: "server", path, newestVersion: server } as const };
  const emulator = await startEmulator({ folder, ...edition });
  t.after(async () => {
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const { world } = emulator;
  const organization = addOrganization(world, "contoso");
  const user = addUser(world, "Ada Lovelace", { organization, group: "project administrators" });
  const project = addProject(world, organization, "Größe & Co");
  const repository = await addRepository(world, organization, project, "my repo/ü", {
    files: { "src/a.ts": "one\ntwo\n" },
  });
  const serverAddress = { serverUrl: `${emulator.url}${path}`, serverVersion: server };
  const addresses = addressesFrom(server === undefined ? emulator.url : serverAddress);
  let waited = 0;
  const remote = openRemote({
    addresses,
    log: pino({ level: "silent" }),
    userAgent: "sallyport/test",
    // Waiting turns the client's clock instead of taking time.
    now: () => new Date(Date.now() + waited),
    wait: async (milliseconds) => {
      waited += milliseconds;
    },
  });
  const clientOf = (token: { readonly value: string }) =>
    remote.organization(organization.name, { is: "pat", value: secretValue(token.value) });
  const token = addToken(world, user, { organization });
  return {
    folder,
    emulator,
    world,
    organization,
    user,
    project,
    repository,
    token,
    remote,
    clientOf,
    client: clientOf(token),
    projectId: project.id as ProjectId,
    repositoryId: repository.id as RepositoryId,
  };
}
