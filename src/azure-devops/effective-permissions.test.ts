import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccessList } from "./access-control.ts";
import { bitsOf } from "./effective-permissions.ts";

const tokens = ["repoV2", "repoV2/p", "repoV2/p/r"];
const list = (
  token: string,
  entries: Readonly<Record<string, readonly [number, number]>>,
  inherits = true,
): AccessList => ({
  ...{ token, inherits },
  entries: Object.entries(entries).map(([descriptor, [allow, deny]]) => ({ descriptor, allow, deny })),
});

const cases: readonly (readonly [string, readonly AccessList[], number])[] = [
  ["what a group is allowed above holds below", [list("repoV2/p", { team: [8, 0] })], 8],
  ["what others are allowed does not", [list("repoV2/p", { others: [8, 0] })], 0],
  ["in one place the refusal of any group wins", [list("repoV2/p", { me: [8, 0], team: [0, 8] })], 0],
  ["nearer to the branch wins", [list("repoV2/p", { team: [0, 8] }), list("REPOV2/P/R", { Me: [8, 0] })], 8],
  [
    "where nothing is inherited only what stands there counts",
    [list("repoV2", { me: [8, 0] }), list("repoV2/p/r", {}, false)],
    0,
  ],
  ["several groups add up", [list("repoV2", { me: [1, 0] }), list("repoV2/p/r", { team: [8, 2] })], 9],
];

for (const [what, lists, bits] of cases) {
  test(`of all that a person's groups may: ${what}`, () => {
    assert.equal(bitsOf(lists, tokens, ["me", "team"]), bits);
  });
}
