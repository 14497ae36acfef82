import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { checkConnection } from "#flows/connect-instance/check-connection.ts";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import { listDraftRepositories } from "#flows/connect-instance/list-draft-repositories.ts";
import { secretValue } from "#model/secret-value.ts";
import { listAuditEvents } from "#store/audit-events.ts";
import { listSubscriptions } from "#store/hook-subscriptions.ts";
import { getInstance, listInstances } from "#store/instances.ts";
import { addProject, addRepository, addToken } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { everything, issueLines, scannedCommit, scansOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";

let house: House;
let shop: RepositoryState;
let draft = "";

before(async () => {
  house = await openHouse();
  const { world } = house.emulator;
  const { organization, project } = house;
  shop = await addRepository(world, organization, project, "Web shop ä", {
    files: {
      "README.md": "# Shop\n",
      "config/deploy.env": `GITHUB_TOKEN=${plantedSecrets("first").githubToken}\n`,
      "src/index.ts": "export const answer = 42;\n",
    },
  });
  await addRepository(world, organization, project, "empty");
  await addRepository(world, organization, project, "old", { isDisabled: true });
  const elsewhere = addProject(world, organization, "Other project");
  await addRepository(world, organization, elsewhere, "tools", { files: { "a.txt": "a\n" } });
});

after(() => house.close());

test("a wrong token and an unknown organization are told in words that help", async () => {
  const wrong = await checkConnection(house.app, { organizations: ["fabrikam"], token: secretValue("x".repeat(52)) });
  assert.equal(wrong.draft, undefined);
  assert.match(wrong.organizations[0]?.problem ?? "", /does not accept this token for fabrikam/);
  const unknown = await checkConnection(house.app, {
    organizations: ["no-such-organization"],
    token: secretValue(house.ownerToken.value),
  });
  assert.equal(unknown.draft, undefined);
  assert.match(unknown.organizations[0]?.problem ?? "", /no-such-organization/);
});

test("a token without the scope for code is told what it lacks", async () => {
  const token = addToken(house.emulator.world, house.owner, { organization: house.organization, scopes: ["work"] });
  const check = await checkConnection(house.app, { organizations: ["fabrikam"], token: secretValue(token.value) });
  const capabilities = check.organizations[0]?.capabilities ?? [];
  assert(
    capabilities.some(({ works }) => !works) || check.organizations[0]?.problem,
    `everything seems to work: ${JSON.stringify(check)}`,
  );
});

test("a good token shows whose it is, and everything that can be chosen", async () => {
  const check = await checkConnection(house.app, {
    organizations: [" https://dev.azure.com/fabrikam/Payments ", "FABRIKAM"],
    token: secretValue(house.ownerToken.value),
  });
  assert.equal(check.organizations.length, 1);
  const [organization] = check.organizations;
  assert.equal(organization?.id, house.organization.id);
  assert.equal(organization?.account?.name, "Olga Owner");
  assert.equal(organization?.problem, undefined);
  draft = check.draft ?? "";
  const found = await listDraftRepositories(house.app, draft);
  assert.deepEqual(
    found?.repositories
      .map(({ name, project, isEmpty, isDisabled }) => [name, project, isEmpty, isDisabled])
      .toSorted(),
    [
      ["Web shop ä", "Payments", false, false],
      ["empty", "Payments", true, false],
      ["old", "Payments", true, true],
      ["tools", "Other project", false, false],
    ],
  );
});

test("saved twice at the same moment, it is one instance, connected, with one hook per project and event type", async () => {
  const connection = { draft, name: "Fabrikam", takes: { is: "existing" }, by: "anna" } as const;
  const [one, two] = await Promise.all([createInstance(house.app, connection), createInstance(house.app, connection)]);
  const three = await createInstance(house.app, connection);
  assert(one?.is === "created");
  assert.deepEqual([two, three], [one, one]);
  assert.equal((await listInstances(house.app.db, everything)).length, 1);
  await house.quiet();

  const instance = await getInstance(house.app.db, one.instance);
  assert.deepEqual([instance?.state, instance?.reasons], ["connected", []]);
  assert.equal(house.organization.subscriptions.length, 12);
  const subscriptions = await listSubscriptions(house.app.db, one.instance);
  assert.equal(subscriptions.filter(({ status }) => status === "enabled").length, 12);
  const actions = (await listAuditEvents(house.app.db, everything, { offset: 0, limit: 10 })).rows;
  assert.deepEqual(
    actions.map(({ actor, action }) => [actor, action]),
    [["anna", "instance-connected"]],
  );
});

test("everything chosen was scanned", async () => {
  assert.deepEqual(await issueLines(house, shop), ["open config/deploy.env"]);
  const scans = await scansOf(house, shop);
  assert.deepEqual(
    scans.map(({ outcome, because, stats }) => [outcome, because.is, stats?.files]),
    [["complete", "connected", 3]],
  );
  assert.equal(await scannedCommit(house, shop), scans[0]?.commit);
});

test("a connected organization says by which instance", async () => {
  const check = await checkConnection(house.app, {
    organizations: ["fabrikam"],
    token: secretValue(house.ownerToken.value),
  });
  assert.equal(check.organizations[0]?.connectedTo, "Fabrikam");
  assert.match(check.organizations[0]?.problem ?? "", /connected already, by the instance "Fabrikam"/);
});

test("no secret stands in the database or the log", async () => {
  const { githubToken } = plantedSecrets("first");
  const log = house.logged.join("");
  assert(!log.includes(githubToken) && !log.includes(house.ownerToken.value));
});
