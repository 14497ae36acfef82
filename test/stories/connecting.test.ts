import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { checkConnection } from "#flows/connect-instance/check-connection.ts";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import { listDraftRepositories } from "#flows/connect-instance/list-draft-repositories.ts";
import type { UserId } from "#model/ids.ts";
import { secretValue } from "#model/secret-value.ts";
import { listSubscriptions } from "#store/hooks/hook-subscriptions.ts";
import { getInstance, listInstances } from "#store/instances/instances.ts";
import { listAuditEvents } from "#store/people/audit-events.ts";
import { addMembership, addOrganization, addProject, addRepository, addToken } from "../../emulator/build-world.ts";
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

function check(tokens: readonly string[], organizations: readonly string[] = ["fabrikam"]) {
  const by = "00000000-0000-7000-8000-000000000001" as UserId;
  return checkConnection(house.app, {
    method: "pat",
    by,
    organizations,
    tokens: tokens.map((value) => ({ value: secretValue(value) })),
  });
}

test("a wrong token and an unknown organization are told in words that help", async () => {
  const wrong = await check(["x".repeat(52)]);
  assert.equal(wrong.draft, undefined);
  assert.match(wrong.organizations[0]?.problem ?? "", /does not accept this token for fabrikam/);
  const unknown = await check([house.ownerToken.value], ["no-such-organization"]);
  assert.equal(unknown.draft, undefined);
  assert.match(unknown.organizations[0]?.problem ?? "", /no-such-organization/);
});

test("a token that lacks two scopes names both, and what is lost, before anything is saved", async () => {
  const scopes = ["code_write", "project"];
  const token = addToken(house.emulator.world, house.owner, { organization: house.organization, scopes });
  const checked = await check([token.value]);
  assert(checked.draft, "what is left is useful");
  const preflight = checked.organizations[0]?.credentials[0]?.preflight;
  const missing = preflight?.scopes.filter(({ verdict }) => verdict === "missing").map(({ scope }) => scope) ?? [];
  assert(missing.includes("vso.build") && missing.includes("vso.work_write"), JSON.stringify(missing));
  const worksOf = new Map(preflight?.features.map((one) => [one.feature, one]));
  assert.deepEqual([worksOf.get("scan")?.works, worksOf.get("work-items")?.works], ["yes", "no"]);
  assert.deepEqual(worksOf.get("work-items")?.missing, ["Work Items (Read & write)"]);
});

test("a token that cannot read code is refused with the reason", async () => {
  const token = addToken(house.emulator.world, house.owner, { organization: house.organization, scopes: ["work"] });
  const checked = await check([token.value]);
  assert.equal(checked.draft, undefined);
  assert.match(checked.organizations[0]?.problem ?? "", /fabrikam cannot be scanned with it/);
});

test("something else than a token is recognised", async () => {
  const checked = await check([`Bearer ${"x".repeat(52)}`], ["fabrikam"]);
  assert.match(checked.organizations[0]?.problem ?? "", /Paste the token alone/);
});

test("tokens of several organizations find theirs; a token of all organizations is warned of", async () => {
  const { world } = house.emulator;
  const other = addOrganization(world, "northwind");
  addProject(world, other, "Harbour");
  addMembership(other, house.owner, "project administrators");
  const own = addToken(world, house.owner, { organization: other });
  const pair = await check([house.ownerToken.value, own.value], ["fabrikam", "northwind"]);
  assert.deepEqual(
    pair.organizations.map(({ name, problem, credentials }) => [name, problem, credentials.length]),
    [
      ["fabrikam", undefined, 1],
      ["northwind", undefined, 1],
    ],
  );
  assert.deepEqual(pair.warnings, []);
  const everywhere = addToken(world, house.owner, {});
  const found = await check([everywhere.value], []);
  assert.deepEqual(
    found.organizations.map(({ name }) => name),
    ["fabrikam", "northwind"],
  );
  assert.match(found.warnings.join(), /2026-12-01/);
  const unnamed = await check([own.value], []);
  assert.match(unnamed.warnings.join(), /Name the organization/);
});

test("a good token shows whose it is, and everything that can be chosen", async () => {
  const checked = await check([house.ownerToken.value], [" https://dev.azure.com/fabrikam/Payments ", "FABRIKAM"]);
  assert.equal(checked.organizations.length, 1);
  const [organization] = checked.organizations;
  assert.equal(organization?.id, house.organization.id);
  assert.match(organization?.credentials[0]?.accountName ?? "", /^Olga Owner/);
  assert.equal(organization?.problem, undefined);
  draft = checked.draft ?? "";
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
  assert.equal(house.organization.subscriptions.length, 14);
  const subscriptions = await listSubscriptions(house.app.db, one.instance);
  assert.equal(subscriptions.filter(({ status }) => status === "enabled").length, 14);
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
  const checked = await check([house.ownerToken.value]);
  assert.equal(checked.organizations[0]?.connectedTo?.name, "Fabrikam");
  assert.match(checked.organizations[0]?.problem ?? "", /connected already, by the instance "Fabrikam"/);
});

test("no secret stands in the database or the log", async () => {
  const { githubToken } = plantedSecrets("first");
  const log = house.logged.join("");
  assert(!log.includes(githubToken) && !log.includes(house.ownerToken.value));
});
