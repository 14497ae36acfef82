import assert from "node:assert/strict";
import { test } from "node:test";
import { type BranchPolicy, type PolicyScope, statusPolicyType } from "#azure-devops/policy-configurations.ts";
import type { RepositoryId } from "#model/ids.ts";
import { type BranchFacts, proveGate } from "./prove-gate.ts";

const repositoryId = "0a000000-0000-4000-8000-000000000001" as RepositoryId;
const main: BranchFacts = { repositoryId, ref: "refs/heads/main", isDefault: true };
const release: BranchFacts = { repositoryId, ref: "refs/heads/release/*", isDefault: false };
const onMain: PolicyScope = { repositoryId, refName: "refs/heads/main", match: "exact" };
const authorId = "A-1";

type Change = Partial<Omit<BranchPolicy, "status">> & { readonly status?: Partial<BranchPolicy["status"]> };

function gate({ status, ...change }: Change = {}): BranchPolicy {
  return {
    ...{ id: 5, typeId: statusPolicyType, revision: 1, isEnabled: true, isBlocking: true, scopes: [onMain] },
    ...change,
    status: {
      ...{ statusName: "security", statusGenre: "sallyport", authorId: "a-1" },
      ...{ invalidateOnSourceUpdate: true, isConditional: false, filenamePatterns: [] },
      ...status,
    },
  };
}

function fromAnybody(): BranchPolicy {
  const { status, ...policy } = gate();
  const { authorId: _authorId, ...left } = status ?? {};
  return { ...policy, status: left as NonNullable<BranchPolicy["status"]> };
}

function reviewers(change: Partial<BranchPolicy> = {}): BranchPolicy {
  const { status: _status, ...policy } = gate({ id: 9, typeId: "fa4e907d-c16b-4a4c-9dfa-4906e5d171dd" });
  return { ...policy, ...change };
}

const codes = (branch: BranchFacts, policies: readonly BranchPolicy[], remoteId?: number) =>
  proveGate(branch, policies, { authorId, remoteId }).flaws.map(({ code }) => code);

const cases: readonly (readonly [string, BranchFacts, readonly BranchPolicy[], readonly string[]])[] = [
  ["the gate as it is made", main, [gate()], []],
  ["nothing at all", main, [], ["no-gate"]],
  ["only other policies", main, [reviewers()], ["no-gate"]],
  ["switched off", main, [gate({ isEnabled: false })], ["disabled"]],
  ["optional", main, [gate({ isBlocking: false })], ["optional"]],
  ["another name", main, [gate({ status: { statusName: "secrets" } })], ["other-status"]],
  ["without its genre", main, [gate({ status: { statusGenre: "" } })], ["other-status"]],
  ["in other letters", main, [gate({ status: { statusGenre: "Sallyport" } })], ["other-status"]],
  ["of somebody else's tool", main, [gate({ id: 6, status: { statusGenre: "other" } })], ["no-gate"]],
  ["of another account", main, [gate({ status: { authorId: "b-2" } })], ["other-author"]],
  ["kept after a push", main, [gate({ status: { invalidateOnSourceUpdate: false } })], ["kept-after-push"]],
  ["only once posted", main, [gate({ status: { isConditional: true } })], ["only-if-posted"]],
  ["some files", main, [gate({ status: { filenamePatterns: ["/src/*"] } })], ["files-left-out"]],
  ["all files but some", main, [gate({ status: { filenamePatterns: ["*", "!/docs/*"] } })], ["files-left-out"]],
  ["all files", main, [gate({ status: { filenamePatterns: ["/*"] } })], []],
  ["a second one that holds", main, [gate({ isEnabled: false }), gate({ id: 6 })], []],
  ["of all default branches", main, [gate({ scopes: [{ match: "default-branch" }] })], []],
  ["of all branches", main, [gate({ scopes: [{ refName: "refs/heads/", match: "prefix" }] })], []],
  [
    "of a name that begins alike",
    main,
    [gate({ scopes: [{ refName: "refs/heads/ma", match: "prefix" }] })],
    ["no-gate"],
  ],
  ["of the repository as a whole", main, [gate({ scopes: [{ repositoryId, match: "exact" }] })], ["no-gate"]],
  ["of the folder", release, [gate({ scopes: [{ refName: "refs/heads/release/", match: "prefix" }] })], []],
  [
    "of a part of the folder",
    release,
    [gate({ scopes: [{ refName: "refs/heads/release/1/", match: "prefix" }] })],
    ["no-gate"],
  ],
  [
    "of one branch of the folder",
    release,
    [gate({ scopes: [{ refName: "refs/heads/release/1", match: "exact" }] })],
    ["no-gate"],
  ],
];

test("every way in which a red scan would not block is told", () => {
  for (const [name, branch, policies, expected] of cases) assert.deepEqual(codes(branch, policies), expected, name);
  assert.deepEqual(codes(main, [fromAnybody()]), ["any-author"]);
});

test("what was made here and is another thing now is told as that", () => {
  const elsewhere = gate({ scopes: [{ ...onMain, refName: "refs/heads/old" }] });
  assert.deepEqual(codes(main, [elsewhere], 5), ["other-branches"]);
  assert.deepEqual(codes(main, [gate({ status: { statusGenre: "x", statusName: "y" } })], 5), ["other-status"]);
  assert.match(proveGate(main, [], { authorId, remoteId: 5 }).flaws[0]?.said ?? "", /^Somebody deleted/);
});

test("a branch takes direct pushes unless some policy that blocks is in force on it", () => {
  const direct = (...policies: readonly BranchPolicy[]) => proveGate(main, policies, { authorId }).directPushes;
  assert.equal(direct(), true);
  assert.equal(direct(reviewers()), false);
  assert.equal(direct(gate()), false);
  assert.equal(direct(gate({ isBlocking: false }), reviewers({ isEnabled: false })), true);
  assert.equal(direct(reviewers({ scopes: [{ repositoryId, match: "exact" }] })), true);
});
