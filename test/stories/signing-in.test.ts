import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { beginSignIn, redirectUri, type SignInRequest } from "#flows/connect-instance/begin-sign-in.ts";
import { checkConnection } from "#flows/connect-instance/check-connection.ts";
import { completeSignIn } from "#flows/connect-instance/complete-sign-in.ts";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import { enterEntraApp } from "#flows/connect-instance/save-entra-app.ts";
import { type ReadOutcome, readSignInOutcome } from "#flows/connect-instance/sign-in-outcome.ts";
import type { CredentialId, InstanceId, OrganizationId, SignInId, UserId } from "#model/ids.ts";
import { getInstance, listInstances } from "#store/instances/instances.ts";
import { listCredentials } from "#store/people/credentials.ts";
import { insertUser } from "#store/people/users.ts";
import { addEntraApp, addServicePrincipal } from "../../emulator/build-tenants.ts";
import { addMembership, addOrganization, addProject, addRepository } from "../../emulator/build-world.ts";
import { revokeSessions } from "../../emulator/entra/account-state.ts";
import { addEntraTo, type Browser, openBrowser, type Page } from "../../emulator/entra/try-entra.ts";
import type { OrganizationState } from "../../emulator/world.ts";
import { everything } from "./facts.ts";
import { type House, openHouse } from "./house.ts";

let house: House;
let entra: ReturnType<typeof addEntraTo>;
let registered: ReturnType<typeof addEntraApp>;
let anna: UserId;
let bert: UserId;
/** The browser of Ada, who is a guest in the other directory. */
let browser: Browser;
const secrets: string[] = [];

before(async () => {
  house = await openHouse();
  const { world } = house.emulator;
  entra = addEntraTo(world);
  for (const organization of [entra.organization, entra.other]) await addShop(organization);
  registered = addEntraApp(world, {
    displayName: "Sallyport",
    redirectUris: [redirectUri(house.app)],
    permissions: ["vso.code_write", "vso.project", "vso.build", "vso.work_write", "vso.graph", "User.Read"],
  });
  secrets.push(registered.clientSecret);
  const proof = { is: "secret", value: registered.clientSecret } as const;
  assert.deepEqual(await enterEntraApp(house.app, { clientId: registered.clientId, proof, by: "anna" }), {
    is: "saved",
  });
  anna = await addPerson("anna");
  bert = await addPerson("bert");
  browser = openBrowser(house.emulator.url);
});

after(() => house.close());

async function addShop(organization: OrganizationState): Promise<void> {
  const { world } = house.emulator;
  const project = addProject(world, organization, "Shop");
  await addRepository(world, organization, project, "web", { files: { "a.txt": "a\n" } });
}

async function addPerson(name: string): Promise<UserId> {
  const user = await insertUser(house.app.db, { name, role: "administrator", passwordHash: "-" });
  assert(user);
  return user.id;
}

async function begin(request: SignInRequest) {
  const begun = await beginSignIn(house.app, request);
  assert(begun.is === "begun", JSON.stringify(begun));
  return begun;
}

/** The whole way through Microsoft's pages, up to the address that leads back. */
async function through(
  url: string,
  answers: { readonly account?: string; readonly consent?: "accept" | "cancel" } = {},
) {
  let page: Page = await browser.open(url);
  if (/Pick an account/.test(page.text))
    page = await browser.submit(page, { account: answers.account ?? entra.ada.mail });
  if (/Permissions requested/.test(page.text))
    page = await browser.submit(page, { consent: answers.consent ?? "accept" });
  assert(page.callback, page.text);
  return page.callback;
}

async function comeBack(address: URL, by: UserId): Promise<ReadOutcome | undefined> {
  const state = address.searchParams.get("state") ?? "";
  secrets.push(address.searchParams.get("code") ?? "-");
  const completed = await completeSignIn(house.app, { by: { id: by, name: "anna" }, state, address: address.href });
  return completed && readSignInOutcome(house.app, completed.attempt, by);
}

async function signIn(hint: string): Promise<ReadOutcome & { readonly is: "signed-in" }> {
  const begun = await begin({ by: anna, hint });
  const outcome = await comeBack(await through(begun.url), anna);
  assert(outcome?.is === "signed-in", JSON.stringify(outcome));
  return outcome;
}

const check = (by: UserId, signIn: SignInId, organizations: readonly string[]) =>
  checkConnection(house.app, { by, method: "entra", signIn, organizations });

async function save(name: string, outcome: ReadOutcome & { readonly is: "signed-in" }): Promise<InstanceId> {
  const checked = await check(anna, outcome.signIn, [name]);
  assert(checked.draft, JSON.stringify(checked));
  const takes = { is: "existing-and-future" } as const;
  const created = await createInstance(house.app, { draft: checked.draft, name, takes, by: "anna" });
  assert(created.is === "created");
  await house.quiet();
  return created.instance;
}

test("a declined consent ends on words that help, and its state serves nobody again", async () => {
  const begun = await begin({ by: anna, hint: "brightwater" });
  assert.deepEqual([begun.via, begun.tenant], ["organization", entra.brightwater.id]);
  const back = await through(begun.url, { consent: "cancel" });
  assert.equal(await comeBack(back, bert), undefined, "only the one who began can end it");
  const outcome = await comeBack(back, anna);
  assert(outcome?.is === "problem");
  assert.deepEqual([outcome.problem.code, outcome.hint], ["consent-declined", "brightwater"]);
  assert.match(outcome.problem.entraSays ?? "", /^AADSTS65004/);
  assert.deepEqual(await comeBack(back, anna), outcome, "loading the page again shows the same");
  assert.equal(await readSignInOutcome(house.app, begun.attempt, bert), undefined);
});

test("one e-mail connects organizations of two directories, each straight at its own", async () => {
  const home = await signIn("https://dev.azure.com/brightwater/Shop");
  assert.equal(home.tenant, entra.brightwater.id);
  assert.deepEqual(
    home.organizations.map(({ name, isOtherTenant, tenant }) => [name, isOtherTenant, tenant]),
    [
      ["brightwater", false, entra.brightwater.id],
      ["harbourline", true, entra.harbourline.id],
    ],
  );
  const wrong = await check(anna, home.signIn, ["harbourline"]);
  assert.match(wrong.organizations[0]?.problem ?? "", /belongs to another directory/);
  assert.deepEqual(await check(bert, home.signIn, ["brightwater"]).then(({ draft }) => draft), undefined);
  const first = await save("brightwater", home);

  const guest = await signIn("harbourline");
  assert.equal(guest.tenant, entra.harbourline.id);
  assert.equal(guest.connected.get(entra.organization.id as OrganizationId), "brightwater");
  const second = await save("harbourline", guest);
  assert.notEqual(guest.signIn, home.signIn);
  const instances = await listInstances(house.app.db, everything);
  assert.deepEqual(
    instances.map((one) => [one.id, one.state, one.signIn?.is, one.signIn?.tenant, one.repositories.chosen]),
    [
      [first, "connected", "entra", entra.brightwater.id, 1],
      [second, "connected", "entra", entra.harbourline.id, 1],
    ],
  );
});

test("an ended sign-in is renewed by its person, and by nobody else", async () => {
  const [instance] = await listInstances(house.app.db, everything);
  assert(instance);
  const [credential] = await listCredentials(house.app.db, instance.id);
  assert(credential);
  revokeSessions(house.emulator.world, entra.brightwater, entra.ada);
  const renewal = { by: anna, instance: instance.id, credential: credential.id };

  const other = await begin(renewal);
  assert.deepEqual([other.via, other.tenant], ["renewal", entra.brightwater.id]);
  browser = openBrowser(house.emulator.url);
  const asJonas = new URL(other.url);
  asJonas.searchParams.delete("login_hint");
  const refused = await comeBack(await through(asJonas.href, { account: entra.jonas.mail }), anna);
  assert(refused?.is === "problem");
  assert.deepEqual([refused.problem.code, refused.instance], ["other-person", instance.id]);
  assert.equal(refused.account?.userName, entra.jonas.mail);
  assert(refused.signIn && refused.signIn !== credential.signInId);

  browser = openBrowser(house.emulator.url);
  const outcome = await comeBack(await through((await begin(renewal)).url), anna);
  assert(outcome?.is === "signed-in", JSON.stringify(outcome));
  assert.deepEqual([outcome.renewed, outcome.signIn], [instance.id, credential.signInId]);
  await house.quiet();
  assert.equal((await getInstance(house.app.db, instance.id))?.state, "connected");
});

test("an app for itself and the identity of a machine connect by the same door", async () => {
  const { world } = house.emulator;
  const named = { by: anna, organizations: ["northwind"] };
  const tenant = entra.brightwater.id;
  const organization = addOrganization(world, "northwind", { tenantId: tenant });
  addMembership(organization, entra.ada, "contributors");
  await addShop(organization);
  const stranger = await checkConnection(house.app, { ...named, method: "service-principal", tenant });
  assert.equal(stranger.draft, undefined);
  assert.match(stranger.organizations[0]?.problem ?? "", /AADSTS\d+/);

  addServicePrincipal(world, entra.brightwater, registered, organization, "collection administrators");
  const app = await checkConnection(house.app, { ...named, method: "service-principal", tenant });
  assert.deepEqual(
    [app.organizations[0]?.problem, app.organizations[0]?.credentials[0]?.method],
    [undefined, "service-principal"],
  );
  assert(app.draft);
  const takes = { is: "existing-and-future" } as const;
  const created = await createInstance(house.app, { draft: app.draft, name: "northwind", takes, by: "anna" });
  assert(created.is === "created");
  await house.quiet();
  assert.equal((await getInstance(house.app.db, created.instance))?.state, "connected");

  const none = await checkConnection(house.app, { ...named, method: "managed-identity" });
  assert.equal(none.draft, undefined);
  assert.ok(none.organizations[0]?.problem);
  world.entra.managedIdentity = { tenantId: tenant, clientId: registered.clientId };
  const machine = await checkConnection(house.app, { ...named, method: "managed-identity" });
  assert.equal(machine.organizations[0]?.credentials[0]?.method, "managed-identity");
  assert.equal(machine.organizations[0]?.connectedTo?.name, "northwind");
  assert(machine.draft, "it can be added as a further credential");
});

test("what leads nowhere is said before anybody is sent away", async () => {
  const nowhere = await beginSignIn(house.app, { by: anna, hint: "no-such-organization-at-all" });
  assert(nowhere.is === "problem" && nowhere.because === "unknown");
  const token = await beginSignIn(house.app, {
    by: anna,
    instance: (await listInstances(house.app.db, everything))[0]?.id as InstanceId,
    credential: "00000000-0000-7000-8000-000000000000" as CredentialId,
  });
  assert(token.is === "problem" && token.because === "no-such-credential");
});

test("no secret, code or token stands in the database or the log", async () => {
  const { db } = house.app;
  const tables = await Promise.all([
    db.selectFrom("signIns").selectAll().execute(),
    db.selectFrom("signInAttempts").selectAll().execute(),
    db.selectFrom("entraApp").selectAll().execute(),
    db.selectFrom("connectionDrafts").selectAll().execute(),
    db.selectFrom("auditEvents").selectAll().execute(),
  ]);
  const written = `${JSON.stringify(tables)} ${house.logged.join("")}`;
  for (const secret of secrets.filter((one) => one.length > 10)) {
    assert(!written.includes(secret) && !written.includes(Buffer.from(secret).toString("hex")));
  }
});
