/** What a person does in the wizard, in one call: connecting, and giving another token later. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { checkConnection } from "#flows/connect-instance/check-connection.ts";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import type { InstanceId, UserId } from "#model/ids.ts";
import type { Takes } from "#model/instance.ts";
import { secretValue } from "#model/secret-value.ts";
import type { House } from "./house.ts";

export async function connect(house: House, takes: Takes = { is: "existing-and-future" }): Promise<InstanceId> {
  const draft = await draftOf(house, house.ownerToken.value);
  const created = await createInstance(house.app, { draft, name: "Fabrikam", takes, by: "anna" });
  assert(created.is === "created");
  return created.instance;
}

/** A token of the house's organization, checked and kept as the wizard does it. */
export async function draftOf(house: House, ...tokens: readonly string[]): Promise<string> {
  const check = await checkConnection(house.app, {
    method: "pat",
    by: randomUUID() as UserId,
    organizations: [house.organization.name],
    tokens: tokens.map((token) => ({ value: secretValue(token) })),
  });
  assert(check.draft, `the connection was refused: ${JSON.stringify(check.organizations)}`);
  return check.draft;
}
