import assert from "node:assert/strict";
import { test } from "node:test";
import { scanFile } from "../../scan.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import { sampleAdoPat } from "../examples/example-values.ts";
import type { MarkerTool } from "./marker-tools.ts";

const pat = sampleAdoPat("marker");
const line = `pat = "${pat}"`;

function scan(text: string, markers?: readonly MarkerTool[], path = "src/a.py") {
  const secrets = { ruleFiles: [], ...(markers !== undefined && { markers }) };
  const context = { fingerprintKey: new Uint8Array(32).fill(3), scanners: ["secrets"] as const, secrets };
  return scanFile(sourceFileOf(path, "0".repeat(40), Buffer.from(text)), context);
}

const silencing = [
  `${line} # gitleaks:allow`,
  `${line} # betterleaks:allow`,
  `${line} # trufflehog:ignore`,
  `${line} # kingfisher:ignore`,
  `${line} # kingfisher:allow`,
  `${line} # pragma: allowlist secret`,
  `${line} # pragma: whitelist secret`,
  `# pragma: allowlist nextline secret\n${line}`,
  `${line} # checkov:skip=CKV_SECRET_6:made up`,
  `# checkov:skip=CKV_SECRET_6\r\n${line}`,
  `${line} # nosemgrep`,
  `${line} # nosemgrep: generic.secrets.security.detected-generic-secret`,
  `# nosemgrep: azure-devops-pat-legacy\n${line}`,
  `${line} // secretlint-disable-line`,
  `/* secretlint-disable-next-line */\n${line}`,
  `# secretlint-disable @secretlint/rule -- why\na\n${line}\n# secretlint-enable`,
  `# secretlint-disable\n${line}`,
  `${line} # ggignore`,
  `# ggignore-start\n\n${line}\n# ggignore-end`,
];

/** Signs of comments, and what a language wants behind the mark. */
const comments = [
  ["#"],
  ["##"],
  ["//"],
  ["///"],
  ["/*", "*/"],
  ["/**", "*/"],
  ["<!--", "-->"],
  ["<%--", "--%>"],
  ["--"],
  ["--[[", "]]"],
  [";"],
  [";;"],
  ["%"],
  ["rem"],
  ["REM"],
  ["'"],
  ["{#", "#}"],
  ["{{!--", "--}}"],
  ["{{/*", "*/}}"],
  ["{-", "-}"],
  ["(*", "*)"],
  ["<#", "#>"],
  ["@*", "*@"],
  ['"""', '"""'],
  ["dnl"],
] as const;

for (const [open, close = ""] of comments) {
  test(`a mark within ${open} is one: alone, behind code, and with what it says behind it`, () => {
    for (const indent of ["", "  ", "a = 1 "])
      for (const reason of ["", " -- made up"]) {
        const texts = [
          `${indent}${open} secretlint-disable${reason} ${close}\na\n${line}`,
          `${indent}${open} ggignore-start ${close}\n\n${line}`,
          `${indent}${open} secretlint-disable-next-line${reason} ${close}\n${line}`,
          `${indent}${open} pragma: allowlist nextline secret ${close}\n${line}`,
        ];
        for (const text of texts) assert.equal(scan(text).silenced.length, 1, text.replace(pat, "..."));
      }
    assert.equal(scan(`${line} ${open} gitleaks:allow ${close}`).silenced.length, 1);
    assert.equal(scan(`${open} nosemgrep ${close}\n${line}`).silenced.length, 1);
  });
}

for (const [open, close] of [
  ["/*", "*/"],
  ["<!--", "-->"],
  ['"""', '"""'],
  ["<#", "#>"],
  ["/**\n * why", "*/"],
] as const) {
  test(`a mark in a line of its own within ${open.slice(0, 4)} is one`, () => {
    assert.equal(scan(`${open}\nsecretlint-disable\n${close}\n${line}`).silenced.length, 1);
    assert.equal(scan(`${open}\n${close}\nsecretlint-disable\n${line}`).findings.length, 1);
  });
}

const mentions = [
  ["a.py", 'rule = "secretlint-disable"'],
  ["a.ts", "const rules = ['secretlint-disable', 'ggignore-start'];"],
  ["a.ts", "const rule = `secretlint-disable`;"],
  ["a.sh", "cp .ggignore-start x"],
  ["a.sh", "tool --secretlint-disable"],
  ["a.sh", "curl https://contoso.example/#secretlint-disable"],
  ["a.sh", "echo '# see secretlint-disable'"],
  ["a.yaml", "- run: secretlint-disable"],
  ["README.md", "Write `secretlint-disable` above it."],
  ["README.md", "* secretlint-disable: up to the end"],
  ["README.md", "### secretlint-disable"],
  ["README.md", "secretlint-disable silences the rest,"],
  ["README.md", "nosemgrep silences what stands below:"],
  ["a.ts", 'const rule = "secretlint-disable-next-line";'],
] as const;

for (const [path, text] of mentions) {
  test(`only mentioned: ${text}`, () => assert.equal(scan(`${text}\n${line}\n`, undefined, path).findings.length, 1));
}

test("thousands of marks in one line cost no more than their number", () => {
  const marks = "/*nosem gitleaks:allow trufflehog:ignore ggignore secretlint-disable-next-line*/ ".repeat(2000);
  const before = process.cpuUsage();
  assert.equal(scan(`${line}; ${marks}${"x y ".repeat(200_000)}\n${"x y ".repeat(100_000)}\n`).silenced.length, 1);
  const { user, system } = process.cpuUsage(before);
  assert.ok(user + system < 8_000_000, `${((user + system) / 1000).toFixed(0)} ms`);
});

for (const text of silencing) {
  test(`silences: ${text.replace(pat, "...")}`, () => {
    const { findings, silenced, problems } = scan(text);
    assert.deepEqual([findings.length, silenced.length, problems.length], [0, 1, 0]);
    assert.match(silenced[0]?.reason ?? "", /^marked for /);
    assert.equal(scan(text, []).findings.length, 1, "not where nobody wants it");
  });
}

const telling = [
  `${line}\n# gitleaks:allow`,
  `# gitleaks:allow\n${line}`,
  `${line} # pragma: allowlist nextline secret`,
  `${line} # nosemgrep: python.lang.correctness`,
  `${line} # checkov:skip=CKV_AZURE_1:other`,
  `# secretlint-disable\n# secretlint-enable\n${line}`,
  `# ggignore-start\n# ggignore-end\n${line}`,
  `# secretlint-disable-next-line\n\n${line}`,
  `${line} # xgitleaks:allowed`,
];

for (const text of telling) {
  test(`silences nothing: ${text.replace(pat, "...")}`, () => assert.equal(scan(text).findings.length, 1));
}

test("an own marker names a rule, and of a long line only whole words are its reason", () => {
  assert.deepEqual(
    [scan(`${line} # sallyport:allow`).findings.length, scan(`${line} # sallyport:allow`).problems],
    [1, []],
  );
  const [long] = scan(`${line} # sallyport:allow azure-devops-pat-legacy ${"made up ".repeat(60)}${pat}`).silenced;
  assert.match(long?.reason ?? "", /^(?:made up )+made$|^(?:made up )*made up$/);
});

test("one tool may be honoured without the others", () => {
  assert.equal(scan(`${line} # gitleaks:allow`, ["gitleaks"]).findings.length, 0);
  assert.equal(scan(`${line} # ggignore`, ["gitleaks"]).findings.length, 1);
});

test("an own marker may use another tool's name of the rule; one that silences nothing is told where it is meant", () => {
  const alias = scan(line).findings[0]?.aliases[0];
  if (alias !== undefined) assert.equal(scan(`${line} # sallyport:allow ${alias} made up`).silenced.length, 1);
  const [unused] = scan(`a = 1\nb = 2 # sallyport:allow jwt old`).problems;
  assert.deepEqual([unused?.code, unused?.line, unused?.isNotice], ["unused", 2, true]);
  assert.equal(scan("Write `sallyport:allow jwt why`", undefined, "docs/a.md").problems.length, 0);
  assert.equal(scan('const marker = "sallyport:allow jwt why";', undefined, "src/a.ts").problems.length, 0);
});
