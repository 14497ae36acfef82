/** The conversation of a pull request: one thread for each problem, those of a kind together, one summary, and never a twin. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { giveFeedback } from "#flows/give-feedback/give-feedback.ts";
import { createPolicy } from "#flows/policies/change-policies.ts";
import type { InstanceId } from "#model/ids.ts";
import { listPullRequestFindings } from "#store/pull-requests/pull-request-findings.ts";
import { addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import { nextId, type PullRequestState, type RepositoryState, type ThreadState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { idOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest, patchPullRequest } from "./pull-request-calls.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let instance: InstanceId;
let repository: RepositoryState;
let clone: WorkingCopy;
let pullRequest: PullRequestState;

const token = (name: string) => `token: ${plantedSecrets(name).githubToken}\n`;
const tokens = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => token(`${name} ${index}`)).join("");
const old = tokens("old", 300);
const storage = (version: string) => `resource "azurerm_storage_account" "logs" {
  name            = "logs"
  min_tls_version = "${version}"
}
`;

before(async () => {
  house = await openHouse();
  repository = await addRepository(house.emulator.world, house.organization, house.project, "service", {
    files: { "old.yaml": old, "main.tf": storage("TLS1_2") },
  });
  instance = await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/service`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
});

async function branch(name: string, from = "origin/main"): Promise<void> {
  await clone.git("checkout", "--quiet", "-b", name, from);
}

async function push(files: Readonly<Record<string, string | null>>): Promise<void> {
  await clone.commit("change", files);
  await clone.git("push", "--quiet", "--force", "origin", "HEAD");
  await house.quiet();
}

async function open(name: string): Promise<void> {
  pullRequest = await openPullRequest(house, repository, name);
  await house.quiet();
}

const isTold = ({ properties }: ThreadState) =>
  "sallyport.fingerprint" in properties || "sallyport.group" in properties;
const told = () => pullRequest.threads.filter(isTold);
const textOf = (thread: ThreadState | undefined) => thread?.comments[0]?.content ?? "";
const states = () => told().map(({ status }) => status ?? "");
const summaries = () => pullRequest.threads.filter(({ properties }) => "sallyport.summary" in properties);
const summary = () => textOf(summaries()[0]);

test("of 300 old problems and 2 new ones, 2 have a thread, and one summary says what blocks", async () => {
  await branch("feature");
  await push({
    "old.yaml": `# moved\n${old}${token("new 1")}`,
    "app.yaml": token("new 2"),
    "copy.yaml": token("old 7"),
  });
  await open("feature");
  assert.deepEqual(states(), ["active", "active"]);
  assert.deepEqual(
    summaries().map(({ status }) => status),
    ["closed"],
  );
  assert.match(summary(), /blocked by the policies .*"New secrets"\.\*\* 2 new problems/);
  assert.match(summary(), /\| `old\.yaml:302` \| blocks: New .* \| \[thread\]\(\S+discussionId=\d+\) \|/);
});

test("many of a kind in a file share a thread, which grows and shrinks with them; two quick pushes make no second", async () => {
  await push({ "many.yaml": tokens("many", 6) });
  assert.deepEqual(states(), ["active", "active", "active"]);
  const group = told().find(({ properties }) => "sallyport.group" in properties);
  assert.match(textOf(group), /6 times in `many\.yaml`/);
  await clone.commit("more", { "many.yaml": tokens("many", 8) });
  await clone.git("push", "--quiet", "origin", "HEAD");
  await push({ "many.yaml": tokens("many", 9) });
  assert.equal(told().length, 3);
  assert.match(textOf(group), /9 times/);
  assert.match(summary(), /11 new problems/);
  await push({ "many.yaml": tokens("many", 1) });
  assert.match(textOf(group), /once[\s\S]*8 solved/);
  assert.match(summary(), /Solved in this pull request: 8/);
});

test("killed between writing there and writing here, it finds its threads again", async () => {
  await push({ "many.yaml": tokens("many", 5) });
  const before = pullRequest.threads.length;
  await sql`update pull_request_findings set thread_id = null, posted_state = null`.execute(house.app.db);
  await sql`update pull_requests set summary_thread_id = null`.execute(house.app.db);
  await giveFeedback(house.app, { repository: idOf(repository), number: pullRequest.id });
  assert.equal(pullRequest.threads.length, before);
  const findings = await listPullRequestFindings(house.app.db, idOf(repository), pullRequest.id);
  assert(findings.every(({ threadId, state }) => threadId !== undefined || state === "fixed"));
});

test("what people delete is not made again, and is still in the summary", async () => {
  const [first] = told();
  for (const thread of [first, summaries()[0]]) for (const comment of thread?.comments ?? []) comment.isDeleted = true;
  const before = told().length;
  await push({ "more.txt": "more\n" });
  assert.deepEqual([told().length, summaries().length], [before, 1]);
  for (const comment of summaries()[0]?.comments ?? []) comment.isDeleted = false;
  await push({ "more.txt": "and more\n" });
  assert.match(summary(), /\| `\S+` \| blocks: [^|]+ \| {2}\|/);
});

test("abandoned, nothing more is written; reactivated, it is compared again", async () => {
  await patchPullRequest(house, repository, pullRequest.id, { status: "abandoned" });
  await house.quiet();
  const written = () => [pullRequest.statuses.length, told().length, summary()];
  const before = written();
  await push({ "many.yaml": tokens("many", 7), "late.yaml": token("late") });
  assert.deepEqual(written(), before);
  await patchPullRequest(house, repository, pullRequest.id, { status: "active" });
  await house.quiet();
  assert.equal(told().length, 4);
  // Without a push, too: its target may have other problems by now.
  const statuses = pullRequest.statuses.length;
  await patchPullRequest(house, repository, pullRequest.id, { status: "abandoned" });
  await house.quiet();
  await patchPullRequest(house, repository, pullRequest.id, { status: "active" });
  await house.quiet();
  assert(pullRequest.statuses.length > statuses);
  assert.equal(told().length, 4);
});

test("retargeted, what is new is what is new there", async () => {
  await branch("release");
  await push({ "release.yaml": token("of the release") });
  await branch("hotfix", "HEAD");
  await push({ "hotfix.yaml": token("of the fix") });
  await open("hotfix");
  assert.equal(told().length, 2);
  await patchPullRequest(house, repository, pullRequest.id, { targetRefName: "refs/heads/release" });
  await house.quiet();
  assert.deepEqual(states().toSorted(), ["active", "fixed"]);
  assert.match(summary(), /1 new problem must/);
});

test("an edit is a suggestion for exactly the lines of its thread; information waits for nobody", async () => {
  const { policies } = house.organization;
  const scope = [{ repositoryId: repository.id, refName: "refs/heads/main", matchKind: "Exact" }];
  policies.push({
    ...{
      id: nextId(house.emulator.world, `policy ${house.organization.id}`),
      projectId: house.project.id,
      revision: 1,
    },
    ...{ typeId: "c6a1889d-b943-4856-b76f-9e46bb6b0df2", isEnabled: true, isBlocking: true, isDeleted: false },
    ...{ createdBy: house.owner.id, createdDate: house.emulator.clock.now(), settings: { scope } },
  });
  await createPolicy(
    house.app,
    { instanceId: instance, instanceName: "Fabrikam", by: "anna" },
    {
      ...{ id: "tell-all", name: "Tell all", enabled: true, when: [{ severity: "low" }], triggers: ["pull-request"] },
      ...{ scope: { repositories: [], projects: [], tags: [] }, actions: ["comment"], graceDays: 0 },
      unfinished: { fails: "open", afterMinutes: 60 },
    },
  );
  await branch("terraform");
  await push({
    "main.tf": storage("TLS1_0"),
    "more.tf": 'resource "azurerm_storage_account" "more" {\n  name = "more"\n}\n',
  });
  await open("terraform");
  const tls = told().find((thread) => /min_tls_version/.test(textOf(thread)) && /TLS1_2/.test(textOf(thread)));
  assert.match(textOf(tls), /```suggestion\n {2}min_tls_version = "TLS1_2"\n```/);
  const place = tls?.threadContext as { rightFileStart: unknown; rightFileEnd: unknown };
  assert.deepEqual(
    [place.rightFileStart, place.rightFileEnd],
    [
      { line: 3, offset: 1 },
      { line: 3, offset: 29 },
    ],
  );
  const mild = told().filter((thread) => /For your information/.test(textOf(thread)));
  assert(mild.length > 0);
  assert.deepEqual(new Set(mild.map(({ status }) => status)), new Set(["closed"]));
  assert.equal(tls?.status, "active");
});
