/** What several files say together, from a push to a decision about its rule. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { askToApplyRuleSetting } from "#flows/jobs/ask.ts";
import { readExcerpt } from "#flows/repositories/read-excerpt.ts";
import { looked } from "#flows/scan-files/testing/unit-scanner.ts";
import { saveRuleSetting } from "#store/issues/rule-settings.ts";
import { addRepository } from "../../emulator/build-world.ts";
import type { PullRequestState, RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { idOf, issueLines, issuesOf, scannedCommit } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest } from "./pull-request-calls.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let repository: RepositoryState;
let clone: WorkingCopy;
let pullRequest: PullRequestState;

before(async () => {
  house = await openHouse({ treeScannersModule: import.meta.resolve("#flows/scan-files/testing/unit-scanner.ts") });
  const files = {
    "a.unit": "include m/x.unit\ngood a\n",
    "b.unit": "include m/x.unit\n",
    "c.unit": "good c\nbad c\ngood d\n",
    "m/x.unit": "good x\n",
  };
  const { organization, project } = house;
  repository = await addRepository(house.emulator.world, organization, project, "service", { files });
  await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/service`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
});

async function push(files: Readonly<Record<string, string | null>>): Promise<void> {
  looked.units.length = 0;
  await clone.commit("change", files);
  await clone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
}

const lastStatus = () => pullRequest.statuses.map(({ state }) => String(state)).at(-1);
const threads = () => pullRequest.threads.filter((thread) => "sallyport.fingerprint" in thread.properties);
/** What the threads say that tell many of a kind together. */
const groups = () =>
  pullRequest.threads.flatMap(({ properties, comments }) =>
    "sallyport.group" in properties ? [comments[0]?.content ?? ""] : [],
  );

async function decide(enabled: boolean): Promise<void> {
  const [{ instanceId } = assert.fail("no issue")] = await issuesOf(house, repository);
  const ruleId = "iac/test-bad";
  const { app } = house;
  await saveRuleSetting(app.db, { instanceId, ruleId, enabled, changedBy: "ada", changedAt: app.now() });
  await askToApplyRuleSetting(app, app.db, { instance: instanceId, rule: ruleId });
  await house.quiet();
}

test("a push to a shared file scans the units that hold it, and only those", async () => {
  assert.deepEqual(await issueLines(house, repository), ["open c.unit"]);
  await push({ "m/x.unit": "bad x\n" });
  assert.deepEqual(looked.units.toSorted(), ["a.unit", "b.unit"]);
  assert.deepEqual((await issueLines(house, repository)).toSorted(), ["open c.unit", "open m/x.unit"]);
  await push({ "m/x.unit": "good x\n" });
  // This content was there before.
  assert.deepEqual(looked.units, []);
  assert.deepEqual((await issueLines(house, repository)).toSorted(), ["fixed m/x.unit", "open c.unit"]);
});

test("the excerpt shows the resource with the line that decided, and the fix as a diff", async () => {
  const issue = (await issuesOf(house, repository)).find(({ state }) => state.is === "open");
  assert(issue);
  const commit = (await scannedCommit(house, repository)) ?? "";
  const about = { repositoryId: idOf(repository), revision: commit, finding: issue.finding };
  const excerpt = await readExcerpt(house.app, about);
  assert.deepEqual(excerpt?.resource, [{ number: 2, text: "bad c" }]);
  assert.deepEqual(
    excerpt?.fix?.map(({ path, lines }) => [path, ...lines.map(({ is, text }) => `${is} ${text}`)]),
    [["c.unit", "same good c", "removed bad c", "added good c", "same good d"]],
  );
});

test("a pull request is told what it brings into a shared file", async () => {
  await clone.git("checkout", "--quiet", "-b", "feature");
  await push({ "m/x.unit": "good x\nbad y\n", "c.unit": "good c\nbad c\n" });
  pullRequest = await openPullRequest(house, repository, "feature");
  await house.quiet();
  assert.deepEqual([lastStatus(), threads().length], ["failed", 1]);
  assert.match(threads()[0]?.comments[0]?.content ?? "", /y is bad/);
});

test("a rule that is switched off closes issues and threads, and switched on it brings them back", async () => {
  looked.units.length = 0;
  await decide(false);
  assert.deepEqual((await issueLines(house, repository)).toSorted(), ["fixed c.unit", "fixed m/x.unit"]);
  assert.deepEqual([lastStatus(), threads()[0]?.status], ["succeeded", "fixed"]);
  await decide(true);
  assert.deepEqual((await issueLines(house, repository)).toSorted(), ["fixed m/x.unit", "open c.unit"]);
  assert.deepEqual([lastStatus(), threads()[0]?.status], ["failed", "active"]);
  assert.deepEqual(looked.units, []);
});

test("very many of a kind share a thread in their file, or across files, and the status counts all", async () => {
  const lines = Array.from({ length: 50 }, (_, index) => `bad many${index}`);
  await push({ "e.unit": `${lines.join("\n")}\n` });
  assert.deepEqual([lastStatus(), threads().length, groups().length], ["failed", 1, 1]);
  assert.match(groups()[0] ?? "", /50 times in `e\.unit`/);
  assert.deepEqual(
    lines.filter((line) => !groups()[0]?.includes(`${line.slice("bad ".length)} is bad`)),
    [],
  );
  assert.match(String(pullRequest.statuses.at(-1)?.description), /^51 new security problems/);

  // One in each file is a thread each, as long as these are not too many.
  await push(Object.fromEntries(lines.slice(0, 30).map((line, index) => [`spread/${index}.unit`, `${line}\n`])));
  assert.deepEqual([lastStatus(), threads().length, groups().length], ["failed", 1, 2]);
  assert.match(groups()[1] ?? "", /30 times\*\*/);
  assert.match(String(pullRequest.statuses.at(-1)?.description), /^81 new security problems/);
});
