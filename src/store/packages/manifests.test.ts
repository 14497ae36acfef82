import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { RepositoryId } from "#model/ids.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { Scope } from "#model/scope.ts";
import { setChosen } from "../instances/repositories.ts";
import { applyBranchFindings } from "../issues/apply-branch-findings.ts";
import { deleteUnwatched } from "../issues/archive-issues.ts";
import { listIssues } from "../issues/list-issues.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { sampleFinding, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import {
  branchesWithManifests,
  hasManifestGaps,
  listManifests,
  replaceManifests,
  type UnitManifests,
} from "./manifests.ts";
import { countLicenses, listPackages, listPackageUses } from "./packages.ts";
import { listImports, replaceImports } from "./source-imports.ts";

const everything: Scope = { is: "everything" };
const page = { offset: 0, limit: 50 };
const later = new Date(sampleTime.getTime() + 86_400_000);
let database: FreshDatabase;
before(async () => {
  database = await freshDatabase();
});
after(() => database.drop());

async function openWorld() {
  const { db } = database.store;
  const { instanceId, repositoryId } = await sampleWorld(db);
  const branch = { instanceId, repositoryId, branch: "refs/heads/main" };
  const scope: Scope = { is: "instances", ids: [instanceId] };
  return { db, branch, repositoryId, scope };
}

function unit(
  folder: string,
  versions: Readonly<Record<string, string>>,
  licenses: readonly string[] = [],
): UnitManifests {
  const path = `${folder}/package-lock.json`;
  const at = { path, startLine: 3, startColumn: 1, endLine: 9, endColumn: 2 };
  const rows = Object.entries(versions).map(([name, version]) => ({ name, version, licenses }));
  const manifest: Manifest = {
    path,
    format: "package-lock.json",
    ecosystem: "npm",
    isLocked: true,
    packages: rows.map((row) => ({ ...row, ecosystem: "npm", at, relation: "direct", isDevelopment: false })),
  };
  const packages = rows.map((row) => ({
    ...row,
    ...{ manifest: path, ecosystem: "npm" as const, key: row.name, purl: `pkg:npm/${row.name}@${row.version}` },
    ...{ relation: "direct" as const, isDevelopment: false, path, line: 3 },
  }));
  return { unit: `package-lock.json:${path}`, manifests: [manifest], packages, hasGaps: false };
}

test("what could not be read is remembered until it is read whole", async () => {
  const { db, branch, repositoryId } = await openWorld();
  const [broken, whole] = [unit("a", {}), unit("b", { left: "1.0.0" })];
  const gaps = () => hasManifestGaps(db, repositoryId, branch.branch);
  const at = sampleTime;
  await replaceManifests(db, branch, { replaced: "all", read: [{ ...broken, hasGaps: true }, whole], at });
  assert.equal(await gaps(), true);
  await replaceManifests(db, branch, { replaced: [], read: [whole], at });
  assert.equal(await gaps(), true);
  await replaceManifests(db, branch, { replaced: [], read: [broken], at });
  assert.equal(await gaps(), false);
  // By chance: what was known of it stands, and nothing is known of what was never read.
  await replaceManifests(db, branch, { replaced: [], kept: [whole.unit], read: [], at });
  assert.equal(await gaps(), true);
  assert.equal((await listManifests(db, repositoryId, branch.branch)).length, 2);
  await replaceManifests(db, branch, { replaced: "all", kept: ["go.mod:c"], read: [whole], at });
  assert.equal(await gaps(), true);
});

test("what is read again keeps when it came in, what is gone is gone", async () => {
  const { db, branch, repositoryId, scope } = await openWorld();
  const first = [unit("a", { left: "1.0.0", right: "2.0.0" }), unit("b", { left: "1.1.0" })];
  await replaceManifests(db, branch, { replaced: "all", read: first, at: sampleTime });
  await replaceManifests(db, branch, {
    ...{ replaced: [first[1]!.unit], at: later },
    read: [unit("a", { left: "1.0.0", right: "2.0.1" })],
  });
  const uses = async (key: string) =>
    (await listPackageUses(db, scope, { ...page, ecosystem: "npm", key })).rows.map(
      ({ manifest, version, since }) => `${manifest} ${version} ${since.getTime() === later.getTime() ? "new" : "old"}`,
    );
  assert.deepEqual(await uses("left"), ["a/package-lock.json 1.0.0 old"]);
  assert.deepEqual(await uses("right"), ["a/package-lock.json 2.0.1 new"]);
  const kept = await listManifests(db, repositoryId, branch.branch);
  assert.deepEqual(
    kept.map(({ path }) => path),
    ["a/package-lock.json"],
  );
  assert.deepEqual(
    (await branchesWithManifests(db)).filter((one) => one.repositoryId === repositoryId),
    [branch],
  );
});

test("nobody asks about what is not watched, and it is deleted with the rest of its repository", async () => {
  const { db, branch, repositoryId } = await openWorld();
  await replaceManifests(db, branch, { replaced: "all", read: [unit("a", { left: "1.0.0" })], at: sampleTime });
  const asked = async () => (await branchesWithManifests(db, [repositoryId])).length;
  const watch = (repositories: readonly RepositoryId[]) =>
    setChosen(db, branch.instanceId, { is: "list", repositories: [...repositories] });
  assert.equal(await asked(), 1);
  await watch([]);
  assert.equal(await asked(), 0);
  await watch([repositoryId]);
  assert.equal(await asked(), 1, "what is archived comes back as it was");
  await deleteUnwatched(db, branch.instanceId, [repositoryId]);
  assert.equal(await asked(), 1);
  await watch([]);
  await deleteUnwatched(db, branch.instanceId, [repositoryId]);
  await watch([repositoryId]);
  assert.equal(await asked(), 0);
});

test("a unit that could not be read keeps what was known of it", async () => {
  const { db, branch, repositoryId } = await openWorld();
  const units = [unit("a", { left: "1.0.0" }), unit("b", { left: "1.1.0" })];
  await replaceManifests(db, branch, { replaced: "all", read: units, at: sampleTime });
  await replaceManifests(db, branch, { replaced: "all", kept: [units[0]!.unit], read: [], at: later });
  assert.equal((await listManifests(db, repositoryId, branch.branch)).length, 1);
});

test("packages are searched across repositories, and only where a person may look", async () => {
  const one = await openWorld();
  const two = await openWorld();
  const { db } = one;
  await replaceManifests(db, one.branch, {
    ...{ replaced: "all", at: sampleTime },
    read: [unit("a", { "@contoso/shop_ui": "1.0.0", lodash: "4.17.15" }, ["MIT"])],
  });
  await replaceManifests(db, two.branch, {
    ...{ replaced: "all", at: later },
    read: [unit("b", { lodash: "4.17.21" }), unit("c", { lodash: "4.17.21" })],
  });
  const both: Scope = { is: "instances", ids: [one.branch.instanceId, two.branch.instanceId] };
  const { rows, total } = await listPackages(db, both, { ...page, search: "LODA" });
  assert.equal(total, 1);
  assert.deepEqual(
    rows.map(({ name, versions, repositories, licenses, since }) => ({
      name,
      versions,
      repositories,
      licenses,
      since,
    })),
    [{ name: "lodash", versions: ["4.17.15", "4.17.21"], repositories: 2, licenses: ["MIT"], since: sampleTime }],
  );
  assert.deepEqual((await listPackages(db, one.scope, { ...page, search: "p_u" })).total, 1);
  assert.deepEqual((await listPackages(db, two.scope, { ...page, search: "shop" })).total, 0);
  assert.deepEqual(
    (await listPackages(db, both, { ...page, license: "" })).rows.map(({ name }) => name),
    ["lodash"],
  );
  assert.deepEqual(await countLicenses(db, both, {}), [
    { license: "MIT", packages: 2, repositories: 1 },
    { license: "", packages: 1, repositories: 1 },
  ]);
});

test("imports: a push replaces those of its files, and says whether any name came or went", async () => {
  const { db, branch, repositoryId } = await openWorld();
  const files = [
    { path: "a.ts", names: ["js:left", "js:right"] },
    { path: "b.ts", names: ["js:left"] },
  ];
  assert.equal(await replaceImports(db, branch, { replaced: "all", files }), true);
  assert.equal(await replaceImports(db, branch, { replaced: ["b.ts"], files: files.slice(1) }), false);
  assert.equal(await replaceImports(db, branch, { replaced: ["b.ts", "c.ts"], files: [] }), true);
  assert.deepEqual(await listImports(db, repositoryId, branch.branch), files.slice(0, 1));
});

test("a scan of files leaves the findings about packages alone, and the other way round", async () => {
  const { db, branch, repositoryId } = await openWorld();
  const inFile = sampleFinding("in-file", "package.json");
  const ofPackage = sampleFinding("of-package", "package.json", { rule: "vulnerabilities/vulnerable-package" });
  const apply = { ...branch, at: sampleTime };
  const open = async () =>
    (await listIssues(db, everything, { ...page, repositoryId, state: ["open"] })).rows.map(({ rule }) => rule).sort();
  await applyBranchFindings(db, { ...apply, replaced: "all", notOf: ["vulnerabilities"], findings: [inFile] });
  await applyBranchFindings(db, { ...apply, replaced: "all", of: ["vulnerabilities"], findings: [ofPackage] });
  assert.deepEqual(await open(), ["secrets/sample", "vulnerabilities/vulnerable-package"]);
  await applyBranchFindings(db, { ...apply, replaced: ["package.json"], notOf: ["vulnerabilities"], findings: [] });
  assert.deepEqual(await open(), ["vulnerabilities/vulnerable-package"]);
  await applyBranchFindings(db, { ...apply, replaced: "all", of: ["vulnerabilities"], findings: [] });
  assert.deepEqual(await open(), []);
});
