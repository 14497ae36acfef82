import assert from "node:assert/strict";
import { test } from "node:test";
import type { NameKind } from "../assignments/name-words.ts";
import type { NamedLiteral } from "../assignments/read-named-literal.ts";
import { noBareSecretReason, noSecretReason, refusal } from "./literal-judgement.ts";
import { isStockPassword } from "./stock-passwords.ts";

function literalOf(value: string, kind: NameKind): NamedLiteral {
  const at = { start: 0, end: value.length, quoted: true, place: "plain", syntax: "assignment" } as const;
  return { assignment: { ...at, name: kind }, words: [kind], kind, value };
}

/** CPU milliseconds: other processes of the machine do not count. */
function costOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test("names of something in code are no tokens, however many capitals they have", () => {
  for (const value of ["heightAboveWGS84Geoid", "createPipxToolConfig", "readHTTPHeader", "parseURLFrom2Strings"])
    assert.equal(refusal(literalOf(value, "token")), "name of something in code", value);
  for (const value of ["heightAbove", "heightAboveX", "heightA", "height2AboveGround", "heightAboveGround12345"])
    assert.notEqual(refusal(literalOf(value, "token")), "name of something in code", value);
});

test("what is written as code is a value within quotes only", () => {
  for (const value of ["ab.Zkqxv", "{noop}ab.Zkqxv", "zKq9w(ab)"]) {
    assert.notEqual(noBareSecretReason(value), undefined, value);
    assert.equal(noSecretReason(value), undefined, value);
  }
  for (const value of ["changeme", "settings.password"]) assert.notEqual(noSecretReason(value), undefined, value);
});

test("bytes written as escapes are no secret, whatever stands before them", () => {
  for (const value of ["\\x1b\\x5b\\x30", "ab\\\\x1b\\\\x5b\\\\x30", "\\u001b[0m"])
    assert.equal(refusal(literalOf(value, "password")), "escaped bytes", value);
});

/** Each grew with its square, the first by three fifths with each character. */
const hostile: Readonly<Record<string, string>> = {
  "a name in capitals": `ab${"A".repeat(40)}==`,
  backslashes: "\\".repeat(40_000),
  "open brackets": `k${"[a".repeat(20_000)}`,
  "signs before the end": `k${"!".repeat(40_000)}k`,
  "a long name in capitals": `ab${"AB".repeat(20_000)}=`,
};

for (const [name, value] of Object.entries(hostile)) {
  test(`${name}: judged in no time`, () => {
    for (const kind of ["token", "password"] as const) {
      const cost = costOf(() => refusal(literalOf(value, kind)));
      assert.ok(cost < 300, `${kind}: ${cost.toFixed(0)} ms`);
    }
    const cost = costOf(() => noSecretReason(value));
    assert.ok(cost < 300, `${cost.toFixed(0)} ms`);
  });
}

test("stock passwords: words that could be read in two ways are judged in no time", () => {
  for (const value of [`${"demo".repeat(15)}~~!-`, `${"superuser".repeat(6)}~~!-`]) {
    const cost = costOf(() => assert.ok(!isStockPassword(value)));
    assert.ok(cost < 100, `${cost.toFixed(0)} ms`);
  }
  for (const value of ["superuser1", "super-admin", "demo-superuser123"]) assert.ok(isStockPassword(value), value);
});
