import type { ObjectId, RepositoryId } from "#model/ids.ts";
import { type OrganizationClient, path } from "./organization-client.ts";
import { collect, pagesByHeader } from "./pages.ts";
import { requiredText } from "./read-wire.ts";

export interface RemoteRef {
  /** Full name: `refs/heads/main`. */
  readonly name: string;
  readonly objectId: ObjectId;
}

/** Refs whose name, without `refs/`, begins with the filter: `heads/`, `tags/`, `heads/main`. */
export async function listRefs(
  client: OrganizationClient,
  repositoryId: RepositoryId,
  filter: string,
): Promise<readonly RemoteRef[]> {
  const where = "refs";
  const request = { path: path`/_apis/git/repositories/${repositoryId}/refs`, query: { filter } };
  return collect(pagesByHeader(client, request, { top: 1000, where }), (ref) => ({
    name: requiredText(ref, "name", where),
    objectId: requiredText(ref, "objectId", where) as ObjectId,
  }));
}

/** The commit a branch points to; undefined if there is no such branch. */
export async function getBranchHead(
  client: OrganizationClient,
  repositoryId: RepositoryId,
  ref: string,
): Promise<ObjectId | undefined> {
  // The filter is a prefix: `heads/main` finds `heads/main-2` too.
  const refs = await listRefs(client, repositoryId, ref.replace(/^refs\//, ""));
  return refs.find(({ name }) => name === ref)?.objectId;
}
