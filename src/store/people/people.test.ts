import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { SignInId, UserId } from "#model/ids.ts";
import { deleteDraft, getDraft, insertDraft } from "../instances/connection-drafts.ts";
import { deleteInstance } from "../instances/instances.ts";
import { newId } from "../new-id.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { deleteApiToken, findApiToken, insertApiToken, listApiTokens } from "./api-tokens.ts";
import { insertAuditEvent, listAuditEvents } from "./audit-events.ts";
import {
  bestCredential,
  deleteCredential,
  eraseCredentials,
  insertCredential,
  listCredentials,
  listCredentialsOf,
  type NewCredential,
  setCredentialHealth,
} from "./credentials.ts";
import { grantAccess, revokeAccess, scopeOf } from "./instance-access.ts";
import {
  deleteExpiredSessions,
  deleteSession,
  deleteSessionsOf,
  getSession,
  insertSession,
  prolongSession,
} from "./sessions.ts";
import { insertSignInLink, takeSignInLink } from "./sign-in-links.ts";
import { claimSignIn, deleteUnusedSignIns, getSignIn } from "./sign-ins.ts";
import { countUsers, findUserByName, getUser, insertUser, listUsers } from "./users.ts";

const soon = new Date(sampleTime.getTime() + 60_000);
const late = new Date(sampleTime.getTime() + 120_000);

describe("people and what lets them in", () => {
  let database: FreshDatabase;
  before(async () => {
    database = await freshDatabase();
  });
  after(() => database.drop());

  test("a name is taken whatever its case, and only one function gives the hash", async () => {
    const { db } = database.store;
    const ada = await insertUser(db, { name: "Ada", passwordHash: "hash", role: "administrator" });
    assert(ada);
    assert.equal(await insertUser(db, { name: "ADA", passwordHash: "x", role: "member" }), undefined);
    assert.equal((await findUserByName(db, "ada"))?.passwordHash, "hash");
    assert.deepEqual(await getUser(db, ada.id), ada);
    assert.deepEqual(await listUsers(db), [ada]);
    assert.equal(await countUsers(db), 1);
  });

  test("a member sees what was granted, an administrator everything", async () => {
    const { db } = database.store;
    const { instanceId } = await sampleWorld(db);
    const bob = await insertUser(db, { name: "Bob", passwordHash: "x", role: "member" });
    assert(bob);
    assert.deepEqual(await scopeOf(db, bob), { is: "instances", ids: [] });
    await grantAccess(db, bob.id, instanceId);
    await grantAccess(db, bob.id, instanceId);
    assert.deepEqual(await scopeOf(db, bob), { is: "instances", ids: [instanceId] });
    await revokeAccess(db, bob.id, instanceId);
    assert.deepEqual(await scopeOf(db, bob), { is: "instances", ids: [] });
    assert.deepEqual(await scopeOf(db, { ...bob, role: "administrator" }), { is: "everything" });
  });

  test("a sign-in link works once, of two at the same moment for one, and not after its time", async () => {
    const { db } = database.store;
    const hash = randomBytes(32);
    await insertSignInLink(db, { hash, purpose: "first-administrator", expires: soon });
    assert.equal(await takeSignInLink(db, hash, late), undefined);
    const taken = await Promise.all([1, 2, 3].map(() => takeSignInLink(db, hash, sampleTime)));
    assert.deepEqual(taken.filter(Boolean), [{ purpose: "first-administrator" }]);
  });

  test("tokens and sessions end", async () => {
    const { db } = database.store;
    const carol = await insertUser(db, { name: "Carol", passwordHash: "x", role: "member" });
    assert(carol);
    const hash = randomBytes(32);
    const token = await insertApiToken(db, { userId: carol.id, name: "ci", hash, expires: soon });
    assert.deepEqual(await findApiToken(db, hash, sampleTime), {
      id: token.id,
      userId: carol.id,
      userName: "Carol",
      role: "member",
    });
    assert.equal(await findApiToken(db, hash, late), undefined);
    assert.deepEqual(await listApiTokens(db, carol.id), [token]);
    const other = newId() as typeof carol.id;
    assert.deepEqual(
      [await deleteApiToken(db, other, token.id), await deleteApiToken(db, carol.id, token.id)],
      [false, true],
    );
    const data = { user: carol.id, csrf: "c", begun: 1, seen: 1 };
    await insertSession(db, "s", data, soon);
    await prolongSession(db, "s", { ...data, seen: 2 }, soon);
    assert.deepEqual(await getSession(db, "s", sampleTime), { ...data, seen: 2 });
    assert.equal(await getSession(db, "s", late), undefined);
    await deleteExpiredSessions(db, late);
    assert.equal(await getSession(db, "s", sampleTime), undefined);
    assert.equal(await deleteSession(db, "s"), undefined);
  });

  test("all sessions of one person end but the kept one, and a request that was under way brings none back", async () => {
    const { db } = database.store;
    const of = (user: string) => ({ user: user as UserId, csrf: "c", begun: 1, seen: 1 });
    const [erin, finn] = [newId(), newId()];
    for (const id of ["e1", "e2"]) await insertSession(db, id, of(erin), soon);
    await insertSession(db, "f1", of(finn), soon);
    const left = async () => {
      const rows = await db.selectFrom("sessions").select("id").where("id", "in", ["e1", "e2", "f1"]).execute();
      return rows.map(({ id }) => id).toSorted();
    };
    await deleteSessionsOf(db, erin as UserId, "e2");
    assert.deepEqual(await left(), ["e2", "f1"]);
    await prolongSession(db, "e1", of(erin), soon);
    assert.deepEqual(await left(), ["e2", "f1"]);
    assert.equal(await deleteSession(db, "e2"), erin);
  });

  test("a draft is there until its time is over", async () => {
    const { db } = database.store;
    const draft = { id: newId(), sealed: randomBytes(9), summary: ["a", { b: 1 }], expires: soon };
    await insertDraft(db, draft);
    assert.deepEqual(await getDraft(db, draft.id, sampleTime), draft);
    assert.equal(await getDraft(db, draft.id, late), undefined);
    await deleteDraft(db, draft.id);
    assert.equal(await getDraft(db, draft.id, sampleTime), undefined);
  });

  test("the oldest credential in good health is used; the same token twice is one; audit lines outlive the instance", async () => {
    const { db } = database.store;
    const { instanceId, organizationId } = await sampleWorld(db, "credentials");
    const token = (value: string) => ({
      ...{ instanceId, organizationId, accountId: "1", accountName: "Ada", method: "pat", allOrganizations: false },
      ...{ sealed: Buffer.from(value), valueHash: Buffer.from(value) },
    });
    const first = await insertCredential(db, token("one") as NewCredential, sampleTime);
    const second = await insertCredential(db, token("two") as NewCredential, sampleTime);
    const best = async () => (await bestCredential(db, organizationId))?.id;
    assert.equal(await best(), first);
    const refused = { health: "refused", reason: "expired", at: sampleTime } as const;
    assert.equal(await setCredentialHealth(db, first, refused), true);
    assert.equal(await setCredentialHealth(db, first, refused), false);
    assert.equal(await best(), second);
    assert.equal(await insertCredential(db, token("one") as NewCredential, soon), first);
    assert.equal(await best(), first);
    assert.equal((await listCredentialsOf(db, organizationId)).length, 2);
    await setCredentialHealth(db, first, refused);
    assert.equal(await deleteCredential(db, second), true);
    assert.equal(await best(), undefined);
    const id = newId<SignInId>();
    const person = { method: "entra", tenantId: "t", objectId: "o", accountName: "ada@contoso.example" } as const;
    assert.equal(await claimSignIn(db, { id, ...person }), id);
    assert.equal(await claimSignIn(db, { id: newId<SignInId>(), ...person }), id);
    const owner = { instanceId, organizationId, accountId: "1", accountName: "Ada" };
    const third = await insertCredential(db, { ...owner, method: "entra", signInId: id }, sampleTime);
    assert.equal(await best(), third);
    await deleteUnusedSignIns(db, late);
    assert(await getSignIn(db, id));
    await eraseCredentials(db, instanceId);
    assert.deepEqual(await listCredentials(db, instanceId), []);
    await deleteUnusedSignIns(db, new Date(Date.now() + 1000));
    assert.equal(await getSignIn(db, id), undefined);
    const subject = "credentials (1 organization)";
    await insertAuditEvent(db, { actor: "ada", action: "instance-deleted", subject, instanceId });
    await deleteInstance(db, instanceId);
    const { rows } = await listAuditEvents(db, { is: "instances", ids: [instanceId] }, { offset: 0, limit: 5 });
    assert.deepEqual(
      rows.map((row) => row.subject),
      [subject],
    );
  });
});
