/** Units through the command line's sources, with a scanner of the smallest kind. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { pino } from "pino";
import { openScanPool } from "#flows/scan-files/open-scan-pool.ts";
import type { ScanPool } from "#flows/scan-files/scan-pool.ts";
import { looked } from "#flows/scan-files/testing/unit-scanner.ts";
import { openLocalRepository } from "#git/open-local-repository.ts";
import { isSpan } from "#model/span.ts";
import { largestTreeFile } from "#scan/tree-scanner.ts";
import { type RunOptions, runScanners } from "./run-scanners.ts";
import { openDiffSource, openHistorySource } from "./sources/scan-git-source.ts";
import type { ScanSource } from "./sources/scan-source.ts";
import { openTreeSource } from "./sources/scan-tree-source.ts";

const top = mkdtempSync(join(tmpdir(), "sallyport-units-"));
const pool = openScanPool({
  threads: 0,
  fingerprintKey: new Uint8Array(32),
  treeScannersModule: import.meta.resolve("#flows/scan-files/testing/unit-scanner.ts"),
});
after(async () => {
  await pool.close();
  rmSync(top, { recursive: true });
});

function write(files: Readonly<Record<string, string | Uint8Array>>, folder = mkdtempSync(join(top, "t-"))): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

async function run(opening: Promise<ScanSource>, options: RunOptions = {}) {
  looked.units.length = 0;
  looked.surveys.length = 0;
  const source = await opening;
  try {
    const { findings, problems, ...rest } = await runScanners(pool, source, { ...options, quiet: true });
    const places = findings.map(({ at }) => (isSpan(at) ? `${at.path}:${at.startLine}` : at.setting)).sort();
    return { ...rest, places, problems: [...source.problems, ...problems] };
  } finally {
    source.close();
  }
}

const treeOf = (folder: string, only?: string, scanners: RunOptions["scanners"] = ["iac"]) =>
  openTreeSource({
    folder,
    scanners,
    treeScanners: (pool satisfies ScanPool).treeScanners,
    skip: ["old/**"],
    inGit: false,
    ...(only !== undefined && { only }),
  });

const files = {
  "a.unit": "include m/x.unit\ngood a",
  "b.unit": "include m/x.unit\nbad b",
  "m/x.unit": "bad x",
  "old/c.unit": "bad c",
  "readme.md": "",
};

test("a folder is scanned by units, each file read once, and what units share is said once", async () => {
  const { places, evaluations, files: count, problems } = await run(treeOf(write(files)), { includePassed: true });
  assert.deepEqual(places, ["b.unit:2", "m/x.unit:1"]);
  assert.deepEqual(evaluations.map(({ result, resource }) => `${resource.address} ${result}`).sort(), [
    "a pass",
    "b fail",
    "x fail",
    "x fail",
  ]);
  assert.deepEqual([count, problems, looked.surveys.length], [3, [], 3]);
});

test("one file is a unit of its own, and other scanners load no tree scanner", async () => {
  const folder = write(files);
  assert.deepEqual((await run(treeOf(folder, "b.unit"))).places, ["b.unit:2"]);
  await run(treeOf(folder, undefined, ["secrets"]), { scanners: ["secrets"] });
  assert.deepEqual(looked, { surveys: [], units: [] });
});

test("a file beyond the limit is a problem, and its unit is scanned without it", async () => {
  const large = new Uint8Array(largestTreeFile + 1).fill(0x20);
  const folder = write({ "a.unit": "include large.unit\nbad a", "large.unit": large });
  const { places, problems } = await run(treeOf(folder));
  assert.deepEqual(places, ["a.unit:2"]);
  assert.deepEqual(
    problems.map(({ code, path }) => [code, path]),
    [["too-large", "large.unit"]],
  );
});

test("a range tells what its units have and had not; history looks at HEAD and says so", async () => {
  const folder = write(files);
  const git = (...args: readonly string[]) => {
    const identity = ["-c", "user.name=a", "-c", "user.email=a@contoso.example", "-c", "commit.gpgsign=false"];
    execFileSync("git", [...identity, ...args], { cwd: folder });
  };
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "one");
  write({ "m/x.unit": "bad x\nbad y", "d.unit": "good d" }, folder);
  git("add", "-A");
  git("commit", "-qm", "two");
  const repository = async () => {
    const opened = await openLocalRepository(folder, { log: pino({ level: "silent" }), surrounding: process.env });
    assert(opened);
    return { repository: opened, scanners: ["iac" as const], treeScanners: pool.treeScanners, skip: [] };
  };
  const scanners = ["iac" as const];
  const range = await run(openDiffSource(await repository(), "HEAD~1..HEAD"), { scanners });
  assert.deepEqual(range.places, ["m/x.unit:2"]);
  assert.ok(!looked.units.includes("old/c.unit"));
  const history = await run(openHistorySource(await repository()), { scanners });
  assert.deepEqual(history.places, ["b.unit:2", "m/x.unit:1", "m/x.unit:2", "old/c.unit:1"]);
  assert.deepEqual(
    history.problems.map(({ code, isNotice }) => [code, isNotice]),
    [["head-only", true]],
  );
});
