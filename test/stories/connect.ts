/** What a person does in the wizard, in one call. */
import assert from "node:assert/strict";
import { checkConnection } from "#flows/connect-instance/check-connection.ts";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Takes } from "#model/instance.ts";
import { secretValue } from "#model/secret-value.ts";
import type { House } from "./house.ts";

export async function connect(house: House, takes: Takes = { is: "existing-and-future" }): Promise<InstanceId> {
  const check = await checkConnection(house.app, {
    organizations: [house.organization.name],
    token: secretValue(house.ownerToken.value),
  });
  assert(check.draft, `the connection was refused: ${JSON.stringify(check.organizations)}`);
  const created = await createInstance(house.app, { draft: check.draft, name: "Fabrikam", takes, by: "anna" });
  assert(created.is === "created");
  return created.instance;
}
