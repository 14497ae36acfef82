import { type FoundIdentity, findIdentities, type IdentityQuery } from "#azure-devops/find-identities.ts";
import type { InstanceId } from "#model/ids.ts";
import { listOrganizations } from "#store/instances/organizations.ts";
import { type Opener, openOrganization } from "../instances/open-organization.ts";

/** Who may be asked to review fixes: people and groups of all organizations of an instance, by name. */
export async function findReviewers(
  app: Opener,
  instanceId: InstanceId,
  wanted: IdentityQuery,
): Promise<readonly FoundIdentity[]> {
  const found = new Map<string, FoundIdentity>();
  for (const { id } of await listOrganizations(app.db, instanceId)) {
    const client = await openOrganization(app, id, "person");
    for (const one of await findIdentities(client, wanted)) found.set(one.id.toLowerCase(), one);
  }
  return [...found.values()].toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}
