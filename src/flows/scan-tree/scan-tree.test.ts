/** A repository, its pushes and a database: what is looked at anew, and what becomes of findings. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pino } from "pino";
import { type LocalRepository, openLocalRepository } from "#git/open-local-repository.ts";
import { sampleAdoPat } from "#scan/secrets/examples/example-values.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import { listIssues } from "#store/issues/list-issues.ts";
import { contentGivenUp, recordUnreadParts } from "#store/scans/unread-parts.ts";
import { type FreshDatabase, freshDatabase } from "#store/testing/fresh-database.ts";
import { sampleTime, sampleWorld } from "#store/testing/sample-world.ts";
import { openScanPool } from "../scan-files/open-scan-pool.ts";
import { looked } from "../scan-files/testing/unit-scanner.ts";
import { largestBlob } from "./read-blobs.ts";
import { scanBlobs } from "./scan-blobs.ts";
import { scanBothSides, scanChanges, scanWholeTree } from "./scan-tree.ts";

const fingerprintKey = new Uint8Array(32).fill(1);
const branch = "refs/heads/main";
let database: FreshDatabase;
before(async () => {
  database = await freshDatabase();
});
after(() => database.drop());

const start = {
  "a.unit": "include m/x.unit\ngood a",
  "b.unit": "include m/x.unit\nbad b",
  "c.unit": "bad c",
  "m/x.unit": "bad x",
  "readme.md": "nothing",
};

/** What each push looked at again, and the open issues after it, as `path line`. */
const pushes: readonly {
  readonly name: string;
  readonly change: Readonly<Record<string, string | undefined>>;
  readonly units: readonly string[];
  readonly surveys: readonly string[];
  readonly issues: readonly string[];
}[] = [
  {
    name: "another file: no unit",
    change: { "readme.md": "more" },
    units: [],
    surveys: [],
    issues: ["b.unit 2", "c.unit 1", "m/x.unit 1"],
  },
  {
    name: "one root: its unit, and the shared file keeps its finding",
    change: { "a.unit": "include m/x.unit\nbad a" },
    units: ["a.unit"],
    surveys: ["a.unit"],
    issues: ["a.unit 2", "b.unit 2", "c.unit 1", "m/x.unit 1"],
  },
  {
    name: "a shared file: the units that hold it",
    change: { "m/x.unit": "good x\nbad y" },
    units: ["a.unit", "b.unit"],
    surveys: ["m/x.unit"],
    issues: ["a.unit 2", "b.unit 2", "c.unit 1", "m/x.unit 2"],
  },
  {
    name: "a deleted file: its unit vanishes with its findings",
    change: { "c.unit": undefined },
    units: [],
    surveys: [],
    issues: ["a.unit 2", "b.unit 2", "m/x.unit 2"],
  },
  {
    name: "a shared file that both units let go becomes a unit of its own",
    change: { "a.unit": "bad a", "b.unit": "bad b" },
    units: ["a.unit", "b.unit", "m/x.unit"],
    surveys: ["a.unit", "b.unit"],
    issues: ["a.unit 1", "b.unit 1", "m/x.unit 2"],
  },
  {
    name: "a renamed file",
    change: { "b.unit": undefined, "d.unit": "bad b" },
    units: ["d.unit"],
    surveys: ["d.unit"],
    issues: ["a.unit 1", "d.unit 1", "m/x.unit 2"],
  },
  {
    name: "a unit that the scanner fails on: what was known of it still stands",
    change: { "d.unit": "crash" },
    units: ["d.unit"],
    surveys: ["d.unit"],
    issues: ["a.unit 1", "d.unit 1", "m/x.unit 2"],
  },
  {
    name: "content that was there before: everything is known",
    change: { ...start, "d.unit": undefined },
    units: [],
    surveys: [],
    issues: ["b.unit 2", "c.unit 1", "m/x.unit 1"],
  },
];

test("a push looks only at the units that it touches", async (t) => {
  const { app, repository, tree, common } = await openWorld(t);
  const open = async () => {
    const { rows } = await listIssues(app.db, { is: "everything" }, { offset: 0, limit: 100, state: ["open"] });
    return rows.flatMap((row) => (row.repositoryId === common.repositoryId ? [`${row.path} ${row.line}`] : [])).sort();
  };
  const commit = committer(repository);
  let head = commit(start);
  const files = (await repository.listTree(head)).map(({ path, objectId }) => ({ path, objectId }));
  const { findings } = await scanWholeTree(app, tree, files);
  await applyBranchFindings(app.db, { ...common, replaced: "all", findings });
  assert.deepEqual(looked.units.splice(0).sort(), ["a.unit", "b.unit", "c.unit"]);
  assert.deepEqual(looked.surveys.splice(0).sort(), ["a.unit", "b.unit", "c.unit", "m/x.unit"]);
  assert.deepEqual(await open(), ["b.unit 2", "c.unit 1", "m/x.unit 1"]);

  for (const { name, change, units, surveys, issues } of pushes) {
    const from = head;
    head = commit(change);
    const result = await scanChanges(app, tree, { head, changes: await repository.diffTrees(from, head) });
    await applyBranchFindings(app.db, { ...common, ...result });
    assert.deepEqual(looked.units.splice(0).sort(), units, name);
    assert.deepEqual(looked.surveys.splice(0).sort(), surveys, name);
    assert.deepEqual(await open(), issues, name);
  }
});

test("a pull request introduces what its units have and had not, wherever it stands", async (t) => {
  const { app, repository, tree } = await openWorld(t);
  const commit = committer(repository);
  const base = commit(start);
  const introduced = async (change: Readonly<Record<string, string>>, from = base) => {
    execFileSync("git", ["checkout", "-q", from], { cwd: repository.root });
    const head = commit(change);
    const { before: old, after: now } = await scanBothSides(app, tree, {
      head,
      changes: await repository.diffTrees(from, head),
    });
    const known = new Set(old.findings.map(({ fingerprint }) => fingerprint));
    return now.findings.filter(({ fingerprint }) => !known.has(fingerprint)).map(({ message }) => message);
  };
  assert.deepEqual(await introduced({ "m/x.unit": "bad x\nbad y" }), ["y is bad"]);
  assert.deepEqual(await introduced({ "a.unit": "include m/x.unit\nbad a" }), ["a is bad"]);
  // The module has its problem already; another caller does not bring it in.
  assert.deepEqual(await introduced({ "c.unit": "bad c\ninclude m/x.unit" }), []);
  // Nobody knows what the unit had before.
  const crashed = commit({ "c.unit": "crash\nbad c" });
  assert.deepEqual(await introduced({ "c.unit": "bad c\nbad d", "a.unit": "bad a" }, crashed), ["a is bad"]);
});

test("a file over which a thread ended is surveyed another time, unless that was tried too often", async (t) => {
  const { app, repository, tree, common } = await openWorld(t);
  const head = committer(repository)({ "deadly.unit": "bad a" });
  const [file = assert.fail("no file")] = await repository.listTree(head);
  const scanPool = openScanPool({
    ...{ threads: 1, fingerprintKey, inlineBytes: 0 },
    program: new URL(import.meta.resolve("../scan-files/testing/dying-thread.ts")),
    treeScannersModule: import.meta.resolve("../scan-files/testing/unit-scanner.ts"),
  });
  t.after(() => scanPool.close());
  const unlucky = await scanWholeTree({ ...app, scanPool }, tree, [file]);
  const part = { path: "deadly.unit", content: file.objectId };
  assert.deepEqual(
    unlucky.failed?.map(({ path, content }) => ({ path, content })),
    [part, part],
  );
  assert.ok(unlucky.unjudged?.some(({ scanner, paths }) => scanner === "iac" && paths.includes("deadly.unit")));
  const at = { ...common, at: sampleTime };
  for (let count = 0; count < 5; count += 1) {
    await recordUnreadParts(app.db, at, { looked: "all", failed: unlucky.failed ?? [], at: sampleTime });
  }
  // Else it is surveyed on the same occasion.
  await scanBlobs(app, { ...tree, files: [file], scanners: ["secrets"] });
  const givenUp = await contentGivenUp(app.db, common.repositoryId);
  assert.deepEqual((await scanWholeTree(app, { ...tree, givenUp }, [file])).findings, []);
  const lucky = await scanWholeTree(app, tree, [file]);
  assert.deepEqual([lucky.findings.length, lucky.failed], [1, []]);
});

test("a secret in a file that cannot be searched any more stays where it was, and is told where the former version could not be", async (t) => {
  const { app, repository, tree, common } = await openWorld(t);
  const commit = committer(repository);
  const text = `pat = "${sampleAdoPat()}"\n`;
  const large = text + "# more\n".repeat(largestBlob / 7 + 1);
  const first = commit({ "app.ini": text });
  const push = async (from: string | undefined, head: string) => {
    const { findings, replaced, unjudged } = await scanChanges(app, tree, {
      head,
      changes: await repository.diffTrees(from, head),
    });
    await applyBranchFindings(app.db, { ...common, findings, replaced, unjudged, secretsFoundBy: "1" });
    const { rows } = await listIssues(app.db, { is: "everything" }, { offset: 0, limit: 10 });
    return rows
      .filter(({ repositoryId }) => repositoryId === common.repositoryId)
      .map(({ path, state, onlyInHistory }) => [path, state.is, onlyInHistory]);
  };
  assert.deepEqual(await push(undefined, first), [["app.ini", "open", false]]);
  const grown = commit({ "app.ini": large });
  assert.deepEqual(await push(first, grown), [["app.ini", "open", false]]);
  const again = commit({ "app.ini": text });
  const changes = await repository.diffTrees(grown, again);
  const { before: old, after: now } = await scanBothSides(app, tree, { head: again, changes });
  assert.deepEqual([old.findings.length, now.findings.length], [0, 1]);
  assert.deepEqual(await push(again, commit({ "app.ini": "# nothing\n" })), [["app.ini", "open", true]]);
});

test("files that nobody looks at are counted: of the whole tree, of a push, of what a pull request brings", async (t) => {
  const { app, repository, tree } = await openWorld(t);
  const commit = committer(repository);
  const large = "x".repeat(largestBlob + 1);
  const numbers = "\0\u0001\u0002\u0003".repeat(50);
  const from = commit({ ...start, "photo.png": "p", "tool.exe": "t", "data.txt": large, table: numbers });
  const files = (await repository.listTree(from)).map(({ path, objectId }) => ({ path, objectId }));
  const counted = async () => (await scanWholeTree(app, tree, files)).notScanned;
  assert.deepEqual(await counted(), { binary: 3, tooLarge: 1 });
  assert.deepEqual(await counted(), { binary: 3, tooLarge: 1 }, "also of what was seen before");
  const head = commit({
    "photo.png": "q",
    "copy.txt": large,
    "a.unit": "include m/x.unit\nbad a",
    "tool.exe": undefined,
    table: `${numbers}\u0001`,
  });
  const changes = await repository.diffTrees(from, head);
  const expected = { binary: 2, tooLarge: 1 };
  assert.deepEqual((await scanChanges(app, tree, { head, changes })).notScanned, expected);
  assert.deepEqual((await scanBothSides(app, tree, { head, changes })).after.notScanned, expected);
});

test("where only some scanners are asked no other looks, and nothing is surveyed", async (t) => {
  const { app, repository, tree } = await openWorld(t);
  const head = committer(repository)({ ...start, "main.ts": 'import "left-pad";' });
  const files = (await repository.listTree(head)).map(({ path, objectId }) => ({ path, objectId }));
  const { imports, cache } = await scanBlobs(app, { ...tree, files, scanners: ["secrets"] });
  assert.deepEqual([imports, looked.surveys], [[], []]);
  const all = await scanBlobs(app, { ...tree, files });
  assert.deepEqual(
    all.imports.map(({ path }) => path),
    ["main.ts"],
  );
  assert.equal(all.cache.hits, cache.misses);
});

test("a lock file brings along the registry settings that a pull request leaves as they are", async (t) => {
  const { app, repository, tree } = await openWorld(t, "real");
  const lock = (version: string) =>
    JSON.stringify({ lockfileVersion: 3, packages: { "": {}, "node_modules/a": { version } } });
  const commit = committer(repository);
  const settings = { ".npmrc": "registry=https://npm.contoso.example/\n", "z/.npmrc": "registry=https://z.example/\n" };
  const base = commit({ ...settings, "web/package-lock.json": lock("1.0.0"), "web/.npmrc": "save-exact=true\n" });
  const head = commit({ "web/package-lock.json": lock("1.0.1") });
  const { before: old, after: now } = await scanBothSides(app, tree, {
    head,
    changes: await repository.diffTrees(base, head),
  });
  const paths = ({ packages }: typeof now) =>
    packages.flatMap(({ manifests }) => manifests.map(({ path }) => path)).sort();
  assert.deepEqual(paths(now), [".npmrc", "web/package-lock.json"]);
  assert.deepEqual(paths(old), paths(now));
});

test("units of packages that could not be read whole are known as such", async (t) => {
  const { app, repository, tree } = await openWorld(t, "real");
  const commit = committer(repository);
  const base = commit({ "README.md": "a\n" });
  const files = { "a/package-lock.json": "{ broken", "b/package-lock.json": '{"lockfileVersion": 3, "packages": {}}' };
  const head = commit(files);
  const { after: now } = await scanBothSides(app, tree, { head, changes: await repository.diffTrees(base, head) });
  assert.deepEqual(now.packages.map(({ unit, hasGaps }) => `${unit.unit.root.charAt(0)} ${hasGaps}`).sort(), [
    "a true",
    "b false",
  ]);
});

async function openWorld(t: { after(run: () => Promise<void>): void }, scanners: "of units" | "real" = "of units") {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-tree-"));
  execFileSync("git", ["init", "-q", "-b", "main", folder]);
  const log = pino({ level: "silent" });
  const repository = await openLocalRepository(folder, { log, surrounding: process.env });
  assert(repository);
  const treeScannersModule = import.meta.resolve("../scan-files/testing/unit-scanner.ts");
  const ofUnits = scanners === "of units" && { treeScannersModule };
  const scanPool = openScanPool({ threads: 0, fingerprintKey, ...ofUnits });
  t.after(async () => {
    repository.release();
    await scanPool.close();
    rmSync(folder, { recursive: true });
  });
  const { db } = database.store;
  const { instanceId, repositoryId } = await sampleWorld(db, folder);
  const tree = { instanceId, mirror: repository, signal: new AbortController().signal };
  looked.units.length = 0;
  looked.surveys.length = 0;
  return { app: { db, scanPool }, repository, tree, common: { instanceId, repositoryId, branch, at: sampleTime } };
}

function committer({ root }: LocalRepository): (change: Readonly<Record<string, string | undefined>>) => string {
  assert(root !== undefined);
  const git = (...args: readonly string[]) => {
    const identity = ["-c", "user.name=a", "-c", "user.email=a@contoso.example", "-c", "commit.gpgsign=false"];
    return execFileSync("git", [...identity, ...args], { cwd: root, encoding: "utf8" }).trim();
  };
  return (change) => {
    for (const [path, text] of Object.entries(change)) {
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      if (text === undefined) rmSync(file);
      else writeFileSync(file, text);
    }
    git("add", "-A");
    git("commit", "-q", "-m", "change");
    return git("rev-parse", "HEAD");
  };
}
