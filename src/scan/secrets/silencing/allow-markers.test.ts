import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
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

for (const [open, close] of [
  ["/*", "*/"],
  ["<!--", "-->"],
  ["{#", "#}"],
  ["<%#", "%>"],
] as const) {
  test(`a mark within ${open} that code follows is beside that code, and says nothing of the next line`, () => {
    const other = `pat = "${sampleAdoPat("other")}"`;
    for (const mark of ["sallyport:allow azure-devops-pat-legacy why", "nosemgrep", "checkov:skip=CKV_SECRET_6:why"]) {
      const { findings, silenced } = scan(`${open} ${mark} ${close} ${line}\n${other}\n`);
      assert.deepEqual([findings.length, silenced.length], [1, 1], mark);
      assert.equal(scan(`  ${open} ${mark} ${close};\n${line}\n`).silenced.length, 1, mark);
    }
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
  const text = `${line}; ${marks}${"x y ".repeat(200_000)}\n${"x y ".repeat(100_000)}\n`;
  assert.equal(takesAtMost(8, () => scan(text)).silenced.length, 1);
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
  const bare = scan(`${line} # sallyport:allow`);
  assert.deepEqual([bare.findings.length, bare.problems.map(({ code }) => code)], [1, ["unused"]]);
  const [long] = scan(`${line} # sallyport:allow azure-devops-pat-legacy ${"made up ".repeat(60)}${pat}`).silenced;
  assert.match(long?.reason ?? "", /^(?:made up )+made$|^(?:made up )*made up$/);
});

test("a marker whose fingerprint is none, or too short to tell secrets apart, silences nothing", () => {
  const [{ rule, fingerprint } = assert.fail()] = scan(line).findings;
  const marked = (print: string) => scan(`${line} # sallyport:allow ${rule}#${print} why`);
  for (const print of [fingerprint.slice(0, 6), fingerprint.slice(0, 12).toUpperCase(), fingerprint])
    assert.equal(marked(print).silenced.length, 1, print);
  assert.equal(scan(`${line} /* sallyport:allow ${rule}#${fingerprint.slice(0, 12)}*/`).silenced.length, 1);
  assert.equal(scan(`${line} {# sallyport:allow ${rule}#}`).silenced.length, 1);
  for (const print of [fingerprint.slice(0, 5), "", "FINGERPRINT", `${fingerprint.slice(0, 12)}x`]) {
    const { findings, problems } = marked(print);
    assert.deepEqual([findings.length, problems.map(({ code }) => code)], [1, ["unused"]], print);
  }
});

test("a mark of secretlint that names its rule for one provider speaks of no other", () => {
  const named = (word: string) => `# secretlint-disable @secretlint/secretlint-rule-${word} -- sample\n${line}\n`;
  for (const word of ["azure", "basicauth", "preset-recommend"])
    assert.equal(scan(named(word)).silenced.length, 1, word);
  for (const word of ["aws", "github", "gcp"]) assert.equal(scan(named(word)).findings.length, 1, word);
  assert.equal(scan(named("aws, @secretlint/secretlint-rule-azure")).silenced.length, 1);
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
  const [other] = scan(`${line} # sallyport:allow ${scan(line).findings[0]?.rule}#000000000000 why`).problems;
  assert.match(other?.message ?? "", /: the secret is gone, or the fingerprint is of another key\.$/);
  assert.equal(scan("Write `sallyport:allow jwt why`", undefined, "docs/a.md").problems.length, 0);
  assert.equal(scan('const marker = "sallyport:allow jwt why";', undefined, "src/a.ts").problems.length, 0);
});

const noUse = [
  "x = 1 # gitleaks:allow",
  "x = 1 # betterleaks:allow",
  "x = 1 # trufflehog:ignore",
  "x = 1 # kingfisher:ignore",
  "x = 1 // kingfisher:allow",
  "x = 1 # pragma: allowlist secret",
  "x = 1 # pragma: whitelist-secret",
  "# pragma: allowlist nextline secret\nx = 1",
  "x = 1 # checkov:skip=CKV_SECRET_6:made up 12345678",
  "x = 1 # nosemgrep: generic.secrets.security.detected-generic-secret",
  "/* secretlint-disable-line */ x = 1",
  "// secretlint-disable-next-line",
  "# secretlint-disable\nx = 1\n# secretlint-enable",
  "x = 1 # ggignore",
  "# ggignore-start\n\n# ggignore-end",
  'password = os.environ["DB_PASSWORD"]  # gitleaks:allow',
  "const password = process.env.DB_PASSWORD; // gitleaks:allow",
  "export PASSWORD=$DB_PASSWORD # gitleaks:allow",
  "# gitleaks:allow",
  "x = 1 # sallyport:allow",
  "x = 1 /* sallyport:allow */",
];

for (const text of noUse) {
  test(`told as of no use: ${text}`, () => {
    const { problems } = scan(`a = 1\n${text}\n`);
    assert.deepEqual(
      problems.map(({ code, line, isNotice }) => [code, line, isNotice]),
      [["unused", 2, true]],
    );
  });
}

const ofOthers = [
  'key = "some-name" # gitleaks:allow',
  "password: hunterhunter # gitleaks:allow",
  "PASSWORD=hunterhunter # pragma: allowlist secret",
  "token 1234abcd # trufflehog:ignore",
  "url = https://a:b@host # gitleaks:allow",
  "key: | # gitleaks:allow",
  "key = ( # gitleaks:allow",
  "  ) # gitleaks:allow",
  "id ABCDEFGHIJKLMNOPQRST # gitleaks:allow",
  "-----END KEY # gitleaks:allow",
  '# secretlint-disable\nkey = "some-name"\n# secretlint-enable',
  '/* gitleaks:allow */ key = "some-name"',
  '# pragma: allowlist nextline secret\nkey = "some-name"',
  "x = 1 # nosemgrep",
  "x = 1 # nosemgrep: python.lang.correctness",
  "# checkov:skip=CKV_SECRET_6",
  "mark = gitleaks:allow",
  'const text = "x = 1 # sallyport:allow";',
  "const text = `# secretlint-disable\\na = 1`;",
  "x = 1 # sallyport:allowed",
  "x = 1 # sallyport:allow-list",
];

for (const text of ofOthers) {
  test(`of use to its tool, or no mark: ${text}`, () => assert.deepEqual(scan(`a = 1\n${text}\n`).problems, []));
}

test("marks are told where everything was looked for, and of tools that are honoured", () => {
  const text = "x = 1 # gitleaks:allow\n";
  assert.equal(scan(text, ["gitleaks"]).problems.length, 1);
  assert.equal(scan(text, ["semgrep"]).problems.length, 0);
  const html = "<!-- sallyport:allow secrets/jwt gone -->\n<p>x</p>\n";
  assert.equal(scan(html, undefined, "a.html").problems.length, 1);
  assert.equal(scan("# sallyport:allow secrets/jwt gone\n", undefined, "a.html").problems.length, 0);
  assert.equal(scan(html, undefined, "a.md").problems.length, 0);
  assert.equal(scan(text, undefined, "a.md").problems.length, 0);
});
