import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { editInstance } from "#flows/connect-instance/edit-instance.ts";
import { giveFeedback } from "#flows/give-feedback/give-feedback.ts";
import type { InstanceId } from "#model/ids.ts";
import { everyFeature } from "#model/scopes.ts";
import { addCommit, addRepository, addToken, addUser } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { PullRequestState, RepositoryState } from "../../emulator/world.ts";
import { connect, draftOf } from "./connect.ts";
import { idOf, rollUpOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest } from "./pull-request-calls.ts";

let house: House;
let service: RepositoryState;
let instance: InstanceId;
let leaking: PullRequestState;
let clean: PullRequestState;

before(async () => {
  house = await openHouse();
  const { world } = house.emulator;
  service = await addRepository(world, house.organization, house.project, "service", { files: { "a.txt": "a\n" } });
  instance = await connect(house);
  await house.quiet();
});

after(() => house.close());

async function commit(branch: string, files: Readonly<Record<string, string>>, from?: string): Promise<void> {
  const change = { branch, message: branch, files, ...(from === undefined ? {} : { from }) };
  await addCommit(house.emulator.world, house.organization, service, house.developer, change);
}

async function switchTo(change: Partial<typeof everyFeature>): Promise<void> {
  const features = { ...everyFeature, ...change };
  assert.deepEqual(await editInstance(house.app, instance, { features, by: "anna" }), { is: "edited" });
  await house.quiet();
}

function told(pullRequest: PullRequestState): readonly string[] {
  const own = pullRequest.threads.filter((thread) => "sallyport.fingerprint" in thread.properties);
  return [...rollUpOf(pullRequest).map(({ state }) => String(state)), ...own.map(({ status }) => `thread ${status}`)];
}

test("switched off, Sallyport scans and says nothing", async () => {
  await switchTo({ comment: false, status: false });
  await commit("leak", { "leak.env": `TOKEN=${plantedSecrets("leak").githubToken}\n` }, "main");
  await commit("clean", { "clean.txt": "clean\n" }, "main");
  leaking = await openPullRequest(house, service, "leak");
  clean = await openPullRequest(house, service, "clean");
  await house.quiet();
  assert.deepEqual([told(leaking), told(clean)], [[], []]);
});

test("each switch that is turned on answers the open pull requests at once, and once", async () => {
  await switchTo({ comment: false });
  assert.deepEqual([told(leaking), told(clean)], [["failed"], ["succeeded"]]);
  await switchTo({});
  assert.deepEqual([told(leaking), told(clean)], [["failed", "thread active"], ["succeeded"]]);
  await switchTo({});
  assert.deepEqual([told(leaking), told(clean)], [["failed", "thread active"], ["succeeded"]]);
});

test("turned off again, what stands there stays, and the end of a problem is told with the next switch", async () => {
  await switchTo({ comment: false, status: false });
  await commit("leak", { "leak.env": "TOKEN=\n" });
  await house.quiet();
  assert.deepEqual(told(leaking), ["failed", "thread active"]);
  await switchTo({});
  assert.deepEqual(told(leaking), ["failed", "succeeded", "thread fixed"]);
});

test("a comment says as whom it was written; another credential leaves it as it is, and goes on", async () => {
  await commit("leak", { "leak.env": `TOKEN=${plantedSecrets("again").githubToken}\n` });
  await house.quiet();
  const first = leaking.threads.findLast(({ status }) => status === "active")?.comments[0];
  assert.equal(first?.userId, house.owner.id);
  assert.match(first.content, /\n\n\*Written by Sallyport, acting as Olga Owner\.\*$/);

  const second = addUser(house.emulator.world, "Sam_Second", {
    organization: house.organization,
    group: "project administrators",
  });
  const draft = await draftOf(
    house,
    addToken(house.emulator.world, second, { organization: house.organization }).value,
  );
  assert.deepEqual(await editInstance(house.app, instance, { draft, by: "anna" }), { is: "edited" });
  await house.quiet();
  house.ownerToken.revoked = true;
  await commit("leak", { "more.env": `TOKEN=${plantedSecrets("more").githubToken}\n` });
  await house.quiet();
  const last = leaking.threads.at(-1)?.comments[0];
  assert.equal(last?.userId, second.id);
  assert.match(last.content, /acting as Sam\\_Second\.\*$/);
  const { content } = first;
  // With another address of the console the comment of the first one would have to be corrected, which only they may do.
  const moved = { ...house.app, publicUrl: "https://elsewhere.example" };
  await giveFeedback(moved, { repository: idOf(service), number: leaking.id });
  assert.equal(first.content, content);
  assert.match(last.content, /elsewhere\.example.*acting as Sam\\_Second/s);
});
