/** Installing and taking away hooks, beside whatever is there. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sampleAdoPat } from "#scan/secrets/examples/example-values.ts";
import { cloneOf, commit, env, git, sallyport, skip, top, withVariables, write } from "../testing/git-clones.ts";

function writeScript(folder: string, path: string, text: string): void {
  write(folder, path, text);
  execFileSync("chmod", ["+x", join(folder, path)]);
}

test("a hook of somebody else is refused, chained when asked, and put back", { skip }, async () => {
  const { clone } = await cloneOf("foreign");
  await git(clone, "config", "core.hooksPath", ".hooks");
  const theirs = '#!/bin/sh\ncat > "$(git rev-parse --show-toplevel)/told"\n';
  write(clone, ".hooks/pre-push", theirs);
  execFileSync("chmod", ["+x", join(clone, ".hooks/pre-push")]);
  const refused = await sallyport(clone, "hook", "install");
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /^sallyport: there is a pre-push hook of somebody else .* --chain/);
  assert.equal((await sallyport(clone, "hook", "install", "--chain")).code, 0);
  assert.match((await sallyport(clone, "hook", "status")).stdout, /pre-push: installed, and the hook that was there/);
  await commit(clone, "hooks");
  assert.equal((await git(clone, "push", "-q", "origin", "HEAD:main")).code, 0);
  assert.match(readFileSync(join(clone, "told"), "utf8"), /^HEAD [0-9a-f]{40} refs\/heads\/main [0-9a-f]{40}\n$/);
  assert.equal((await sallyport(clone, "hook", "uninstall")).code, 0);
  assert.equal(readFileSync(join(clone, ".hooks/pre-push"), "utf8"), theirs);
  assert.match((await sallyport(top, "hook", "status")).stderr, /is in no git repository/);
  assert.equal((await sallyport(top, "hook", "install", "nowhere")).stderr, "sallyport: there is no nowhere\n");
});

test("a chained hook has its own name and its neighbours, and a link leads where it led", { skip }, async () => {
  const { clone } = await cloneOf("dispatch");
  const hooks = join(clone, ".git/hooks");
  writeScript(hooks, "all.sh", '#!/bin/sh\n. "$(dirname "$0")/words.sh"\nsay "$(basename "$0")"\n');
  write(hooks, "words.sh", 'say() { echo "$1" >> told; }\n');
  symlinkSync("all.sh", join(hooks, "pre-push"));
  symlinkSync("all.sh", join(hooks, "pre-commit"));
  assert.equal((await sallyport(clone, "hook", "install", "--chain")).code, 0);
  assert.equal((await sallyport(clone, "hook", "install", "--chain", "--pre-commit")).code, 0);
  write(clone, ".gitignore", "told\n");
  assert.equal((await commit(clone, "hooks")).code, 0);
  const pushed = await git(clone, "push", "-q", "origin", "HEAD:main");
  assert.equal(pushed.code, 0, pushed.stderr);
  assert.equal(readFileSync(join(clone, "told"), "utf8"), "pre-commit\npre-push\n");
  assert.equal((await sallyport(clone, "hook", "uninstall")).code, 0);
  assert.equal(readlinkSync(join(hooks, "pre-push")), "all.sh");
  assert.equal(lstatSync(join(hooks, ".before-sallyport"), { throwIfNoEntry: false }), undefined);
});

test("where husky runs the hooks, the line to add is told", { skip }, async () => {
  const { clone } = await cloneOf("husky");
  // Its runner calls the script of the same name in the folder above.
  await git(clone, "config", "core.hooksPath", ".husky/_");
  write(clone, ".husky/_/h", 'sh -e "$(dirname "$(dirname "$0")")/$(basename "$0")" "$@"\n');
  for (const name of ["pre-push", "pre-commit"]) {
    writeScript(clone, `.husky/_/${name}`, '#!/bin/sh\n. "$(dirname "$0")/h"\n');
    write(clone, `.husky/${name}`, "true\n");
  }
  const refused = await sallyport(clone, "hook", "install", "--chain");
  assert.equal(refused.code, 2);
  const [, script = "", line = ""] = /first line of (\S+): (.*)\n$/.exec(refused.stderr) ?? [];
  assert.equal(script, join(clone, ".husky/pre-push"));
  writeFileSync(script, `${line}\ntrue\n`);
  writeScript(
    clone,
    "node_modules/.bin/sallyport",
    `#!/bin/sh\nexec node "${join(import.meta.dirname, "../../../bin/sallyport.js")}" "$@"\n`,
  );
  write(clone, "a.py", `pat = "${sampleAdoPat("husky")}"\n`);
  await commit(clone, "secret");
  const push = () => git(clone, "push", "-q", "origin", "HEAD:main");
  const stopped = await withVariables({ PATH: `${clone}/node_modules/.bin:${env.PATH}` }, push);
  assert.match(stopped.stderr, /would publish a secret/);
  const again = await sallyport(clone, "hook", "install");
  assert.deepEqual(
    [again.code, again.stdout],
    [0, `${script} runs \`sallyport hook run pre-push\` already; nothing was changed.\n`],
  );
  assert.match(
    (await sallyport(clone, "hook", "status")).stdout,
    /run by husky\)\npre-push: .*, which runs this one\n/,
  );
});

test("a script that speaks of sallyport is not taken for ours", { skip }, async () => {
  const { clone } = await cloneOf("alike");
  const theirs = "#!/bin/sh\n# sallyport hook, then our own checks\n./our-checks.sh\n";
  writeScript(clone, ".git/hooks/pre-push", theirs);
  assert.equal((await sallyport(clone, "hook", "install")).code, 2);
  assert.match((await sallyport(clone, "hook", "uninstall")).stdout, /^No hook of Sallyport/);
  assert.equal(readFileSync(join(clone, ".git/hooks/pre-push"), "utf8"), theirs);
});

test("what stands in the way of a hook is told in one line", { skip }, async () => {
  const { clone } = await cloneOf("ways");
  const hooks = join(clone, ".git/hooks");
  const said = async () => {
    const { code, stderr } = await sallyport(clone, "hook", "install");
    assert.equal(code, 2);
    return stderr;
  };
  rmSync(hooks, { recursive: true });
  writeFileSync(hooks, "");
  assert.match(await said(), /^sallyport: \S+ cannot be used \(ENOTDIR\)\n$/);
  rmSync(hooks);
  mkdirSync(join(hooks, "pre-push"), { recursive: true });
  assert.match(await said(), /^sallyport: \S+pre-push is a folder\n$/);
  rmSync(join(hooks, "pre-push"), { recursive: true });
  symlinkSync("nothing", join(hooks, "pre-push"));
  assert.match(await said(), /^sallyport: there is a pre-push hook of somebody else/);
  const ofAnother = await withVariables({ GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" }, said);
  assert.match(ofAnother, /^sallyport: git refuses the repository of \., .*safe\.directory.*\n$/);
  assert.equal(lstatSync(join(hooks, "nothing"), { throwIfNoEntry: false }), undefined);
});

test("GIT_DIR names the repository unless a folder is named", { skip }, async () => {
  const { clone, bare } = await cloneOf("named");
  const paths = await withVariables({ GIT_DIR: bare }, async () => [
    (await sallyport(clone, "hook", "status")).stdout.split("\n")[0],
    (await sallyport(top, "hook", "status", clone)).stdout.split("\n")[0],
  ]);
  assert.deepEqual(paths, [join(bare, "hooks"), join(clone, ".git/hooks")]);
});

test("whom a hook is for is told", { skip }, async () => {
  const { clone } = await cloneOf("reach");
  assert.match(
    (await sallyport(clone, "hook", "install")).stdout,
    /\nEvery push from this clone is searched [^\n]*\n$/,
  );
  await git(clone, "config", "core.hooksPath", ".hooks");
  assert.match(
    (await sallyport(clone, "hook", "install")).stdout,
    /do not commit it\. .*\n {2}sallyport hook run pre-push "\$@"/,
  );
  await git(clone, "config", "core.hooksPath", join(top, "hooks-of-all"));
  assert.match(
    (await sallyport(clone, "hook", "install")).stdout,
    /\nEvery push from every repository whose core\.hooksPath/,
  );
});
