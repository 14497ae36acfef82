/** Last step of the wizard: the draft becomes an instance, in one transaction with the job that fills it. Saving twice makes one. */
import type { CredentialId, InstanceId, OrganizationId } from "#model/ids.ts";
import type { Takes } from "#model/instance.ts";
import type { SecretValue } from "#model/secret-value.ts";
import { insertAuditEvent } from "#store/audit-events.ts";
import { deleteDraft, insertDraft } from "#store/connection-drafts.ts";
import { insertCredential } from "#store/credentials.ts";
import type { Db } from "#store/database.ts";
import { insertInstance } from "#store/instances.ts";
import { notifyLive } from "#store/live.ts";
import { newId } from "#store/new-id.ts";
import { getOrganization, upsertOrganization } from "#store/organizations.ts";
import { seal } from "#store/sealing.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askForSync } from "../ask.ts";
import { type DraftOrganization, type OpenDraft, openDraft } from "./connection-draft.ts";

export type Created =
  | { readonly is: "created"; readonly instance: InstanceId }
  | { readonly is: "problem"; readonly problem: string };

export interface NewConnection {
  readonly draft: string;
  readonly name: string;
  readonly takes: Takes;
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
  if (!draft)
    return { is: "problem", problem: "This connection was started more than half an hour ago. Give the token again." };
  if (draft.summary.instance) return { is: "created", instance: draft.summary.instance };
  const { token } = draft;
  if (!token) return { is: "problem", problem: "This connection was saved already." };
  const organizations = draft.summary.organizations.filter(({ isConnected }) => !isConnected);
  if (organizations.length === 0)
    return { is: "problem", problem: "Every organization of this token is connected already." };
  try {
    return await inTransaction(app.db, (tx) => save(app, tx, { draft, token, organizations, connection }));
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
    readonly token: SecretValue;
    readonly organizations: readonly DraftOrganization[];
    readonly connection: NewConnection;
  },
): Promise<Created> {
  const { draft, token, organizations } = about;
  const { name, takes, by } = about.connection;
  const instance = await insertInstance(tx, { name, takes, createdBy: by });
  for (const organization of organizations) {
    const isOurs = await upsertOrganization(tx, { id: organization.id, instanceId: instance, name: organization.name });
    if (!isOurs) throw new TakenError(organization);
    const expires = draft.summary.tokenExpires ? new Date(draft.summary.tokenExpires) : undefined;
    await storeCredential(app, tx, { instance, organization, token, expires });
    await askForSync(app, tx, { id: organization.id, instanceId: instance });
  }
  await insertAuditEvent(tx, {
    actor: by,
    action: "instance-connected",
    subject: name,
    instanceId: instance,
    data: { organizations: organizations.map((organization) => organization.name), takes: takes.is },
  });
  await deleteDraft(tx, draft.id);
  const saved = { ...draft.summary, instance };
  await insertDraft(tx, { id: draft.id, sealed: Buffer.alloc(0), summary: saved, expires: draft.expires });
  await notifyLive(tx, { is: "instance-changed", instanceId: instance });
  return { is: "created", instance };
}

export async function storeCredential(
  app: Pick<App, "keys">,
  tx: Db,
  credential: {
    readonly instance: InstanceId;
    readonly organization: DraftOrganization;
    readonly token: SecretValue;
    readonly expires: Date | undefined;
  },
): Promise<void> {
  const id = newId<CredentialId>();
  await insertCredential(tx, {
    id,
    instanceId: credential.instance,
    organizationId: credential.organization.id,
    sealed: seal(app.keys, credential.token.reveal(), id),
    accountId: credential.organization.accountId,
    accountName: credential.organization.accountName,
    expires: credential.expires,
  });
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
