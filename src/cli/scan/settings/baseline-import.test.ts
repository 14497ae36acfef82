/** What other tools were told to leave out, brought over: by place, by hash, by commit and by list. */
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { sampleAdoPat, withCrc32Base62 } from "#scan/secrets/examples/example-values.ts";
import { environmentWith } from "../../config.ts";

const main = fileURLToPath(new URL("../../../../bin/sallyport.js", import.meta.url));
const top = mkdtempSync(join(tmpdir(), "sallyport-baseline-"));
after(() => rmSync(top, { recursive: true, force: true }));
const env = { ...environmentWith({ HOME: top, USERPROFILE: top }) };

function sallyport(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { cwd: top, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

const git = (...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@contoso.net", "-c", "commit.gpgsign=false", ...args], {
    cwd: join(top, "code"),
    encoding: "utf8",
  }).trim();

const pat = sampleAdoPat("baseline");
const token = withCrc32Base62("ghp_", "baseline");
const old = sampleAdoPat("old");

test("places, hashes, commits and lists become fingerprints, and what is gone is told", async () => {
  const folder = join(top, "code");
  mkdirSync(join(folder, "testdata"), { recursive: true });
  writeFileSync(join(folder, "a.env"), `X=1\nPAT=${old}\n`);
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "one");
  const commit = git("rev-parse", "HEAD");
  writeFileSync(join(folder, "a.env"), `X=1\nPAT=${pat}\n`);
  writeFileSync(join(folder, "testdata/b.ts"), `export const t = "${token}";\n`);
  writeFileSync(
    join(top, "ignore"),
    `# known\na.env:azure-devops-pat:2\n${commit}:a.env:azure-devops-pat:2\ngone.txt:jwt:9\n`,
  );
  const hash = createHash("sha1").update(token).digest("hex");
  writeFileSync(
    join(top, "detected"),
    JSON.stringify({
      results: { "testdata/b.ts": [{ type: "GitHub Token", hashed_secret: hash, line_number: 70, is_secret: false }] },
    }),
  );
  writeFileSync(join(top, "own.toml"), `[allowlist]\ndescription = "made up"\npaths = ['''^testdata/''']\n`);
  const baseline = join(top, "baseline.json");
  const fromScan = (text: string) =>
    JSON.parse(text) as {
      fingerprintKey: string;
      findings: readonly unknown[];
      problems: { code: string; path?: string }[];
    };
  const read = () =>
    (JSON.parse(readFileSync(baseline, "utf8")) as { entries: { path: string; reason: string }[] }).entries;

  const ignored = await sallyport("baseline", "import", "ignore", "code", "--output", baseline);
  assert.equal(ignored.code, 0, ignored.stderr);
  assert.deepEqual(read().length, 2);
  assert.match(ignored.stderr, /nothing is found any more for gone\.txt:jwt:9\n.*2 entries; 1 could not be resolved/);
  const scanned = await sallyport("scan", "code", "--scanners", "secrets", "--baseline", baseline, "--format", "json");
  assert.deepEqual(
    (JSON.parse(scanned.stdout) as { findings: { at: { path: string } }[] }).findings.map(({ at }) => at.path),
    ["testdata/b.ts"],
  );
  const { fingerprintKey, problems } = fromScan(scanned.stdout);
  assert.equal(fromScan(readFileSync(baseline, "utf8")).fingerprintKey, fingerprintKey);
  assert.deepEqual(problems, []);
  env.SALLYPORT_KEY = Buffer.alloc(32, 1).toString("base64");
  const byOther = await sallyport("scan", "code", "--scanners", "secrets", "--baseline", baseline, "--format", "json");
  delete env.SALLYPORT_KEY;
  assert.deepEqual(
    fromScan(byOther.stdout).problems.map(({ code, path }) => [code, path]),
    [["other-key", baseline]],
  );

  for (const [file, reason] of [
    ["detected", "known to detect-secrets, audited as no secret"],
    ["own.toml", "made up"],
  ] as const) {
    const { code, stderr } = await sallyport("baseline", "import", file, "code", "--output", baseline);
    assert.equal(code, 0, stderr);
    assert.deepEqual(
      read().map((entry) => [entry.path, entry.reason]),
      [["testdata/b.ts", reason]],
    );
    assert.ok(!readFileSync(baseline, "utf8").includes(token.slice(4, 12)));
  }
  assert.equal((await sallyport("baseline", "import", "nowhere", "code")).code, 2);
});

test("what a folder's settings or a list say in control characters reaches no terminal", async () => {
  const folder = join(top, "terminal");
  mkdirSync(folder);
  writeFileSync(join(folder, "list"), "a\x1b]0;title\x07.txt:jwt:1\n");
  const { code, stderr } = await sallyport("baseline", "import", join(folder, "list"), folder);
  assert.equal(code, 0);
  writeFileSync(join(folder, ".sallyport.yml"), '"\\e]0;title\\a": x\n');
  const scan = await sallyport("scan", folder);
  assert.equal(scan.code, 2);
  assert.match(scan.stderr, /unknown word "\?]0;title\?"/);
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  for (const text of [stderr, scan.stderr]) assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
});
