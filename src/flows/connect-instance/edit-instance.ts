/** Changes an instance: its name, what it takes, or its token, which is checked against every organization first. */
import { identify } from "#azure-devops/identify.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Takes } from "#model/instance.ts";
import type { SecretValue } from "#model/secret-value.ts";
import { insertAuditEvent } from "#store/audit-events.ts";
import { getInstance, updateInstance } from "#store/instances.ts";
import { notifyLive } from "#store/live.ts";
import { listOrganizations, type OrganizationRow } from "#store/organizations.ts";
import { setChosen } from "#store/repositories.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askForSync } from "../ask.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { accountText } from "./account-text.ts";
import type { DraftOrganization } from "./connection-draft.ts";
import { storeCredential } from "./create-instance.ts";
import { remoteProblem } from "./remote-problem.ts";

export interface InstanceChange {
  readonly name?: string;
  readonly takes?: Takes;
  readonly token?: SecretValue;
  /** When the new token expires, as the person says. */
  readonly expires?: Date;
  readonly by: string;
}

export type Edited =
  | { readonly is: "edited" }
  | { readonly is: "not-found" }
  | { readonly is: "problem"; readonly problem: string };

export async function editInstance(app: App, id: InstanceId, change: InstanceChange): Promise<Edited> {
  const instance = await getInstance(app.db, id);
  if (!instance || instance.state === "disabled") return { is: "not-found" };
  const organizations = await listOrganizations(app.db, id);
  const accounts = change.token ? await accountsOf(app, organizations, change.token) : [];
  const problem = accounts.find((account) => typeof account === "string");
  if (problem) return { is: "problem", problem };

  await inTransaction(app.db, async (tx) => {
    await updateInstance(tx, id, { name: change.name, takes: change.takes });
    if (change.takes) await setChosen(tx, id, change.takes);
    for (const organization of accounts) {
      if (typeof organization === "string" || !change.token) continue;
      await storeCredential(app, tx, { instance: id, organization, token: change.token, expires: change.expires });
    }
    await insertAuditEvent(tx, {
      actor: change.by,
      action: "instance-edited",
      subject: change.name ?? instance.name,
      instanceId: id,
      data: { name: change.name, takes: change.takes?.is, newToken: change.token !== undefined },
    });
    for (const organization of organizations) await askForSync(app, tx, organization);
    await notifyLive(tx, { is: "instance-changed", instanceId: id });
  });
  return { is: "edited" };
}

/** Whose the token is in each organization; a text where it cannot be used. */
function accountsOf(
  app: App,
  organizations: readonly OrganizationRow[],
  token: SecretValue,
): Promise<readonly (DraftOrganization | string)[]> {
  return Promise.all(
    organizations.map(async ({ id, name }) => {
      const client = app.remote.organization(name, { is: "pat", value: token });
      const identified = await remoteAnswer(() => identify(client));
      if (identified.is === "no") return remoteProblem(name, identified.error);
      const { organization, account } = identified.value;
      if (organization.id !== id) return `${name} is now another organization than the one that was connected.`;
      return { id, name, accountId: account.id, accountName: accountText(account), isConnected: true };
    }),
  );
}
