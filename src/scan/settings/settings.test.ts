import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import type { Finding } from "#model/finding.ts";
import { applySettings } from "./apply-settings.ts";
import { parseBaseline } from "./parse-baseline.ts";
import { type ForeignEntry, resolveEntry } from "./parse-foreign-baseline.ts";
import { parseSettings } from "./parse-settings.ts";

const today = "2026-06-01";

function finding(path: string, over: Partial<Finding> = {}): Finding {
  const at = { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 9 };
  return {
    rule: "secrets/jwt",
    aliases: ["jwt"],
    severity: "low",
    message: "x",
    at,
    fingerprint: "ab".repeat(32),
    ...over,
  };
}

function mistakesOf(text: string): readonly string[] {
  const parsed = parseSettings(text);
  return parsed.is === "mistakes" ? parsed.mistakes.map(({ line, message }) => `${line}: ${message}`) : [];
}

test("settings are read with the lines of their entries", () => {
  const parsed = parseSettings(
    "skip: [vendor/**]\nminimumScore: 40\nallow:\n  - path: test/**\n    reason: made up\n  - rule: secrets/jwt\n    until: 2026-05-31\n    reason: old\n",
  );
  assert.deepEqual(parsed, {
    is: "settings",
    settings: {
      skip: ["vendor/**"],
      minimumScore: 40,
      ofInstance: [{ word: "minimumScore", line: 2 }],
      allow: [
        { path: "test/**", reason: "made up", line: 4 },
        { rule: "secrets/jwt", until: "2026-05-31", reason: "old", line: 6 },
      ],
    },
  });
  assert.equal(parseSettings("").is, "settings");
  assert.equal(parseSettings("# nothing\n").is, "settings");
});

test("mistakes are said with their line", () => {
  assert.deepEqual(mistakesOf("alow: []\n"), [
    '1: unknown word "alow"; known are allow, skip, minimumScore, secrets, licenses, operationalRisk',
  ]);
  assert.deepEqual(mistakesOf("allow:\n  - path: a\n"), ["2: an allow entry needs a reason"]);
  assert.deepEqual(mistakesOf("allow:\n  - reason: a\n"), ["2: an allow entry needs a rule, a path or a fingerprint"]);
  assert.deepEqual(mistakesOf("\nallow: yes\n"), ["2: allow must be a list"]);
  assert.deepEqual(mistakesOf("minimumScore: 400\n"), ["1: minimumScore must be a number from 0 to 100"]);
  assert.deepEqual(mistakesOf("allow:\n  - rule: x\n    reason: y\n    until: soon\n"), [
    "4: until must be a date: YYYY-MM-DD",
  ]);
  for (const print of ["1", "abcde", "1A2B3C4D5E6F", "password"])
    assert.deepEqual(mistakesOf(`allow:\n  - fingerprint: ${print}\n    reason: y\n`), [
      "2: fingerprint must be 6 to 64 of the digits 0-9 and a-f",
    ]);
  assert.deepEqual(mistakesOf("allow:\n  - fingerprint: 123456e12\n    reason: y\n"), []);
  assert.equal(mistakesOf("allow: [\n").length > 0, true);
  assert.deepEqual(mistakesOf("- a\n").length, 1);
});

test("allow entries silence by rule, alias, path and fingerprint, until their day", () => {
  const allow = (over: object) => [{ reason: "r", line: 1, ...over }];
  const left = (over: object) => applySettings([finding("test/a.ts")], allow(over), [], today).findings.length;
  assert.equal(left({ rule: "jwt" }), 0);
  assert.equal(left({ rule: "secrets/jwt", path: "test/**" }), 0);
  assert.equal(left({ path: "src/**" }), 1);
  assert.equal(left({ fingerprint: "abab" }), 0);
  assert.equal(left({ rule: "jwt", until: "2026-06-01" }), 0);
  assert.equal(left({ rule: "jwt", until: "2026-05-31" }), 1);
});

test("a baseline silences what it knows, expires, and says what it no longer needs", () => {
  const entries = [
    { fingerprint: "ab".repeat(32), reason: "legacy" },
    { fingerprint: "cd".repeat(32), reason: "gone" },
  ];
  const parsed = parseBaseline(JSON.stringify({ entries }));
  assert.ok(parsed.is === "baseline");
  const applied = applySettings([finding("a.ts")], [], parsed.entries, today);
  assert.deepEqual(applied.findings, []);
  assert.equal(applied.silenced[0]?.by, "baseline");
  assert.deepEqual(
    applied.unusedBaseline.map(({ reason }) => reason),
    ["gone"],
  );
  const expired = [{ ...entries[0]!, expires: "2020-01-01" }];
  assert.equal(applySettings([finding("a.ts")], [], expired, today).findings.length, 1);
});

test("a report with a secret in several places needs all of its entries, or none", () => {
  const parsed = parseBaseline(JSON.stringify({ findings: [finding("a.ts"), finding("b.ts")] }));
  assert.ok(parsed.is === "baseline" && parsed.entries.length === 2);
  const unused = (paths: readonly string[]) =>
    applySettings(
      paths.map((path) => finding(path)),
      [],
      parsed.entries,
      today,
    ).unusedBaseline.length;
  assert.deepEqual([unused(["a.ts", "b.ts"]), unused(["a.ts"]), unused([])], [0, 0, 2]);
});

test("a report is a baseline, anything else is a mistake", () => {
  const report = parseBaseline(JSON.stringify({ findings: [finding("a.ts")] }));
  assert.ok(report.is === "baseline" && report.entries.length === 1);
  const named = parseBaseline('{"fingerprintKey":"0123456789abcdef","entries":[]}');
  assert.ok(named.is === "baseline" && named.fingerprintKey === "0123456789abcdef");
  for (const text of [
    "{",
    "[]",
    "{}",
    '{"fingerprintKey":"x","entries":[]}',
    '{"entries":[{}]}',
    `{"entries":[{"fingerprint":"${"ab".repeat(32)}"}]}`,
  ]) {
    assert.equal(parseBaseline(text).is, "mistake", text);
  }
});

test("an entry that knows the value's hash means no other secret in its place", () => {
  const found = (value: string, line: string) => [{ finding: finding("a.ts"), value, line }];
  const times = (hashed: string, value: string, line: string) => {
    const valueHash = createHash("sha1").update(hashed).digest("hex");
    const entry: ForeignEntry = { path: "a.ts", line: 1, valueHash, text: "", reason: "known" };
    return resolveEntry(entry, found(value, line)).length;
  };
  assert.equal(times("one", "one", 'a = "one"'), 1);
  assert.equal(times("one", "two", 'a = "two"'), 0);
  assert.equal(times("AccountKey=one", "one", "x;AccountKey=one;y"), 1);
  const heading = "-----BEGIN RSA PRIVATE KEY-----";
  assert.equal(times("BEGIN RSA PRIVATE KEY", `${heading}\nx`, `k = "${heading}`), 1);
  assert.equal(resolveEntry({ path: "a.ts", line: 1, text: "", reason: "" }, found("two", "")).length, 1);
});
