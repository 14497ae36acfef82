/** Settings that a scanned tree brings along: a link, a pipe or a large file there neither leads astray nor holds up. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { noSettings } from "#scan/settings/scan-settings.ts";
import { loadSoundPolicies } from "../../policies/policy-files.ts";
import { UsageError } from "../../usage-error.ts";
import { loadBaseline, loadSettings } from "./scan-settings-files.ts";
import { readRuleFiles } from "./secret-rule-files.ts";

const top = mkdtempSync(join(tmpdir(), "sallyport-settings-"));
after(() => rmSync(top, { recursive: true, force: true }));

const skip = "skip:\n  - vendor/**\n";
const rule = "rules:\n  - id: acme\n    pattern: acme_[0-9]{8}\n";

let count = 0;

/** A working tree with a folder of rules. */
function tree(): string {
  const folder = join(top, `tree-${++count}`);
  mkdirSync(join(folder, ".git"), { recursive: true });
  mkdirSync(join(folder, ".sallyport", "secrets"), { recursive: true });
  return folder;
}

function says(message: RegExp) {
  return (error: unknown) => error instanceof UsageError && message.test(error.message);
}

test("a link within the tree is followed, also from a part of it", async () => {
  const folder = tree();
  writeFileSync(join(folder, "shared.yml"), skip);
  mkdirSync(join(folder, "part"));
  symlinkSync("../shared.yml", join(folder, "part", ".sallyport.yml"));
  assert.deepEqual((await loadSettings(join(folder, "part"), undefined)).settings.skip, ["vendor/**"]);
});

test("what leads out of the tree is refused, unless a person names the file", async () => {
  const folder = tree();
  const outside = join(top, "outside.yml");
  writeFileSync(outside, `${skip}secrets:\n  rules: [acme.yml]\n`);
  writeFileSync(join(top, "acme.yml"), rule);
  symlinkSync(outside, join(folder, ".sallyport.yml"));
  await assert.rejects(loadSettings(folder, undefined), says(/\.sallyport\.yml leads out of .*tree-/));
  const loaded = await loadSettings(folder, join(folder, ".sallyport.yml"));
  assert.deepEqual(loaded.settings.skip, ["vendor/**"]);
  const named = await loadSettings(folder, outside);
  assert.deepEqual(readRuleFiles(folder, named), [{ path: "acme.yml", text: rule }]);
  symlinkSync(join(top, "acme.yml"), join(folder, ".sallyport", "secrets", "acme.yml"));
  assert.throws(() => readRuleFiles(folder, { settings: noSettings }), says(/secrets\/acme\.yml leads out of /));
  const settings = { ...noSettings, secrets: { rules: ["../acme.yml"], testValues: [] } };
  assert.throws(() => readRuleFiles(tree(), { settings }), says(/^\.\.\/acme\.yml leads out of /));
});

test("a device, a pipe and a folder are no settings, and what is too large is not read", {
  skip: process.platform === "win32",
}, async () => {
  const folder = tree();
  const file = join(folder, ".sallyport.yml");
  execFileSync("mkfifo", [file]);
  await assert.rejects(loadSettings(folder, undefined), says(/is no regular file/));
  await assert.rejects(loadSettings(top, file), says(/is no regular file/));
  await assert.rejects(loadBaseline(file), says(/is no regular file/));
  await assert.rejects(loadBaseline("/dev/zero"), says(/is no regular file/));
  await assert.rejects(loadBaseline(folder), says(/is no regular file/));
  execFileSync("mkfifo", [join(folder, ".sallyport", "secrets", "a.yml")]);
  assert.throws(() => readRuleFiles(folder, { settings: noSettings }), says(/a\.yml is no regular file/));
  assert.throws(() => loadSoundPolicies([file]), says(/is no regular file/));
  rmSync(file);
  writeFileSync(file, "");
  truncateSync(file, 2_000_000);
  await assert.rejects(loadSettings(folder, undefined), says(/has 2000000 bytes; 1000000 at most are read/));
});

test("a person may hand over settings in a pipe, of bounded size and time, which no link does", {
  skip: process.platform === "win32",
}, async () => {
  const folder = tree();
  const told = (script: string) => {
    const loads = `
      const [{ loadSettings }, { readRuleFiles }, { readHandedPipe }] = await Promise.all(
        ["scan-settings-files", "secret-rule-files", "read-handed-pipe"].map((name) =>
          import(\`${import.meta.dirname}/\${name}.ts\`)));
      const loaded = (path) => loadSettings(".", path).then(({ settings }) => settings.skip, ({ message }) => message);
      console.log(JSON.stringify(await (async () => { ${script} })()));`;
    return (input: string): unknown => {
      const piped = `{ ${input}; } | "$0" --input-type=module -e "$1"`;
      const said = execFileSync("sh", ["-c", piped, process.execPath, loads], {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
      return JSON.parse(said);
    };
  };
  symlinkSync("/dev/stdin", join(folder, "link.yml"));
  const settings = `sleep 0.2; echo 'skip: [vendor/**]'`;
  assert.deepEqual(told(`return [await loaded("/dev/stdin"), await loaded("/dev/stdin")]`)(settings), [
    ["vendor/**"],
    ["vendor/**"],
  ]);
  assert.deepEqual(told(`return await loaded("link.yml")`)(settings), "link.yml is no regular file");
  assert.deepEqual(told(`return await loaded("/dev/stdin")`)("yes x"), "/dev/stdin has more than 1000000 bytes");
  assert.deepEqual(told(`return readHandedPipe("/dev/stdin", 9, 200)`)("sleep 2"), {
    refused: "did not end within 0.2 s",
  });
  writeFileSync(join(folder, "acme.yml"), rule);
  const rules = told(`return readRuleFiles(".", await loadSettings(".", "/dev/stdin"))`);
  assert.deepEqual(rules("echo 'secrets: {rules: [acme.yml]}'"), [{ path: "acme.yml", text: rule }]);
});
