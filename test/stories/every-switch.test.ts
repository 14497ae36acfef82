/**
 * One life of a connection, lived again under every setting of what no public source settles: the outcome must always be
 * the same. Outcomes are compared, not calls.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { resolveTenant } from "#azure-devops/entra/resolve-tenant.ts";
import { askedBy } from "#flows/connect-instance/asked-by.ts";
import { editInstance } from "#flows/connect-instance/edit-instance.ts";
import { askForRepositoryScan, askForSync } from "#flows/jobs/ask.ts";
import { startValidation } from "#flows/validate-hooks/start-validation.ts";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import { getValidation } from "#store/hooks/hook-validations.ts";
import { getInstance } from "#store/instances/instances.ts";
import { getOrganization } from "#store/instances/organizations.ts";
import { addCommit, addRepository, addToken } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { RepositoryState, SubscriptionState } from "../../emulator/world.ts";
import { connect, draftOf } from "./connect.ts";
import { eventLines, idOf, issueLines, rollUpOf, scannedCommit } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest, patchPullRequest } from "./pull-request-calls.ts";
import { deleteBranch, pushCommits, renameOrganization } from "./remote-changes.ts";
import { manySettings, type Setting, singleSettings, usual } from "./switch-settings.ts";

interface Life {
  readonly house: House;
  readonly instance: InstanceId;
  readonly service: RepositoryState;
  readonly shelved: RepositoryState;
  /** Whether all hooks could be made. */
  readonly hears: boolean;
}

const leak = (name: string) => `TOKEN=${plantedSecrets(name).githubToken}\n`;

async function begin({ switches }: Setting): Promise<Life> {
  const house = await openHouse();
  const { world } = house.emulator;
  Object.assign(world.switches, switches);
  const add = (name: string) =>
    addRepository(world, house.organization, house.project, name, { files: { "first.env": leak(`first ${name}`) } });
  const [service, shelved] = [await add("service"), await add("shelved")];
  const instance = await connect(house);
  return { house, instance, service, shelved, hears: world.switches.maximumSubscriptions >= 7 };
}

async function sync({ house, instance }: Life): Promise<void> {
  await askForSync(house.app, house.app.db, { id: house.organization.id as OrganizationId, instanceId: instance });
  await house.quiet();
}

/** Where not every hook could be made, what happened is found by looking. */
async function heard(life: Life): Promise<void> {
  await life.house.quiet();
  if (!life.hears) await sync(life);
}

async function state({ house, instance }: Life): Promise<readonly unknown[]> {
  const row = await getInstance(house.app.db, instance);
  const told = row?.reasons.filter(({ level }) => level !== "notice").map(({ code }) => code) ?? [];
  return [row?.state, ...new Set(told)];
}

async function isWell(life: Life, when: string): Promise<void> {
  assert.deepEqual(await state(life), life.hears ? ["connected"] : ["warning", "hooks-refused"], when);
}

function pushHook({ house }: Life): SubscriptionState | undefined {
  return house.organization.subscriptions.find(({ eventType }) => eventType === "git.push");
}

async function firstScan(life: Life): Promise<void> {
  const { house, service } = life;
  await house.quiet();
  await isWell(life, "connected");
  assert.deepEqual(await issueLines(house, service), ["open first.env"]);
  const organization = await getOrganization(house.app.db, house.organization.id as OrganizationId);
  assert.equal(organization?.tenantId, house.organization.tenantId);
  const resolved = await resolveTenant(askedBy(house.app), "fabrikam");
  assert.equal(resolved.is === "tenant" && resolved.tenant, house.organization.tenantId);
}

async function pushAndPullRequest(life: Life): Promise<void> {
  const { house, service } = life;
  const head = await pushCommits(house, service, "main", [{ "a.txt": "a\n" }, { "leak.env": leak("push") }, {}]);
  await pushCommits(house, service, "topic", [{ "topic.env": leak("topic") }]);
  const pullRequest = await openPullRequest(house, service, "topic");
  await heard(life);
  assert.equal(await scannedCommit(house, service), head);
  assert.deepEqual(await issueLines(house, service), ["open first.env", "open leak.env"]);

  const told = () => [
    pullRequest.threads.filter(({ properties }) => "sallyport.fingerprint" in properties).length,
    ...rollUpOf(pullRequest).map((status) => status.state),
  ];
  assert.deepEqual(told(), [1, "pending", "failed"]);
  await patchPullRequest(house, service, pullRequest.id, { title: "another title" });
  await heard(life);
  assert.deepEqual(told(), [1, "pending", "failed"], "a new title is nothing new");
  await patchPullRequest(house, service, pullRequest.id, { status: "abandoned" });
  await deleteBranch(house, service, "topic");
  await heard(life);
  assert.deepEqual(told(), [1, "pending", "failed"], "a branch that goes is nothing new");
}

async function disabledRepository(life: Life): Promise<void> {
  const { house, instance, shelved } = life;
  await addCommit(house.emulator.world, house.organization, shelved, house.developer, {
    branch: "main",
    message: "leak",
    files: { "leak.env": leak("shelved") },
  });
  await house.emulator.settled();
  shelved.isDisabled = true;
  await askForRepositoryScan(
    house.app,
    house.app.db,
    { id: idOf(shelved), instanceId: instance },
    { is: "person", name: "anna" },
  );
  await house.quiet();
  await sync(life);
  await isWell(life, "a disabled repository is no trouble");
  shelved.isDisabled = false;
  await sync(life);
  assert.deepEqual(await issueLines(house, shelved), ["open first.env", "open leak.env"]);
}

async function hooksRefusedThenGranted(life: Life): Promise<void> {
  const { house, service } = life;
  const { organization } = house;
  const at = organization.memberships.findIndex(({ userId }) => userId === house.owner.id);
  const [former] = organization.memberships.splice(at, 1, { userId: house.owner.id, group: "contributors" });
  assert(former);
  organization.subscriptions.splice(0);
  await sync(life);
  assert.deepEqual(await state(life), ["warning", "hooks-refused"]);
  const head = await pushCommits(house, service, "main", [{ "unheard.txt": "unheard\n" }]);
  await sync(life);
  assert.equal(await scannedCommit(house, service), head);
  organization.memberships[at] = former;
  await sync(life);
  await isWell(life, "granted");
  assert.equal(organization.subscriptions.length, life.hears ? 7 : 3);
}

async function secretResent(life: Life): Promise<void> {
  const { house, service } = life;
  const hook = pushHook(life);
  if (hook) hook.status = "disabledBySystem";
  await sync(life);
  await isWell(life, "switched on again");
  const head = await pushCommits(house, service, "main", [{ "again.txt": "again\n" }]);
  await heard(life);
  assert.equal(await scannedCommit(house, service), head);
  assert.equal(hook?.status ?? "enabled", "enabled");
}

async function hooksTried({ house, instance }: Life): Promise<void> {
  const validation = await startValidation(house.app, instance, "anna");
  await house.quiet();
  const results = (await getValidation(house.app.db, validation ?? ""))?.results ?? [];
  const arrived = results.filter(({ state: is }) => is === "arrived").length;
  assert.equal(arrived, house.organization.subscriptions.length, JSON.stringify(results));
}

async function credentialRenewed(life: Life): Promise<void> {
  const { house, instance, service } = life;
  house.ownerToken.expires = new Date(0);
  const head = await pushCommits(house, service, "main", [{ "locked.txt": "locked\n" }]);
  await heard(life);
  const [is, ...codes] = await state(life);
  assert.deepEqual([is, codes[0]], ["error", "signed-out"]);
  const { value } = addToken(house.emulator.world, house.owner, { organization: house.organization });
  const draft = await draftOf(house, value);
  assert.deepEqual(await editInstance(house.app, instance, { draft, by: "anna" }), { is: "edited" });
  await house.quiet();
  await isWell(life, "renewed");
  assert.equal(await scannedCommit(house, service), head);
}

async function organizationRenamed(life: Life): Promise<void> {
  const { house, service } = life;
  renameOrganization(house, "fabrikam-fiber");
  await sync(life);
  await isWell(life, "renamed");
  const organization = await getOrganization(house.app.db, house.organization.id as OrganizationId);
  assert.equal(organization?.name, "fabrikam-fiber");
  const head = await pushCommits(house, service, "main", [{ "renamed.txt": "renamed\n" }]);
  await heard(life);
  assert.equal(await scannedCommit(house, service), head);
}

/** A 429 that says, or does not say, when to come again. */
async function slowedDown(life: Life): Promise<void> {
  life.house.emulator.world.faults.push({ id: "1", is: "status", status: 429, matches: "/_apis/hooks/", times: 1 });
  await sync(life);
  await isWell(life, "slowed down");
}

async function nothingIsOwed({ house }: Life): Promise<void> {
  const owed = (await eventLines(house)).filter((line) => /failed|received/.test(line));
  assert.deepEqual(owed, []);
  assert.deepEqual(await house.app.jobs.dead(10), []);
}

async function live(setting: Setting): Promise<void> {
  const life = await begin(setting);
  try {
    await firstScan(life);
    await pushAndPullRequest(life);
    await disabledRepository(life);
    await hooksRefusedThenGranted(life);
    await secretResent(life);
    await hooksTried(life);
    await credentialRenewed(life);
    await organizationRenamed(life);
    if ("rateLimitHeadersOnHooks" in setting.switches) await slowedDown(life);
    await nothingIsOwed(life);
  } finally {
    await life.house.close();
  }
}

/** `npm test -- --every-setting test/stories/every-switch.test.ts` tries each alone as well: three minutes more. */
const alone = process.env.SALLYPORT_EVERY_SETTING === undefined ? [] : singleSettings;

describe("a connection lives the same life", { concurrency: 3 }, () => {
  for (const setting of [usual, ...manySettings, ...alone]) test(setting.title, () => live(setting));
});
