/** Takes a credential away from an instance. The last one of an organization stays: without it nothing there could be scanned or cleaned up. */
import type { CredentialId, InstanceId } from "#model/ids.ts";
import { lockInstance } from "#store/instances/instances.ts";
import { getOrganization } from "#store/instances/organizations.ts";
import { notifyLive } from "#store/live.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { deleteCredential, getCredential, listCredentialsOf } from "#store/people/credentials.ts";
import { deleteUnused } from "#store/people/sign-ins.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { credentialWords } from "../credentials/credential-words.ts";
import { refreshReasons } from "../instances/instance-reasons.ts";
import { askForSync } from "../jobs/ask.ts";

export type Removed = { readonly is: "removed" } | { readonly is: "not-found" } | { readonly is: "last" };

export async function removeCredential(
  app: Pick<App, "db" | "jobs" | "now">,
  about: { readonly instance: InstanceId; readonly credential: CredentialId; readonly by: string },
): Promise<Removed> {
  return inTransaction(app.db, async (tx): Promise<Removed> => {
    // Of two that are removed at once the second sees that it is the last.
    await lockInstance(tx, about.instance);
    const credential = await getCredential(tx, about.credential);
    if (credential?.instanceId !== about.instance) return { is: "not-found" };
    const organization = await getOrganization(tx, credential.organizationId);
    const all = await listCredentialsOf(tx, credential.organizationId);
    if (!organization || all.length < 2) return { is: "last" };
    await deleteCredential(tx, credential.id);
    if (credential.signInId) await deleteUnused(tx, [credential.signInId]);
    await insertAuditEvent(tx, {
      actor: about.by,
      action: "credential-removed",
      subject: `${organization.name}: ${credentialWords(credential)}`,
      instanceId: about.instance,
      at: app.now(),
    });
    await refreshReasons(app, tx, about.instance);
    // What was made under it is made again under the one that is used from now on.
    await askForSync(app, tx, organization);
    await notifyLive(tx, { is: "instance-changed", instanceId: about.instance });
    return { is: "removed" };
  });
}
