/** Entries of settings and baselines that silence nothing. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { withCrc32Base62 } from "#scan/secrets/examples/example-values.ts";
import { folderOf, git, scanJson, top } from "../../testing/scan-process.ts";

const token = withCrc32Base62("ghp_", "cli");

test("what is unused is told where all was looked at that it may be about", async () => {
  const entry = (path: string, more = "") => `  - {path: ${path}, reason: made up${more}}\n`;
  const settings = ["allow:\n", entry("any/**"), entry("iac/**", ", rule: iac/docker-root-user")].join("");
  const ended = entry("over/**", ", until: 2020-01-31");
  const folder = folderOf("unused", {
    "a.ts": `const t = "${token}";\n`,
    ".sallyport.yml": `${settings}${entry("old/**", ", rule: secrets/github-token")}${ended}`,
  });
  git(folder, "init", "-q");
  git(folder, "add", ".");
  git(folder, "commit", "-qm", "one");
  git(folder, "rm", "-q", "a.ts");
  git(folder, "commit", "-qm", "two");
  const found = await scanJson([folder, "--history", "--scanners", "secrets"]);
  const baseline = join(top, "unused.json");
  const told = async (...options: readonly string[]) => {
    const { problems } = await scanJson([folder, "--baseline", baseline, "--fail-on", "never", ...options]);
    return problems.filter(({ code }) => code === "unused").map(({ message }) => message);
  };
  const old = "This allow entry silences nothing";
  const over = "This allow entry ended with 2020-01-31: made up";
  // Found in an old commit only: a scan of the files says nothing of it.
  writeFileSync(baseline, JSON.stringify(found));
  const secrets = ["--scanners", "secrets"];
  assert.deepEqual(await told(...secrets), [`${old} (any more): made up`, over]);
  assert.deepEqual(await told(...secrets, "--history"), [`${old} in this history: made up`, over]);
  assert.deepEqual(await told("--diff", "HEAD~1..HEAD"), []);
  const entries = ["secrets/jwt", "iac/x"].map((rule, index) => ({
    fingerprint: `${index}`.repeat(16),
    reason: rule,
    rule,
  }));
  writeFileSync(baseline, JSON.stringify({ entries: [...entries, { fingerprint: "ab".repeat(8), reason: "any" }] }));
  const isTold = async (...options: readonly string[]) =>
    (await told(...options)).filter((one) => one.startsWith("The baseline"));
  assert.deepEqual(await isTold(...secrets), [
    "The baseline entry 000000000000 silences nothing (any more): secrets/jwt",
  ]);
  assert.deepEqual(await isTold("--history"), [
    "The baseline entry 000000000000 silences nothing in this history: secrets/jwt",
  ]);
  assert.equal((await isTold()).length, 3);
});

test("skip entries that no file fits are told where every file was listed", async () => {
  const folder = folderOf("unused-skips", {
    "vendor/a.ts": `const t = "${token}";\n`,
    "b.ts": "export {};\n",
    ".sallyport.yml": "skip: ['vendor/**', '**/a.ts', old/**]\n",
  });
  const told = async (path: string, ...options: readonly string[]) =>
    (await scanJson([path, ...options])).problems
      .filter(({ code }) => code === "unused")
      .map(({ message, path: file, isNotice }) => [message, file, isNotice]);
  const entry = ["The skip entry old/** fits no file (any more).", ".sallyport.yml", true];
  assert.deepEqual(await told(folder), [entry]);
  assert.deepEqual(await told(folder, "--scanners", "cicd"), [entry]);
  assert.deepEqual(await told(join(folder, "b.ts")), []);
  git(folder, "init", "-q");
  git(folder, "add", ".");
  git(folder, "commit", "-qm", "one");
  assert.deepEqual(await told(folder), [entry]);
  for (const part of [["--staged"], ["--history"], ["--diff", "HEAD..HEAD"]])
    assert.deepEqual(await told(folder, ...part), []);
});

test("allow entries of rule files that silence nothing are told, one notice for each file", async () => {
  const [used, idle] = ["a1b2c3d4e5f6g7h8j9k0", "never"];
  const word = (text: string) => `reason: made up, words: [${text}]`;
  const folder = folderOf("unused-lists", {
    "a.txt": `b=${used}\n`,
    "c.txt": `t=${token}\n`,
    ".sallyport/secrets/a.yml": [
      "rules:",
      "  - id: plain",
      "    pattern: 'b=([a-z0-9]{20})'",
      `    allow: [{${word(used)}}, {${word(idle)}}]`,
      "allow:",
      `  - {reason: here, paths: [c.txt]}`,
      "",
    ].join("\n"),
    ".sallyport/secrets/b.toml": [
      '[[rules]]\nid = "other"\nregex = "zq_[0-9]{8}"',
      '[[rules.allowlists]]\nstopwords = ["never"]',
      '[[allowlists]]\npaths = ["^c[.]txt$"]',
      "",
    ].join("\n"),
  });
  const told = async (...options: readonly string[]) => {
    const { findings, problems } = await scanJson([folder, ...options]);
    return [findings.length, problems.filter(({ code }) => code === "unused").map((one) => Object.values(one))];
  };
  const expected = [
    ["scan", "unused", "This allow entry silences nothing (any more): made up", ".sallyport/secrets/a.yml", 4, true],
    [
      "scan",
      "unused",
      "2 allow entries silence nothing (any more): in the lines 4, 6",
      ".sallyport/secrets/b.toml",
      4,
      true,
    ],
  ];
  assert.deepEqual(await told(), [0, expected]);
  assert.deepEqual(await told("--scanners", "cicd"), [0, []]);
  git(folder, "init", "-q");
  git(folder, "add", ".");
  assert.deepEqual(await told("--staged"), [0, []]);
});
