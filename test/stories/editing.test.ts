import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import { editInstance, type InstanceChange } from "#flows/connect-instance/edit-instance.ts";
import { listDraftRepositories } from "#flows/connect-instance/list-draft-repositories.ts";
import { previewDraft, previewInstance } from "#flows/connect-instance/preview-choice.ts";
import { removeCredential } from "#flows/connect-instance/remove-credential.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Takes } from "#model/instance.ts";
import { nothingNarrowed } from "#model/narrowing.ts";
import { getInstanceOverview } from "#store/instances/instances.ts";
import { listIssues } from "#store/issues/list-issues.ts";
import { listCredentials } from "#store/people/credentials.ts";
import { addProject, addRepository, addToken, addUser } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { draftOf } from "./connect.ts";
import { everything, issueLines } from "./facts.ts";
import { type House, openHouse } from "./house.ts";

let house: House;
let api: RepositoryState;
let web: RepositoryState;
let instance: InstanceId;

before(async () => {
  house = await openHouse();
  const { world } = house.emulator;
  const { organization, project } = house;
  const files = { "leak.env": `TOKEN=${plantedSecrets("editing").githubToken}\n` };
  api = await addRepository(world, organization, project, "api", { files });
  web = await addRepository(world, organization, project, "web", { files });
  await addRepository(world, organization, project, "empty");
  await addRepository(world, organization, project, "old", { isDisabled: true });
  addProject(world, organization, "Legacy", { sourceControl: "Tfvc" });
});

after(() => house.close());

const all = (narrowing = {}): Takes => ({
  is: "existing-and-future",
  narrowing: { ...nothingNarrowed, ...narrowing },
});

async function edit(change: Omit<InstanceChange, "by">): Promise<void> {
  assert.deepEqual(await editInstance(house.app, instance, { ...change, by: "anna" }), { is: "edited" });
  await house.quiet();
}

async function archived(): Promise<number> {
  return (await listIssues(house.app.db, everything, { archived: true, offset: 0, limit: 10 })).total;
}

test("a choice is counted before it is saved; projects of the other kind are told, not failed on", async () => {
  const draft = await draftOf(house, house.ownerToken.value);
  const listed = await listDraftRepositories(house.app, draft);
  assert.deepEqual(
    listed?.projects.map(({ name, isSupported }) => [name, isSupported]),
    [
      ["Payments", true],
      ["Legacy", false],
    ],
  );
  const preview = await previewDraft(house.app, draft, all({ skipDisabled: true, skipEmpty: true, exclude: ["w*"] }));
  assert.deepEqual(preview, {
    taken: 1,
    total: 4,
    leftOut: { fork: 0, disabled: 1, empty: 1, "not-included": 0, excluded: 1 },
    names: ["Payments/api"],
    removed: { repositories: 0, issues: 0 },
  });
  const created = await createInstance(house.app, { draft, name: "Fabrikam", takes: all(), by: "anna" });
  assert(created.is === "created");
  ({ instance } = created);
  await house.quiet();
  assert.equal((await getInstanceOverview(house.app.db, everything, instance))?.repositories.chosen, 4);
  assert.equal(await previewDraft(house.app, draft, all()), undefined, "it was saved");
});

test("what is left out is archived, and comes back with the choice", async () => {
  const takes = all({ include: ["Payments/a*"] });
  const preview = await previewInstance(house.app, instance, takes);
  assert.deepEqual(
    [preview.taken, preview.names, preview.removed],
    [1, ["Payments/api"], { repositories: 3, issues: 1 }],
  );
  await edit({ takes });
  assert.deepEqual(await issueLines(house, api), ["open leak.env"]);
  assert.equal(await archived(), 1);
  await edit({ takes: all() });
  assert.equal(await archived(), 0);
  assert.deepEqual(await issueLines(house, web), ["open leak.env"]);
});

test("or deleted, and found anew when it is chosen again", async () => {
  await edit({ takes: all({ exclude: ["web"] }), removed: "delete" });
  assert.deepEqual(await issueLines(house, web), []);
  await edit({ takes: all() });
  assert.deepEqual(await issueLines(house, web), ["open leak.env"]);
});

test("a second credential joins the first; the last one stays", async () => {
  const second = addUser(house.emulator.world, "Sam Second", {
    organization: house.organization,
    group: "project administrators",
  });
  const token = addToken(house.emulator.world, second, { organization: house.organization });
  await edit({
    draft: await draftOf(house, token.value),
    features: { comment: true, status: true, fix: false, workItems: false },
  });
  const overview = await getInstanceOverview(house.app.db, everything, instance);
  assert.deepEqual([overview?.credentials, overview?.features.fix], [{ good: 2, total: 2 }, false]);
  await edit({ draft: await draftOf(house, token.value) });
  const [first, other] = await listCredentials(house.app.db, instance);
  assert(
    first && other && (await listCredentials(house.app.db, instance)).length === 2,
    "the same token is one credential",
  );
  const about = { instance, by: "anna" };
  assert.deepEqual(await removeCredential(house.app, { ...about, credential: first.id }), { is: "removed" });
  await house.quiet();
  assert.match((await getInstanceOverview(house.app.db, everything, instance))?.signIn?.account ?? "", /Sam Second/);
  assert.deepEqual(await removeCredential(house.app, { ...about, credential: other.id }), { is: "last" });
});
