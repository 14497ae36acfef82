/** Decides what a no of the outside world means: whether trying again can help, and what the instance's owner must be told. */
import type { OrganizationId } from "#model/ids.ts";
import type { StateReason } from "#model/instance.ts";
import type { RemoteError } from "#model/remote-error.ts";
import { findCredential, setCredentialHealth } from "#store/credentials.ts";
import type { CredentialHealth } from "#store/database.ts";
import { getInstance } from "#store/instances.ts";
import { getOrganization, type OrganizationRow } from "#store/organizations.ts";
import { getRepository } from "#store/repositories.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "./app.ts";
import { askForSync } from "./ask.ts";
import { replaceReasons } from "./instance-reasons.ts";
import type { JobData, QueueName } from "./queues.ts";

/** True if the job is over; false if it is to be tried again. */
export async function settleRefusal<Name extends QueueName>(
  app: App,
  queue: Name,
  data: JobData[Name],
  error: RemoteError,
): Promise<boolean> {
  const organization = await organizationOf(app, data);
  switch (error.code) {
    case "closed":
      return true;
    case "signed-out":
    case "sign-in-again":
      if (organization) await tell(app, organization, signedOut(organization), "expired");
      return true;
    case "forbidden":
      if (organization) await tell(app, organization, forbidden(organization, queue, error), "refused");
      return true;
    case "not-found":
      if (organization && queue === "sync-organization") await tell(app, organization, missing(organization));
      // A scan that does not find its repository: listing the organization shows whether it is gone. One that a sync asked
      // for does not ask back: they would call each other without end.
      else if (organization && isFromOutside(data)) await askForSync(app, app.db, organization);
      return true;
    case "refused":
      return true;
    case "rate-limited":
    case "unavailable":
    case "timed-out":
    case "unreachable":
      if (organization && queue === "sync-organization")
        await tell(app, organization, unreachable(organization, error));
      return false;
    case "conflict":
    case "unexpected":
      return false;
  }
}

function isFromOutside(data: JobData[QueueName]): boolean {
  return "because" in data && (data.because.is === "hook" || data.because.is === "person");
}

async function organizationOf(app: App, data: JobData[QueueName]): Promise<OrganizationRow | undefined> {
  if ("organization" in data) return getOrganization(app.db, data.organization as OrganizationId);
  if (!("repository" in data)) return undefined;
  const repository = await getRepository(app.db, data.repository);
  return repository && getOrganization(app.db, repository.organizationId);
}

/** Adds one reason to those that the last sync found; the next sync replaces them all. */
async function tell(
  app: App,
  organization: OrganizationRow,
  reason: StateReason,
  health?: CredentialHealth,
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const credential = health && (await findCredential(tx, organization.id));
    if (credential) await setCredentialHealth(tx, credential.id, health);
    const own = (await getInstance(tx, organization.instanceId))?.reasons.filter(
      ({ message, code }) => message.startsWith(`${organization.name}: `) && code !== reason.code,
    );
    const reasons = [...(own ?? []), reason];
    await replaceReasons(tx, { instanceId: organization.instanceId, organization: organization.name, reasons });
  });
}

function signedOut({ name }: OrganizationRow): StateReason {
  const message = `${name}: Azure DevOps no longer accepts the token: it expired or was revoked, or its owner left. Give a new one with Edit instance; nothing is scanned until then.`;
  return { code: "signed-out", message };
}

function forbidden({ name }: OrganizationRow, queue: QueueName, error: RemoteError): StateReason {
  if (queue === "give-feedback" || queue === "scan-pull-request") {
    const message = `${name}: pull requests cannot be commented on. The token needs the scope Code (read and write). Azure DevOps says: ${error.message}`;
    return { code: "feedback-refused", message };
  }
  const message = `${name}: the token may not read what is to be scanned. It needs the scope Code (read and write). Azure DevOps says: ${error.message}`;
  return { code: "forbidden", message };
}

function missing({ name }: OrganizationRow): StateReason {
  const message = `${name}: there is no organization of this name any more. If it was renamed, connect it again under its new name.`;
  return { code: "organization-missing", message };
}

function unreachable({ name }: OrganizationRow, error: RemoteError): StateReason {
  const message = `${name}: Azure DevOps does not answer at the moment (${error.message}). It is tried again by itself.`;
  return { code: "unreachable", message };
}
