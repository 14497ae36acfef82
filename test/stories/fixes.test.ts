/** Fixes: proposed as pull requests that were rescanned before anybody sees them, once for each root cause, and gone when they are not needed. */
import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { askAboutFixes } from "#flows/fixes/ask-about-fixes.ts";
import { askForFix } from "#flows/fixes/ask-for-fix.ts";
import { makeFix } from "#flows/fixes/make-fix.ts";
import { previewFixes } from "#flows/fixes/preview-fix.ts";
import { judgeIfNewer } from "#flows/knowledge/judge-again.ts";
import { osvJson } from "#knowledge/testing/osv-files.ts";
import type { Fix, FixAskedBy, FixId } from "#model/fix.ts";
import { defaultFixSettings } from "#model/fix.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Policy } from "#model/policy.ts";
import { saveFixSettings } from "#store/fixes/fix-settings.ts";
import { changeFix, getFix, listFixes } from "#store/fixes/fixes.ts";
import { savePolicy } from "#store/policies/policies.ts";
import { listPullRequestFindings } from "#store/pull-requests/pull-request-findings.ts";
import { addRepository } from "../../emulator/build-world.ts";
import { readRef } from "../../emulator/git/repository-store.ts";
import type { PullRequestState, RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { everything, idOf, issuesOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { learnAdvisories } from "./learn-advisories.ts";
import { openPullRequest, patchPullRequest } from "./pull-request-calls.ts";
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

/** One that has `left` 1.0.0, and what an npm client asks it. */
const registry = createServer((request, response) => {
  const dist = { integrity: `sha512-${"c".repeat(86)}==`, tarball: "https://npm.example/left/-/left-1.0.0.tgz" };
  const isKnown = request.url === "/left";
  response.writeHead(isKnown ? 200 : 404, { "content-type": "application/json" });
  response.end(isKnown ? JSON.stringify({ name: "left", versions: { "1.0.0": { dist, license: "MIT" } } }) : "{}");
});

/** One for container images that has a single one. */
const manifest = JSON.stringify({ schemaVersion: 2, manifests: [] });
const images = createServer((request, response) => {
  response.writeHead(request.url === "/v2/build/node/manifests/22.4" ? 200 : 404).end(manifest);
});

const pipelineFiles = {
  "azure-pipelines.yml": [
    "trigger: [main]",
    "pool: { vmImage: ubuntu-24.04 }",
    "resources:",
    "  containers:",
    "    - container: build",
    "      image: images.example/build/node:22.4 # what we build with",
    "container: build",
    "steps:",
    "  - script: node --version",
    "",
  ].join("\n"),
  "old-pipeline.yml": [
    "trigger: [main]",
    "container: elsewhere.example/build/node:22.4",
    "steps:",
    "  - script: node --version",
    "",
  ].join("\n"),
};

/** Everything below 1.0.0 of `left` (npm) and `Json.Left` (NuGet) is affected. */
async function learn(): Promise<void> {
  const known = [
    ["GHSA-aaaa-aaaa-aaaa", "left", "npm"],
    ["GHSA-bbbb-bbbb-bbbb", "Json.Left", "NuGet"],
    ["GHSA-cccc-cccc-cccc", "Old.Left", "NuGet"],
  ] as const;
  const texts = known.map(([id, name, ecosystem]) => {
    const title = `Trouble in ${name}`;
    return [id, osvJson({ id, modified: "2026-01-01T00:00:00Z", name, title }, ecosystem)] as const;
  });
  await learnAdvisories(house, Object.fromEntries(texts));
}

const packageFiles = {
  "web/package.json": `${JSON.stringify({ name: "shop", version: "1.0.0", dependencies: { web: "^2.0.0" } }, null, 2)}\n`,
  "web/package-lock.json": `${JSON.stringify(
    {
      name: "shop",
      version: "1.0.0",
      lockfileVersion: 3,
      requires: true,
      packages: {
        "": { name: "shop", version: "1.0.0", dependencies: { web: "^2.0.0" } },
        "node_modules/left": {
          version: "0.9.0",
          resolved: "https://npm.example/left/-/left-0.9.0.tgz",
          integrity: `sha512-${"a".repeat(86)}==`,
          license: "MIT",
        },
        "node_modules/web": {
          version: "2.0.0",
          resolved: "https://npm.example/web/-/web-2.0.0.tgz",
          integrity: `sha512-${"b".repeat(86)}==`,
          license: "MIT",
          dependencies: { left: ">=0.9.0" },
        },
      },
    },
    null,
    2,
  )}\n`,
  "old/old.csproj": [
    '<Project Sdk="Microsoft.NET.Sdk">',
    "  <PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>",
    '  <ItemGroup><PackageReference Include="Old.Left" Version="0.9.0" /></ItemGroup>',
    "</Project>",
    "",
  ].join("\n"),
  "old/packages.lock.json": JSON.stringify({
    version: 1,
    dependencies: {
      "net8.0": {
        "Old.Left": { type: "Direct", requested: "[0.9.0, )", resolved: "0.9.0", contentHash: "b2xk" },
      },
    },
  }),
  "api/api.csproj": [
    '<Project Sdk="Microsoft.NET.Sdk">',
    "  <PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>",
    '  <ItemGroup><PackageReference Include="Json.Left" Version="0.9.0" /></ItemGroup>',
    "</Project>",
    "",
  ].join("\r\n"),
};

before(async () => {
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
  const { port } = registry.address() as AddressInfo;
  const npm = { registry: `http://127.0.0.1:${port}/` };
  await new Promise<void>((resolve) => images.listen(0, "127.0.0.1", resolve));
  const { port: imagePort } = images.address() as AddressInfo;
  const registries = [{ hosts: ["images.example"], address: `http://127.0.0.1:${imagePort}` }];
  house = await openHouse({ factsSources: { npm, publicNames: ["left", "web"], images: registries } });
  await learn();
  const accounts = Object.fromEntries(paths.map((path, index) => [path, account(`store${index}`)]));
  repository = await addRepository(house.emulator.world, house.organization, house.project, "shop", {
    files: { ...accounts, ...packageFiles, ...pipelineFiles },
  });
  instanceId = await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/shop`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
  registry.close();
  images.close();
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
  const fingerprints = [await problemIn("infra/one.tf")];
  const { previews } = await previewFixes(house.app, { instanceId, repositoryId: idOf(repository), fingerprints });
  const shown = previews.flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines)).filter(({ is }) => is !== "same");
  assert.deepEqual(
    shown.map(({ is, text }) => `${is} ${text.trim()}`),
    ["removed https_traffic_only_enabled = false # for now", "added https_traffic_only_enabled = true # for now"],
  );
  assert.deepEqual(fixPullRequests(), []);
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

test("where its target moved so that it conflicts, it is made anew in the same pull request", async () => {
  const [fix] = (await listFixes(house.app.db, everything, { offset: 0, limit: 9 })).rows;
  assert(fix);
  await clone.commit("other words", { "infra/one.tf": account("store0").replace("# for now", "# for a while") });
  await clone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
  await makeFix(house.app, { repository: idOf(repository), fix: fix.id }, new AbortController().signal);
  await house.quiet();
  const again = await seen(fix.id);
  assert.deepEqual([again.state, again.pullRequest], ["open", fix.pullRequest], again.reason);
  assert.notEqual(again.headCommit, fix.headCommit);
  assert.equal(await branchOf(fix), again.headCommit);
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

async function completePullRequest({ pullRequest = 0, headCommit }: Fix): Promise<void> {
  const change = { status: "completed", lastMergeSourceCommit: { commitId: headCommit } };
  await patchPullRequest(house, repository, pullRequest, change);
  await house.emulator.clock.advance(60_000);
  await house.quiet();
}

test("merging one closes its issues", async () => {
  const fix = await fixFor("other/two.tf");
  assert.equal(fix.state, "open", fix.reason);
  await completePullRequest(fix);
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

test("an image of a pipeline is pinned to the digest that its registry tells, and merging closes the issue", async () => {
  const pinOf = async (path: string) => {
    const issues = await issuesOf(house, repository);
    const issue = issues.find((one) => one.path === path && one.rule === "cicd/azure-container-not-pinned");
    assert(issue, issues.map(({ rule, path: at }) => `${rule} ${at}`).join("\n"));
    const asked = await ask(issue.finding.fingerprint);
    assert(asked.is === "asked", JSON.stringify(asked));
    await house.quiet();
    return { fix: await seen(asked.fix), issue };
  };
  const { fix, issue } = await pinOf("azure-pipelines.yml");
  assert.equal(fix.state, "open", fix.reason);
  const digest = createHash("sha256").update(manifest).digest("hex");
  assert.deepEqual(await changedLines(fix), [
    "-      image: images.example/build/node:22.4 # what we build with",
    `+      image: images.example/build/node:22.4@sha256:${digest} # what we build with`,
  ]);
  await completePullRequest(fix);
  assert.equal((await seen(fix.id)).state, "merged");
  assert.equal((await issuesOf(house, repository)).find(({ id }) => id === issue.id)?.state.is, "fixed");
  // A host is not asked because a file names it.
  const { fix: refused } = await pinOf("old-pipeline.yml");
  assert.deepEqual([refused.state, refused.pullRequest], ["refused", undefined]);
  assert.match(refused.reason ?? "", /elsewhere\.example\/build\/node:22\.4 is not known here/);
});

async function fixOfPackage(name: string): Promise<Fix> {
  const issues = await issuesOf(house, repository);
  const issue = issues.find(
    ({ finding, state }) => finding.package?.name === name && state.is === "open" && finding.advisory,
  );
  assert(issue, issues.map(({ message }) => message).join("\n"));
  const asked = await ask(issue.finding.fingerprint);
  assert(asked.is === "asked", JSON.stringify(asked));
  await house.quiet();
  return seen(asked.fix);
}

async function changedLines(fix: Fix): Promise<readonly string[]> {
  await clone.git("fetch", "--quiet", "origin");
  const diff = await clone.git("diff", "--unified=0", `${fix.baseCommit}`, `${fix.headCommit}`);
  return diff
    .split("\n")
    .filter((line) => /^[-+](?![-+])/.test(line))
    .map((line) => line.trim());
}

test("packages go up in project and lock file, and the scan of that is green before anybody sees it", async () => {
  const npm = await fixOfPackage("left");
  assert.equal(npm.state, "open", npm.reason);
  assert.deepEqual(await changedLines(npm), [
    '-      "version": "0.9.0",',
    '-      "resolved": "https://npm.example/left/-/left-0.9.0.tgz",',
    `-      "integrity": "sha512-${"a".repeat(86)}==",`,
    '+      "version": "1.0.0",',
    '+      "resolved": "https://npm.example/left/-/left-1.0.0.tgz",',
    `+      "integrity": "sha512-${"c".repeat(86)}==",`,
  ]);
  assert.match(pullRequestOf(npm).description, /GHSA-aaaa-aaaa-aaaa[\s\S]+major version/);
  const nuget = await fixOfPackage("Json.Left");
  assert.equal(nuget.state, "open", nuget.reason);
  assert.deepEqual(await changedLines(nuget), [
    '-  <ItemGroup><PackageReference Include="Json.Left" Version="0.9.0" /></ItemGroup>',
    '+  <ItemGroup><PackageReference Include="Json.Left" Version="1.0.0" /></ItemGroup>',
  ]);
  // Its lock file would say the old, so the scan still finds it: nobody gets a pull request that fixes nothing.
  const red = await fixOfPackage("Old.Left");
  assert.deepEqual([red.state, red.pullRequest, await branchOf(red)], ["refused", undefined, undefined]);
  assert.match(red.reason ?? "", /dotnet restore/);
  for (const { id } of [npm, nuget]) {
    await completePullRequest(await seen(id));
    assert.equal((await seen(id)).state, "merged");
  }
  const open = (await issuesOf(house, repository)).filter(
    ({ finding, state }) => finding.advisory && state.is === "open",
  );
  assert.deepEqual(
    open.map(({ finding }) => finding.package?.name),
    ["Old.Left"],
  );
});

test("a policy makes a fix after a scan; a newer version to go to is taken up, and one that does more takes its place", async () => {
  const { db } = house.app;
  const policy: Policy = {
    ...{ id: "raise", name: "Raise packages", enabled: true, when: [{ scanner: ["vulnerabilities"] }], graceDays: 0 },
    ...{ scope: { repositories: [], projects: [], tags: [] }, triggers: ["push"], actions: ["fix"] },
    unfinished: { fails: "open", afterMinutes: 60 },
  };
  const saved = { changedBy: "anna", changedAt: house.app.now() };
  await savePolicy(db, { instanceId, id: policy.id, enabled: true, content: policy, ...saved });
  const before = new Set(fixPullRequests());
  await clone.git("fetch", "--quiet", "origin");
  await clone.git("reset", "--quiet", "--hard", "origin/main");
  const leaves = { "old/old.csproj": null, "old/packages.lock.json": null };
  await clone.commit("another", { ...leaves, "more/more.csproj": packageFiles["api/api.csproj"] });
  await clone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
  const made = fixPullRequests().filter((one) => !before.has(one));
  assert.equal(made.length, 1);
  const page = { offset: 0, limit: 1, repositoryId: idOf(repository), state: ["open"] } as const;
  const [fix] = (await listFixes(db, everything, page)).rows;
  assert.deepEqual(
    [fix?.askedBy, fix?.goal, fix?.pullRequest],
    [{ is: "policy", policy: "raise" }, "1.0.0", made[0]?.id],
  );
  assert(fix);

  const newer = osvJson({ id: "GHSA-dddd-dddd-dddd", modified: "2026-02-01T00:00:00Z", name: "Json.Left" }, "NuGet");
  await learnAdvisories(house, { "GHSA-dddd-dddd-dddd": newer.replace("1.0.0", "1.5.0") });
  await judgeIfNewer(house.app);
  await house.quiet();
  await askAboutFixes(house.app, db);
  await house.quiet();
  const raised = await seen(fix.id);
  assert.deepEqual([raised.state, raised.goal, raised.pullRequest], ["open", "1.5.0", fix.pullRequest], raised.reason);
  assert.match((await changedLines(raised)).join(), /Version="0\.9\.0".+Version="1\.5\.0"/);
  assert.match(pullRequestOf(raised).title, /1\.5\.0/);
  const part = raised.fixes.find(({ advisory }) => advisory === "GHSA-bbbb-bbbb-bbbb");
  // What it could not end is asked about again and again; the same change is not pushed anew.
  const other = raised.fixes.find((one) => one !== part);
  await changeFix(db, raised.id, { fixes: part ? [part] : [] }, house.app.now());
  assert.equal((await ask(other?.fingerprint ?? "")).is, "asked");
  await house.quiet();
  const again = await seen(fix.id);
  assert.deepEqual(
    [again.state, again.headCommit, again.fixes.length],
    ["open", raised.headCommit, raised.fixes.length],
    again.reason,
  );

  await savePolicy(db, { instanceId, id: policy.id, enabled: false, content: policy, ...saved });
  await clone.commit("and another", { "old/old.csproj": packageFiles["old/old.csproj"] });
  await clone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
  const together = { ...defaultFixSettings, grouping: "ecosystem" } as const;
  await saveFixSettings(db, instanceId, { settings: together, by: "anna", at: house.app.now() });
  const whole = await fixOfPackage("Json.Left");
  assert.deepEqual([whole.state, whole.goal], ["open", "Json.Left 1.5.0, Old.Left 1.0.0"], whole.reason);
  // A policy that means a part of its problems asks for no other change.
  const asks = { is: "policy", policy: policy.id } as const;
  assert.equal((await ask(part?.fingerprint ?? "", asks)).is, "under-way");
  const left = await seen(fix.id);
  assert.deepEqual([left.state, left.reason], ["superseded", `Pull request !${whole.pullRequest} does this too.`]);
  assert.deepEqual([pullRequestOf(left).status, await branchOf(left)], ["abandoned", undefined]);
  await saveFixSettings(db, instanceId, { settings: defaultFixSettings, by: "anna", at: house.app.now() });
  await completePullRequest(await seen(whole.id));
});

test("a fix of what a pull request brings in goes into its branch, and its thread is settled by the merge", async () => {
  await clone.git("checkout", "--quiet", "-B", "feature", "origin/main");
  await clone.commit("more", { "four/four.tf": account("store4") });
  await clone.git("push", "--quiet", "origin", "HEAD");
  const pullRequest = await openPullRequest(house, repository, "feature");
  await house.quiet();
  const found = await listPullRequestFindings(house.app.db, idOf(repository), pullRequest.id);
  const one = found.find(({ finding }) => finding.rule === "iac/azure-storage-allows-http");
  assert(one);
  const repositoryId = idOf(repository);
  const askedBy = { is: "reply", name: "Dana", pullRequest: pullRequest.id } as const;
  const wish = { instanceId, repositoryId, fingerprints: [one.fingerprint], pullRequest: pullRequest.id, askedBy };
  const [asked] = await askForFix(house.app, house.app.db, wish);
  assert(asked?.is === "asked");
  await house.quiet();
  const fix = await seen(asked.fix);
  assert.deepEqual([fix.state, fix.targetRef], ["open", "refs/heads/feature"], fix.reason);
  await completePullRequest(fix);
  assert.equal((await seen(fix.id)).state, "merged");
  const after = await listPullRequestFindings(house.app.db, repositoryId, pullRequest.id);
  assert.equal(after.find(({ fingerprint }) => fingerprint === one.fingerprint)?.state, "fixed");
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
  const settings = { ...defaultFixSettings, openLimit: 1, reviewers: [house.owner.id], drafts: true };
  await saveFixSettings(house.app.db, instanceId, { settings, by: "anna", at: house.app.now() });
  const [other] = (await open("third/three.tf")).filter(({ finding }) => finding.fingerprint !== problem);
  const first = await fixFor("third/three.tf");
  assert.equal(first.state, "open", first.reason);
  const { isDraft, reviewers } = pullRequestOf(first);
  assert.deepEqual([isDraft, reviewers.map(({ userId }) => userId)], [true, [house.owner.id]]);
  assert(other);
  // Somebody who left the organization keeps nothing from being made.
  const gone = { ...settings, reviewers: [randomUUID()] };
  await saveFixSettings(house.app.db, instanceId, { settings: gone, by: "anna", at: house.app.now() });
  const second = await ask(other.finding.fingerprint);
  assert(second.is === "asked");
  await house.quiet();
  assert.match((await seen(second.fix)).reason ?? "", /^It waits/);
  await patchPullRequest(house, repository, first.pullRequest ?? 0, { status: "abandoned" });
  await house.quiet();
  assert.equal((await seen(second.fix)).state, "open", (await seen(second.fix)).reason);
});
