// A database of the first schema, with an instance at work in it, is opened by this version: nothing is lost, and it goes on.
import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { type TestContext, test } from "node:test";
import { type Kysely, sql } from "kysely";
import { pino } from "pino";
import { openEntra } from "#azure-devops/entra/open-entra.ts";
import { emulatedOrganization } from "#azure-devops/testing/emulated-organization.ts";
import type { App } from "#flows/app.ts";
import { openDraft } from "#flows/connect-instance/connection-draft.ts";
import { queues } from "#flows/jobs/queues.ts";
import { openScanPool } from "#flows/scan-files/open-scan-pool.ts";
import { syncOrganization } from "#flows/sync-organization/sync-organization.ts";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import { everyFeature } from "#model/scopes.ts";
import type { Database } from "#store/database.ts";
import { listSubscriptions } from "#store/hooks/hook-subscriptions.ts";
import { getInstanceOverview } from "#store/instances/instances.ts";
import { listIssues } from "#store/issues/list-issues.ts";
import { openJobs } from "#store/jobs/jobs.ts";
import { createKeys } from "#store/keys.ts";
import { migrateTo } from "#store/migrate.ts";
import { openPool, openStore } from "#store/open-store.ts";
import { listAuditEvents } from "#store/people/audit-events.ts";
import { bestCredential, insertCredential, listCredentials } from "#store/people/credentials.ts";
import { open, seal } from "#store/sealing.ts";
import { emptyDatabase } from "#store/testing/fresh-database.ts";
import { everything } from "./facts.ts";

const log = pino({ level: "silent" });
const keys = createKeys(Buffer.alloc(32, 3));
const events = ["git.push", "git.pullrequest.created", "build.complete"];

type There = Awaited<ReturnType<typeof emulatedOrganization>>;

/** What the first version kept of a connection that had worked for a while, and that warned at the end. */
async function fill(db: Kysely<Database>, there: There, instance: string): Promise<void> {
  const { organization, project, repository, token, user } = there;
  const credential = randomUUID();
  const draft = randomUUID();
  const sealed = seal(keys, token.value, credential);
  const reasons = JSON.stringify([{ code: "signed-out", message: "Give a new token" }]);
  const finding = {
    rule: "secrets/x",
    aliases: [],
    severity: "high",
    message: "m",
    fingerprint: "f",
    at: { path: "a" },
  };
  await sql`insert into instances (id, name, takes, state, reasons, created_by)
    values (${instance}, 'Old', '{"is":"existing"}', 'warning', ${reasons}::jsonb, 'anna')`.execute(db);
  await sql`insert into organizations (id, instance_id, name, synced_at)
    values (${organization.id}, ${instance}, ${organization.name}, now())`.execute(db);
  await sql`insert into credentials (id, instance_id, organization_id, sealed, account_id, account_name, health)
    values (${credential}, ${instance}, ${organization.id}, ${sealed}, ${user.id}, 'Ada', 'good')`.execute(db);
  await sql`insert into credentials (id, instance_id, organization_id, sealed, account_id, account_name, health)
    values (${randomUUID()}, ${instance}, ${randomUUID()}, ${sealed}, 'x', 'Bert', 'expired')`.execute(db);
  await sql`insert into projects (id, instance_id, organization_id, name)
    values (${project.id}, ${instance}, ${organization.id}, ${project.name})`.execute(db);
  await sql`insert into repositories (id, instance_id, organization_id, project_id, name, default_branch, size, remote_url,
      web_url, is_disabled, is_fork, chosen, added_at)
    values (${repository.id}, ${instance}, ${organization.id}, ${project.id}, ${repository.name}, 'refs/heads/main', 1, '',
      '', false, false, true, now())`.execute(db);
  for (const eventType of events) {
    const key = randomBytes(32).toString("base64url");
    await sql`insert into hook_subscriptions (key, instance_id, organization_id, project_id, event_type, secret_sealed,
        remote_id, status, accepted, refused)
      values (${key}, ${instance}, ${organization.id}, ${project.id}, ${eventType}, ${seal(keys, "s", key)},
        ${randomUUID()}, 'enabled', 7, 2)`.execute(db);
  }
  await sql`insert into issues (id, instance_id, repository_id, branch, fingerprint, rule, scanner, severity,
      severity_rank, message, path, finding, search_text, state, present, first_seen, last_seen)
    values (${randomUUID()}, ${instance}, ${repository.id}, 'refs/heads/main', 'f', 'secrets/x', 'secrets', 'high', 2, 'm',
      'a', ${JSON.stringify(finding)}::jsonb, 'a', 'open', true, now(), now())`.execute(db);
  for (const action of ["instance deleted", "signed-in", "days to solve problems changed"]) {
    await sql`insert into audit_events (id, at, actor, action, subject, data)
      values (${randomUUID()}, now(), 'anna', ${action}, 'Old', '{}')`.execute(db);
  }
  await sql`insert into connection_drafts (id, sealed, summary, expires)
    values (${draft}, ${seal(keys, token.value, draft)}, '{"organizations":[{"id":"x"}]}', now() + interval '1 hour')`.execute(
    db,
  );
}

async function upgraded(t: TestContext) {
  const there = await emulatedOrganization(t);
  const empty = await emptyDatabase();
  const instance = randomUUID() as InstanceId;
  const old = openPool({ url: empty.url, log, maxConnections: 2 });
  await migrateTo(old.db, "0001-first");
  await fill(old.db, there, instance);
  const { rows: drafts } = await sql<{ id: string }>`select id from connection_drafts`.execute(old.db);
  await old.db.destroy();
  const store = await openStore({ url: empty.url, log });
  const jobs = await openJobs(store, { log, queues });
  const scanPool = openScanPool({ threads: 0, fingerprintKey: new Uint8Array(32) });
  t.after(async () => {
    await jobs.stop();
    await scanPool.close();
    await store.close();
    await empty.drop();
  });
  const { remote } = there;
  const now = () => new Date();
  const entra = openEntra({ addresses: remote.addresses, now, log, userAgent: "sallyport/test" });
  const publicUrl = "https://sallyport.example";
  const delivery = { is: "hooks" } as const;
  const app = { db: store.db, keys, jobs, remote, entra, scanPool, log, now, publicUrl, delivery } as App;
  return {
    ...there,
    app,
    db: store.db,
    instance,
    draft: drafts[0]?.id ?? "",
    id: there.organization.id as OrganizationId,
  };
}

test("credentials, hooks and issues of the first schema are all there, and the instance goes on", async (t) => {
  const { app, db, instance, id, token, organization, draft } = await upgraded(t);
  const best = await bestCredential(db, id);
  assert(best?.sealed);
  assert.equal(open(keys, best.sealed, best.id).reveal(), token.value);
  assert.deepEqual([best.method, best.health, best.allOrganizations], ["pat", "good", false]);
  const credentials = await listCredentials(db, instance);
  assert.deepEqual(
    new Set(credentials.map(({ accountName, health }) => `${accountName} ${health}`)),
    new Set(["Ada good", "Bert refused"]),
  );
  const rows = await listSubscriptions(db, instance);
  assert.deepEqual(new Set(rows.map(({ accepted, refused }) => `${accepted} ${refused}`)), new Set(["7 2"]));
  const before = await getInstanceOverview(db, everything, instance);
  assert.deepEqual([before?.reasons, before?.features, before?.pausedAt, before?.issues], [[], everyFeature, null, 1]);
  assert.equal(await openDraft(app, draft), undefined, "what was begun in the former wizard begins again");

  const { rows: audit } = await listAuditEvents(db, everything, { offset: 0, limit: 10 });
  assert.deepEqual(
    audit.map(({ action }) => action).sort(),
    ["days-to-solve-problems-changed", "instance-deleted", "signed-in"],
    "one way to name what happened",
  );

  await syncOrganization(app, { organization: id }, new AbortController().signal);
  const after = await getInstanceOverview(db, everything, instance);
  assert.deepEqual([after?.state, after?.reasons, after?.issues, after?.repositories.chosen], ["connected", [], 1, 1]);
  assert.deepEqual(after?.heads && [after.heads.unscanned, after.heads.unchecked], [1, 0]);
  assert.equal(organization.subscriptions.length, 7);
  const kept = await listSubscriptions(db, instance);
  assert(rows.every(({ key }) => kept.some((row) => row.key === key && row.status === "enabled")));
  assert.equal((await listIssues(db, everything, { offset: 0, limit: 10 })).total, 1);
  const waiting = (await app.jobs.pending()).find(({ queue }) => queue === "scan-repository");
  assert.equal(waiting?.waiting, 1);

  const second = { instanceId: instance, organizationId: id, accountId: "b", accountName: "Bea" };
  const sealed = {
    method: "pat",
    sealed: Buffer.from("x"),
    valueHash: Buffer.from("y"),
    allOrganizations: false,
  } as const;
  await insertCredential(db, { ...second, ...sealed }, app.now());
  assert.equal((await bestCredential(db, id))?.accountName, "Ada", "a further one waits until it is needed");
});
