/** What a repository says about its scans, with everything that can be wrong with it. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { pino } from "pino";
import { openLocalRepository } from "#git/open-local-repository.ts";
import { decidesForOthers, readScanSettings } from "./read-scan-settings.ts";
import { endOfSettings } from "./under-settings.ts";

async function settingsOf(
  t: TestContext,
  files: Readonly<Record<string, string | Buffer>>,
  links: readonly string[] = [],
) {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-settings-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const who = ["-c", "user.name=a", "-c", "user.email=a@contoso.example", "-c", "commit.gpgsign=false"];
  const git = (...args: readonly string[]) => execFileSync("git", [...who, ...args], { cwd: folder });
  git("init", "-q");
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const link of links) {
    mkdirSync(dirname(join(folder, link)), { recursive: true });
    symlinkSync("/etc/hostname", join(folder, link));
  }
  git("add", "-A");
  git("commit", "-qm", "x", "--allow-empty");
  const log = pino({ level: "silent" });
  const repository = await openLocalRepository(folder, { log, surrounding: { PATH: process.env.PATH } });
  assert.ok(repository);
  t.after(() => repository.release());
  const read = await readScanSettings(repository, (await repository.resolve("HEAD")) ?? "");
  const told = read.problems.map(({ path, line, message }) => `${path}:${line ?? ""} ${message}`);
  return { ...read, told, rules: read.secrets?.ruleFiles.map(({ path }) => path) };
}

const rule = "rules: []\n";

test("a repository that says nothing has no settings", async (t) => {
  const { settings, secrets, told } = await settingsOf(t, { "docs/.sallyport.yml": "allow: 5\n" });
  assert.deepEqual([settings, secrets, told], [{ allow: [], skip: [] }, undefined, []]);
});

test("what PowerShell writes is read like what others write", async (t) => {
  const asUtf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
  const read = await settingsOf(t, {
    ".sallyport.yml": asUtf16("skip: [docs]\n"),
    ".sallyport/secrets/own.yml": asUtf16(rule),
  });
  assert.deepEqual([read.settings.skip, read.told], [["docs"], []]);
  assert.deepEqual(
    read.secrets?.ruleFiles.map(({ text }) => text),
    [rule],
  );
});

test("rules of its folder, and files and folders that it names, are read once", async (t) => {
  const read = await settingsOf(t, {
    ".sallyport.yml": "secrets:\n  rules: [security/a.yaml, more, .sallyport/secrets/own.yml]\n  markers: [gitleaks]\n",
    ".sallyport/secrets/own.yml": rule,
    ".sallyport/secrets/readme.md": "no rule\n",
    "security/a.yaml": rule,
    "security/b.yaml": rule,
    "more/c.toml": "",
    "more/deeper/d.yml": rule,
    "more/notes.txt": "no rule\n",
  });
  assert.deepEqual(read.rules, [".sallyport/secrets/own.yml", "security/a.yaml", "more/c.toml"]);
  assert.deepEqual([read.secrets?.markers, read.told], [["gitleaks"], []]);
  const decisive = ["security/a.yaml", "more/new.yml", ".sallyport.yml", ".sallyport/secrets/x.toml", "src/a.ts"];
  assert.deepEqual(
    decisive.map((path) => decidesForOthers(path, read)),
    [true, true, true, true, false],
  );
});

test("what cannot be had is said, and links are not followed", async (t) => {
  const read = await settingsOf(
    t,
    {
      ".sallyport.yml": "secrets:\n  rules: [../../etc/passwd, gone.yml, /etc, linked.yml]\n",
      ".sallyport/secrets/large.yml": `# ${"x".repeat(1_000_001)}\n`,
    },
    ["linked.yml", ".sallyport/secrets/link.yml"],
  );
  assert.deepEqual(read.rules, undefined);
  assert.deepEqual(
    read.told.map((one) => one.replace(/(rules in )?(\S+), and the repository has none there\./, "none: $2")),
    [
      ...["../../etc/passwd", "gone.yml", "/etc", "linked.yml"].map(
        (name) => `.sallyport.yml: It names secret none: ${name}`,
      ),
      ".sallyport/secrets/large.yml: These rules cannot be read, or have more than 1000000 bytes.",
    ],
  );
});

test("a mistake takes the whole file out, and is told without the secrets in it", async (t) => {
  const token = `ghp_${"Ab3dE9fGh2"}${"iJkLm4n5oP"}${"qRsTuVwXyZ012345"}`;
  const { settings, told } = await settingsOf(t, {
    ".sallyport.yml": `allow:\n  - {path: a, reason: fine}\n  - {path: b}\n${token}: 1\n`,
  });
  assert.deepEqual(settings.allow, []);
  assert.match(
    told.join("\n"),
    /^\.sallyport\.yml:3 The settings do not count\. There is a mistake: an allow entry needs a reason\.$/m,
  );
  assert.ok(told.length === 2 && !told.join("").includes(token));
});

test("what the instance decides is told with its line, and does not make the rest count less", async (t) => {
  const text =
    "minimumScore: 90\nlicenses:\n  otherwise: allow\nallow:\n  - {path: b, reason: lab}\noperationalRisk:\n  report: medium\n";
  const { told, settings, problems } = await settingsOf(t, { ".sallyport.yml": text });
  assert.deepEqual(
    told.map((one) => one.slice(0, one.indexOf(" Here"))),
    [
      ".sallyport.yml:1 minimumScore counts on the command line only.",
      ".sallyport.yml:2 licenses counts on the command line only.",
      ".sallyport.yml:6 operationalRisk counts on the command line only.",
    ],
  );
  assert.match(told[1] ?? "", /the licence policy of the instance decides/);
  assert.ok(problems.every(({ isNotice }) => isNotice));
  assert.equal(settings.allow.length, 1);
});

test("an entry for a rule that nobody has is told, and the others count", async (t) => {
  const text =
    "allow:\n  - {rule: secrets/jtw, reason: lab}\n  - {rule: OUR_1, reason: ours}\n  - {path: b, reason: lab}\n";
  const { told, settings, problems } = await settingsOf(t, { ".sallyport.yml": text });
  assert.deepEqual(told, [
    ".sallyport.yml:2 No rule has the id secrets/jtw; the nearest is secrets/jwt. This allow entry silences nothing.",
    ".sallyport.yml:3 No rule has the id OUR_1. This allow entry silences nothing.",
  ]);
  assert.ok(problems.every(({ isNotice }) => isNotice));
  assert.equal(settings.allow.length, 3);
  const own = await settingsOf(t, { ".sallyport.yml": text, ".sallyport/policies/ours.yaml": "metadata: {}\n" });
  assert.equal(own.told.length, 1);
});

test("the settings end with the day of the entry that ends first, of those that are in force", () => {
  const allow = ["2026-01-31", "2026-03-01", "2026-02-01", undefined].map((until, line) => {
    return { path: "a", reason: "x", line, ...(until !== undefined && { until }) };
  });
  const on = (day: string) => endOfSettings({ allow, skip: [] }, new Date(`${day}T12:00:00Z`));
  assert.deepEqual(["2026-01-31", "2026-02-01", "2026-02-02", "2026-03-02"].map(on), [
    "2026-01-31",
    "2026-02-01",
    "2026-03-01",
    undefined,
  ]);
});
