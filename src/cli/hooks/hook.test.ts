/** Hooks as git runs them: real pushes and commits, with a bare repository for the other side. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sampleAdoPat } from "#scan/secrets/examples/example-values.ts";
import { sampleJavaKeystore } from "#scan/secrets/examples/sample-keystores.ts";
import {
  cloneOf,
  commit,
  env,
  git,
  main,
  run,
  sallyport,
  skip,
  top,
  withVariables,
  write,
} from "../testing/git-clones.ts";

test("a push with a secret is stopped, also if a later commit took it away; a clean one goes through", {
  skip,
}, async () => {
  const { clone, bare } = await cloneOf("plain");
  assert.equal((await sallyport(clone, "hook", "install")).code, 0);
  const pat = sampleAdoPat("hook");
  write(clone, "src/a.ts", `export const pat = "${pat}";\n`);
  await commit(clone, "secret");
  write(clone, "src/a.ts", "export const pat = process.env.PAT;\n");
  await commit(clone, "gone");
  const stopped = await git(clone, "push", "origin", "HEAD:main");
  assert.notEqual(stopped.code, 0);
  assert.match(stopped.stderr, /this push would publish a secret; it was stopped\./);
  assert.match(stopped.stderr, /src\/a\.ts:1:21/);
  assert.match(stopped.stderr, /sallyport:allow secrets\/azure-devops-pat-legacy why/);
  assert.ok(!stopped.stderr.includes(pat.slice(0, 8)));
  assert.equal((await git(clone, "push", "--no-verify", "-q", "origin", "HEAD:main")).code, 0);
  // What the other side has already is no news: the old value in a file that changes, or that is moved.
  write(clone, "src/b.ts", `export const pat = "${pat}";\n`);
  await commit(clone, "again", "--no-verify");
  await git(clone, "push", "--no-verify", "-q", "origin", "HEAD:main");
  write(clone, "src/b.ts", `// moved\nexport const pat = "${pat}";\n`);
  await git(clone, "mv", "src/b.ts", "src/c.ts");
  await commit(clone, "moved");
  const clean = await git(clone, "push", "origin", "HEAD:main");
  assert.deepEqual([clean.code, /^sallyport:/m.test(clean.stderr)], [0, false], clean.stderr);
  assert.equal(execFileSync("git", ["rev-parse", "main"], { cwd: bare, encoding: "utf8", env }).length, 41);
});

test("what cannot be examined stops a push or a commit until somebody allows it", { skip }, async () => {
  const { clone } = await cloneOf("large");
  await sallyport(clone, "hook", "install");
  await sallyport(clone, "hook", "install", "--pre-commit");
  write(clone, "web/[id].js", "a".repeat(32 * 1024 * 1024 + 1));
  const commitStopped = await commit(clone, "large");
  assert.equal(commitStopped.code, 1);
  assert.match(commitStopped.stderr, /a file of this commit could not be examined whole; it was stopped/);
  await commit(clone, "large", "--no-verify");
  const stopped = await git(clone, "push", "-q", "origin", "HEAD:main");
  assert.equal(stopped.code, 1);
  assert.match(stopped.stderr, /web\/\[id\]\.js: The file has 33554433 bytes/);
  assert.match(stopped.stderr, /`git push --no-verify`/);
  const [, entry = ""] = /say so in \.sallyport\.yml, and commit it: (.*)\n/.exec(stopped.stderr) ?? [];
  write(clone, ".sallyport.yml", entry);
  const passed = await commit(clone, "allowed");
  assert.equal(passed.code, 0, passed.stderr);
  assert.equal((await git(clone, "push", "-q", "origin", "HEAD:main")).code, 0);
});

test("a push is judged by the settings and rules that each branch brings along", { skip }, async () => {
  const { clone } = await cloneOf("settings");
  await sallyport(clone, "hook", "install");
  write(clone, "a.py", `pat = "${sampleAdoPat("settings")}"\n`);
  await commit(clone, "secret");
  await git(clone, "branch", "open");
  write(clone, ".sallyport.yml", "allow: [{ path: a.py, reason: made up }]\n");
  const push = (...refs: readonly string[]) => git(clone, "push", "-q", "origin", ...refs);
  assert.match((await push("HEAD:main")).stderr, /would publish a secret/);
  await commit(clone, "allowed");
  write(clone, ".sallyport.yml", "allow: [{ path: a.py }]\n");
  await commit(clone, "mistake");
  assert.match(
    (await push("HEAD:main")).stderr,
    /would publish a secret[\s\S]*\.sallyport\.yml: The settings do not count\. There is a mistake/,
  );
  const refs = ["open", "HEAD~1:refs/heads/allowed"];
  for (const pushed of [refs, refs.toReversed()]) {
    const both = await push(...pushed);
    assert.match(both.stderr, /would publish a secret/);
    assert.equal(both.stderr.match(/a\.py:1:8/g)?.length, 1);
  }
  const passed = await push("HEAD~1:main");
  assert.equal(passed.code, 0, passed.stderr);
  await git(clone, "reset", "-q", "--hard", "HEAD~1");
  write(
    clone,
    ".sallyport/secrets/own.yaml",
    "rules: [{ id: acme, title: Acme, keywords: [acme_], pattern: 'acme_[a-z]{9}' }]\n",
  );
  await commit(clone, "rule");
  write(clone, "b.txt", "token acme_abcdefghi\n");
  await commit(clone, "secret of our own");
  await git(clone, "checkout", "-q", "open");
  assert.match((await push("main")).stderr, /b\.txt:1:7/);
});

test("a partial clone pushes no blob that it has not looked at", { skip }, async () => {
  const { clone, bare } = await cloneOf("whole");
  write(clone, "a.py", `pat = "${sampleAdoPat("partial")}"\n`);
  await commit(clone, "secret");
  await git(clone, "rm", "-q", "a.py");
  await commit(clone, "gone");
  await git(clone, "push", "-q", "origin", "HEAD:main");
  for (const name of ["allowFilter", "allowAnySHA1InWant"]) await git(bare, "config", `uploadpack.${name}`, "true");
  const partial = join(top, "partial");
  await git(top, "clone", "-q", "--filter=blob:none", `file://${bare}`, partial);
  await sallyport(partial, "hook", "install");
  for (const name of ["main", "HEAD"]) await git(partial, "update-ref", "-d", `refs/remotes/origin/${name}`);
  const other = join(top, "other.git");
  execFileSync("git", ["init", "-q", "--bare", other], { env });
  const stopped = await git(partial, "push", "-q", other, "HEAD:refs/heads/main");
  assert.equal(stopped.code, 1, stopped.stderr);
  const [, fetching = ""] = /a\.py: .*"git (cat-file -e [0-9a-f]{40})" fetches it/.exec(stopped.stderr) ?? [];
  await git(partial, ...fetching.split(" "));
  assert.match((await git(partial, "push", "-q", other, "HEAD:refs/heads/main")).stderr, /would publish a secret/);
});

test("a marker with the fingerprint of the team's key lets the push through, and deleting a branch asks nothing", {
  skip,
}, async () => {
  const { clone } = await cloneOf("marker");
  await sallyport(clone, "hook", "install");
  const line = `pat = "${sampleAdoPat("marker")}"`;
  write(clone, "a.py", `${line}\n`);
  await commit(clone, "one");
  const variables = { SALLYPORT_KEY: Buffer.alloc(32, 1).toString("base64") };
  const push = () => withVariables(variables, () => git(clone, "push", "origin", "HEAD:topic"));
  const stopped = await push();
  const [marker = ""] = /sallyport:allow \S+#[0-9a-f]{12}(?= why)/.exec(stopped.stderr) ?? [];
  write(clone, "a.py", `${line}  # ${marker} made up\n`);
  await git(clone, "add", "-A");
  await git(clone, "commit", "-q", "--amend", "-m", "one");
  assert.notEqual((await git(clone, "push", "-q", "origin", "HEAD:topic")).code, 0);
  const passed = await push();
  assert.equal(passed.code, 0, passed.stderr);
  assert.equal((await git(clone, "push", "-q", "origin", ":topic")).code, 0);
});

test("a file that is a key as a whole is allowed by the entry that is told", { skip }, async () => {
  const { clone } = await cloneOf("keystore");
  await sallyport(clone, "hook", "install", "--pre-commit");
  writeFileSync(join(clone, "a.jks"), sampleJavaKeystore({ seed: "hook", password: "changeit" }));
  const stopped = await commit(clone, "key");
  const [, entry = ""] = /say so in \.sallyport\.yml: (.*)\n/.exec(stopped.stderr) ?? [];
  assert.match(entry, /rule: secrets\/\S+, path: "a\.jks"/);
  write(clone, ".sallyport.yml", entry);
  assert.equal((await commit(clone, "key")).code, 0);
});

test("before a commit, in another working tree, only what is staged counts", { skip }, async () => {
  const { clone } = await cloneOf("trees");
  const tree = join(top, "tree");
  await git(clone, "worktree", "add", "-q", tree);
  assert.equal((await sallyport(tree, "hook", "install", "--pre-commit")).code, 0);
  assert.ok(existsSync(join(clone, ".git/hooks/pre-commit")));
  write(tree, "a.env", `PAT=${sampleAdoPat("tree")}\n`);
  write(tree, "b.txt", "nothing\n");
  await git(tree, "add", "b.txt");
  assert.equal((await git(tree, "commit", "-qm", "b")).code, 0);
  const stopped = await commit(tree, "a");
  assert.notEqual(stopped.code, 0);
  assert.match(stopped.stderr, /this commit would keep a secret/);
  const partial = await git(tree, "commit", "-qm", "a", "a.env");
  assert.notEqual(partial.code, 0);
});

test("a repository whose working tree is elsewhere is the one that git means", { skip }, async () => {
  const { clone } = await cloneOf("around");
  const bare = join(top, "dotfiles.git");
  execFileSync("git", ["init", "-q", "--bare", bare], { env });
  await sallyport(bare, "hook", "install", "--pre-commit");
  await sallyport(bare, "hook", "install");
  // One of the same name in the repository around it is clean.
  write(clone, "home/.bashrc", "");
  const home = join(clone, "home");
  const ofBare = (...args: readonly string[]) => git(home, `--git-dir=${bare}`, "--work-tree=.", ...args);
  await ofBare("add", ".bashrc");
  const clean = await ofBare("commit", "-qm", "clean");
  assert.equal(clean.code, 0, clean.stderr);
  write(home, ".bashrc", `export PAT=${sampleAdoPat("dot")}\n`);
  await ofBare("add", ".bashrc");
  assert.match((await ofBare("commit", "-qm", "secret")).stderr, /this commit would keep a secret/);
  await ofBare("commit", "-qm", "secret", "--no-verify");
  assert.match((await ofBare("push", "-q", `${clone}/.git`, "HEAD:other")).stderr, /this push would publish a secret/);
});

test("a scan that cannot run stops the push, and says so in one line", { skip }, async () => {
  const { clone } = await cloneOf("damaged");
  write(clone, "b.txt", "b\n");
  await commit(clone, "second");
  const ids = (await git(clone, "rev-parse", "HEAD", "HEAD^{tree}")).stdout.split("\n");
  const [head = "", tree = ""] = ids;
  const object = join(clone, ".git/objects", tree.slice(0, 2), tree.slice(2));
  rmSync(object);
  writeFileSync(object, "");
  const line = `refs/heads/main ${head} refs/heads/main ${"0".repeat(40)}\n`;
  const { code, stderr } = await run(process.execPath, [main, "hook", "run", "pre-push", "origin", "url"], clone, line);
  assert.equal(code, 2);
  assert.match(stderr, /^sallyport: git \S+ failed\. "git fsck" says more\. This push was not searched .*\n$/);
});

test("staged files and the standard input are scanned like others", { skip }, async () => {
  const { clone } = await cloneOf("staged");
  write(clone, "a.env", `PAT=${sampleAdoPat("staged")}\n`);
  const scan = (...args: readonly string[]) => sallyport(clone, "scan", "--scanners", "secrets", ...args);
  assert.equal((await scan("--staged")).code, 0);
  await git(clone, "add", "a.env");
  const { code, stdout } = await scan("--staged");
  assert.equal(code, 1);
  assert.match(stdout, /a\.env/);
  const fresh = join(top, "fresh");
  execFileSync("git", ["init", "-q", fresh], { env });
  write(fresh, "a.env", `PAT=${sampleAdoPat("fresh")}\n`);
  await git(fresh, "add", "a.env");
  assert.equal((await sallyport(fresh, "scan", "--staged")).code, 1);
  const text = `PAT=${sampleAdoPat("stdin")}\n`;
  for (const args of [
    ["scan", "-"],
    ["scan", "--stdin", "--path", "x/.env"],
  ]) {
    const ended = await run(process.execPath, [main, ...args, "--format", "json"], top, text);
    assert.equal(ended.code, 1, ended.stderr);
    const { findings } = JSON.parse(ended.stdout) as { findings: readonly { at: { path: string } }[] };
    assert.deepEqual(
      findings.map(({ at }) => at.path),
      [args.includes("--path") ? "x/.env" : "stdin"],
    );
  }
  write(fresh, ".sallyport.yml", "skip: [x/.env]\n");
  const skipped = await run(process.execPath, [main, "scan", fresh, "--stdin", "--path", "x/.env"], top, text);
  assert.equal(skipped.code, 0, skipped.stdout);
});
