/** Two organizations with the same shop, one that guards nothing and one that guards everything, looked at with a token that only reads. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { checkConnection } from "#flows/connect-instance/check-connection.ts";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import { askForPosture } from "#flows/posture/ask-for-posture.ts";
import type { OrganizationId, UserId } from "#model/ids.ts";
import { secretValue } from "#model/secret-value.ts";
import { listPosture } from "#store/posture/list-posture.ts";
import { countResults } from "#store/posture/list-posture-results.ts";
import { savePostureSettings } from "#store/posture/posture-settings.ts";
import { type PostureOrganization, type PostureSeed, seedPosture } from "../../emulator/seeds/seed-posture.ts";
import { everything } from "../stories/facts.ts";
import { type House, openHouse } from "../stories/house.ts";

let house: House;
let seed: PostureSeed;
before(async () => {
  house = await openHouse();
  seed = await seedPosture(house.emulator.world);
});
after(() => house.close());

/** Rules that fail, and attack paths. */
async function lookAt({ organization, token }: PostureOrganization) {
  const checked = await checkConnection(house.app, {
    ...{ method: "pat", by: randomUUID() as UserId, organizations: [organization.name] },
    tokens: [{ value: secretValue(token.value) }],
  });
  assert(checked.draft);
  const takes = { is: "list", repositories: [] } as const;
  const created = await createInstance(house.app, { draft: checked.draft, name: organization.name, takes, by: "anna" });
  assert(created.is === "created");
  const { instance } = created;
  await house.quiet();
  const changed = { changedBy: "anna", changedAt: house.app.now() };
  await savePostureSettings(house.app.db, {
    ...{ instanceId: instance, enabled: true, usesPortal: true, settings: {} },
    ...changed,
  });
  const id = organization.id as OrganizationId;
  await askForPosture(house.app, { id, instanceId: instance });
  await house.quiet();
  const [row] = await listPosture(house.app.db, everything, id);
  const counts = await countResults(house.app.db, everything, { organizationId: id });
  const failing = new Set(counts.flatMap(({ answer, rule }) => (answer === "fail" ? [rule] : [])));
  return { failing, paths: row?.attackPaths, calls: row?.lastRun?.calls.total ?? 0 };
}

test("nearly every kind of weakness is found where nothing is guarded", async () => {
  const { failing, paths = 0, calls } = await lookAt(seed.weak);
  assert(failing.size > 80, `${failing.size} rules fail`);
  assert(paths > 10 && calls < 300, `${paths} paths, ${calls} calls`);
});

test("nothing but the token that everybody needs is found where everything is guarded", async () => {
  const { failing, paths } = await lookAt(seed.strong);
  assert.deepEqual([[...failing], paths], [["cicd/token-may-do-everything"], 0]);
});
