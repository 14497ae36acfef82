import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { selfSigned } from "#azure-devops/testing/self-signed.ts";
import { type ConnectionRequest, checkConnection } from "#flows/connect-instance/check-connection.ts";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import { enterEntraApp } from "#flows/connect-instance/save-entra-app.ts";
import { askForSync } from "#flows/jobs/ask.ts";
import type { InstanceId, OrganizationId, UserId } from "#model/ids.ts";
import { getInstance } from "#store/instances/instances.ts";
import { listAuditEvents } from "#store/people/audit-events.ts";
import { listCredentials } from "#store/people/credentials.ts";
import { addEntraApp, addServicePrincipal, addTenant } from "../../emulator/build-tenants.ts";
import { addCommit, addRepository } from "../../emulator/build-world.ts";
import type { EntraApp } from "../../emulator/entra/tenants.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { RepositoryState, User } from "../../emulator/world.ts";
import { everything, issueLines, scannedCommit } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest } from "./pull-request-calls.ts";

const anna = "00000000-0000-7000-8000-000000000001" as UserId;
const hour = 60 * 60_000;
const certificate = selfSigned("Sallyport");

interface Place {
  readonly house: House;
  readonly service: RepositoryState;
  readonly app: EntraApp;
  /** What the app, or the machine, is in the organization. */
  readonly principal: User;
}

type Way = Pick<ConnectionRequest, "method"> & { readonly method: "service-principal" | "managed-identity" };
type Proof = Parameters<typeof enterEntraApp>[1]["proof"];

async function place(t: TestContext): Promise<Place> {
  const house = await openHouse();
  t.after(() => house.close());
  const { organization, emulator, project } = house;
  const service = await addRepository(emulator.world, organization, project, "service", {
    files: { "first.env": `TOKEN=${plantedSecrets("first").githubToken}\n` },
  });
  const tenant = addTenant(emulator.world, {
    id: organization.tenantId,
    name: "Fabrikam",
    domains: ["fabrikam.example"],
  });
  const app = addEntraApp(emulator.world, {
    displayName: "Fabrikam scanner",
    redirectUris: [],
    permissions: [],
    certificate: certificate.certificate,
  });
  const principal = addServicePrincipal(emulator.world, tenant, app, organization, "project administrators");
  return { house, service, app, principal };
}

function enter({ house, app }: Place, proof: Proof) {
  const entry = { clientId: app.clientId, tenant: house.organization.tenantId, proof, by: "anna" };
  return enterEntraApp(house.app, entry);
}

function check({ house }: Place, way: Way) {
  return checkConnection(house.app, { ...way, by: anna, organizations: [house.organization.name] });
}

async function connectAs(at: Place, way: Way): Promise<InstanceId> {
  const checked = await check(at, way);
  assert(checked.draft, JSON.stringify(checked.organizations));
  const [organization] = checked.organizations;
  assert.equal(organization?.credentials[0]?.accountId, at.principal.id);
  const takes = { is: "existing-and-future" } as const;
  const created = await createInstance(at.house.app, { draft: checked.draft, name: "Fabrikam", takes, by: "anna" });
  assert(created.is === "created");
  await at.house.quiet();
  return created.instance;
}

async function push({ house, service }: Place, text: string): Promise<string> {
  const change = { branch: "main", message: text, files: { "a.txt": `${text}\n` } };
  const head = await addCommit(house.emulator.world, house.organization, service, house.developer, change);
  await house.quiet();
  return head;
}

async function sync({ house }: Place, instance: InstanceId): Promise<void> {
  await askForSync(house.app, house.app.db, { id: house.organization.id as OrganizationId, instanceId: instance });
  await house.quiet();
}

async function told({ house }: Place, instance: InstanceId) {
  const row = await getInstance(house.app.db, instance);
  return { state: [row?.state, ...(row?.reasons.map(({ code }) => code) ?? [])], reason: row?.reasons[0] };
}

const secretOf = ({ app }: Place): Proof => ({ is: "secret", value: app.clientSecret });

const ways: readonly {
  readonly title: string;
  readonly way: Way;
  readonly words: string;
  readonly proof?: (at: Place) => Proof;
}[] = [
  {
    title: "a service principal with a secret",
    way: { method: "service-principal" },
    words: "the service principal Fabrikam scanner",
    proof: secretOf,
  },
  {
    title: "a service principal with a certificate",
    way: { method: "service-principal" },
    words: "the service principal Fabrikam scanner",
    proof: () => ({ is: "certificate", ...certificate }),
  },
  {
    title: "a managed identity",
    way: { method: "managed-identity" },
    words: "the managed identity Fabrikam scanner",
  },
];

for (const { title, way, words, proof } of ways) {
  test(`${title}: connects, scans, answers under its own name, and outlives its access token`, async (t) => {
    const at = await place(t);
    const { house, service, app, principal } = at;
    const { world } = house.emulator;
    if (proof) assert.deepEqual(await enter(at, proof(at)), { is: "saved" });
    else world.entra.managedIdentity = { tenantId: house.organization.tenantId, clientId: app.clientId };
    const instance = await connectAs(at, way);
    assert.deepEqual((await told(at, instance)).state, ["connected"]);
    assert.deepEqual(await issueLines(house, service), ["open first.env"]);
    assert.deepEqual([...new Set(house.organization.subscriptions.map(({ createdBy }) => createdBy))], [principal.id]);

    const files = { "leak.env": `TOKEN=${plantedSecrets("leak").githubToken}\n` };
    const change = { branch: "topic", from: "main", message: "topic", files };
    await addCommit(world, house.organization, service, house.developer, change);
    const pullRequest = await openPullRequest(house, service, "topic");
    await house.quiet();
    const [comment] = pullRequest.threads[0]?.comments ?? [];
    assert.equal(comment?.userId, principal.id);
    assert.match(comment.content, new RegExp(`\\*Written by Sallyport, acting as ${words}\\.\\*$`));
    assert.equal(pullRequest.statuses.at(-1)?.state, "failed");

    await house.emulator.clock.advance(25 * hour);
    house.organization.subscriptions.shift();
    const head = await push(at, "a day later");
    await sync(at, instance);
    assert.deepEqual((await told(at, instance)).state, ["connected"], JSON.stringify(await told(at, instance)));
    assert.equal(await scannedCommit(house, service), head, house.logged.slice(-12).join(""));
    const { rows } = await listAuditEvents(house.app.db, everything, { offset: 0, limit: 20 });
    const repair = rows.find(({ action }) => action === "hook-repaired");
    assert(repair);
    assert.equal((repair.data as { as: string }).as, `${words} (${app.clientId})`);
  });
}

test("a wrong secret and a foreign certificate are told before anything is saved", async (t) => {
  const at = await place(t);
  const none = await check(at, { method: "service-principal" });
  assert.match(none.organizations[0]?.problem ?? "", /There is no Entra app yet/);
  const wrong = [
    [{ is: "secret", value: "not-the-secret-of-this-app" }, /does not accept the app's secret.*AADSTS7000215/s],
    [{ is: "certificate", ...selfSigned("Somebody else") }, /does not accept the app's secret.*AADSTS700027/s],
  ] as const;
  for (const [proof, words] of wrong) {
    await enter(at, proof);
    const checked = await check(at, { method: "service-principal" });
    assert.equal(checked.draft, undefined);
    assert.match(checked.organizations[0]?.problem ?? "", words);
  }
  at.app.secrets.splice(0, 1, { value: at.app.clientSecret, expires: new Date(0) });
  await enter(at, secretOf(at));
  const expired = await check(at, { method: "service-principal" });
  assert.match(
    expired.organizations[0]?.problem ?? "",
    /secret has expired.*makes a new client secret.*AADSTS7000222/s,
  );
  const machine = await check(at, { method: "managed-identity" });
  assert.match(machine.organizations[0]?.problem ?? "", /This machine has no such managed identity/);
  assert(!at.house.logged.join("").includes(at.app.clientSecret));
});

test("a secret that expires while connected is said, and a new one brings everything back at once", async (t) => {
  const at = await place(t);
  const { house, app, service } = at;
  await enter(at, secretOf(at));
  const instance = await connectAs(at, { method: "service-principal" });
  app.secrets.splice(0, 1, { value: app.clientSecret, expires: new Date(house.emulator.clock.now().getTime() + hour) });
  await house.emulator.clock.advance(2 * hour);
  const head = await push(at, "unseen");
  await sync(at, instance);
  const { state, reason } = await told(at, instance);
  assert.deepEqual(state, ["error", "sign-in-again"]);
  assert.match(`${reason?.cause} ${reason?.remedy}`, /secret has expired.*new client secret/s);
  const value = `${app.clientSecret}-next`;
  app.secrets.push({ value });
  assert.deepEqual(await enter(at, { is: "secret", value }), { is: "saved" });
  await house.quiet();
  assert.deepEqual((await told(at, instance)).state, ["connected"]);
  assert.equal(await scannedCommit(house, service), head);
  assert.equal((await listCredentials(house.app.db, instance))[0]?.health, "good");
});
