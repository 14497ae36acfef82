/** Logs of runs: time stamps, colours and masks are taken off, and lines keep their numbers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { lookAtValue } from "../look-at-value.ts";
import { secretsInLog } from "./secrets-in-log.ts";

const context = { fingerprintKey: new Uint8Array(32) };
/** Looks like chance, and is the same each time. */
const chance = (length: number, letters = "abcdefghijklmnopqrstuvwxyz0123456789") =>
  Array.from(
    { length },
    (_, index) => letters[(index * index * 7 + index * 13 + (index % 3) * 17) % letters.length],
  ).join("");
const key = `oy2${chance(43)}`;
const at = "2026-03-01T11:00:00.1234567Z";
const searched = (...lines: readonly string[]) => secretsInLog({ logId: 8, step: "Restore", lines }, context);
const secretsIn = (...lines: readonly string[]) => searched(...lines).secrets;

test("a secret is found behind a time stamp and between colours", () => {
  const found = secretsIn(
    `\uFEFF${at} ##[section]Starting`,
    `${at} \u001B[36;1mNUGET_API_KEY=\u001B[0m${key}\u001B[0m`,
    `${at} done`,
  );
  assert.deepEqual(
    found.map(({ line, step, look }) => ({ line, step, rule: look.rule })),
    [{ line: 2, step: "Restore", rule: "secrets/nuget-api-key" }],
  );
  assert.ok(!JSON.stringify(found).includes(key.slice(6)));
});

test("what Azure Pipelines masks is no secret", () => {
  assert.deepEqual(
    secretsIn(
      `${at} NUGET_API_KEY=***`,
      `${at} Password: ***`,
      `${at} https://build:***@feeds.contoso.com/x`,
      `${at} Authorization: Bearer ******`,
      `${at} AccountKey=***;EndpointSuffix=core.windows.net`,
    ),
    [],
  );
});

test("a mark that a step prints silences nothing", () => {
  assert.equal(secretsIn(`NUGET_API_KEY=${key} # sallyport:ignore gitleaks:allow`).length, 1);
});

test("a line of any length and a log of any size come to an end, and it is said that the rest was not searched", () => {
  const { isCut } = takesAtMost(20, () =>
    searched(
      "\u001B[".repeat(2_000_000),
      ...Array.from({ length: 100_000 }, () => `${at} password=password ${"a1".repeat(40)}`),
    ),
  );
  assert.deepEqual([isCut, searched(`${at} done`).isCut], [true, false]);
});

test("a named value is looked at as a file of settings would have it", () => {
  assert.equal(lookAtValue("Nuget.ApiKey", key, context)?.rule, "secrets/nuget-api-key");
  assert.equal(lookAtValue("Sql Password", `Zx9v${chance(8, "QmLp7Rt2vK")}`, context)?.rule, "secrets/password");
  for (const [name, value] of [
    ["Password", "$(SqlPassword)"],
    ["BuildConfiguration", "Release"],
    ["SubscriptionId", "11d2b1a4-94ab-4c3f-8a4e-0d0b2b9f2b1e"],
    ["Url", "https://contoso.com/path"],
    ["Secret", ""],
  ] as const) {
    assert.equal(lookAtValue(name, value, context), undefined, name);
  }
});
