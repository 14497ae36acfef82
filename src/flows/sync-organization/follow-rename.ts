/**
 * Makes sure that a name still leads to the organization that was connected. Renamed, it is found by its id; another
 * organization may have taken its name by then, and must never be taken for it.
 */
import { identify } from "#azure-devops/identify.ts";
import { findOrganizationName } from "#azure-devops/organizations.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type OrganizationRow, renameOrganization } from "#store/instances/organizations.ts";
import { notifyLive } from "#store/live.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { bestCredential } from "#store/people/credentials.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { credentialWords } from "../credentials/credential-words.ts";
import { openCredential, openOrganization } from "../instances/open-organization.ts";
import { remoteAnswer } from "../remote-answer.ts";

/** The organization as it is called today. */
export async function followRename(app: App, organization: OrganizationRow): Promise<OrganizationRow> {
  const client = await openOrganization(app, organization.id, "sync");
  const answer = await remoteAnswer(() => identify(client));
  if (answer.is === "answer" && answer.value.organization.id === organization.id) return organization;
  const error =
    answer.is === "no"
      ? answer.error
      : new RemoteError("not-found", `Another organization is called ${organization.name} now.`);
  // Whoever has the name now may not know our credential.
  if (!["not-found", "signed-out", "forbidden"].includes(error.code)) throw error;
  const name = await newName(app, organization, error);
  if (name === undefined || !(await leadsThere(app, organization, name))) throw error;
  await inTransaction(app.db, async (tx) => {
    await renameOrganization(tx, organization.id, name);
    await insertAuditEvent(tx, {
      actor: "Sallyport",
      action: "organization-renamed",
      subject: name,
      instanceId: organization.instanceId,
      data: { from: organization.name, to: name, as: credentialWords(client.actsAs) },
      at: app.now(),
    });
    await notifyLive(tx, { is: "instance-changed", instanceId: organization.instanceId });
  });
  return { ...organization, name };
}

/** For a time the old address leads to the new one; after that, or when it was taken, Azure DevOps knows by the id. */
async function newName(app: App, { id, name }: OrganizationRow, { details }: RemoteError): Promise<string | undefined> {
  if (typeof details.renamedTo === "string") return details.renamedTo;
  const found = await remoteAnswer(() => findOrganizationName(app.remote, id));
  return found.is === "answer" && found.value?.toLowerCase() !== name.toLowerCase() ? found.value : undefined;
}

async function leadsThere(app: App, { id }: OrganizationRow, name: string): Promise<boolean> {
  const credential = await bestCredential(app.db, id);
  if (!credential) return false;
  const client = await openCredential(app, credential, name, "sync");
  const answer = await remoteAnswer(() => identify(client));
  return answer.is === "answer" && answer.value.organization.id === id;
}
