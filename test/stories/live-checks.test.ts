/** Providers are asked about secrets where an administrator allows it, and only then; what they say is kept without the secret. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { askToCheckSecrets } from "#flows/jobs/ask.ts";
import { createLiveAsker } from "#flows/live-checks/open-live-asker.ts";
import { switchLiveCheck } from "#flows/live-checks/switch-live-check.ts";
import type { InstanceId } from "#model/ids.ts";
import type { LiveRequest } from "#scan/secrets/live/live-request.ts";
import { addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest } from "./pull-request-calls.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let clone: WorkingCopy;
let repository: RepositoryState;
let instance: InstanceId;
const { githubToken, azureDevOpsPat, slackBotToken } = plantedSecrets("live");
const newToken = plantedSecrets("live, in a pull request").githubToken;
const asked: LiveRequest[] = [];
let isRevoked = false;
let isDown = false;

/** Stands for GitHub, which knows the token until it is revoked, and for Azure DevOps, which knows nobody. */
const liveAsker = createLiveAsker(
  async (request) => {
    asked.push(request);
    if (isDown) return { is: "failed", reason: `${request.host} did not answer in time` };
    const isGithub = request.host === "api.github.com";
    const status = isGithub && !isRevoked ? 200 : 401;
    const json = !isGithub ? "" : isRevoked ? { message: "Bad credentials" } : { login: "ada", id: 1 };
    const answer = { status, contentType: "application/json", body: JSON.stringify(json), isCut: false };
    return { is: "answer", answer, retryAfter: undefined };
  },
  { now: () => new Date(), wait: async () => {} },
);

before(async () => {
  house = await openHouse({ liveAsker });
  const files = {
    "app.env": `GITHUB_TOKEN=${githubToken}\nPAT=${azureDevOpsPat}\nSLACK=${slackBotToken}\n`,
    "copy/app.env": `GITHUB_TOKEN=${githubToken}\n`,
  };
  repository = await addRepository(house.emulator.world, house.organization, house.project, "service", { files });
  instance = await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/service`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
});

async function allow(provider: string): Promise<void> {
  await switchLiveCheck(house.app, { instanceId: instance, provider, enabled: true, by: "anna" });
  await house.quiet();
}

async function checks() {
  return house.app.db.selectFrom("secretChecks").selectAll().orderBy("verdict").execute();
}

test("nobody is asked before somebody allows it, then each secret is asked about once", async () => {
  assert.equal(asked.length, 0);
  await allow("github");
  assert.deepEqual(
    asked.map(({ host, path, headers }) => [host, path, headers.Authorization]),
    [["api.github.com", "/user", `Bearer ${githubToken}`]],
  );
  assert.deepEqual(
    (await checks()).map(({ verdict, reason }) => [verdict, reason]),
    [["live", "api.github.com took it"]],
  );
});

test("a token of Azure DevOps is tried at the organization that holds the repository", async () => {
  await allow("azure-devops");
  assert.deepEqual(
    asked.slice(1).map(({ host, path }) => [host, path]),
    [["dev.azure.com", "/fabrikam/_apis/connectionData?api-version=7.1-preview"]],
  );
  assert.deepEqual(
    (await checks()).map(({ verdict }) => verdict),
    ["live", "unknown"],
  );
});

test("where nobody answers what was live stays so, and is asked about again, as is what nobody answered before", async () => {
  const aDayLater = async () => {
    await house.app.db
      .updateTable("secretChecks")
      .set({ at: new Date("2026-01-01") })
      .execute();
    const before = asked.length;
    await askToCheckSecrets(house.app, house.app.db, { instance });
    await house.quiet();
    return asked.slice(before).map(({ host }) => host);
  };
  const said = async () => (await checks()).map(({ verdict, reason }) => `${verdict}: ${reason}`);
  const [live, unknown] = await said();
  isDown = true;
  assert.deepEqual(await aDayLater(), ["api.github.com"]);
  assert.deepEqual(await said(), [live, unknown]);
  const fingerprint = (await checks())[0]?.fingerprint ?? "";
  await askToCheckSecrets(house.app, house.app.db, { instance, fingerprint });
  await house.quiet();
  assert((await said()).includes("unknown: api.github.com did not answer in time"), "whoever asks is told");
  isDown = false;
  assert.deepEqual(await aDayLater(), ["api.github.com"]);
  assert.deepEqual(await said(), [live, unknown]);
  asked.splice(2);
});

test("revoked and removed, it is read from the history, and is live no more", async () => {
  await clone.commit("cleared", { "app.env": "A=1\n", "copy/app.env": "A=1\n" });
  await clone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
  assert.equal(asked.length, 2, "what was asked about already is left alone");
  isRevoked = true;
  const [live] = await checks();
  assert(live);
  const { fingerprint } = live;
  await askToCheckSecrets(house.app, house.app.db, { instance, fingerprint });
  await house.quiet();
  const again = (await checks()).find((one) => one.fingerprint === fingerprint);
  assert.equal(again?.verdict, "not-live");
});

test("a secret of a pull request is asked about as well, and its comment says what came of it, and when", async () => {
  isRevoked = false;
  await clone.git("checkout", "--quiet", "-b", "feature");
  await clone.commit("feature", { "new.env": `GITHUB_TOKEN=${newToken}\n` });
  await clone.git("push", "--quiet", "origin", "HEAD");
  const pullRequest = await openPullRequest(house, repository, "feature");
  await house.quiet();
  assert.deepEqual(asked.at(-1)?.headers.Authorization, `Bearer ${newToken}`);
  const comment = () =>
    pullRequest.threads.find(({ properties }) => "sallyport.fingerprint" in properties)?.comments[0]?.content ?? "";
  const time = String.raw`asked \d{4}-\d\d-\d\d \d\d:\d\d UTC`;
  assert.match(
    comment(),
    new RegExp(String.raw`It is live:\*\* whoever has it can use it now \(api\S+ took it, ${time}\)`),
  );
  isRevoked = true;
  const fingerprint = (await checks()).find(({ verdict }) => verdict === "live")?.fingerprint ?? "";
  await askToCheckSecrets(house.app, house.app.db, { instance, fingerprint });
  await house.quiet();
  assert.match(comment(), new RegExp(String.raw`It is not live any more\*\* \(.*, ${time}\)`));
});

test("the secret is in no log and in no row", async () => {
  const rows = JSON.stringify([
    await checks(),
    await house.app.db.selectFrom("auditEvents").selectAll().execute(),
    await house.app.db.selectFrom("issues").selectAll().execute(),
    await house.app.db.selectFrom("pullRequestFindings").selectAll().execute(),
  ]);
  for (const text of [rows, house.logged.join("\n")]) {
    for (const secret of [githubToken, azureDevOpsPat, newToken]) assert(!text.includes(secret.slice(6)));
  }
});
