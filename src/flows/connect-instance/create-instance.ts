/** Last step of the wizard: the draft becomes an instance, in one transaction with the job that fills it. Saving twice makes one. */
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import type { Takes } from "#model/instance.ts";
import type { FeatureSwitches } from "#model/scopes.ts";
import type { SecretValue } from "#model/secret-value.ts";
import type { Db } from "#store/database.ts";
import { deleteDraft, insertDraft } from "#store/instances/connection-drafts.ts";
import { insertInstance } from "#store/instances/instances.ts";
import { getOrganization, upsertOrganization } from "#store/instances/organizations.ts";
import { notifyLive } from "#store/live.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askForSync } from "../jobs/ask.ts";
import { type DraftOrganization, lacksSignIn, type OpenDraft, openDraft } from "./connection-draft.ts";
import { storeCredentials } from "./store-credentials.ts";

export type Created =
  | { readonly is: "created"; readonly instance: InstanceId }
  | { readonly is: "problem"; readonly problem: string };

export interface NewConnection {
  readonly draft: string;
  readonly name: string;
  readonly takes: Takes;
  readonly features?: FeatureSwitches | undefined;
  /** Name of the person, for the audit. */
  readonly by: string;
}

type Creator = Pick<App, "db" | "keys" | "jobs" | "now">;

/** Thrown inside the transaction only, to undo it: somebody else connected the organization at the same moment. */
class TakenError extends Error {
  override readonly name = "TakenError";
  readonly organization: DraftOrganization;
  constructor(organization: DraftOrganization) {
    super(`${organization.name} belongs to another instance`);
    this.organization = organization;
  }
}

export async function createInstance(app: Creator, connection: NewConnection): Promise<Created> {
  const draft = await openDraft(app, connection.draft);
  if (!draft) return { is: "problem", problem: "This connection was started more than half an hour ago. Begin again." };
  if (draft.summary.instance) return { is: "created", instance: draft.summary.instance };
  const { tokens } = draft;
  if (!tokens) return { is: "problem", problem: "This connection was saved already." };
  const organizations = draft.summary.organizations.filter(({ connectedTo }) => connectedTo === undefined);
  if (organizations.length === 0)
    return { is: "problem", problem: "Every organization of this connection is connected already." };
  if (await lacksSignIn(app, draft))
    return { is: "problem", problem: "This sign-in is not there any more. Sign in again." };
  try {
    return await inTransaction(app.db, (tx) => save(app, tx, { draft, tokens, organizations, connection }));
  } catch (error) {
    if (error instanceof TakenError) return answerTaken(app, connection.draft, error.organization);
    throw error;
  }
}

async function save(
  app: Creator,
  tx: Db,
  about: {
    readonly draft: OpenDraft;
    readonly tokens: readonly SecretValue[];
    readonly organizations: readonly DraftOrganization[];
    readonly connection: NewConnection;
  },
): Promise<Created> {
  const { draft, tokens, organizations } = about;
  const { name, takes, features, by } = about.connection;
  const instance = await insertInstance(tx, { name, takes, features, createdBy: by });
  for (const organization of organizations) {
    const { id, name: organizationName, tenant: tenantId } = organization;
    const isOurs = await upsertOrganization(tx, { id, instanceId: instance, name: organizationName, tenantId });
    if (!isOurs) throw new TakenError(organization);
    await storeCredentials(app, tx, { instance, organization, tokens });
    await askForSync(app, tx, { id: organization.id, instanceId: instance });
  }
  await insertAuditEvent(tx, {
    actor: by,
    action: "instance-connected",
    subject: name,
    instanceId: instance,
    data: {
      organizations: organizations.map((organization) => organization.name),
      accounts: [...new Set(organizations.flatMap(({ credentials }) => credentials.map((one) => one.accountName)))],
      takes: takes.is,
    },
  });
  await deleteDraft(tx, draft.id);
  const saved = { ...draft.summary, instance };
  await insertDraft(tx, { id: draft.id, sealed: Buffer.alloc(0), summary: saved, expires: draft.expires });
  await notifyLive(tx, { is: "instance-changed", instanceId: instance });
  return { is: "created", instance };
}

/** A double click is the usual reason: then the draft tells the instance that the other click made. */
async function answerTaken(app: Creator, draftId: string, organization: DraftOrganization): Promise<Created> {
  const saved = (await openDraft(app, draftId))?.summary.instance;
  if (saved && (await ownerOf(app, organization.id)) === saved) return { is: "created", instance: saved };
  return { is: "problem", problem: `${organization.name} was connected by another instance a moment ago.` };
}

async function ownerOf(app: Pick<App, "db">, organization: OrganizationId): Promise<InstanceId | undefined> {
  return (await getOrganization(app.db, organization))?.instanceId;
}
