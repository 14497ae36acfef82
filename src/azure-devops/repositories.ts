/** Git repositories as the remote lists them. Addresses are made from our own base and names, whatever the payload says. */
import type { ProjectId, RepositoryId } from "#model/ids.ts";
import type { RemoteRepository } from "#model/repository.ts";
import { repositoryAddress } from "./links.ts";
import { type OrganizationClient, path } from "./organization-client.ts";
import { collect, wholeList } from "./pages.ts";
import { inner, optionalNumber, optionalText, requiredText, type Wire, wireObject } from "./read-wire.ts";

/** Of all projects; disabled and empty ones too. Azure DevOps does not page this list. */
export async function listRepositories(client: OrganizationClient): Promise<readonly RemoteRepository[]> {
  const request = { path: path`/_apis/git/repositories` };
  return collect(wholeList(client, request, "repositories"), (wire) => readRepository(client, wire));
}

export async function getRepository(client: OrganizationClient, id: RepositoryId): Promise<RemoteRepository> {
  const { body } = await client.request({ path: path`/_apis/git/repositories/${id}` });
  return readRepository(client, wireObject(body, "repository"));
}

function readRepository(client: OrganizationClient, wire: Wire): RemoteRepository {
  const where = "repository";
  const project = inner(wire, "project");
  const name = requiredText(wire, "name", where);
  const projectId = requiredText(project, "id", where);
  const defaultBranch = optionalText(wire, "defaultBranch");
  const address = repositoryAddress(client, optionalText(project, "name") ?? projectId, name);
  return {
    id: requiredText(wire, "id", where) as RepositoryId,
    projectId: projectId as ProjectId,
    name,
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
    size: optionalNumber(wire, "size") ?? 0,
    remoteUrl: address,
    webUrl: address,
    isDisabled: wire.isDisabled === true,
    isFork: wire.isFork === true,
  };
}
