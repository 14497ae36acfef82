import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import type { Finding } from "#model/finding.ts";
import { rules } from "../rules.ts";
import type { Report } from "./report.ts";
import { sarifSchema } from "./testing/sarif-schema.ts";
import { toJson } from "./to-json.ts";
import { toJunit } from "./to-junit.ts";
import { toMarkdown } from "./to-markdown.ts";
import { toSarif } from "./to-sarif.ts";
import { toTable } from "./to-table.ts";

function finding(over: Partial<Finding> = {}): Finding {
  return {
    rule: "secrets/github-token",
    aliases: ["github-pat"],
    severity: "high",
    message: "GitHub token.",
    at: { path: "src/a b#1%.ts", startLine: 3, startColumn: 5, endLine: 3, endColumn: 45 },
    fingerprint: "ab".repeat(32),
    masked: "ghp_… (40 characters)",
    signals: ["checksum valid"],
    ...over,
  };
}

const report: Report = {
  tool: { name: "Sallyport", version: "0.1.0" },
  findings: [
    finding({ severity: "low" }),
    finding({ severity: "critical", rule: "secrets/private-key", masked: "(1704 characters)" }),
    finding({ at: { setting: "forkProtection", resource: "contoso/site" } }),
  ],
  problems: [
    { scanner: "secrets", code: "too-large", message: 'Too <large> & "odd".', path: "data/`x|y`.bin" },
    { scanner: "scan", code: "unused", message: "Nothing.", path: ".sallyport.yml", line: 3 },
  ],
  silenced: [{ finding: finding(), reason: "", by: "inline" }],
  stats: { files: 12, bytes: 3_400_000, milliseconds: 120, cache: { hits: 0, misses: 12 } },
};
const replaced = { path: "a b.tf", startLine: 2, startColumn: 1, endLine: 3, endColumn: 4 };
const fixable: Report = {
  ...report,
  findings: [finding({ fix: { title: "Do so", safe: true, edits: [{ at: replaced, text: "x = 1\n" }] } })],
  problems: [
    { scanner: "iac", code: "unused-skip", message: "It skips nothing.", path: "a.tf", line: 1, isNotice: true },
  ],
};
const empty: Report = { ...report, findings: [], problems: [], silenced: [] };

test("SARIF has the structure that 2.1.0 demands", () => {
  const validate = new Ajv({ strict: true, allErrors: true }).compile(sarifSchema);
  // As whoever wrote rules of their own may have called them, and where they said to read more.
  const own = rules.map((rule) => ({
    ...rule,
    aliases: ["secrets", "security"],
    links: ["the wiki", "https://contoso.example/the wiki"],
  }));
  for (const some of [rules, own])
    for (const one of [report, fixable, empty]) {
      assert.ok(validate(JSON.parse(toSarif(one, some))), JSON.stringify(validate.errors));
    }
});

test("SARIF validates against the official schema", () => {
  // The schema of the OASIS SARIF technical committee, as Microsoft's package for SARIF tests carries it.
  const file = fileURLToPath(import.meta.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));
  // Draft 4: what our validator knows under other names is left out.
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  // As whoever wrote rules of their own may have called them, and where they said to read more.
  const own = rules.map((rule) => ({
    ...rule,
    aliases: ["secrets", "security"],
    links: ["the wiki", "https://contoso.example/the wiki"],
  }));
  for (const some of [rules, own])
    for (const one of [report, fixable, empty]) {
      assert.ok(validate(JSON.parse(toSarif(one, some))), JSON.stringify(validate.errors));
    }
  assert.ok(!validate({ version: "2.1.0", runs: [{ results: [] }] }));
});

test("SARIF names rules by index, escapes paths, and keeps what is silenced as suppressed", () => {
  const [run] = (JSON.parse(toSarif(report, rules)) as { runs: SarifRun[] }).runs;
  assert.ok(run !== undefined);
  for (const result of run.results) assert.equal(run.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
  assert.equal(run.results[0]?.level, "error");
  assert.equal(run.results.length, 4);
  assert.equal(run.results.filter(({ suppressions }) => suppressions !== undefined).length, 1);
  const uris = run.results.flatMap(({ locations }) =>
    locations.flatMap(({ physicalLocation }) => physicalLocation?.artifactLocation.uri ?? []),
  );
  assert.equal(uris[0], "src/a%20b%231%25.ts");
});

test("what a provider said of a secret is in every format, and when it was asked in those that are kept", () => {
  const live = { verdict: "live", reason: "api.github.com took it", at: "2026-01-31T09:30:12.000Z" } as const;
  const asked: Report = { ...report, findings: [finding({ live })] };
  for (const text of [toSarif(asked, rules), toMarkdown(asked, rules), toJunit(asked, rules)]) {
    assert.ok(text.includes("LIVE: api.github.com took it (asked 2026-01-31 09:30 UTC)"), text);
  }
  assert.ok(toJson(asked).includes(live.at));
});

test("SARIF carries the edits of a fix", () => {
  const [run] = (JSON.parse(toSarif(fixable, rules)) as { runs: SarifRun[] }).runs;
  const [fix] = run?.results.flatMap(({ fixes = [] }) => fixes) ?? [];
  const { path: _path, ...deletedRegion } = replaced;
  assert.deepEqual(fix, {
    description: { text: "Do so" },
    artifactChanges: [
      {
        artifactLocation: { uri: "a%20b.tf", uriBaseId: "ROOT" },
        replacements: [{ deletedRegion, insertedContent: { text: "x = 1\n" } }],
      },
    ],
  });
});

interface SarifRun {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly results: readonly {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly level: string;
    readonly suppressions?: readonly unknown[];
    readonly fixes?: readonly unknown[];
    readonly locations: readonly {
      readonly physicalLocation?: { readonly artifactLocation: { readonly uri: string } };
    }[];
  }[];
}

test("JSON is the contract's one object", () => {
  const value = JSON.parse(toJson(report)) as Record<string, unknown>;
  assert.deepEqual(Object.keys(value), ["tool", "findings", "problems", "silenced", "stats"]);
  const plain = JSON.parse(toJson(empty)) as Record<string, unknown>;
  assert.deepEqual(Object.keys(plain), ["tool", "findings", "problems", "stats"]);
  assert.deepEqual(value.findings, report.findings);
});

test("JUnit is well-formed XML with a failure per finding", () => {
  const xml = toJunit({ ...report, findings: [finding({ message: 'Odd <"&> \u0001 text.' })] }, rules);
  assert.match(xml, /<testsuites name="sallyport" tests="4" failures="1"/);
  assert.match(xml, /Odd &lt;&quot;&amp;&gt; \ufffd text\./);
  assert.equal(xml.match(/<testcase /g)?.length, xml.match(/<\/testcase>/g)?.length);
  assert.match(toJunit(empty, rules), /tests="1" failures="0"/);
});

test("JUnit skips what is silenced or was not examined, and passes nothing that nobody looked at", () => {
  const { stats } = report;
  const unread = { scanner: "scan", code: "unreadable", message: "It cannot be read.", path: "a.ts" } as const;
  const silenced = [{ finding: finding(), reason: 'a "sample"', by: "inline" }] as const;
  const some = toJunit({ ...empty, silenced, problems: [unread] }, rules);
  assert.match(some, /tests="3" failures="0" time/);
  assert.match(some, /<testsuite name="secrets" tests="1" failures="0" skipped="1">/);
  assert.match(
    some,
    /name="src\/a b#1%\.ts:3:5">\n {6}<skipped message="Silenced \(a &quot;sample&quot;\): GitHub token\."\/>/,
  );
  assert.match(some, /classname="scan\/unreadable" name="a\.ts">\n {6}<skipped message="It cannot be read\."\/>/);
  assert.match(some, /name="no findings"\/>/);
  const none = toJunit({ ...empty, problems: [unread], stats: { ...stats, files: 0 } }, rules);
  assert.match(none, /tests="1" failures="0"/);
  assert.doesNotMatch(none, /no findings/);
});

test("Markdown lets no words of a folder's own rules become markup", () => {
  const [rule = assert.fail()] = rules;
  const markup = "</summary><img src=x>";
  const own = {
    ...rule,
    id: "secrets/custom-a" as const,
    title: markup,
    why: markup,
    fix: markup,
    links: ["x> <img src=x>"],
  };
  const text = toMarkdown({ ...report, findings: [finding({ rule: own.id })] }, rules, [own]);
  assert.match(text, /secrets\/custom-a/);
  assert.doesNotMatch(text, /(?<!\\)<(?:\/summary\\?><)?img/);
});

test("Markdown lets no name of a file become markup", () => {
  const text = toMarkdown(
    {
      ...report,
      findings: [
        finding({ at: { path: "a`|<img src=x>\n# b.ts", startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 } }),
      ],
    },
    rules,
  );
  assert.ok(!/^# b/m.test(text));
  const at = { path: "\x1b[31mred\x07.py", startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  const red = toMarkdown({ ...empty, findings: [finding({ at, message: "\x1b[1m" })] }, rules);
  assert.ok(red.includes("`?[31mred?.py:1:1` | ?") && !red.includes("\x1b"));
  assert.ok(text.split("\n").some((line) => line.startsWith("| high | `a??<img src=x>?# b.ts:1:1` |")));
  assert.match(toMarkdown(empty, rules), /No findings\./);
});

test("the table is aligned by columns of the terminal, and long places stand alone", () => {
  const at = (path: string) => ({ path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 });
  const long = `${"long/".repeat(20)}a.ts`;
  const findings = ["a.ts", "設定/パス.ts", long].map((path) => finding({ at: at(path) }));
  const text = toTable({ ...empty, findings }, { colour: false, width: 80 });
  const lines = text.split("\n");
  const short = lines.find((line) => line.includes("  a.ts:1:1"));
  const asian = lines.find((line) => line.includes("設定"));
  assert.equal(short, `high      a.ts:1:1${" ".repeat(10)}GitHub token.`);
  // Four characters of that path take two columns each.
  assert.equal(asian, "high      設定/パス.ts:1:1  GitHub token.");
  assert.ok(lines.includes(`high      ${long}:1:1`));
  assert.ok(lines.includes("How to fix it: sallyport rules secrets/github-token"));
  const ownRules = rules.map((rule) => ({ ...rule, fix: "Ask\n  Ada\x07" }));
  assert.match(toTable({ ...empty, findings }, { colour: false, ownRules }), /^How to fix it: Ask Ada\?$/m);
  for (const line of lines) assert.ok(line.includes("long/") || line.length <= 90);
});

test("the table is plain without colour, the worst first, and passes no control character on", () => {
  const text = toTable(report, { colour: false });
  assert.ok(!text.includes("\x1b"));
  assert.ok(text.startsWith("critical"));
  assert.match(text, /^problem {3}data\/`x\|y`\.bin: Too/m);
  assert.match(text, /1 critical, 1 high, 1 low, 1 silenced in 12 files \(3\.4 MB, 0\.12 s\)\n$/);
  const again = { ...report, stats: { ...report.stats, cache: { hits: 36, misses: 12 } } };
  assert.match(toTable(again, { colour: false }), / in 12 files, with 36 objects of git that were looked at before \(/);
  const hostile = toTable(
    { ...empty, problems: [{ scanner: "scan", code: "unreadable", message: "no", path: "\x1b]0;x\x07.ts" }] },
    { colour: false },
  );
  assert.ok(!hostile.includes("\x1b"));
  assert.match(toTable(fixable, { colour: false }), /^notice {4}a\.tf:1: It skips nothing\.$/m);
  assert.ok(toTable(report, { colour: true }).includes("\x1b[1;31mcritical"));
});
