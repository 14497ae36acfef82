/** A credential died, or lives again: written where people look, and whoever is next in rank takes over, hooks included. */

import type { CredentialHealth, Db } from "#store/database.ts";
import { getOrganization } from "#store/instances/organizations.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { bestCredential, type Credential, setCredentialHealth } from "#store/people/credentials.ts";
import type { App } from "../app.ts";
import { refreshReasons } from "../instances/instance-reasons.ts";
import { askForSync } from "../jobs/ask.ts";
import { credentialWords } from "./credential-words.ts";

/** Sallyport itself, in the audit. */
const actor = "Sallyport";

export async function loseCredential(
  app: Pick<App, "jobs" | "now">,
  tx: Db,
  credential: Credential,
  loss: { readonly health: Exclude<CredentialHealth, "good">; readonly reason: string },
): Promise<void> {
  const { id, instanceId, organizationId } = credential;
  const organization = await getOrganization(tx, organizationId);
  const changed = await setCredentialHealth(tx, id, { ...loss, at: app.now() });
  if (!organization || !changed) return;
  const next = await bestCredential(tx, organizationId);
  const wasInUse = credential.health === "good";
  await insertAuditEvent(tx, {
    actor,
    action: "credential-lost",
    subject: `${organization.name}: ${credentialWords(credential)}`,
    instanceId,
    at: app.now(),
    data: { health: loss.health, reason: loss.reason, ...(next && { inUseNow: credentialWords(next) }) },
  });
  await refreshReasons(app, tx, instanceId);
  if (next && wasInUse) await askForSync(app, tx, organization);
}

export async function regainCredential(app: Pick<App, "jobs" | "now">, tx: Db, credential: Credential): Promise<void> {
  const { id, instanceId, organizationId } = credential;
  const organization = await getOrganization(tx, organizationId);
  const isOutageOver = (await bestCredential(tx, organizationId)) === undefined;
  const changed = await setCredentialHealth(tx, id, { health: "good", at: app.now() });
  if (!organization || !changed) return;
  await insertAuditEvent(tx, {
    actor,
    action: "credential-regained",
    subject: `${organization.name}: ${credentialWords(credential)}`,
    instanceId,
    at: app.now(),
  });
  await refreshReasons(app, tx, instanceId);
  // Nobody could look meanwhile, so everything may have changed.
  await askForSync(app, tx, organization, isOutageOver ? { lookedSince: app.now() } : {});
}
