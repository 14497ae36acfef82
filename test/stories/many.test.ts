import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { checkConnection } from "#flows/connect-instance/check-connection.ts";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import { listDraftRepositories } from "#flows/connect-instance/list-draft-repositories.ts";
import type { RepositoryId, UserId } from "#model/ids.ts";
import { secretValue } from "#model/secret-value.ts";
import { getInstance, getInstanceOverview } from "#store/instances/instances.ts";
import { listScans } from "#store/scans/scans.ts";
import { type ManySeed, seedMany } from "../../emulator/seeds/seed-many.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { everything } from "./facts.ts";
import { type House, openHouse } from "./house.ts";

let house: House;
let seed: ManySeed;

before(async () => {
  house = await openHouse();
  seed = await seedMany(house.emulator.world, { repositories: 1050 });
});

after(() => house.close());

/** One of each kind that may trip somebody. */
function oddOnes(): readonly RepositoryState[] {
  const kinds: readonly ((one: RepositoryState) => boolean)[] = [
    ({ name }) => /[^\p{ASCII}]/u.test(name),
    ({ name }) => name.includes("%"),
    ({ isFork }) => isFork,
    ({ isDisabled }) => isDisabled,
    ({ defaultBranch }) => defaultBranch === undefined,
  ];
  return kinds.map((isOfKind) => {
    const found = seed.repositories.find(isOfKind);
    assert(found);
    return found;
  });
}

test("of a thousand repositories all are listed, and those chosen are scanned, whatever they are called", async () => {
  const { name } = seed.organization;
  const check = await checkConnection(house.app, {
    method: "pat",
    by: randomUUID() as UserId,
    organizations: [name],
    tokens: [{ value: secretValue(seed.token.value) }],
  });
  assert(check.draft);
  const listed = await listDraftRepositories(house.app, check.draft);
  assert.equal(listed?.repositories.length, 1050);
  assert.deepEqual(
    new Set(listed.repositories.map((one) => one.name)),
    new Set(seed.repositories.map((one) => one.name)),
  );
  const chosen = oddOnes();
  const takes = { is: "list", repositories: chosen.map(({ id }) => id as RepositoryId) } as const;
  const created = await createInstance(house.app, { draft: check.draft, name: "Many", takes, by: "anna" });
  assert(created.is === "created");
  await house.quiet();
  const instance = await getInstance(house.app.db, created.instance);
  assert.deepEqual([instance?.state, instance?.reasons], ["connected", []]);
  const overview = await getInstanceOverview(house.app.db, everything, created.instance);
  assert.deepEqual(overview?.repositories, { chosen: 5, total: 1050 });
  const { rows } = await listScans(house.app.db, everything, { offset: 0, limit: 10 });
  const scanned = chosen.filter(({ isDisabled, defaultBranch }) => !isDisabled && defaultBranch !== undefined);
  assert.deepEqual(
    rows.map(({ repositoryName, outcome }) => `${repositoryName} ${outcome}`).toSorted(),
    scanned.map((one) => `${one.name} complete`).toSorted(),
  );
});
