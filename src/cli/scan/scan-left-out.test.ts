/** What a scan looks at, what it leaves out, and how it says so. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sampleAdoPat } from "#scan/secrets/examples/example-values.ts";
import { folderOf, git, type Json, main, sallyport, scanJson, startedSallyport, top } from "../testing/scan-process.ts";

test("what bytes show to be binary is counted beside the files, and a text with a NUL is none", async () => {
  const token = sampleAdoPat();
  const binary = Buffer.from(Uint16Array.from({ length: 3000 }, (_, index) => index).buffer);
  const folder = folderOf("binary", { ".env": `TOKEN=${token}\n\0` });
  writeFileSync(join(folder, "table"), Buffer.concat([binary, Buffer.from(`TOKEN=${token}\n`)]));
  const counted = ({ findings, stats: { files, notScanned } }: Json) => [
    findings.map(({ at }) => at.path),
    files,
    notScanned,
  ];
  const expected = [[".env"], 1, { binary: 1, tooLarge: 0 }];
  assert.deepEqual(counted(await scanJson([folder])), expected);
  git(folder, "init", "--quiet");
  git(folder, "add", "-A");
  assert.deepEqual(counted(await scanJson(["--staged", folder])), expected);
  git(folder, "commit", "--quiet", "-m", "one");
  assert.deepEqual((await scanJson([folder, "--history"])).findings.length, 1);
});

test("where git is of no help every file is read, and that is told", {
  skip: process.platform === "win32",
}, async () => {
  const folder = folderOf("gitless", { "a.env": `TOKEN=${sampleAdoPat()}\n`, ".gitignore": "a.env\n" });
  git(folder, "init", "--quiet");
  assert.equal((await scanJson([folder])).findings.length, 0);
  const told = async (options: Parameters<typeof sallyport>[2]) => {
    const { stdout } = await sallyport(["scan", folder, "--format", "json"], top, options);
    const { findings, problems } = JSON.parse(stdout) as Json;
    return [findings.length, problems.map(({ code, message, isNotice }) => `${code} ${isNotice} ${message}`)];
  };
  const words = (why: string) =>
    `git-unable true Which files git ignores is not known (${why}), so all were examined. "git status" says more.`;
  assert.deepEqual(await told({ variables: { PATH: top } }), [1, [words("git could not be started")]]);
  const judged = await sallyport(["scan", folder, "--policies", "built-in"], top, { variables: { PATH: top } });
  assert.match(judged.stderr + judged.stdout, /Azure DevOps personal access token/);
  const head = join(folder, ".git", "HEAD");
  writeFileSync(head, "");
  assert.deepEqual(await told({}), [1, [words("git ls-files failed")]]);
  writeFileSync(head, "ref: refs/heads/main\n");
  const outside = folderOf("gitless-outside", { "b.env": `TOKEN=${sampleAdoPat()}\n` });
  symlinkSync(outside, join(folder, "link"));
  const { findings, problems } = await scanJson([join(folder, "link")]);
  assert.deepEqual([findings.length, problems], [1, []]);
});

test("a pipe in place of an ignore file holds up git, but no scan", {
  skip: process.platform === "win32",
}, async () => {
  const folder = folderOf("ignore-pipe", { "a.env": `TOKEN=${sampleAdoPat()}\n`, "sub/b.txt": "plain" });
  git(folder, "init", "--quiet");
  const pipe = join(folder, "sub", ".gitignore");
  execFileSync("mkfifo", [pipe]);
  const { findings, problems } = await scanJson([folder]);
  const words = `Which files git ignores is not known (${pipe} is no regular file, and git would wait for it), so all were examined.`;
  assert.deepEqual([findings.length, problems.map(({ message }) => message)], [1, [words]]);
});

test("a text from the standard input has the settings of PATH, and its name where that is a file", async () => {
  const folder = folderOf("stdin", { "a.env": "plain", ".sallyport.yml": "skip: [b.env]\n" });
  const paths = (...args: readonly string[]) => {
    const input = `TOKEN=${sampleAdoPat()}\n`;
    const run = spawnSync(process.execPath, [main, "scan", ...args, "--format", "json"], { input, encoding: "utf8" });
    return (JSON.parse(run.stdout) as Json).findings.map(({ at }) => at.path);
  };
  assert.deepEqual(paths(folder, "--stdin"), ["stdin"]);
  assert.deepEqual(paths(join(folder, "a.env"), "--stdin"), ["a.env"]);
  assert.deepEqual(paths(join(folder, "a.env"), "--stdin", "--path", "c.env"), ["c.env"]);
  assert.deepEqual(paths(folder, "--stdin", "--path", "b.env"), []);
});

test("a folder that may not be entered is told, in git and outside of it", {
  skip: process.platform === "win32",
}, async () => {
  const folder = folderOf("locked", { "a.txt": "plain", "deep/closed/b.txt": "plain" });
  const closed = join(folder, "deep", "closed");
  // Nothing is closed to root: another user looks.
  const somebody = process.getuid?.() === 0 ? { uid: 65534 } : {};
  chmodSync(top, 0o755);
  chmodSync(closed, 0o000);
  try {
    for (const setUp of [() => {}, () => git(folder, "init", "--quiet"), () => git(folder, "add", "a.txt")]) {
      setUp();
      const { stdout } = await startedSallyport(["scan", folder, "--format", "json"], top, somebody);
      const { problems } = JSON.parse(stdout) as Json;
      assert.deepEqual(
        problems.map(({ code, path }) => [code, path]),
        [["unreadable", "deep/closed/"]],
      );
    }
  } finally {
    chmodSync(closed, 0o755);
  }
});

test("what the settings skip, and what lies beside a named file, is left out of every kind of scan", async () => {
  const token = `TOKEN=${sampleAdoPat()}\n`;
  const folder = folderOf("skipping", { ".sallyport.yml": "skip:\n  - vendor/**\n", "a.txt": "plain\n" });
  git(folder, "init", "--quiet");
  git(folder, "add", "-A");
  git(folder, "commit", "--quiet", "-m", "one");
  mkdirSync(join(folder, "vendor"));
  // The same blob also has a name that nobody looks at.
  for (const name of ["b.env", "photo.png", "vendor/y.env"]) writeFileSync(join(folder, name), token);
  git(folder, "add", "-A");
  const pathsOf = async (...args: readonly string[]) => {
    const { findings, code } = await scanJson(args);
    return [findings.map(({ at }) => at.path), code === 1];
  };
  const found = [["b.env"], true];
  const nothing = [[], false];
  const file = (name: string) => join(folder, name);
  assert.deepEqual(await pathsOf(folder, "--staged"), found);
  assert.deepEqual(await pathsOf(file("a.txt"), "--staged"), nothing);
  const hook = await sallyport(["hook", "run", "pre-commit"], folder);
  assert.match(hook.stderr, /would keep a secret; it was stopped\.\n\n {2}b\.env:1:7\n {4}/);
  git(folder, "commit", "--quiet", "-m", "two");
  for (const way of [["--history"], ["--diff", "HEAD~1..HEAD"]]) {
    assert.deepEqual(await pathsOf(folder, ...way), found, way[0]);
    assert.deepEqual(await pathsOf(file("b.env"), ...way), found, way[0]);
    assert.deepEqual(await pathsOf(file("a.txt"), ...way), nothing, way[0]);
  }
  git(folder, "mv", "vendor/y.env", "y.env");
  git(folder, "mv", "b.env", "c.env");
  // No new secrets, under other names.
  for (const path of [folder, file("y.env"), file("c.env")]) assert.deepEqual(await pathsOf(path, "--staged"), nothing);
  git(folder, "commit", "--quiet", "-m", "three");
  for (const path of [folder, file("y.env"), file("c.env")])
    assert.deepEqual(await pathsOf(path, "--diff", "HEAD~1..HEAD"), nothing);
});

test("where nothing could be examined the scan ends with 2, and on request where anything could not", async () => {
  const folder = folderOf("unexamined", { "large.txt": "", "a.txt": "plain\n" });
  const large = join(folder, "large.txt");
  truncateSync(large, 40_000_000);
  const alone = await sallyport(["scan", large, "--format", "sarif"]);
  assert.equal(alone.code, 2);
  assert.match(alone.stderr, /^sallyport: nothing was examined\. large\.txt: The file has 40000000 bytes[^\n]+\n$/);
  assert.match(alone.stdout, /"executionSuccessful": false/);
  const beside = await sallyport(["scan", folder, "--format", "sarif"]);
  assert.deepEqual([beside.code, beside.stderr], [0, ""]);
  assert.match(beside.stdout, /"executionSuccessful": true/);
  const strict = await sallyport(["scan", folder, "--fail-on-problems"]);
  assert.equal(strict.code, 2);
  assert.match(strict.stderr, /^sallyport: the scan is not complete \(problems: 1\)\. large\.txt: The file has/);
  // A finding counts for more than what is not known.
  writeFileSync(join(folder, "b.env"), `TOKEN=${sampleAdoPat()}\n`);
  assert.equal((await sallyport(["scan", folder, "--fail-on-problems"])).code, 1);
  const gone = folderOf("unexamined-history", { "a.env": `TOKEN=${sampleAdoPat()}\n` });
  git(gone, "init", "--quiet");
  git(gone, "add", "-A");
  git(gone, "commit", "--quiet", "-m", "one");
  git(gone, "gc", "--quiet");
  const packs = join(gone, ".git", "objects", "pack");
  for (const name of readdirSync(packs).filter((one) => one.endsWith(".pack"))) rmSync(join(packs, name));
  const history = await sallyport(["scan", gone, "--history"]);
  assert.equal(history.code, 2);
  assert.match(history.stderr, /^sallyport: nothing was examined\. [^\n]+\n$/);
});

test("a history that is read for rules of one's own has its versions counted", async () => {
  const rule = "rules: [{ id: own-one, title: Own, pattern: 'zebra_[a-z]{8}' }]\n";
  const folder = folderOf("own-history", { ".sallyport/secrets/own.yaml": rule, "a.txt": "one\n" });
  git(folder, "init", "--quiet");
  git(folder, "add", "-A");
  git(folder, "commit", "--quiet", "-m", "one");
  writeFileSync(join(folder, "a.txt"), "two\n");
  writeFileSync(join(folder, "large.txt"), "");
  truncateSync(join(folder, "large.txt"), 40_000_000);
  git(folder, "add", "-A");
  git(folder, "commit", "--quiet", "-m", "two");
  const { code, stdout, stderr } = await sallyport(["scan", folder, "--history", "--scanners", "secrets"], top);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /large\.txt: A version of this file has 40000000 bytes/);
  assert.match(stdout, /^no findings in 4 files/m);
});

test("where a partial clone lacks former versions, what is found is told as perhaps old", async () => {
  const whole = folderOf("whole", { "a.env": `TOKEN=${sampleAdoPat("partial")}\n`, "b.txt": "plain\n" });
  git(whole, "init", "--quiet");
  git(whole, "config", "uploadpack.allowFilter", "true");
  for (const more of ["", "A=1\n", "A=2\n"]) {
    writeFileSync(join(whole, "a.env"), `TOKEN=${sampleAdoPat("partial")}\n${more}`);
    writeFileSync(join(whole, "b.txt"), `plain ${more}`);
    git(whole, "add", "-A");
    git(whole, "commit", "--quiet", "-m", "more");
  }
  git(whole, "mv", "b.txt", "c.txt");
  writeFileSync(join(whole, "c.txt"), "plain A=2\n\n");
  git(whole, "commit", "--quiet", "-a", "-m", "another name");
  assert.deepEqual((await scanJson([whole, "--diff", "HEAD~2..HEAD"])).findings, []);
  const partial = join(top, "partial");
  git(top, "clone", "--quiet", "--filter=blob:none", `file://${whole}`, partial);
  const told = ({ findings, problems }: Json) => [
    findings.length,
    ...problems.map(({ code, isNotice }) => `${code} ${isNotice}`),
  ];
  // Other scanners ask for all files of both commits.
  assert.equal((await scanJson([partial, "--diff", "HEAD~2..HEAD"])).findings.length, 1);
  const diff = await scanJson([partial, "--diff", "HEAD~2..HEAD", "--scanners", "secrets"]);
  assert.deepEqual(told(diff), [1, "former-unread undefined"]);
  assert.match(
    diff.problems[0]?.message ?? "",
    /^What was found may be old: the former version of a\.env, b\.txt was not /,
  );
  git(partial, "reset", "--quiet", "--soft", "HEAD~2");
  assert.deepEqual(told(await scanJson([partial, "--staged"])), [1, "former-unread undefined"]);
  // Where nothing is found, nothing can be old.
  assert.deepEqual(told(await scanJson([join(partial, "c.txt"), "--staged"])), [0]);
});
