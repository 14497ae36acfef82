/** Decides what a no of the outside world means: whether trying again can help, and what the instance's owner must be told. */
import type { OrganizationId } from "#model/ids.ts";
import type { StateReason } from "#model/instance.ts";
import type { RemoteError } from "#model/remote-error.ts";
import { type ScopeName, scopes } from "#model/scopes.ts";
import { getOrganization, type OrganizationRow } from "#store/instances/organizations.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { bestCredential, getCredential } from "#store/people/credentials.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { credentialWords } from "../credentials/credential-words.ts";
import { loseCredential } from "../credentials/lose-credential.ts";
import { verifyCredential } from "../credentials/verify-credential.ts";
import { addReason, reason, refreshReasons } from "../instances/instance-reasons.ts";
import { askForCredentialCheck, askForSync } from "./ask.ts";
import type { JobData, QueueName } from "./queues.ts";

/** `now`: another credential has taken over, or this one works after all. `later`: as the queue does it. */
export type Settled = "over" | "again now" | "again later";

export async function settleRefusal<Name extends QueueName>(
  app: App,
  queue: Name,
  data: JobData[Name],
  { error, attempt }: { readonly error: RemoteError; readonly attempt: number },
): Promise<Settled> {
  const organization = await organizationOf(app, data);
  switch (error.code) {
    case "closed":
    case "refused":
      return "over";
    case "signed-out":
    case "sign-in-again":
      return organization ? settleSignedOut(app, organization, attempt) : "over";
    case "forbidden":
      if (organization) await settleForbidden(app, organization, queue, error);
      return "over";
    case "not-found":
      if (organization && queue === "sync-organization") await tell(app, organization, missing(app, organization));
      // A scan that does not find its repository: listing the organization shows whether it is gone. One that a sync asked
      // for does not ask back: they would call each other without end.
      else if (organization && isFromOutside(data)) await askForSync(app, app.db, organization);
      return "over";
    case "rate-limited":
    case "unavailable":
    case "timed-out":
    case "unreachable":
      if (organization && queue === "sync-organization") {
        await tell(app, organization, unreachable(app, organization, error));
      }
      return "again later";
    case "conflict":
    case "unexpected":
      return "again later";
  }
}

function isFromOutside(data: JobData[QueueName]): boolean {
  return "because" in data && (data.because.is === "hook" || data.because.is === "person");
}

async function organizationOf(app: App, data: JobData[QueueName]): Promise<OrganizationRow | undefined> {
  const id = await organizationIdOf(app, data);
  return id && getOrganization(app.db, id);
}

async function organizationIdOf(app: App, data: JobData[QueueName]): Promise<OrganizationId | undefined> {
  if ("organization" in data) return data.organization;
  if ("credential" in data) return (await getCredential(app.db, data.credential))?.organizationId;
  return "repository" in data ? (await getRepository(app.db, data.repository))?.organizationId : undefined;
}

/** The one that was refused may have been replaced meanwhile, so the one that would be used now is asked, and judged alone. */
async function settleSignedOut(app: App, organization: OrganizationRow, attempt: number): Promise<Settled> {
  const credential = await bestCredential(app.db, organization.id);
  if (!credential) {
    await inTransaction(app.db, (tx) => refreshReasons(app, tx, organization.instanceId));
    return "over";
  }
  const verified = await verifyCredential(app, credential, organization);
  if (verified.is === "works") {
    if (attempt === 1) return "again now";
    await tell(app, organization, refusedInPart(app, organization));
    return "again later";
  }
  if (verified.is === "untold") {
    if (verified.error.passing) return "again later";
    await askForSync(app, app.db, organization);
    return "over";
  }
  await inTransaction(app.db, (tx) => loseCredential(app, tx, credential, verified));
  return (await bestCredential(app.db, organization.id)) ? "again now" : "over";
}

/** The credential works, but may not do this: what it may do is looked at anew. */
async function settleForbidden(
  app: App,
  organization: OrganizationRow,
  queue: QueueName,
  error: RemoteError,
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const credential = await bestCredential(tx, organization.id);
    if (!credential) return;
    await askForCredentialCheck(app, tx, credential);
    const who = credentialWords(credential);
    await addReason(app, tx, organization, forbidden(app, organization, { who, queue, error }));
  });
}

async function tell(app: App, organization: OrganizationRow, told: StateReason): Promise<void> {
  await inTransaction(app.db, (tx) => addReason(app, tx, organization, told));
}

function forbidden(
  app: App,
  { name }: OrganizationRow,
  about: { readonly who: string; readonly queue: QueueName; readonly error: RemoteError },
): StateReason {
  const { who, queue, error } = about;
  const isFeedback = queue === "give-feedback" || queue === "scan-pull-request";
  const { lacking, affects } = whatIsMissing(error);
  const cause = `${who.charAt(0).toUpperCase()}${who.slice(1)} was refused${lacking === undefined ? "" : `: ${lacking} is missing`}. Azure DevOps says: ${error.message}`;
  const remedy =
    lacking === undefined
      ? "Give the account what Azure DevOps names, or another credential under Sign-in and rights."
      : `Give the account or its token ${lacking}, or another credential under Sign-in and rights.`;
  return reason(
    {
      code: isFeedback ? "feedback-refused" : "forbidden",
      level: isFeedback ? "warning" : "error",
      organization: name,
      cause,
      affects: affects ?? (isFeedback ? "Pull requests cannot be answered." : "What is to be scanned cannot be read."),
      remedy,
      action: "renew-sign-in",
    },
    app.now(),
  );
}

/** What the refusal itself names: the scope or right, and the features that rely on it. */
function whatIsMissing({ details }: RemoteError): { readonly lacking?: string; readonly affects?: string } {
  const { scope: name, right } = (details.missing ?? {}) as { readonly scope?: ScopeName; readonly right?: string };
  const scope = scopes.find((one) => one.name === name);
  if (!scope) return right === undefined ? {} : { lacking: `the right "${right}"` };
  const title = "onTokenPage" in scope ? scope.onTokenPage : scope.name;
  return { lacking: `the scope ${title}`, affects: `${scope.why}: this does not work, or not all of it.` };
}

function missing(app: App, { name }: OrganizationRow): StateReason {
  return reason(
    {
      code: "organization-missing",
      level: "error",
      organization: name,
      cause: "There is no organization of this name any more.",
      affects: "Nothing of this organization is scanned.",
      remedy: "If it was renamed and this does not go away by itself, connect it again under its new name.",
    },
    app.now(),
  );
}

function refusedInPart(app: App, { name }: OrganizationRow): StateReason {
  return reason(
    {
      code: "sign-in-page",
      level: "warning",
      organization: name,
      cause: "Azure DevOps answers some calls with its sign-in page, although the sign-in works.",
      affects: "Scans and their results come later.",
      remedy:
        "It is tried again by itself. If it stays, an administrator of the organization looks at its policies for applications and networks.",
      action: "sync",
    },
    app.now(),
  );
}

function unreachable(app: App, { name }: OrganizationRow, error: RemoteError): StateReason {
  return reason(
    {
      code: "unreachable",
      level: "warning",
      organization: name,
      cause:
        error.code === "rate-limited" ? error.message : `Azure DevOps does not answer at the moment. ${error.message}`,
      affects: "Scans and their results come later.",
      remedy: "It is tried again by itself; nothing is lost.",
      action: "sync",
    },
    app.now(),
  );
}
