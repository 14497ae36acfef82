/**
 * How an instance may act in its organizations: tokens, sealed for the row's id, and references to sign-ins. Several per
 * organization, ranked: the first that is in good health is used.
 */
import { type Kysely, sql } from "kysely";
import type { CredentialId, InstanceId, OrganizationId, SignInId } from "#model/ids.ts";
import type { Preflight } from "#model/preflight.ts";
import type { SignInMethod } from "#model/scopes.ts";
import type { CredentialHealth, Database, Db } from "../database.ts";
import { json } from "../json.ts";
import { newId } from "../new-id.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type Credential = WithoutNulls<{
  id: CredentialId;
  instanceId: InstanceId;
  organizationId: OrganizationId;
  method: SignInMethod;
  sealed: Buffer | null;
  signInId: SignInId | null;
  allOrganizations: boolean;
  accountId: string;
  accountName: string;
  expires: Date | null;
  health: CredentialHealth;
  healthReason: string | null;
  healthSince: Date;
  /** Its `checkedAt` is the row's. */
  preflight: Omit<Preflight, "checkedAt"> | null;
  checkedAt: Date | null;
  createdAt: Date;
}>;

interface CredentialOwner {
  /** The id the token was sealed for; made if absent. */
  readonly id?: CredentialId;
  readonly instanceId: InstanceId;
  readonly organizationId: OrganizationId;
  readonly accountId: string;
  readonly accountName: string;
}

export type NewCredential = CredentialOwner &
  (
    | {
        readonly method: "pat";
        readonly sealed: Buffer;
        readonly valueHash: Buffer;
        readonly allOrganizations: boolean;
        readonly expires?: Date | undefined;
      }
    | { readonly method: Exclude<SignInMethod, "pat">; readonly signInId: SignInId }
  );

const columns = [
  "id",
  "instanceId",
  "organizationId",
  "method",
  "sealed",
  "signInId",
  "allOrganizations",
  "accountId",
  "accountName",
  "expires",
  "health",
  "healthReason",
  "healthSince",
  "preflight",
  "checkedAt",
  "createdAt",
] as const;

/** The same token or sign-in given again is the credential that is there, in good health again; its id is answered. */
export async function insertCredential(db: Db, credential: NewCredential, now: Date): Promise<CredentialId> {
  const { id = newId<CredentialId>(), ...given } = credential;
  const health = { health: "good", healthReason: null, healthSince: now } as const;
  const row = { ...given, ...health };
  // A token that is there already stays sealed for its own id.
  const { accountId, accountName } = credential;
  const expires = credential.method === "pat" ? { expires: credential.expires ?? null } : {};
  const inserted = await db
    .insertInto("credentials")
    .values({ id, ...row })
    .onConflict((conflict) =>
      conflict
        .constraint(credential.method === "pat" ? "credentials_value" : "credentials_sign_in")
        .doUpdateSet({ accountId, accountName, ...expires, ...health }),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return inserted.id;
}

export async function listCredentials(db: Db, instanceId: InstanceId): Promise<readonly Credential[]> {
  const rows = await ranked(db).where("instanceId", "=", instanceId).execute();
  return rows.map(withoutNulls);
}

/** Best first. */
export async function listCredentialsOf(db: Db, organizationId: OrganizationId): Promise<readonly Credential[]> {
  const rows = await ranked(db).where("organizationId", "=", organizationId).execute();
  return rows.map(withoutNulls);
}

/** In every instance, best first. */
export async function listCredentialsOfSignIn(db: Db, signInId: SignInId): Promise<readonly Credential[]> {
  const rows = await ranked(db).where("signInId", "=", signInId).execute();
  return rows.map(withoutNulls);
}

/** The one to use: the first in good health; undefined if none is. */
export async function bestCredential(db: Db, organizationId: OrganizationId): Promise<Credential | undefined> {
  const row = await ranked(db)
    .where("organizationId", "=", organizationId)
    .where("health", "=", "good")
    .executeTakeFirst();
  return row && withoutNulls(row);
}

export async function getCredential(db: Db, id: CredentialId): Promise<Credential | undefined> {
  const row = await db.selectFrom("credentials").select(columns).where("id", "=", id).executeTakeFirst();
  return row && withoutNulls(row);
}

/** Good ones first, those about to expire after the others, older ones before newer ones: a second token waits until it is needed. */
function ranked(db: Kysely<Database>) {
  return db
    .selectFrom("credentials")
    .select(columns)
    .orderBy(sql`health = 'good'`, "desc")
    .orderBy(sql`expires is not null and expires < now() + interval '3 days'`)
    .orderBy("createdAt")
    .orderBy("id");
}

/** True if that changed anything. */
export async function setCredentialHealth(
  db: Db,
  id: CredentialId,
  state: { readonly health: CredentialHealth; readonly reason?: string | undefined; readonly at: Date },
): Promise<boolean> {
  const result = await db
    .updateTable("credentials")
    .set({ health: state.health, healthReason: state.reason ?? null, healthSince: state.at })
    .where("id", "=", id)
    .where("health", "<>", state.health)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function savePreflight(db: Db, id: CredentialId, preflight: Preflight): Promise<void> {
  const { checkedAt, ...found } = preflight;
  await db
    .updateTable("credentials")
    .set({ preflight: json(found), checkedAt })
    .where("id", "=", id)
    .execute();
}

/** Those whose rights were not looked at since then, and those that do not work. */
export async function listCredentialsToCheck(db: Db, checkedBefore: Date): Promise<readonly Credential[]> {
  const rows = await ranked(db)
    .where((where) =>
      where.or([where("checkedAt", "is", null), where("checkedAt", "<", checkedBefore), where("health", "<>", "good")]),
    )
    .where(sql<boolean>`instance_id in (select id from instances where state <> 'disabled')`)
    .execute();
  return rows.map(withoutNulls);
}

export async function deleteCredential(db: Db, id: CredentialId): Promise<boolean> {
  const result = await db.deleteFrom("credentials").where("id", "=", id).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function eraseCredentials(db: Db, instanceId: InstanceId): Promise<void> {
  await db.deleteFrom("credentials").where("instanceId", "=", instanceId).execute();
}
