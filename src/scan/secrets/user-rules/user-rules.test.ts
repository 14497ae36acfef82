import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { scanFile } from "../../scan.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import { sample } from "../examples/example-values.ts";
import { keywordFinder } from "./find-keywords.ts";
import type { RuleFile } from "./user-rule.ts";
import { userRulesOf } from "./user-rules.ts";
import { openYamlDoor } from "./yaml-door.ts";

await openYamlDoor({ ruleFiles: [{ path: "", text: "" }] });
const yamlFile = (text: string): RuleFile => ({ path: ".sallyport/secrets/a.yaml", text });
const tomlFile = (text: string): RuleFile => ({ path: ".gitleaks.toml", text });

function scan(file: RuleFile, text: string, path = "src/a.conf") {
  const context = {
    fingerprintKey: new Uint8Array(32).fill(3),
    scanners: ["secrets"] as const,
    secrets: { ruleFiles: [file] },
  };
  return scanFile(sourceFileOf(path, "0".repeat(40), Buffer.from(text)), context);
}

const found = (file: RuleFile, text: string, path?: string) =>
  scan(file, text, path).findings.filter(({ rule }) => rule.startsWith("secrets/custom-")).length;

const acme = sample("lowerAlnum", 20, "acme");
const other = sample("lowerAlnum", 20, "other");

const rule = (more: string) => yamlFile(`rules:\n  - id: Acme.Token\n    severity: critical\n${more}`);

test("a rule is a pattern, woken by keywords; its finding is as every other", () => {
  const file = rule("    title: Acme token.\n    keywords: [ACME]\n    pattern: 'acme:([a-z0-9]{20})\\b'\n");
  const { findings } = scan(file, `ключ 🔑 acme:${acme} x\n`);
  assert.equal(findings.length, 1);
  const [{ rule: id, aliases, severity, message, masked, at, fingerprint } = assert.fail()] = findings;
  assert.deepEqual(
    [id, aliases, severity, message],
    ["secrets/custom-acme-token", ["Acme.Token"], "critical", "Acme token."],
  );
  assert.deepEqual([masked, "startColumn" in at && at.startColumn], ["(20 characters)", 14]);
  assert.equal(scan(file, `\n\nacme:${acme}`, "b/c.ts").findings[0]?.fingerprint, fingerprint);
  const allowed = scan(file, `acme:${acme} # sallyport:allow custom-acme-token made up`);
  assert.deepEqual([allowed.findings.length, allowed.silenced[0]?.reason], [0, "made up"]);
});

const shape = "    shape: {prefix: acme_, alphabet: lowerAlnum, length: [18, 20]}\n";
const cases: readonly (readonly [name: string, rule: string, text: string, times: number, path?: string])[] = [
  ["shape", shape, `k="acme_${acme}"`, 1],
  ["shape, too long", shape, `k="acme_${acme}a"`, 0],
  ["shape inside a word", shape, `xacme_${acme}`, 0],
  ["named group", "    pattern: '(a|b)=(?P<secret>[a-z0-9]{20})'\n", `b=${acme}`, 1],
  ["keyword is missing", "    keywords: [zzz]\n    pattern: 'b=([a-z0-9]{20})'\n", `b=${acme}`, 0],
  ["context", "    context: {words: [Acme], within: 20}\n    pattern: '[a-z0-9]{20}'\n", `ACME ${acme}`, 1],
  ["no context", "    context: {words: [Acme], within: 20}\n    pattern: '\\b[a-z0-9]{20}\\b'\n", `xyz ${acme}`, 0],
  ["entropy", "    entropy: 3\n    pattern: '\\b[a-z0-9]{20}\\b'\n", `xyz ${"ab".repeat(10)}`, 0],
  ["path", "    paths: ['**/*.env']\n    pattern: 'b=([a-z0-9]{20})'\n", `b=${acme}`, 0],
  ["path that fits", "    paths: ['**/*.env']\n    pattern: 'b=([a-z0-9]{20})'\n", `b=${acme}`, 1, "x/.env"],
  ["excluded path", "    excludePaths: [src/**]\n    pattern: 'b=([a-z0-9]{20})'\n", `b=${acme}`, 0],
  [
    "allowed word",
    `    allow: [{reason: r, words: [${acme.slice(3, 9)}]}]\n    pattern: 'b=([a-z0-9]{20})'\n`,
    `b=${acme}`,
    0,
  ],
  [
    "allowed line",
    "    allow: [{reason: r, patterns: [sample], target: line}]\n    pattern: 'b=([a-z0-9]{20})'\n",
    `b=${acme} sample\nb=${other}`,
    1,
  ],
  [
    "allowed only together",
    "    allow: [{reason: r, words: [" +
      acme.slice(3, 9) +
      "], paths: [test/**], every: true}]\n    pattern: 'b=([a-z0-9]{20})'\n",
    `b=${acme}`,
    1,
  ],
];

for (const [name, more, text, times, path] of cases) {
  test(`YAML: ${name}`, () => {
    assert.deepEqual(userRulesOf([rule(more)]).problems, []);
    assert.equal(found(rule(more), text, path), times);
  });
}

test("what an allowlist within a rule hides is listed, and hides no other rule's finding", () => {
  const pattern = "    pattern: 'b=([a-z0-9]{20})'\n";
  for (const list of [`words: [${acme.slice(3, 9)}]`, "paths: [src/**]", "patterns: [^b], target: line"]) {
    const { findings, silenced } = scan(rule(`    allow: [{reason: made up, ${list}}]\n${pattern}`), `b=${acme}`);
    const hidden = silenced.map(({ finding, reason, by }) => [finding.rule, finding.at, reason, by]);
    const at = { path: "src/a.conf", startLine: 1, startColumn: 3, endLine: 1, endColumn: 23 };
    assert.deepEqual(findings, []);
    assert.deepEqual(hidden, [
      ["secrets/custom-acme-token", at, "made up (.sallyport/secrets/a.yaml)", "configuration"],
    ]);
  }
  const unlisted = rule("    allow: [{reason: made up, paths: [src/**]}]\n    pattern: 'password=([a-z0-9]{20})'\n");
  const both = scan(unlisted, `db_password=${acme}`);
  assert.deepEqual([both.findings.map((one) => one.rule), both.silenced], [["secrets/password"], []]);
});

test("a rule that is not understood is left out with its line, and the others run", () => {
  const file = yamlFile(
    "rules:\n  - id: one\n    patern: x\n  - id: two\n    pattern: '(?=x)'\n  - id: three\n    pattern: 'b=([a-z0-9]{20})'\n  - pattern: x\n",
  );
  const read = userRulesOf([file]);
  assert.deepEqual(
    read.problems.map(({ line, message }) => [line, /: (.{12})/.exec(message)?.[1]]),
    [
      [3, "a rule has n"],
      [5, "pattern: the"],
      [8, "a rule needs"],
    ],
  );
  assert.equal(found(file, `b=${acme}`), 1);
  for (const text of ["", "- x", "rules: 7", "a: [", "rules:\n - &a [*a]", "[".repeat(100_000)])
    userRulesOf([yamlFile(text), tomlFile(text)]);
});

const gitleaks = `
title = "ours"
[extend]
useDefault = true
disabledRules = ["generic-api-key"]

[[rules]]
id = "acme-token"
description = "Acme token"
regex = '''(?i)\\bacme[_-]?(?:key|token)["' ]{0,3}[:=]["' ]{0,3}([a-z0-9]{20})\\b'''
secretGroup = 1
entropy = 2.5
keywords = ["acme"]
path = '''\\.(conf|ts)$'''
  [[rules.allowlists]]
  condition = "AND"
  regexTarget = "line"
  regexes = ['''# sample''']
  paths = ['''^docs/''']
  [[rules.allowlists]]
  stopwords = ["${other.slice(2, 8)}"]

[[rules]]
id = "keystores"
path = '''\\.jks$'''

[[allowlists]]
targetRules = ["aws-access-token"]
stopwords = ["never"]

[allowlist]
description = "test data"
paths = ['''(^|/)testdata/''']
regexes = ['''^hunter2''']
`;

test("a configuration of gitleaks is read as it stands, and says what it cannot have", () => {
  const file = tomlFile(gitleaks);
  const { problems, rules } = userRulesOf([file]);
  assert.deepEqual(
    rules.map(({ rule: { id } }) => id),
    ["secrets/custom-acme-token"],
  );
  assert.deepEqual(
    problems.map(({ line }) => line),
    [5, 23, 27],
  );
  assert.match(problems[2]?.message ?? "", /no rule of this file is named aws-access-token/);
  assert.equal(found(file, `ACME_KEY = "${acme}"`), 1);
  assert.equal(found(file, `ACME_KEY = "${acme}"`, "a.txt"), 0);
  assert.equal(found(file, `acme-token: ${other}`), 0);
  const listed = scan(file, `acmekey:${other}`);
  assert.deepEqual([listed.findings, listed.silenced[0]?.reason], [[], "an allowlist of .gitleaks.toml"]);
  assert.equal(found(file, `acme-token: ${acme} # sample`), 1);
  assert.equal(found(file, `acme-token: ${acme} # sample`, "docs/a.conf"), 0);
  const silenced = scan(file, `acme-token: ${acme}`, "x/testdata/a.conf");
  assert.deepEqual([silenced.findings.length, silenced.silenced[0]?.by], [0, "configuration"]);
  assert.equal(silenced.silenced[0]?.reason, "test data (.gitleaks.toml)");
});

test("an allowlist of gitleaks that demands a commit, too, allows nothing without it", () => {
  const list = `condition = "AND"\ncommits = ["${"0123456789".repeat(4)}"]\npaths = ['''^src/''']\n`;
  const plain = `[[rules]]\nid = "plain"\nregex = '''b=([a-z0-9]{20})'''\n`;
  for (const text of [`${plain}[[rules.allowlists]]\n${list}`, `${plain}[[allowlists]]\n${list}`]) {
    assert.equal(found(tomlFile(text), `b=${acme}`), 1);
    assert.match(userRulesOf([tomlFile(text)]).problems[0]?.message ?? "", /by commit are not supported/);
    assert.equal(found(tomlFile(text.replace("AND", "OR")), `b=${acme}`), 0);
  }
});

test("an allowlist that says no reason is named by its file", () => {
  const file = tomlFile(`[[rules]]\nid = "plain"\nregex = '''b=([a-z0-9]{20})'''\n[allowlist]\npaths = ['''^x/''']`);
  const { findings, silenced } = scan(file, `b=${acme}`, "x/a.conf");
  assert.deepEqual([findings, silenced.map(({ reason }) => reason)], [[], ["an allowlist of .gitleaks.toml"]]);
  assert.deepEqual([silenced[0]?.at?.path, silenced[0]?.at?.startLine], [".gitleaks.toml", 4]);
});

test("a pattern made to stall ends with a problem, wherever it stands", () => {
  const bomb = "((a?){200}){3}a{600}!";
  const text = "a".repeat(200_000);
  const files = [
    yamlFile(
      `rules:\n  - id: bomb\n    pattern: '((a?){300}){3}a{900}'\n  - id: plain\n    pattern: 'b=([a-z0-9]{20})'\n`,
    ),
    yamlFile(
      `rules:\n  - id: plain\n    pattern: 'b=([a-z0-9]{20})'\n    allow: [{reason: r, patterns: ['${bomb}'], target: line}]\n`,
    ),
    yamlFile(
      `rules:\n  - id: plain\n    pattern: 'b=([a-z0-9]{20})'\nallow: [{reason: r, patterns: ['${bomb}'], target: line}]\n`,
    ),
    tomlFile(
      `[[rules]]\nid = "plain"\nregex = '''b=([a-z0-9]{20})'''\npath = '''${bomb}|.'''\n[[allowlists]]\nregexTarget = "match"\nregexes = ['''${bomb}''']\npaths = ['''${bomb}''']`,
    ),
  ];
  for (const file of files) {
    const { findings, problems } = takesAtMost(5, () => scan(file, `${text} b=${acme}`, `${"a/".repeat(2000)}x.conf`));
    assert.equal(findings.length, 1);
    if (file === files[0]) assert.match(problems[0]?.message ?? "", /^The pattern of bomb .* takes too long/);
  }
});

test("an allowlist made to stall costs a file no more for many findings than for some, and says so", () => {
  const bomb = "((a?){200}){3}a{600}!";
  const rules = "rules:\n  - id: plain\n    pattern: 'b=([a-z0-9]{20})'\n";
  const file = yamlFile(`${rules}allow: [{reason: r, patterns: ['${bomb}'], target: line}]\n`);
  const line = (index: number) => `b=${sample("lowerAlnum", 20, `${index}`)} ${"a".repeat(3900)}\n`;
  const lines = Array.from({ length: 300 }, (_, index) => line(index)).join("");
  const { findings, problems } = takesAtMost(10, () => scan(file, lines));
  assert.deepEqual([findings.length, problems.map(({ code }) => code)], [300, ["gave-up"]]);
  const paths = tomlFile(
    `[[rules]]\nid = "plain"\nregex = '''b=([a-z0-9]{20})'''\n[allowlist]\npaths = ['''${bomb}''']`,
  );
  const many = Array.from({ length: 900 }, (_, index) => line(index).slice(0, 40)).join("\n");
  const taken = takesAtMost(8, () => scan(paths, many, `${"a/".repeat(1000)}${"a".repeat(2000)}.conf`));
  assert.equal(taken.findings.length, 900);
});

test("what a rule leaves out itself keeps it from nothing; more than a thousand places are told", () => {
  const dull = `b=${"a".repeat(20)}\n`.repeat(1500);
  const pattern = "    pattern: 'b=([a-z0-9]{20})'\n";
  for (const more of ["    entropy: 3\n", "    allow: [{reason: r, words: [aaaa]}]\n"]) {
    const { findings, problems } = scan(rule(`${more}${pattern}`), `${dull}b=${acme}\n`);
    assert.deepEqual([findings.length, problems], [1, []]);
  }
  const many = Array.from({ length: 1200 }, (_, index) => `b=${sample("lowerAlnum", 20, `${index}`)}\n`).join("");
  const { findings, problems } = scan(rule(pattern), many);
  assert.deepEqual([findings.length, problems.map(({ code }) => code)], [1000, ["too-many-findings"]]);
});

test("one line of millions of letters with many matches costs no more than many lines", () => {
  const more = `    keywords: [zq_]\n    pattern: 'zq_[0-9]{8}'\n    allow: [{reason: r, patterns: [never], target: line}]\n`;
  const rules = Array.from({ length: 3 }, (_, index) => `  - id: own-${index}\n${more}`).join("");
  const text = `${"x".repeat(8_000_000)}${" zq_12345678;".repeat(1000)}`;
  assert.ok(takesAtMost(9, () => found(yamlFile(`rules:\n${rules}`), text)) > 0);
});

test("keywords are found in any case, also inside and behind each other", () => {
  const finder = keywordFinder(["he", "she", "hers", "ключ", "s"]);
  assert.deepEqual(finder.find(Buffer.from("uSHErs")), new Set([0, 1, 2, 4]));
  assert.deepEqual([...finder.find(Buffer.from("мой ключ"))], [3]);
});
