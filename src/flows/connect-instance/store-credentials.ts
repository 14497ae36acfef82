/** Writes what a draft holds for one organization as credentials of an instance: tokens sealed for their own row, sign-ins by reference. */
import { createHmac } from "node:crypto";
import type { CredentialId, InstanceId } from "#model/ids.ts";
import type { SecretValue } from "#model/secret-value.ts";
import type { Db } from "#store/database.ts";
import { newId } from "#store/new-id.ts";
import { insertCredential, type NewCredential, savePreflight } from "#store/people/credentials.ts";
import { seal } from "#store/sealing.ts";
import type { App } from "../app.ts";
import type { DraftCredential, DraftOrganization } from "./connection-draft.ts";

type Writer = Pick<App, "keys" | "now">;

export async function storeCredentials(
  app: Writer,
  tx: Db,
  about: {
    readonly instance: InstanceId;
    readonly organization: DraftOrganization;
    readonly tokens: readonly SecretValue[];
  },
): Promise<void> {
  for (const credential of about.organization.credentials) {
    const row = newCredential(app, about, credential);
    const id = await insertCredential(tx, row, app.now());
    await savePreflight(tx, id, credential.preflight);
  }
}

function newCredential(
  { keys }: Writer,
  { instance, organization, tokens }: Parameters<typeof storeCredentials>[2],
  credential: DraftCredential,
): NewCredential {
  const { accountId, accountName } = credential;
  const owner = { instanceId: instance, organizationId: organization.id, accountId, accountName };
  if (credential.method !== "pat") return { ...owner, method: credential.method, signInId: credential.signIn };
  const value = tokens[credential.token]?.reveal();
  if (value === undefined) throw new Error("a draft names a token that it does not hold");
  const id = newId<CredentialId>();
  const valueHash = createHmac("sha256", keys.tokenKey).update(value).digest();
  const { allOrganizations, expires } = credential;
  return { ...owner, id, method: "pat", sealed: seal(keys, value, id), valueHash, allOrganizations, expires };
}
