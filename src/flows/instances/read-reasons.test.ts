import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { type TestContext, test } from "node:test";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import type { Preflight } from "#model/preflight.ts";
import type { Db } from "#store/database.ts";
import { getInstance, insertInstance, updateInstance } from "#store/instances/instances.ts";
import { markOrganizationSynced, upsertOrganization } from "#store/instances/organizations.ts";
import { insertCredential, listCredentials, savePreflight, setCredentialHealth } from "#store/people/credentials.ts";
import { freshDatabase } from "#store/testing/fresh-database.ts";
import { refreshReasons } from "./instance-reasons.ts";

// Which credential is best is the database's to say, by its own clock.
const now = new Date();
const day = 24 * 3600_000;

async function instanceIn(t: TestContext) {
  const database = await freshDatabase();
  t.after(() => database.drop());
  const { db } = database.store;
  const instance = await insertInstance(db, { name: "Contoso", takes: { is: "existing" }, createdBy: "anna" });
  const organization = randomUUID() as OrganizationId;
  await upsertOrganization(db, { id: organization, instanceId: instance, name: "contoso" });
  await markOrganizationSynced(db, organization, now);
  const add = (account: string, more: { readonly expires?: Date; readonly allOrganizations?: boolean } = {}) =>
    insertCredential(
      db,
      {
        instanceId: instance,
        organizationId: organization,
        accountId: randomUUID(),
        accountName: account,
        method: "pat",
        sealed: Buffer.from(account),
        valueHash: Buffer.from(account),
        allOrganizations: false,
        ...more,
      },
      now,
    );
  return { db, instance, add };
}

/** State, and `level code` of each reason, as they are at that time. */
async function saidOf(db: Db, instance: InstanceId, at = now): Promise<readonly string[]> {
  await db.transaction().execute((tx) => refreshReasons({ now: () => at }, tx, instance));
  const row = await getInstance(db, instance);
  return [row?.state ?? "", ...(row?.reasons.map(({ level, code }) => `${level} ${code}`) ?? [])];
}

test("an end that comes near is said in time; with another credential at hand it stops nothing", async (t) => {
  const { db, instance, add } = await instanceIn(t);
  assert.deepEqual(await saidOf(db, instance), ["error", "error no-credential"]);
  await add("Ada", { expires: new Date(now.getTime() + 20 * day) });
  assert.deepEqual(await saidOf(db, instance), ["connected"]);
  const soon = new Date(now.getTime() + 10 * day);
  assert.deepEqual(await saidOf(db, instance, soon), ["warning", "warning token-expires"]);
  const later = new Date(now.getTime() + 18 * day);
  await saidOf(db, instance, later);
  const [reason] = (await getInstance(db, instance))?.reasons ?? [];
  assert.equal(reason?.cause, "The personal access token of Ada expires very soon, in 2 days.");
  assert.equal(reason.since, soon.toISOString(), "the reason began when it was said first");
  await saidOf(db, instance, new Date(now.getTime() + 15.5 * day));
  const [whole] = (await getInstance(db, instance))?.reasons ?? [];
  assert.equal(whole?.cause, "The personal access token of Ada expires in 4 days.");
  await add("Bert");
  assert.deepEqual(await saidOf(db, instance, soon), ["connected", "notice token-expires"]);
});

test("tokens of all organizations end with November", async (t) => {
  const { db, instance, add } = await instanceIn(t);
  await add("Ada", { allOrganizations: true });
  const early = new Date("2026-08-01T00:00:00Z");
  assert.deepEqual(await saidOf(db, instance, early), ["connected", "notice all-organizations-token"]);
  const near = new Date("2026-11-25T00:00:00Z");
  assert.deepEqual(await saidOf(db, instance, near), ["warning", "warning all-organizations-token"]);
});

test("what the credential in use may not do is missed only where the feature is on", async (t) => {
  const { db, instance, add } = await instanceIn(t);
  const id = await add("Ada");
  const lacking = { works: "no", reason: "It may not.", missing: ["Work Items (Read & write)"] } as const;
  const features: Preflight["features"] = [
    { ...lacking, feature: "work-items" },
    { ...lacking, feature: "posture" },
    { ...lacking, feature: "builds", works: "in-part" },
  ];
  await savePreflight(db, id, { checkedAt: now, scopes: [], roles: [], features });
  assert.deepEqual(await saidOf(db, instance), ["warning", "warning lacks-work-items", "notice lacks-builds"]);
  const code = { works: "no", reason: "The scope is missing.", missing: ["Code (Read & write)"] } as const;
  const both: Preflight["features"] = [{ ...code, feature: "comment" }, { ...code, feature: "status" }, ...features];
  await savePreflight(db, id, { checkedAt: now, scopes: [], roles: [], features: both });
  const alike = await saidOf(db, instance);
  assert.deepEqual(alike, ["warning", "warning lacks-comment", "warning lacks-work-items", "notice lacks-builds"]);
  const [reason] = (await getInstance(db, instance))?.reasons ?? [];
  assert.match(reason?.affects ?? "", /^Findings are not written on pull requests\. Pull requests get no status;/);
  assert.match(reason?.remedy ?? "", / Or switch these features off under Settings\.$/);
  await savePreflight(db, id, { checkedAt: now, scopes: [], roles: [], features });
  await updateInstance(db, instance, { features: { comment: true, status: true, fix: true, workItems: false } });
  assert.deepEqual(await saidOf(db, instance), ["connected", "notice lacks-builds"]);
});

test("dead credentials lock out together, and the first in rank says why", async (t) => {
  const { db, instance, add } = await instanceIn(t);
  await add("Ada");
  await add("Bert");
  const [ada, bert] = await listCredentials(db, instance);
  assert(ada && bert);
  await setCredentialHealth(db, ada.id, { health: "refused", reason: "no", at: now });
  assert.deepEqual(await saidOf(db, instance), ["connected", "notice credential-taken-over"]);
  await setCredentialHealth(db, bert.id, { health: "removed", reason: "no", at: now });
  assert.deepEqual(await saidOf(db, instance), ["error", "error signed-out"]);
  const [reason] = (await getInstance(db, instance))?.reasons ?? [];
  assert.match(reason?.cause ?? "", /token of Ada: .*The other credential does not work either/);
});
