// One sign-in used by two processes: on one database, against the emulated directory.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { sql } from "kysely";
import { pino } from "pino";
import type { Credential } from "#azure-devops/credential.ts";
import { openEntra } from "#azure-devops/entra/open-entra.ts";
import { identify } from "#azure-devops/identify.ts";
import { emulatedDirectory, refusal, signedIn } from "#azure-devops/testing/emulated-directory.ts";
import type { OrganizationId, SignInId } from "#model/ids.ts";
import { getInstance, insertInstance } from "#store/instances/instances.ts";
import { upsertOrganization } from "#store/instances/organizations.ts";
import { openJobs } from "#store/jobs/jobs.ts";
import { createKeys } from "#store/keys.ts";
import { newId } from "#store/new-id.ts";
import { insertCredential, listCredentials } from "#store/people/credentials.ts";
import { entraAppRowId, saveEntraApp } from "#store/people/entra-app.ts";
import { claimSignIn, getSignIn, setSignInTokens } from "#store/people/sign-ins.ts";
import { seal } from "#store/sealing.ts";
import { freshDatabase } from "#store/testing/fresh-database.ts";
import { addServicePrincipal } from "../../../emulator/build-tenants.ts";
import { challengeTokens, revokeSessions } from "../../../emulator/entra/account-state.ts";
import { queues } from "../jobs/queues.ts";
import { sealTokens } from "./sealed-tokens.ts";
import { signInAsApp } from "./sign-in-as-app.ts";
import type { Actor } from "./use-credential.ts";
import { useSignIn } from "./use-sign-in.ts";

// oxlint-disable-next-line max-lines-per-function -- a list of what is opened and written
async function house(t: TestContext) {
  const there = await emulatedDirectory(t);
  const database = await freshDatabase();
  const { db } = database.store;
  const keys = createKeys(Buffer.alloc(32, 9));
  const jobs = await openJobs(database.store, { log: pino({ level: "silent" }), queues });
  t.after(async () => {
    await jobs.stop();
    await database.drop();
  });
  const { now } = there.options;
  await saveEntraApp(db, {
    clientId: there.registered.clientId,
    proof: "secret",
    sealedProof: seal(keys, there.registered.clientSecret, entraAppRowId),
    updatedBy: "anna",
    updatedAt: now(),
  });
  const processOf = (): Actor & { readonly refreshes: () => number } => {
    const logged: string[] = [];
    const log = pino({ level: "debug" }, { write: (line: string) => void logged.push(line) });
    const refreshes = () => logged.filter((line) => /"step":"refresh".*entra answered/.test(line)).length;
    return { db, keys, jobs, now, log, entra: openEntra({ ...there.options, log }), refreshes };
  };
  const one = processOf();
  const tokens = await signedIn(there, there.home.id);
  const { tenant: tenantId, account } = tokens;
  const who = { tenantId, objectId: account.objectId, accountName: account.name };
  const signIn = await claimSignIn(db, { id: newId<SignInId>(), method: "entra", ...who });
  await setSignInTokens(db, signIn, sealTokens(one, signIn, tokens), now());
  const instance = await insertInstance(db, { name: "Contoso", takes: { is: "existing" }, createdBy: "anna" });
  const organization = there.contoso.id as OrganizationId;
  await upsertOrganization(db, { id: organization, instanceId: instance, name: "contoso" });
  const owner = { instanceId: instance, organizationId: organization, accountId: there.ada.id, accountName: "Ada" };
  await insertCredential(db, { ...owner, method: "entra", signInId: signIn }, now());
  return { ...there, db, instance, signIn, tokens, one, two: processOf() };
}

async function tokenOf(credential: Credential): Promise<string> {
  assert(credential.is === "bearer");
  return (await credential.token()).reveal();
}

const hour = 3600_000;

test("two processes and many callers spend one refresh token once, and again when the next hour is over", async (t) => {
  const { one, two, signIn, emulator, tokens } = await house(t);
  const credentials = await Promise.all([one, two, one, two, one, two].map((app) => useSignIn(app, signIn)));
  assert.deepEqual([...new Set(await Promise.all(credentials.map(tokenOf)))], [tokens.accessToken.reveal()]);
  assert.equal(one.refreshes() + two.refreshes(), 0);
  for (const round of [1, 2]) {
    await emulator.clock.advance(2 * hour);
    const values = new Set(await Promise.all(credentials.map(tokenOf)));
    assert.equal(values.size, 1);
    assert.equal(one.refreshes() + two.refreshes(), round);
  }
});

test("a challenge renews the token at once, in every process; what another renewed is taken, not renewed again", async (t) => {
  const { one, two, signIn, home, ada, world, remote } = await house(t);
  const clients = await Promise.all(
    [one, two].map(async (app) => remote.organization("contoso", await useSignIn(app, signIn))),
  );
  for (const client of clients) assert.equal((await identify(client)).account.id, ada.id);
  challengeTokens(world, home, ada);
  for (const client of clients) assert.equal((await identify(client)).account.id, ada.id);
  assert.equal(one.refreshes() + two.refreshes(), 1);
});

test("a sign-in that is revoked stands back with every credential that relies on it, and says who can help", async (t) => {
  const { one, two, signIn, home, ada, world, db, instance, remote } = await house(t);
  revokeSessions(world, home, ada);
  const client = remote.organization("contoso", await useSignIn(one, signIn));
  assert.equal((await refusal(identify(client))).code, "sign-in-again");
  assert.equal((await getSignIn(db, signIn))?.problem?.code, "sign-in-revoked");
  assert.deepEqual(
    (await listCredentials(db, instance)).map(({ health }) => health),
    ["sign-in-again"],
  );
  const told = await getInstance(db, instance);
  assert.deepEqual([told?.state, told?.reasons.map(({ code }) => code)], ["error", ["sign-in-again"]]);
  assert.match(told?.reasons[0]?.remedy ?? "", /^Sign in again with the same account/);
  const other = await useSignIn(two, signIn);
  assert.equal((await refusal(tokenOf(other))).code, "sign-in-again");
});

test("tokens that could not be written are written later: the sign-in lives on", async (t) => {
  const { one, two, signIn, emulator, db } = await house(t);
  const credential = await useSignIn(one, signIn);
  await emulator.clock.advance(2 * hour);
  await sql`create function refuse() returns trigger language plpgsql as $$ begin raise 'no room'; end $$`.execute(db);
  await sql`create trigger refuse before update on sign_ins execute function refuse()`.execute(db);
  await assert.rejects(tokenOf(credential), /no room/);
  await sql`drop trigger refuse on sign_ins`.execute(db);
  const token = await tokenOf(credential);
  assert.equal(await tokenOf(await useSignIn(two, signIn)), token);
  assert.equal(one.refreshes() + two.refreshes(), 1);
  await emulator.clock.advance(2 * hour);
  assert.notEqual(await tokenOf(await useSignIn(two, signIn)), token);
});

test("an app and a machine act for themselves, and renew by asking again", async (t) => {
  const { one, emulator, world, home, registered, contoso, remote, db } = await house(t);
  const principal = addServicePrincipal(world, home, registered, contoso);
  world.entra.managedIdentity = { tenantId: home.id, clientId: registered.clientId };
  const ways = [
    { is: "service-principal", tenant: home.id },
    { is: "managed-identity" },
    { is: "managed-identity", clientId: registered.clientId },
  ] as const;
  for (const way of ways) {
    const id = await signInAsApp(one, way);
    assert.equal(await signInAsApp(one, way), id, "the same identity is the same sign-in");
    const credential = await useSignIn(one, id);
    assert.equal((await identify(remote.organization("contoso", credential))).account.id, principal.id);
    const before = await tokenOf(credential);
    await emulator.clock.advance(25 * hour);
    assert.notEqual(await tokenOf(credential), before);
    assert.equal((await identify(remote.organization("contoso", credential))).account.id, principal.id);
    assert.equal((await getSignIn(db, id))?.sealedRefresh, undefined);
  }
});
