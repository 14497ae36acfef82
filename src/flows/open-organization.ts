/** Opens the sealed credential of an organization, and with it the way to its API and its git. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import type { OrganizationId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { findCredential } from "#store/credentials.ts";
import { getOrganization } from "#store/organizations.ts";
import { open } from "#store/sealing.ts";
import type { App } from "./app.ts";

export async function openOrganization(
  app: Pick<App, "db" | "keys" | "remote">,
  id: OrganizationId,
): Promise<OrganizationClient> {
  const organization = await getOrganization(app.db, id);
  const credential = organization && (await findCredential(app.db, id));
  if (!credential) throw new RemoteError("signed-out", "There is no credential for this organization.");
  const value = open(app.keys, credential.sealed, credential.id);
  return app.remote.organization(organization.name, { is: "pat", value });
}
