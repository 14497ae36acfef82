/** What a comment in the code or its settings file silences is seen: as an issue with its reason, and in the pull request that brings it. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { askForSync } from "#flows/jobs/ask.ts";
import { judgeIfNewer } from "#flows/knowledge/judge-again.ts";
import { osvJson } from "#knowledge/testing/osv-files.ts";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import { listExceptions } from "#store/exceptions/list-exceptions.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { PullRequestState, RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { everything, idOf, issuesOf, scansOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { learnAdvisories } from "./learn-advisories.ts";
import { openPullRequest } from "./pull-request-calls.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let repository: RepositoryState;
let clone: WorkingCopy;
let pullRequest: PullRequestState;
let instanceId: InstanceId;
let ahead = 0;
const rule = "iac/azure-storage-allows-old-tls";
const { githubToken, awsAccessKeyId } = plantedSecrets("silenced");

const storage = (skip?: string) => `resource "azurerm_storage_account" "logs" {
  name            = "logs"
${skip === undefined ? "" : `  # sallyport:skip=${rule}:${skip}\n`}  min_tls_version = "TLS1_0"
}
`;
const leak = (secret: string, allow?: string) =>
  `one\n${allow === undefined ? "" : `# sallyport:allow github-token ${allow}\n`}token: ${secret}\n`;

before(async () => {
  house = await openHouse({ clockError: () => ahead });
  repository = await addRepository(house.emulator.world, house.organization, house.project, "service", {
    files: { "main.tf": storage("the appliance speaks 1.0"), "app.yaml": leak(githubToken) },
  });
  instanceId = await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/service`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
});

async function push(files: Readonly<Record<string, string>>): Promise<void> {
  await clone.commit("change", files);
  await clone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
}

async function states(): Promise<readonly string[]> {
  const issues = await issuesOf(house, repository);
  return issues.flatMap(({ rule: id, state }) => {
    if (id !== rule && !id.startsWith("secrets/")) return [];
    const skip = state.is === "silenced" ? ` ${state.at?.path}:${state.at?.startLine} ${state.reason}` : "";
    return [`${id.split("/")[0]} ${state.is}${skip}`];
  });
}

const summaries = () =>
  pullRequest.threads.flatMap(({ properties, status, comments }) =>
    "sallyport.summary" in properties ? [{ status, text: comments[0]?.content ?? "" }] : [],
  );
const lastStatus = () => pullRequest.statuses.at(-1);

test("a skip is added to an open issue and removed from another: each stays one issue", async () => {
  const there = await issuesOf(house, repository);
  assert.deepEqual((await states()).toSorted(), ["iac silenced main.tf:3 the appliance speaks 1.0", "secrets open"]);
  // The reason is kept without the secret that stands in it, which is an issue of its own.
  await push({ "main.tf": storage(), "app.yaml": leak(githubToken, `as ${awsAccessKeyId} is`) });
  const dots = "•••";
  assert.deepEqual((await states()).toSorted(), [
    "iac open",
    "secrets open",
    `secrets silenced app.yaml:2 as ${dots} is`,
  ]);
  const now = new Set((await issuesOf(house, repository)).map(({ id }) => id));
  assert.deepEqual([now.size, there.every(({ id }) => now.has(id))], [there.length + 1, true]);
});

test("a pull request that silences says so in one comment that fails nothing", async () => {
  await clone.git("checkout", "--quiet", "-b", "feature");
  const more = leak(plantedSecrets("more").githubToken, "revoked <b>long</b> ago");
  await push({ "main.tf": storage("not now"), "more.yaml": more });
  pullRequest = await openPullRequest(house, repository, "feature");
  await house.quiet();
  assert.deepEqual(
    [lastStatus()?.state, lastStatus()?.description],
    ["succeeded", "No new security problems, 2 silenced in the code"],
  );
  assert.equal(pullRequest.threads.filter(({ properties }) => "sallyport.fingerprint" in properties).length, 0);
  const [summary] = summaries();
  assert.equal(summary?.status, "closed");
  assert.match(summary.text, /passed\.[\s\S]*Silenced in the code: 2/);
  assert.match(summary.text, /Skipped in `main\.tf` line 3: not now/);
  assert.match(summary.text, /Skipped in `more\.yaml` line 2: revoked \\<b\\>long/);
});

test("without its skip the problem fails the pull request, and the comment is corrected", async () => {
  await push({ "main.tf": storage(), "more.yaml": leak(plantedSecrets("more").githubToken) });
  assert.equal(lastStatus()?.state, "failed");
  assert.match(summaries()[0]?.text ?? "", /blocked/);
  assert.equal(pullRequest.threads.filter(({ properties }) => "sallyport.fingerprint" in properties).length, 1);
  await push({ "more.yaml": leak(plantedSecrets("more").githubToken, "revoked") });
  assert.equal(lastStatus()?.state, "succeeded");
  assert.equal(summaries().length, 1);
  assert.match(summaries()[0]?.text ?? "", /passed\.[\s\S]*Silenced in the code: 1/);
});

/** `path state (reason)` of the secrets below `kept/`. */
async function kept(): Promise<readonly string[]> {
  const issues = await issuesOf(house, repository);
  return issues
    .flatMap(({ path, state, onlyInHistory }) => {
      if (!path.startsWith("kept/")) return [];
      const skip =
        state.is === "silenced" ? ` ${state.at?.path ?? ""}:${state.at?.startLine ?? ""} ${state.reason}` : "";
      return [`${path} ${state.is}${onlyInHistory ? " in history" : ""}${skip}`];
    })
    .toSorted();
}

const settings = (path: string, until: string, more = "") =>
  `allow:\n  - path: ${path}\n    reason: the lab, ${awsAccessKeyId}\n    until: ${until}\n${more}`;
const keptLeak = (name: string) => leak(plantedSecrets(`kept ${name}`).githubToken);

test("the settings file silences on the branch and in the history, as long as it says, and is seen to", async () => {
  await clone.git("checkout", "--quiet", "main");
  await push({
    "kept/lab/a.yaml": keptLeak("a"),
    "kept/lab/gone.yaml": keptLeak("gone"),
    "kept/b.yaml": keptLeak("b"),
  });
  assert.deepEqual(await kept(), ["kept/b.yaml open", "kept/lab/a.yaml open", "kept/lab/gone.yaml open"]);
  await clone.commit("gone", { "kept/lab/gone.yaml": null });
  // Files that did not change are seen differently, too; the reason is kept without the secret in it.
  await push({ ".sallyport.yml": settings("kept/lab/**", "2999-01-31", "skip: [kept/b.*]\n") });
  const masked = "the lab, ••••••••••••••••••••";
  assert.deepEqual(await kept(), [
    'kept/b.yaml silenced : "skip: kept/b.*" in .sallyport.yml',
    `kept/lab/a.yaml silenced .sallyport.yml:2 ${masked}`,
    `kept/lab/gone.yaml silenced in history .sallyport.yml:2 ${masked}`,
  ]);
  const { scannersVersion } = (await getRepository(house.app.db, idOf(repository)))!;
  assert.match(scannersVersion ?? "", / until 2999-01-31$/);
  await push({ ".sallyport.yml": settings("kept/lab/**", "2020-01-31") });
  assert.deepEqual(await kept(), ["kept/b.yaml open", "kept/lab/a.yaml open", "kept/lab/gone.yaml open in history"]);
});

test("with a mistake in it nothing is silenced, and the scan says where it is", async () => {
  await push({ ".sallyport.yml": `${settings("kept/lab/**", "2999-01-31")}skipp: [kept]\n` });
  assert.deepEqual(await kept(), ["kept/b.yaml open", "kept/lab/a.yaml open", "kept/lab/gone.yaml open in history"]);
  const [scan] = (await scansOf(house, repository)).filter(({ target }) => target.is === "branch");
  const [problem] = scan?.problems ?? [];
  assert.deepEqual(
    [scan?.outcome, problem?.code, problem?.path, problem?.line],
    ["partial", "settings", ".sallyport.yml", 5],
  );
});

test("what a pull request allows itself is told in it; what it skips itself is not skipped", async () => {
  await clone.git("checkout", "--quiet", "-b", "own-settings");
  const old = "  - {path: kept/lab/**, reason: the old lab}\n";
  const more = `${old}skip: [kept/skipped.yaml]\nsecrets:\n  markers: []\n`;
  const mine = settings("kept/mine.yaml", "2999-01-31", more);
  await push({ ".sallyport.yml": mine, "kept/mine.yaml": keptLeak("mine"), "kept/skipped.yaml": keptLeak("skipped") });
  pullRequest = await openPullRequest(house, repository, "own-settings");
  await house.quiet();
  const comments = pullRequest.threads.filter(({ properties }) => "sallyport.fingerprint" in properties);
  assert.deepEqual([lastStatus()?.state, comments.length], ["failed", 1]);
  const [summary] = summaries();
  assert.match(
    summary?.text ?? "",
    /Silenced in the code: 2[\s\S]*kept\/mine\.yaml[\s\S]*Skipped in `\.sallyport\.yml` line 2: the lab/,
  );
  // What is in files that it leaves as they are would be hidden once it is merged.
  assert.match(summary?.text ?? "", /kept\/lab\/a\.yaml[^\n]*Skipped in `\.sallyport\.yml` line 5: the old lab/);
});

const day = 24 * 60 * 60_000;
const lastDay = () => new Date(Date.now() + 3 * day).toISOString().slice(0, 10);

/** The world learns that versions of a package below 1.0.0 are affected. */
async function learn(id: string, name: string): Promise<void> {
  await learnAdvisories(house, { [id]: osvJson({ id, modified: "2026-01-01T00:00:00Z", name, title: name }) });
}

function lock(...names: readonly string[]): string {
  const all = Object.fromEntries(names.map((name) => [name, "0.5.0"]));
  const entries = names.map((name) => [`node_modules/${name}`, { version: "0.5.0", license: "MIT" }]);
  const packages = { "": { name: "app", version: "1.0.0", dependencies: all }, ...Object.fromEntries(entries) };
  return `${JSON.stringify({ name: "app", version: "1.0.0", lockfileVersion: 3, packages }, null, 2)}\n`;
}

/** `path package state (line)` of what is known against packages. */
async function vulnerable(): Promise<readonly string[]> {
  const issues = await issuesOf(house, repository);
  return issues
    .flatMap(({ rule: id, path, state, finding }) => {
      if (id !== "vulnerabilities/vulnerable-package") return [];
      const skip = state.is === "silenced" ? ` ${state.at?.path}:${state.at?.startLine}` : "";
      return [`${path.split("/")[0]} ${finding.package?.name} ${state.is}${skip}`];
    })
    .toSorted();
}

test("what is known against packages is silenced too, and what becomes known later, without a scan", async () => {
  await clone.git("checkout", "--quiet", "main");
  await learn("GHSA-aaaa-aaaa-aaaa", "left");
  const files = { "lab/package-lock.json": lock("left", "right"), "app/package-lock.json": lock("left", "right") };
  await push({ ...files, ".sallyport.yml": settings("lab/**", lastDay()) });
  assert.deepEqual(await vulnerable(), ["app left open", "lab left silenced .sallyport.yml:2"]);
  const { rows } = await listExceptions(house.app.db, everything, { source: ["code"], offset: 0, limit: 9 });
  const listed = rows.flatMap((one) =>
    one.is === "code" ? [`${one.path} ${one.skip.at?.path} ${one.skip.reason}`] : [],
  );
  assert.ok(listed.includes("lab/package-lock.json .sallyport.yml the lab, ••••••••••••••••••••"), listed.join("\n"));
  const { length: scans } = await scansOf(house, repository);
  await learn("GHSA-bbbb-bbbb-bbbb", "right");
  await judgeIfNewer(house.app);
  await house.quiet();
  const silenced = ["lab left silenced .sallyport.yml:2", "lab right silenced .sallyport.yml:2"];
  assert.deepEqual(await vulnerable(), ["app left open", "app right open", ...silenced]);
  assert.equal((await scansOf(house, repository)).length, scans);
});

test("a pull request that allows itself packages says so, of its own and of those that it leaves as they are", async () => {
  await clone.git("checkout", "--quiet", "-b", "own-packages");
  const more = "  - {path: 'app/**', rule: vulnerabilities/vulnerable-package, reason: not run}\n";
  await push({ ".sallyport.yml": settings("new/**", lastDay(), more), "new/package-lock.json": lock("left") });
  pullRequest = await openPullRequest(house, repository, "own-packages");
  await house.quiet();
  assert.equal(lastStatus()?.state, "succeeded");
  const [summary] = summaries();
  assert.match(summary?.text ?? "", /Silenced in the code: 3/);
  assert.match(summary?.text ?? "", /new\/package-lock\.json[^\n]*Skipped in `\.sallyport\.yml` line 2: the lab/);
  assert.match(summary?.text ?? "", /app\/package-lock\.json[^\n]*Skipped in `\.sallyport\.yml` line 5: not run/);
  await push({ ".sallyport.yml": settings("elsewhere/**", lastDay()) });
  assert.equal(lastStatus()?.state, "failed");
});

test("when its last day is over they are open again, without a push", async () => {
  const { length: known } = await vulnerable();
  ahead = 5 * day;
  await askForSync(house.app, house.app.db, { id: house.organization.id as OrganizationId, instanceId });
  await house.quiet();
  const open = ["app left open", "app right open", "lab left open", "lab right open"];
  assert.deepEqual([await vulnerable(), known], [open, open.length]);
});
