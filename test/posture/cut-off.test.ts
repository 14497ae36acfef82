/** A look at settings that is cut off, wherever, leaves everything as it was; the next one does it. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import type { App } from "#flows/app.ts";
import { checkConnection } from "#flows/connect-instance/check-connection.ts";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import { judgeOrganization } from "#flows/posture/judge-organization.ts";
import type { OrganizationId, UserId } from "#model/ids.ts";
import { secretValue } from "#model/secret-value.ts";
import { inventoryOf } from "../../emulator/inventory/inventory.ts";
import { type DemoSeed, seedDemo } from "../../emulator/seeds/seed-demo.ts";
import { type House, openHouse } from "../stories/house.ts";

let house: House;
let demo: DemoSeed;

before(async () => {
  house = await openHouse();
  demo = await seedDemo(house.emulator.world);
  const checked = await checkConnection(house.app, {
    ...{ method: "pat", by: randomUUID() as UserId, organizations: [demo.organization.name] },
    tokens: [{ value: secretValue(demo.token.value) }],
  });
  assert(checked.draft);
  const takes = { is: "list", repositories: [] } as const;
  const created = await createInstance(house.app, { draft: checked.draft, name: "Brightwater", takes, by: "anna" });
  assert(created.is === "created");
  await house.quiet();
});
after(() => house.close());

const look = (app: App = house.app, signal = AbortSignal.timeout(120_000)) =>
  judgeOrganization(app, { organization: demo.organization.id as OrganizationId }, signal);

const tables = ["posture_facts", "posture_results", "posture_runs", "posture_days", "pipelines", "pipeline_bills"];

/** All that a look writes, as text. */
async function written(): Promise<Readonly<Record<string, readonly string[]>>> {
  const all = [...tables, "attack_paths", "issues", "issue_events", "projects", "repositories"];
  const texts = all.map(async (table) => {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t order by 1`.execute(
      house.app.db,
    );
    return [table, rows.map(({ row }) => row)] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

/** Cancelled as soon as something is asked that comes after all facts. */
function cancelledAfterCollecting(): { readonly app: App; readonly signal: AbortSignal } {
  const stop = new AbortController();
  const { remote } = house.app;
  const organization: App["remote"]["organization"] = (...given) => {
    const client = remote.organization(...given);
    return {
      ...client,
      request(request) {
        if (request.path.endsWith("/preview")) stop.abort(new Error("The server stops."));
        return client.request(request);
      },
    };
  };
  return { app: { ...house.app, remote: { ...remote, organization } }, signal: stop.signal };
}

/** Until `again` is called, nobody writes a day: nearly everything else was written by then. */
async function failingAtTheEnd(): Promise<{ readonly again: () => Promise<void> }> {
  const { db } = house.app;
  await sql`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'The disk is full.'; end $$`.execute(db);
  await sql`create trigger refuse before insert on posture_days execute function refuse()`.execute(db);
  return { again: async () => void (await sql`drop function refuse() cascade`.execute(db)) };
}

test("a first look that is cut off writes nothing, and the next one everything", async () => {
  const before = await written();
  const { app, signal } = cancelledAfterCollecting();
  await assert.rejects(look(app, signal), /The server stops/);
  assert.deepEqual(await written(), before);
  const { again } = await failingAtTheEnd();
  await assert.rejects(look(), /The disk is full/);
  assert.deepEqual(await written(), before);
  await again();
  await look();
  const now = await written();
  for (const table of [...tables, "attack_paths", "issues"]) assert((now[table]?.length ?? 0) > 0, table);
});

test("a later look that is cut off leaves what the one before has said", async () => {
  const before = await written();
  const { checks } = inventoryOf(house.emulator.world, demo.organization);
  for (const { settings } of checks) Object.assign(settings, { requesterCannotBeApprover: true });
  checks.splice(0, 1);
  const { again } = await failingAtTheEnd();
  await assert.rejects(look(), /The disk is full/);
  assert.deepEqual(await written(), before);
  await again();
  await look();
  const now = await written();
  assert.notDeepEqual(now.posture_results, before.posture_results);
  assert.equal(now.posture_runs?.length, 2);
});
