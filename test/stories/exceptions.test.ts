/** What people decide not to fix: by a reply in a pull request, until its time is over, and never more than was decided. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { maintain } from "#flows/jobs/maintain.ts";
import { listExceptions } from "#store/exceptions/list-exceptions.ts";
import { addRepository } from "../../emulator/build-world.ts";
import { descriptorOfUser } from "../../emulator/identity/identity-descriptor.ts";
import { letBypass } from "../../emulator/security/bypass.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { PullRequestState, RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { everything, idOf, issueLines, rollUpOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { addPullRequestComment, openPullRequest } from "./pull-request-calls.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let repository: RepositoryState;
let clone: WorkingCopy;
let pullRequest: PullRequestState;
let ahead = 0;
const leak = (name: string) => `one\ntoken: ${plantedSecrets(name).githubToken}\n`;
const day = 24 * 60 * 60_000;

before(async () => {
  house = await openHouse({ clockError: () => ahead });
  const { world } = house.emulator;
  repository = await addRepository(world, house.organization, house.project, "service", {
    files: { "a.txt": "one\n" },
  });
  letBypass(house.organization, house.project, descriptorOfUser(house.organization, house.owner));
  await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/service`, house.developerToken.value);
  await clone.git("checkout", "--quiet", "-b", "topic");
  await push("topic", "first");
  pullRequest = await openPullRequest(house, repository, "topic");
  await house.quiet();
});

after(async () => {
  await clone?.remove();
  await house.close();
});

async function push(branch: string, secret: string): Promise<void> {
  await clone.commit(secret, { "app.yaml": leak(secret) });
  await clone.git("push", "--quiet", "origin", branch);
  await house.quiet();
}

const check = () => rollUpOf(pullRequest).at(-1)?.state;
const threads = () => pullRequest.threads.filter(({ properties }) => "sallyport.fingerprint" in properties);

/** Gives what was answered. */
async function reply(
  content: string,
  as: "owner" | "developer",
  thread = threads().at(-1),
): Promise<readonly string[]> {
  assert(thread, "a thread about the problem");
  const token = as === "owner" ? house.ownerToken : house.developerToken;
  const id = await addPullRequestComment(
    house,
    repository,
    { number: pullRequest.id, threadId: thread.id },
    content,
    token,
  );
  await house.quiet();
  return thread.comments.flatMap((one) => (one.parentCommentId === id ? [one.content] : []));
}

async function register(): Promise<readonly string[]> {
  const { rows } = await listExceptions(house.app.db, everything, {
    repositoryId: idOf(repository),
    offset: 0,
    limit: 9,
  });
  return rows.map((row) =>
    row.is === "code" ? "code" : `${row.exception.state.is} ${row.exception.author}: ${row.exception.comment}`,
  );
}

test("an ignore of somebody who may not is refused with the reason, and changes nothing", async () => {
  assert.equal(check(), "failed");
  const [answer, ...others] = await reply("/sallyport ignore it is a sample", "developer");
  assert.match(answer ?? "", /^Nothing was changed\. Who made a pull request does not decide about it here/);
  assert.equal(others.length, 0);
  assert.deepEqual([check(), await register()], ["failed", []]);
});

test("what is not understood is answered, once", async () => {
  const [answer] = await reply("/sallyport ignore it until 31.12.2030", "owner");
  assert.match(answer ?? "", /^Not understood: The date is not understood/);
  assert.deepEqual(await reply("I would rather `/sallyport rescan`\n> /sallyport rescan", "owner"), []);
  const told = threads().flatMap(({ comments }) => comments).length;
  await house.app.jobs.enqueue(
    house.app.db,
    "obey-comment",
    { repository: idOf(repository), number: pullRequest.id },
    { key: "again", group: "again" },
  );
  await house.quiet();
  assert.equal(threads().flatMap(({ comments }) => comments).length, told);
});

test("an explanation says which policy decided", async () => {
  const [answer] = await reply("/sallyport explain", "developer");
  assert.match(answer ?? "", /Why it matters:[\s\S]*\*\*Here:\*\* block \(policy `/);
  // The title stands in the first line, and is not said again.
  const [title = ""] = /(?<=^\*\*)[^*]+/.exec(answer ?? "") ?? [];
  assert.equal(answer?.split(title).length, 2, answer);
});

test("an ignore of somebody who could overrule the check clears it without another push", async () => {
  const [answer] = await reply("/sallyport ignore it is a sample of the vendor", "owner");
  assert.match(answer ?? "", /ignored until \d{4}-\d{2}-\d{2}\.\s+The check follows without another push\./);
  assert.equal(check(), "succeeded");
  assert.deepEqual(await register(), ["active Olga Owner: it is a sample of the vendor"]);
});

test("a different secret on the same line is not hidden", async () => {
  await push("topic", "second");
  assert.equal(check(), "failed");
  await push("topic", "first");
  assert.equal(check(), "succeeded");
});

test("merged, its issue is dismissed; when the exception ends it is open, and so is the check of whoever brings it again", async () => {
  await clone.git("checkout", "--quiet", "main");
  await clone.git("merge", "--quiet", "--squash", "topic");
  await clone.commit("merged", {});
  await clone.git("push", "--quiet", "origin", "main");
  await house.quiet();
  assert.deepEqual(await issueLines(house, repository), ["dismissed app.yaml"]);
  ahead = 200 * day;
  await maintain(house.app);
  await house.quiet();
  assert.deepEqual(await issueLines(house, repository), ["open app.yaml"]);
  assert.deepEqual(await register(), ["expired Olga Owner: it is a sample of the vendor"]);
  assert.equal(check(), "failed");
});

test("taken out of the files it is said to be in the commits still; rotated, it counts in no repository any more", async () => {
  await clone.git("checkout", "--quiet", "topic");
  await clone.commit("clean", { "app.yaml": "a: 1\n" });
  await clone.git("push", "--quiet", "origin", "topic");
  await house.quiet();
  const [thread] = threads();
  assert.equal(thread?.status, "fixed");
  assert.match(thread.comments[0]?.content ?? "", /stands in the commits that brought it\.\*\*/);
  const [answer] = await reply("/sallyport rotated with ticket 17", "owner", thread);
  assert.match(answer ?? "", /rotated, so it counts in no repository any more\./);
  assert.deepEqual(await issueLines(house, repository), ["dismissed app.yaml"]);
  const { rows } = await listExceptions(house.app.db, everything, { offset: 0, limit: 9 });
  const [made] = rows.flatMap((row) =>
    row.is === "code" || row.exception.reason !== "rotated" ? [] : [row.exception],
  );
  assert.deepEqual([made?.repositoryId, made?.until, made?.comment], [undefined, undefined, "with ticket 17"]);
});
