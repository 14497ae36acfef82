/** The way to an organization's API and its git, as whoever is first in rank and in good health. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import type { OrganizationId } from "#model/ids.ts";
import type { Purpose } from "#model/purpose.ts";
import { RemoteError } from "#model/remote-error.ts";
import { getOrganization } from "#store/instances/organizations.ts";
import { bestCredential, type Credential } from "#store/people/credentials.ts";
import type { App } from "../app.ts";
import { type Actor, useCredential } from "../credentials/use-credential.ts";

export type Opener = Actor & Pick<App, "remote">;

/** It knows as whom it acts, for whatever is written down or said of what was done with it. */
export interface ActingClient extends OrganizationClient {
  readonly actsAs: Pick<Credential, "method" | "accountId" | "accountName">;
}

export async function openOrganization(app: Opener, id: OrganizationId, purpose: Purpose): Promise<ActingClient> {
  const organization = await getOrganization(app.db, id);
  if (!organization) throw new RemoteError("not-found", "This organization is not connected any more.");
  const credential = await bestCredential(app.db, id);
  if (!credential) {
    const message = `No credential of the organization ${organization.name} works at the moment.`;
    throw new RemoteError("signed-out", message);
  }
  return openCredential(app, credential, organization.name, purpose);
}

/** As this credential, whatever its health. */
export async function openCredential(
  app: Opener,
  credential: Credential,
  organization: string,
  purpose: Purpose,
): Promise<ActingClient> {
  const { method, accountId, accountName } = credential;
  const client = app.remote.organization(organization, await useCredential(app, credential), purpose);
  return { ...client, actsAs: { method, accountId, accountName } };
}
