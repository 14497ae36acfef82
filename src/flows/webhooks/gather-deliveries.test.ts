import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import type { WebhookId } from "#model/webhook.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import { createKeys } from "#store/keys.ts";
import { wantGates } from "#store/pull-requests/gates.ts";
import { type FreshDatabase, freshDatabase } from "#store/testing/fresh-database.ts";
import { type SampleWorld, sampleFinding, sampleTime, sampleWorld } from "#store/testing/sample-world.ts";
import { getWebhook, insertWebhook } from "#store/webhooks/webhooks.ts";
import { gatherDeliveries } from "./gather-deliveries.ts";

const everything = { is: "everything" } as const;

describe("what webhooks are told", () => {
  let database: FreshDatabase;
  let world: SampleWorld;
  let webhook: WebhookId;
  before(async () => {
    database = await freshDatabase();
    const { db } = database.store;
    const keys = createKeys(randomBytes(32));
    world = await sampleWorld(db);
    const { instanceId } = world;
    webhook = await insertWebhook(db, keys, {
      ...{ instanceId, name: "Chat", address: "https://chat.example/", secret: "s", enabled: true },
      events: ["issue-dismissed", "gate-not-effective"],
      ...{ changedBy: "ada", changedAt: sampleTime },
    });
  });
  after(() => database.drop());

  const later = (minutes: number) => new Date(sampleTime.getTime() + minutes * 60_000);

  async function look(minutes: number): Promise<number> {
    const { db } = database.store;
    const known = await getWebhook(db, everything, webhook);
    assert(known);
    await gatherDeliveries({ db, now: () => later(minutes), publicUrl: "https://sallyport.example" }, known);
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from webhook_deliveries`.execute(db);
    return rows[0]?.count ?? 0;
  }

  test("is all that happened, also where more happens at once than is read at once", async () => {
    const { db } = database.store;
    const { instanceId, repositoryId } = world;
    const place = { instanceId, repositoryId, branch: "refs/heads/main", at: later(1) };
    await applyBranchFindings(db, { ...place, replaced: ["src/a.ts"], findings: [sampleFinding("one")] });
    await sql`
      insert into issue_events (id, issue_id, instance_id, at, kind, actor)
      select gen_random_uuid(), i.id, i.instance_id, ${later(2)}, 'dismissed', 'person ' || n
      from issues i, generate_series(1, 2001) n`.execute(db);
    assert.equal(await look(3), 2_001);
    assert.equal(await look(20), 2_001);
  });

  test("holds also the gates that could not be made", async () => {
    const { db } = database.store;
    const before = await look(21);
    const gate = { repositoryId: world.repositoryId, ref: "refs/heads/main" };
    await wantGates(db, [gate], { by: "ada", at: later(22) });
    await sql`update gates set state = 'refused', checked_at = ${later(23)}`.execute(db);
    assert.equal(await look(24), before + 1);
  });
});
