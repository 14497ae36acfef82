/** Fixes: proposed as pull requests that were rescanned before anybody sees them, once for each root cause, and gone when they are not needed. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { askForFix } from "#flows/fixes/ask-for-fix.ts";
import { makeFix } from "#flows/fixes/make-fix.ts";
import type { Fix, FixAskedBy, FixId } from "#model/fix.ts";
import { defaultFixSettings } from "#model/fix.ts";
import type { InstanceId } from "#model/ids.ts";
import { saveFixSettings } from "#store/fix-settings.ts";
import { changeFix, getFix, listFixes } from "#store/fixes.ts";
import { addRepository } from "../../emulator/build-world.ts";
import { readRef } from "../../emulator/git/repository-store.ts";
import type { PullRequestState, RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { everything, idOf, issuesOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { patchPullRequest } from "./pull-request-calls.ts";
import { deleteBranch } from "./remote-changes.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let instanceId: InstanceId;
let repository: RepositoryState;
let clone: WorkingCopy;

const anna: FixAskedBy = { is: "person", name: "anna" };
const account = (name: string) =>
  `resource "azurerm_storage_account" "${name}" {\n  name                       = "${name}"\n  https_traffic_only_enabled = false # for now\n  min_tls_version            = "TLS1_2"\n}\n`;
const paths = ["infra/one.tf", "other/two.tf", "third/three.tf"];

before(async () => {
  house = await openHouse();
  const files = Object.fromEntries(paths.map((path, index) => [path, account(`store${index}`)]));
  repository = await addRepository(house.emulator.world, house.organization, house.project, "shop", { files });
  instanceId = await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/shop`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
});

async function open(path: string) {
  const issues = await issuesOf(house, repository);
  return issues.filter((issue) => issue.path === path && issue.state.is === "open" && issue.finding.fix);
}

/** The plaintext one. */
async function problemIn(path: string): Promise<string> {
  const found = (await open(path)).find(({ rule }) => rule === "iac/azure-storage-allows-http");
  assert(found, (await open(path)).map(({ rule }) => rule).join());
  return found.finding.fingerprint;
}

async function ask(fingerprint: string, askedBy: FixAskedBy = anna) {
  const wish = { instanceId, repositoryId: idOf(repository), fingerprints: [fingerprint], askedBy };
  const [answer] = await askForFix(house.app, house.app.db, wish);
  assert(answer);
  return answer;
}

async function fixFor(path: string): Promise<Fix> {
  const asked = await ask(await problemIn(path));
  assert(asked.is !== "refused", JSON.stringify(asked));
  await house.quiet();
  return seen(asked.fix);
}

async function seen(id: FixId): Promise<Fix> {
  const fix = await getFix(house.app.db, id);
  assert(fix);
  return fix;
}

const fixPullRequests = () =>
  house.organization.pullRequests.filter((one) => one.sourceRefName.includes("sallyport/fix"));
const pullRequestOf = ({ pullRequest }: Fix): PullRequestState => {
  const found = house.organization.pullRequests.find(({ id }) => id === pullRequest);
  assert(found);
  return found;
};
const branchOf = ({ branch }: Fix) => readRef(house.emulator.world, repository.id, branch);

test("a fix opens after its rescan, with one line changed, and says what it does", async () => {
  const fix = await fixFor("infra/one.tf");
  assert.equal(fix.state, "open", fix.reason);
  const pullRequest = pullRequestOf(fix);
  assert.match(pullRequest.description, /What it fixes[\s\S]+infra\/one\.tf[\s\S]+What it adds[\s\S]+Nothing that/);
  assert.match(pullRequest.description, /anna asked for it/);
  await clone.git("fetch", "--quiet", "origin");
  const short = fix.branch.replace("refs/heads/", "");
  const diff = await clone.git("diff", "--unified=0", `origin/main...origin/${short}`);
  assert.deepEqual(
    diff.split("\n").filter((line) => /^[-+] /.test(line)),
    ["-  https_traffic_only_enabled = false # for now", "+  https_traffic_only_enabled = true # for now"],
  );
  assert.match(
    await clone.git("log", "-1", "--format=%an: %B", `origin/${short}`),
    /^Sallyport: .+\n\nWritten by Sallyport/,
  );
});

test("however often the job runs, and wherever it is cut off, there is one branch and one pull request", async () => {
  const [{ id } = assert.fail()] = (await listFixes(house.app.db, everything, { offset: 0, limit: 9 })).rows;
  const fix = await seen(id);
  const job = { repository: idOf(repository), fix: id };
  const { signal } = new AbortController();
  const cut = { state: "making", pullRequest: null, pushedCommit: null } as never;
  for (const lost of [cut, { ...(cut as object), headCommit: fix.headCommit } as never]) {
    await changeFix(house.app.db, id, lost, house.app.now());
    await makeFix(house.app, job, signal);
    await makeFix(house.app, job, signal);
    const again = await seen(id);
    assert.deepEqual([again.state, again.pullRequest, again.headCommit], ["open", fix.pullRequest, fix.headCommit]);
  }
  assert.equal((await ask(await problemIn("infra/one.tf"))).is, "under-way");
  await house.quiet();
  assert.equal(fixPullRequests().length, 1);
});

test("what is fixed elsewhere closes its pull request and takes its branch along", async () => {
  const [fix] = (await listFixes(house.app.db, everything, { offset: 0, limit: 9 })).rows;
  assert(fix);
  await clone.commit("by hand", { "infra/one.tf": account("store0").replace("= false", "= true") });
  await clone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
  assert.equal((await seen(fix.id)).state, "abandoned");
  assert.equal(pullRequestOf(fix).status, "abandoned");
  assert.equal(await branchOf(fix), undefined);
});

test("merging one closes its issues", async () => {
  const fix = await fixFor("other/two.tf");
  assert.equal(fix.state, "open", fix.reason);
  const commitId = fix.headCommit;
  await patchPullRequest(house, repository, fix.pullRequest ?? 0, {
    status: "completed",
    lastMergeSourceCommit: { commitId },
  });
  await house.emulator.clock.advance(60_000);
  await house.quiet();
  assert.equal(pullRequestOf(fix).status, "completed");
  assert.equal((await seen(fix.id)).state, "merged");
  assert.equal(await branchOf(fix), undefined);
  const fingerprints = fix.fixes.map(({ fingerprint }) => fingerprint);
  const issues = (await issuesOf(house, repository)).filter(({ finding }) =>
    fingerprints.includes(finding.fingerprint),
  );
  assert.deepEqual(
    issues.map(({ state }) => state.is),
    ["fixed"],
  );
});

test("what people closed stays closed until a person asks; what people pushed to is left alone; more than the limit waits", async () => {
  const fix = await fixFor("third/three.tf");
  await clone.git("fetch", "--quiet", "origin");
  const short = fix.branch.replace("refs/heads/", "");
  await clone.git("checkout", "--quiet", short);
  await clone.commit("my own idea", { "third/readme.md": "mine\n" });
  await clone.git("push", "--quiet", "origin", "HEAD");
  await patchPullRequest(house, repository, fix.pullRequest ?? 0, { status: "abandoned" });
  await house.quiet();
  assert.equal((await seen(fix.id)).state, "closed-by-people");
  const problem = await problemIn("third/three.tf");
  const byPolicy = await ask(problem, { is: "policy", policy: "fix-all" });
  assert(byPolicy.is === "refused" && /only if a person asks/.test(byPolicy.because));
  const again = await fixFor("third/three.tf");
  assert.deepEqual([again.state, /People pushed/.test(again.reason ?? "")], ["refused", true]);

  await deleteBranch({ ...house, developer: house.owner }, repository, short);
  const settings = { ...defaultFixSettings, openLimit: 1 };
  await saveFixSettings(house.app.db, instanceId, { settings, by: "anna", at: house.app.now() });
  const [other] = (await open("third/three.tf")).filter(({ finding }) => finding.fingerprint !== problem);
  const first = await fixFor("third/three.tf");
  assert.equal(first.state, "open", first.reason);
  if (!other) return;
  const second = await ask(other.finding.fingerprint);
  assert(second.is === "asked");
  await house.quiet();
  assert.match((await seen(second.fix)).reason ?? "", /^It waits/);
  await patchPullRequest(house, repository, first.pullRequest ?? 0, { status: "abandoned" });
  await house.quiet();
  assert.equal((await seen(second.fix)).state, "open", (await seen(second.fix)).reason);
});
