import assert from "node:assert/strict";
import { test } from "node:test";
import type { AccessListFact, AccessSpace, PeopleFacts } from "#model/posture/access-facts.ts";
import { exampleGroup, exampleList, exampleUser } from "../example-facts.ts";
import { definitionTokens, gitTokens, hasAccess, holdersOf } from "./access-of.ts";
import { membershipOf } from "./membership.ts";

const seniors = exampleGroup("Seniors");
const contributors = exampleGroup("Contributors");
const anna = exampleUser("Anna");
const people: PeopleFacts = {
  users: [anna],
  groups: [seniors, contributors],
  members: { [contributors.descriptor]: [seniors.descriptor], [seniors.descriptor]: [anna.descriptor] },
};
const tokens = gitTokens("p", "r", "refs/heads/release/1");

function space(...lists: readonly AccessListFact[]): AccessSpace {
  return { actions: { GenericContribute: 4, ForcePush: 8 }, lists };
}

function may(lists: readonly AccessListFact[], subject = anna.descriptor): boolean | undefined {
  return hasAccess(space(...lists), tokens, "ForcePush", { subject, membership: membershipOf(people) });
}

test("tokens go from the whole to the branch, each segment in hexadecimal", () => {
  assert.deepEqual(tokens, [
    ...["repoV2", "repoV2/p", "repoV2/p/r", "repoV2/p/r/refs", "repoV2/p/r/refs/heads"],
    "repoV2/p/r/refs/heads/720065006c006500610073006500",
    "repoV2/p/r/refs/heads/720065006c006500610073006500/3100",
  ]);
  assert.deepEqual(definitionTokens("p", "\\deploy\\eu", 7), ["p", "p/deploy", "p/deploy/eu", "p/deploy/eu/7"]);
  assert.deepEqual(definitionTokens("p", "\\", 7), ["p", "p/7"]);
});

test("what a person may do comes from the groups of their groups", () => {
  assert.equal(may([exampleList("repoV2/p", [{ name: "Contributors", allow: 8 }])]), true);
  assert.equal(may([exampleList("repoV2/p/r/", [{ name: "Contributors", allow: 8 }])]), true);
  assert.equal(may([exampleList("repoV2/P/R", [{ name: "Contributors", allow: 4 }])]), false);
  assert.equal(may([exampleList("repoV2/p", [{ name: "Others", allow: 8 }])]), false);
});

test("in one place a refusal wins, nearer to the branch what is written there", () => {
  const allowed = { name: "Contributors", allow: 8 };
  const refused = { name: "Seniors", deny: 8 };
  assert.equal(may([exampleList("repoV2/p", [allowed, refused])]), false);
  assert.equal(may([exampleList("repoV2/p", [refused]), exampleList("repoV2/p/r", [allowed])]), true);
  assert.equal(may([exampleList("repoV2/p", [allowed]), exampleList("repoV2/p/r", [refused])]), false);
  assert.equal(may([exampleList("repoV2/p", [allowed]), exampleList("repoV2/p/r", [], false)]), false);
  assert.equal(may([exampleList("repoV2/p", [allowed]), exampleList("repoV2/p/other", [refused])]), true);
});

test("holders are those whom a list names and who have it in the end", () => {
  const lists = [
    exampleList("repoV2/p", [
      { name: "Contributors", deny: 8 },
      { name: "Seniors", allow: 8 },
    ]),
    exampleList("repoV2/p/r", [{ name: "Administrators", allow: 8 }]),
  ];
  const names = (membership: ReturnType<typeof membershipOf> | undefined) =>
    holdersOf(space(...lists), tokens, "ForcePush", membership)?.map(({ name, token }) => `${name} ${token}`);
  assert.deepEqual(names(membershipOf(people)), ["Administrators repoV2/p/r"]);
  // Without groups the refusal of the other group is not seen.
  assert.deepEqual(names(undefined), ["Administrators repoV2/p/r", "Seniors repoV2/p"]);
  assert.equal(holdersOf(space(...lists), tokens, "Unheard", undefined), undefined);
});

test("circles of groups come to an end", () => {
  const a = exampleGroup("A");
  const b = exampleGroup("B", { isFromEntra: true });
  const members = { [a.descriptor]: [b.descriptor, anna.descriptor], [b.descriptor]: [a.descriptor] };
  const { sizeOf, circlesOf } = membershipOf({ users: [anna], groups: [a, b], members });
  assert.deepEqual(sizeOf(a.descriptor), { atLeast: 1, unknownGroups: [] });
  assert.equal(circlesOf(anna.descriptor).size, 3);
});
