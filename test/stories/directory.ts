/** The directory behind a house's organization: people who sign in with Microsoft Entra ID, as the wizard lets them. */
import assert from "node:assert/strict";
import { openTestBrowser } from "#azure-devops/testing/test-browser.ts";
import { beginSignIn, redirectUri } from "#flows/connect-instance/begin-sign-in.ts";
import { checkConnection } from "#flows/connect-instance/check-connection.ts";
import { completeSignIn } from "#flows/connect-instance/complete-sign-in.ts";
import type { SignInOutcome } from "#flows/connect-instance/sign-in-outcome.ts";
import type { CredentialId, InstanceId } from "#model/ids.ts";
import { entraAppRowId, saveEntraApp } from "#store/people/entra-app.ts";
import { getSignInAttempt } from "#store/people/sign-in-attempts.ts";
import { insertUser, type User as Person } from "#store/people/users.ts";
import { seal } from "#store/sealing.ts";
import { addEntraApp, addTenant } from "../../emulator/build-tenants.ts";
import { addUser } from "../../emulator/build-world.ts";
import type { EntraApp, TenantState } from "../../emulator/entra/tenants.ts";
import type { User } from "../../emulator/world.ts";
import type { House } from "./house.ts";

export interface Directory {
  readonly tenant: TenantState;
  readonly app: EntraApp;
  /** Project administrator with an account in the directory. */
  readonly grace: User;
  /** Who sits before the console. */
  readonly anna: Person;
}

export async function openDirectory(house: House): Promise<Directory> {
  const { world } = house.emulator;
  const { app, organization } = house;
  const tenant = addTenant(world, { id: organization.tenantId, name: "Fabrikam", domains: ["fabrikam.example"] });
  const grace = addUser(world, "Grace Guard", {
    mail: "grace@fabrikam.example",
    organization,
    group: "project administrators",
  });
  const permissions = ["vso.code_write", "vso.project", "vso.build", "vso.work_write", "User.Read"];
  const registered = addEntraApp(world, { displayName: "Sallyport", redirectUris: [redirectUri(app)], permissions });
  await saveEntraApp(app.db, {
    clientId: registered.clientId,
    proof: "secret",
    sealedProof: seal(app.keys, registered.clientSecret, entraAppRowId),
    updatedBy: "anna",
    updatedAt: app.now(),
  });
  const anna = await insertUser(app.db, { name: "anna", role: "administrator", passwordHash: "none" });
  assert(anna);
  return { tenant, app: registered, grace, anna };
}

/** To Microsoft's pages and back. */
export async function signIn(
  house: House,
  { anna, grace }: Directory,
  request: { readonly hint: string } | { readonly instance: InstanceId; readonly credential: CredentialId },
): Promise<SignInOutcome> {
  const { app } = house;
  const begun = await beginSignIn(app, { ...request, by: anna.id });
  assert(begun.is === "begun", JSON.stringify(begun));
  const sight = await openTestBrowser(redirectUri(app)).signIn(begun.url, grace.mail);
  assert(sight.is === "back", sight.is === "page" ? sight.html : "");
  const state = new URL(sight.address).searchParams.get("state") ?? "";
  await completeSignIn(app, { by: anna, state, address: sight.address });
  const attempt = await getSignInAttempt(app.db, begun.attempt, { userId: anna.id, now: app.now() });
  return attempt?.outcome as SignInOutcome;
}

/** A checked connection as Grace, in the house's organization. */
export async function draftAsGrace(house: House, directory: Directory): Promise<string> {
  const outcome = await signIn(house, directory, { hint: house.organization.name });
  assert(outcome.is === "signed-in", JSON.stringify(outcome));
  const { draft, organizations } = await checkConnection(house.app, {
    method: "entra",
    by: directory.anna.id,
    signIn: outcome.signIn,
    organizations: [house.organization.name],
  });
  assert(draft, JSON.stringify(organizations));
  return draft;
}
