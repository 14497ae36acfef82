import assert from "node:assert/strict";
import { test } from "node:test";
import type { Policy } from "#model/policy.ts";
import type { PolicyPlace } from "#model/verdict.ts";
import { examplePlace, examplePolicy } from "./testing/policy-examples.ts";
import { type UnfinishedAnswer, unfinishedVerdict } from "./unfinished-verdict.ts";

const open = (afterMinutes: number) => examplePolicy({ id: "open", unfinished: { fails: "open", afterMinutes } });
const closed = (afterMinutes: number, changed: Partial<Policy> = {}) =>
  examplePolicy({ id: "closed", unfinished: { fails: "closed", afterMinutes }, ...changed });

const cases: readonly (readonly [what: string, policies: readonly Policy[], minutes: number, answer: string])[] = [
  ["nothing could block", [closed(30, { actions: ["comment"] })], 0, "passed"],
  ["an open one waits", [open(30)], 10, "20 minutes"],
  ["an open one lets pass", [open(30)], 30, "passed"],
  ["a closed one waits", [closed(30)], 10, "20 minutes"],
  ["a closed one blocks", [closed(30)], 30, "unfinished: closed"],
  ["the strictest of both", [open(10), closed(30)], 20, "10 minutes"],
  ["a closed one does not wait for an open one", [open(90), closed(30)], 30, "unfinished: closed"],
  ["one for another branch", [closed(30, { when: [{ branch: ["release"], severity: "high" }] })], 40, "passed"],
  [
    "one for this branch",
    [closed(30, { when: [{ branch: ["default"], severity: "high" }] })],
    40,
    "unfinished: closed",
  ],
  ["one for another trigger", [closed(30, { triggers: ["push"] })], 40, "passed"],
];

for (const [what, policies, minutes, answer] of cases) {
  test(`a scan that does not end: ${what}`, () => {
    assert.equal(inWords(unfinishedVerdict(policies, examplePlace, minutes)), answer);
  });
}

test("a scanner that did not end concerns the policies about it", () => {
  const policies = [closed(0, { when: [{ scanner: ["secrets"] }] })];
  const missing = (name: "secrets" | "iac", place: PolicyPlace = examplePlace) =>
    inWords(unfinishedVerdict(policies, place, 5, [name]));
  assert.deepEqual([missing("secrets"), missing("iac")], ["unfinished: closed", "passed"]);
});

function inWords(answer: UnfinishedAnswer): string {
  if (answer.is === "waiting") return `${answer.minutes} minutes`;
  const { outcome, decidedBy } = answer.verdict;
  return [outcome, ...decidedBy].join(": ");
}
