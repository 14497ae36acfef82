/** What a repository depends on: read from its lock files, judged by what the world knows, and again when it knows more. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { judgeIfNewer } from "#flows/knowledge/judge-again.ts";
import { osvJson } from "#knowledge/testing/osv-files.ts";
import { listPackageUses } from "#store/packages/packages.ts";
import { addRepository } from "../../emulator/build-world.ts";
import type { PullRequestState, RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { idOf, issuesOf, scansOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { learnAdvisories } from "./learn-advisories.ts";
import { loseObject } from "./lose-object.ts";
import { openPullRequest } from "./pull-request-calls.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let repository: RepositoryState;
let clone: WorkingCopy;

/** A lock file as npm writes it. `direct` are asked for, the others come with the first of them. */
function lock(direct: Readonly<Record<string, string>>, others: Readonly<Record<string, string>> = {}): string {
  const entries = Object.entries({ ...direct, ...others }).map(([name, version]) => {
    const brings = name === Object.keys(direct)[0] ? { dependencies: others } : {};
    return [`node_modules/${name}`, { version, integrity: `sha512-${name}`, license: "MIT", ...brings }];
  });
  const packages = { "": { name: "shop", version: "1.0.0", dependencies: direct }, ...Object.fromEntries(entries) };
  return `${JSON.stringify({ name: "shop", version: "1.0.0", lockfileVersion: 3, packages }, null, 2)}\n`;
}

before(async () => {
  house = await openHouse();
  // Of the first copy nothing is known but one advisory: what others bring is the sample's or the world's matter.
  await learn("GHSA-aaaa-aaaa-aaaa", "left");
  repository = await addRepository(house.emulator.world, house.organization, house.project, "shop", {
    files: { "package-lock.json": lock({ web: "2.0.0" }, { left: "0.9.0" }), "src/a.js": 'import web from "web";\n' },
  });
  await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/shop`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
});

/** The world learns that versions of a package below 1.0.0 are affected. */
async function learn(id: string, name: string): Promise<void> {
  const text = osvJson({ id, modified: "2026-01-01T00:00:00Z", name, title: `Trouble in ${name}` });
  await learnAdvisories(house, { [id]: text });
}

async function push(files: Readonly<Record<string, string | null>>): Promise<void> {
  await clone.commit("change", files);
  await clone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
}

async function vulnerable(): Promise<readonly string[]> {
  const issues = (await issuesOf(house, repository)).filter(
    ({ rule }) => rule === "vulnerabilities/vulnerable-package",
  );
  return issues.map(({ state, finding }) => `${state.is} ${finding.package?.name} ${finding.package?.version}`).sort();
}

test("a lock file's packages are known, with lines, ways and use, and what is known against them is an issue", async () => {
  assert.deepEqual(await vulnerable(), ["open left 0.9.0"]);
  const issue = (await issuesOf(house, repository)).find(({ finding }) => finding.package?.name === "left");
  assert.deepEqual(issue?.finding.package?.via, ["web@2.0.0", "left@0.9.0"]);
  assert.deepEqual(issue.finding.reachability, { is: "imported", through: "web", example: "src/a.js" });
  assert.deepEqual(issue.finding.advisory?.fixedIn, ["1.0.0"]);
  const uses = await listPackageUses(
    house.app.db,
    { is: "everything" },
    { ecosystem: "npm", key: "left", offset: 0, limit: 9 },
  );
  assert.deepEqual(
    uses.rows.map(({ repositoryName, version, relation, path }) => [repositoryName, version, relation, path]),
    [["shop", "0.9.0", "transitive", "package-lock.json"]],
  );
});

test("code that changes moves the evidence, and no lock file is read for it", async () => {
  await push({ "src/a.js": 'import other from "other";\n' });
  const issue = (await issuesOf(house, repository)).find(({ finding }) => finding.package?.name === "left");
  assert.deepEqual(issue?.finding.reachability, { is: "not-imported" });
  assert.equal((await scansOf(house, repository))[0]?.stats?.files, 1);
});

test("more becomes known: what is stored is judged again, without a scan", async () => {
  const { length: scans } = await scansOf(house, repository);
  await push({ "package-lock.json": lock({ web: "2.0.0", right: "0.5.0" }, { left: "0.9.0" }) });
  assert.deepEqual(await vulnerable(), ["open left 0.9.0"]);
  await learn("GHSA-bbbb-bbbb-bbbb", "right");
  await judgeIfNewer(house.app);
  await house.quiet();
  assert.deepEqual(await vulnerable(), ["open left 0.9.0", "open right 0.5.0"]);
  assert.equal((await scansOf(house, repository)).length, scans + 1);
});

test("judges that are others judge what is stored again, once", async () => {
  assert.equal(await judgeIfNewer(house.app), 0);
  assert.equal(await judgeIfNewer(house.app, "others"), 1);
  assert.equal(await judgeIfNewer(house.app, "others"), 0);
  await house.quiet();
  assert.deepEqual(await vulnerable(), ["open left 0.9.0", "open right 0.5.0"]);
});

test("a raised package fixes its issues; one that leaves does too", async () => {
  await push({ "package-lock.json": lock({ web: "2.0.0" }, { left: "1.0.0" }) });
  assert.deepEqual(await vulnerable(), ["fixed left 0.9.0", "fixed right 0.5.0"]);
});

test("an issue goes with a lock file that is moved", async () => {
  const text = lock({ web: "2.0.0", right: "0.5.1" });
  await push({ "package-lock.json": text });
  const known = async () => {
    const all = (await issuesOf(house, repository)).filter(({ finding }) => finding.package?.version === "0.5.1");
    return all.map(({ id, state, finding }) => [id, state.is, "path" in finding.at && finding.at.path]);
  };
  const [before] = await known();
  await push({ "package-lock.json": null, "web/package-lock.json": text });
  assert.deepEqual(await known(), [[before?.[0], "open", "web/package-lock.json"]]);
  await push({ "web/package-lock.json": null });
});

test("a pull request tells what its change of packages brings in: one thread for each package, and only that", async () => {
  await learn("GHSA-cccc-cccc-cccc", "right");
  await push({ "package-lock.json": lock({ web: "2.0.0" }, { left: "0.9.0" }) });
  await clone.git("checkout", "--quiet", "-b", "feature");
  await push({ "package-lock.json": lock({ web: "2.0.0", right: "0.5.0" }, { left: "0.9.0" }) });
  const pullRequest: PullRequestState = await openPullRequest(house, repository, "feature");
  await house.quiet();
  const threads = pullRequest.threads.filter(({ properties }) => "sallyport.fingerprint" in properties);
  assert.equal(threads.length, 1);
  const text = threads[0]?.comments[0]?.content ?? "";
  assert.match(text, /right: 2 known problems/);
  assert.match(text, /Raise `right` from 0\\\.5\\\.0 to 1\\\.0\\\.0/);
  assert.equal((threads[0]?.threadContext as { readonly filePath?: string } | null)?.filePath, "/package-lock.json");
  assert.equal(pullRequest.statuses.at(-1)?.state, "failed");
  await push({ "package-lock.json": lock({ web: "2.0.0", right: "1.0.0" }, { left: "0.9.0" }) });
  assert.equal(threads[0]?.status, "fixed");
  assert.equal(pullRequest.statuses.at(-1)?.state, "succeeded");
});

test("where packages could not be read as they were, nobody is blamed for what they may have had", async () => {
  await clone.git("checkout", "--quiet", "main");
  const former = await clone.commit("change", { "package-lock.json": lock({ web: "2.0.0" }, { left: "0.9.0" }) });
  await clone.git("push", "--quiet", "origin", "HEAD:refs/heads/release");
  await clone.git("checkout", "--quiet", "-b", "later");
  await push({ "package-lock.json": lock({ web: "2.0.1" }, { left: "0.9.0" }) });
  const mirror = house.app.mirrors.existing(idOf(repository));
  assert(mirror);
  await loseObject(mirror.gitDir, (await clone.git("rev-parse", `${former}:package-lock.json`)).trim());
  mirror.release();
  await house.app.db.deleteFrom("blobResults").execute();
  // Of another branch than the default one nothing is known.
  const pullRequest = await openPullRequest(house, repository, "later", { targetRefName: "refs/heads/release" });
  await house.quiet();
  assert.deepEqual(
    pullRequest.threads.filter(({ properties }) => "sallyport.fingerprint" in properties),
    [],
  );
  const [scan] = await scansOf(house, repository);
  assert.equal(scan?.outcome, "partial");
  assert.ok(scan.problems.every(({ path }) => path === "package-lock.json"));
});
