import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readExcerpt } from "#flows/repositories/read-excerpt.ts";
import { isSpan } from "#model/span.ts";
import { findSubscriptionByKey, listSubscriptions } from "#store/hooks/hook-subscriptions.ts";
import { addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { eventLines, historyLines, idOf, issueLines, issuesOf, scannedCommit, scansOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let repository: RepositoryState;
let clone: WorkingCopy;
const { githubToken } = plantedSecrets("pushing");
const leak = `deploy:\n  token: ${githubToken}\n`;

before(async () => {
  house = await openHouse();
  const { world } = house.emulator;
  const { organization, project } = house;
  repository = await addRepository(world, organization, project, "service", { files: { "a.txt": "one\n" } });
  await connect(house);
  await house.quiet();
  clone = await cloneRepository(cloneUrl(repository.name), house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
});

function cloneUrl(name: string): string {
  return `${house.emulator.url}/fabrikam/Payments/_git/${encodeURIComponent(name)}`;
}

test("a pushed secret becomes an issue, by a scan of the one file that changed", async () => {
  const head = await clone.commit("leak", { "deploy/app.yaml": leak });
  await clone.git("push", "--quiet", "origin", "main");
  await house.quiet();
  assert.deepEqual(await issueLines(house, repository), ["open deploy/app.yaml"]);
  assert.equal(await scannedCommit(house, repository), head);
  const [scan] = await scansOf(house, repository);
  assert.deepEqual([scan?.stats?.files, scan?.because.is], [1, "hook"]);
});

test("lines that move and a file that is renamed make no second issue", async () => {
  const [before] = await issuesOf(house, repository);
  await clone.commit("move", { "deploy/app.yaml": `# a\n# b\n${leak}` });
  await clone.git("push", "--quiet", "origin", "main");
  await house.quiet();
  await clone.git("mv", "deploy/app.yaml", "deploy/renamed.yaml");
  await clone.commit("rename", {});
  await clone.git("push", "--quiet", "origin", "main");
  await house.quiet();
  assert.deepEqual(await issueLines(house, repository), ["open deploy/renamed.yaml"]);
  const [after] = await issuesOf(house, repository);
  assert.equal(after?.id, before?.id);
  assert.equal("startLine" in (after?.finding.at ?? {}) && after?.finding.at, after?.finding.at);
});

test("removed it is still in the history, and when it returns it is the same issue again", async () => {
  await clone.commit("fix", { "deploy/renamed.yaml": "deploy: {}\n" });
  await clone.git("push", "--quiet", "origin", "main");
  await house.quiet();
  assert.deepEqual(await historyLines(house, repository), ["open deploy/renamed.yaml"]);
  await clone.commit("return", { "deploy/renamed.yaml": leak });
  await clone.git("push", "--quiet", "origin", "main");
  await house.quiet();
  assert.deepEqual(await issueLines(house, repository), ["open deploy/renamed.yaml"]);
});

test("a force push that drops the commit does not make it unseen, and nothing else is read", async () => {
  await clone.git("reset", "--quiet", "--hard", "HEAD~1");
  // Only an administrator may force the default branch.
  const forcing = await cloneRepository(cloneUrl(repository.name), house.ownerToken.value);
  await forcing.git("reset", "--quiet", "--hard", "HEAD~1");
  await forcing.git("push", "--quiet", "--force", "origin", "main");
  await forcing.remove();
  await house.quiet();
  assert.deepEqual(await historyLines(house, repository), ["open deploy/renamed.yaml"]);
  assert.equal(await scannedCommit(house, repository), await clone.git("rev-parse", "HEAD"));
});

test("other refs than the default branch cause no scan; a branch that comes or goes is read for secrets, a tag says why not", async () => {
  const scans = (await scansOf(house, repository)).length;
  await clone.git("checkout", "--quiet", "-b", "topic");
  await clone.commit("topic", { "topic.txt": leak });
  await clone.git("push", "--quiet", "origin", "topic");
  await clone.git("tag", "v1");
  await clone.git("push", "--quiet", "origin", "v1");
  await clone.git("push", "--quiet", "origin", "--delete", "topic");
  await clone.git("checkout", "--quiet", "main");
  await house.quiet();
  assert.equal((await scansOf(house, repository)).length, scans);
  assert.deepEqual((await eventLines(house)).slice(-3), ["git.push handled", "git.push ignored", "git.push handled"]);
});

test("several refs in one push, the default branch among them", async () => {
  await clone.git("branch", "another");
  const head = await clone.commit("several", { "b.txt": "b\n" });
  await clone.git("push", "--quiet", "origin", "main", "another");
  await house.quiet();
  assert.equal(await scannedCommit(house, repository), head);
});

test("the first push into an empty repository is scanned", async () => {
  const { world } = house.emulator;
  const empty = await addRepository(world, house.organization, house.project, "was empty");
  const first = await cloneRepository(cloneUrl(empty.name), house.developerToken.value);
  await first.git("checkout", "--quiet", "-B", "main");
  const head = await first.commit("first", { "leak.yaml": leak });
  await first.git("push", "--quiet", "origin", "main");
  await house.quiet();
  assert.equal(await scannedCommit(house, empty), head);
  assert.deepEqual(await issueLines(house, empty), ["open leak.yaml"]);
  await first.remove();
});

test("a burst of pushes ends with the last head scanned", async () => {
  let head = "";
  for (let turn = 0; turn < 8; turn++) {
    head = await clone.commit(`burst ${turn}`, { "burst.txt": `${turn}\n` });
    await clone.git("push", "--quiet", "origin", "main");
  }
  await house.quiet();
  assert.equal(await scannedCommit(house, repository), head);
});

test("a delivery sent again is known, a wrong secret is refused and counted, an unknown hook is not there", async () => {
  const [instance] = new Set((await issuesOf(house, repository)).map(({ instanceId }) => instanceId));
  assert(instance);
  const [row] = (await listSubscriptions(house.app.db, instance)).filter(({ eventType }) => eventType === "git.push");
  assert(row);
  const remote = house.organization.subscriptions.find(({ id }) => id === row.remoteId);
  const payload = remote?.notifications.at(-1)?.payload;
  const authorization = `Basic ${Buffer.from(`sallyport:${remote?.consumerInputs.basicAuthPassword}`).toString("base64")}`;
  const send = async (key: string, headers: Record<string, string>, body: string) =>
    (await fetch(`${house.app.publicUrl}/hooks/${key}`, { method: "POST", headers, body })).status;

  const events = (await eventLines(house)).length;
  assert.equal(await send(row.key, { authorization }, JSON.stringify(payload)), 200);
  assert.equal(await send(row.key, { authorization: "Basic bm9ib2R5Og==" }, JSON.stringify(payload)), 401);
  assert.equal(await send(row.key, {}, JSON.stringify(payload)), 401);
  assert.equal(await send("x".repeat(43), { authorization }, JSON.stringify(payload)), 404);
  assert.equal((await eventLines(house)).length, events);
  const counted = await findSubscriptionByKey(house.app.db, row.key);
  assert.deepEqual([counted?.duplicate, counted?.refused], [1, 2]);

  assert.equal(await send(row.key, { authorization }, "this is no JSON"), 200);
  assert.equal(await send(row.key, { authorization }, JSON.stringify({ id: "e1", eventType: "surprise.event" })), 200);
  await house.quiet();
  const last = (await eventLines(house)).slice(-2);
  assert.deepEqual(last.toSorted(), ["surprise.event ignored", "unreadable ignored"]);
});

test("the excerpt of an issue shows the lines around it, with every secret of the file masked", async () => {
  const other = plantedSecrets("pushing too").githubToken;
  await clone.commit("two", { "two.env": `A=1\nTOKEN=${githubToken}\nOTHER=${other}\nB=2\n` });
  await clone.git("push", "--quiet", "origin", "main");
  await house.quiet();
  const issue = (await issuesOf(house, repository)).find(({ finding: { at } }) => isSpan(at) && at.path === "two.env");
  assert(issue && isSpan(issue.finding.at));
  const commit = (await scannedCommit(house, repository)) ?? "";
  const about = { repositoryId: idOf(repository), revision: commit, finding: issue.finding };
  const excerpt = await readExcerpt(house.app, about);
  assert.deepEqual(
    excerpt?.lines.map(({ number, text }) => `${number} ${text}`),
    ["1 A=1", `2 TOKEN=${"•".repeat(githubToken.length)}`, `3 OTHER=${"•".repeat(other.length)}`, "4 B=2"],
  );
  assert.equal(
    await readExcerpt(house.app, {
      ...about,
      finding: { ...issue.finding, at: { ...issue.finding.at, path: "none.env" } },
    }),
    undefined,
  );
  assert.equal(await readExcerpt(house.app, { ...about, revision: "f".repeat(40) }), undefined);
});

test("where a file holds more secrets than are looked for, its excerpts show nothing of it", async () => {
  const tokens = Array.from({ length: 1001 }, (_, index) => plantedSecrets(`crowded ${index}`).githubToken);
  await clone.commit("crowded", { "crowded.yaml": tokens.map((token) => `- ${token}\n`).join("") });
  await clone.git("push", "--quiet", "origin", "main");
  await house.quiet();
  const [row] = await house.app.db
    .selectFrom("issues")
    .select("finding")
    .where("path", "=", "crowded.yaml")
    .where("line", "=", 1000)
    .execute();
  assert(row);
  const revision = (await scannedCommit(house, repository)) ?? "";
  const about = { repositoryId: idOf(repository), revision, finding: row.finding };
  const shown = (await readExcerpt(house.app, about))?.lines ?? [];
  assert.deepEqual(
    shown.map(({ number, text }) => [number, text.replaceAll("•", "")]),
    [994, 995, 996, 997, 998, 999, 1000, 1001].map((number) => [number, " "]),
  );
});
