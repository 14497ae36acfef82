/** What holds people up, and what does not: each in an organization of a few lines. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FactValues } from "#model/posture/organization-facts.ts";
import type { CheckSettings } from "#model/posture/resource-facts.ts";
import { exampleDefinition } from "../example-facts.ts";
import type { PostureExample } from "../posture-example.ts";
import {
  exampleApproval,
  exampleBranchControl,
  exampleCheck,
  exampleConnectionId,
  examplePermission,
} from "../resource-examples.ts";
import {
  access,
  classic,
  contributors,
  pathsOf,
  policy,
  reviewed,
  toCloud,
  usualGrant,
} from "./testing/small-organization.ts";

const checks = (...settings: readonly CheckSettings[]): Pick<FactValues, "checks"> => ({
  checks: settings.map((one) => exampleCheck("connection", exampleConnectionId, one)),
});

const given: Pick<FactValues, "pipelinePermissions"> = {
  pipelinePermissions: [examplePermission("connection", exampleConnectionId, false)],
};

describe("what ends it, or does not", () => {
  const alone = { minimumApproverCount: 1, creatorVoteCounts: true };
  const cases: readonly (readonly [string, PostureExample, "found" | "possible" | "ended"])[] = [
    ["branch control for a protected branch", classic(checks(exampleBranchControl())), "ended"],
    [
      "branch control that lets every branch through",
      classic(checks(exampleBranchControl({ allowedBranches: ["*"], ensuresProtection: false }))),
      "found",
    ],
    [
      "branch control that does not ask for policies, on a branch that has some",
      classic(checks(exampleBranchControl({ ensuresProtection: false }))),
      "ended",
    ],
    [
      "branch control that names a branch without policies and does not ask for any",
      classic(checks(exampleBranchControl({ allowedBranches: ["refs/heads/develop"], ensuresProtection: false }))),
      "found",
    ],
    [
      "branch control for main, but whoever writes it approves it",
      classic({ ...checks(exampleBranchControl()), branchPolicies: [policy("minimumReviewers", alone)] }),
      "found",
    ],
    [
      "branch control for main, whose reviewer may push last",
      classic({
        ...checks(exampleBranchControl()),
        branchPolicies: [policy("minimumReviewers", { minimumApproverCount: 1, resetOnSourcePush: true })],
      }),
      "possible",
    ],
    [
      "branch control for main, which only builds pull requests",
      classic({ ...checks(exampleBranchControl()), branchPolicies: [policy("build", { buildDefinitionId: 7 })] }),
      "found",
    ],
    [
      "branch control for main, and reviewers that contributors pass by",
      classic({
        ...checks(exampleBranchControl()),
        access: access([{ ...usualGrant, git: [...(usualGrant.git ?? []), "PolicyExempt"] }]),
      }),
      "found",
    ],
    [
      "branch control for main, and policies that contributors may edit",
      classic({
        ...checks(exampleBranchControl()),
        access: access([{ ...usualGrant, git: [...(usualGrant.git ?? []), "EditPolicies"] }]),
      }),
      "found",
    ],
    [
      "branch control for main, where only the pipeline's file has reviewers of its own",
      classic({
        ...checks(exampleBranchControl()),
        branchPolicies: [policy("requiredReviewers", { requiredReviewerIds: ["x"], filenamePatterns: ["*.yml"] })],
      }),
      "ended",
    ],
    [
      "branch control for main, where other files have reviewers",
      classic({
        ...checks(exampleBranchControl()),
        branchPolicies: [policy("requiredReviewers", { requiredReviewerIds: ["x"], filenamePatterns: ["/docs/*"] })],
      }),
      "found",
    ],
    [
      "branch control for main, which has no policy",
      classic({ ...checks(exampleBranchControl()), branchPolicies: [] }),
      "ended",
    ],
    [
      "policies on every branch, where whether they stop a new one is not known",
      classic({ branchPolicies: [{ ...reviewed, scopes: [{ match: "prefix", refName: "refs/heads" }] }] }),
      "possible",
    ],
    ["an approval by somebody else", classic(checks(exampleApproval())), "ended"],
    [
      "an approval by one of them, who may approve their own run",
      classic(
        checks(
          exampleApproval({ requesterMayApprove: true, approvers: [{ id: "1", name: "ada", descriptor: "aad.ada" }] }),
        ),
      ),
      "found",
    ],
    [
      "an approval by all of them, who may approve their own runs",
      classic(
        checks(
          exampleApproval({
            requesterMayApprove: true,
            approvers: [{ id: "1", name: "Contributors", descriptor: contributors }],
          }),
        ),
      ),
      "found",
    ],
    [
      "an approval by two of them",
      classic(
        checks(
          exampleApproval({
            requesterMayApprove: true,
            minimum: 2,
            approvers: [{ id: "1", name: "Contributors", descriptor: contributors }],
          }),
        ),
      ),
      "ended",
    ],
    [
      "an approval by somebody who is none of them",
      classic(
        checks(
          exampleApproval({ requesterMayApprove: true, approvers: [{ id: "1", name: "eve", descriptor: "aad.eve" }] }),
        ),
      ),
      "ended",
    ],
    [
      "a required template",
      classic(
        checks({
          is: "required-template",
          templates: [{ repositoryType: "git", repository: "t", ref: "refs/heads/main", path: "t.yml" }],
        }),
      ),
      "ended",
    ],
    ["a check that nobody knows", classic(checks({ is: "other", name: "Invoke Azure Function" })), "possible"],
    ["an exclusive lock", classic(checks({ is: "exclusive-lock", name: "Exclusive Lock" })), "found"],
    ["a pipeline that is named, and runs every branch", classic(given), "found"],
    [
      "a pipeline that is named, and whose repository they cannot write",
      classic({ ...given, access: access([{ subject: contributors, build: ["QueueBuilds"] }]) }),
      "ended",
    ],
    [
      "a pipeline that is not among those named",
      classic({
        pipelinePermissions: [{ kind: "connection", id: exampleConnectionId, allPipelines: false, definitionIds: [9] }],
      }),
      "ended",
    ],
    [
      "a pipeline that is named, which they turn to a repository of theirs",
      classic({
        ...given,
        definitions: [
          exampleDefinition({ repository: { kind: "github", id: "acme/payments", name: "acme/payments" } }),
        ],
      }),
      "found",
    ],
    [
      "nobody may push, but they may make pipelines",
      classic({ access: access([{ subject: contributors, build: ["CreateBuildDefinition"] }]) }),
      "ended",
    ],
    [
      "a role that lets them take checks away",
      classic({
        ...checks(exampleApproval()),
        resourceRoles: [
          {
            kind: "connection",
            resourceId: exampleConnectionId,
            identity: { id: "1", name: "Contributors", descriptor: contributors },
            role: "Administrator",
            isInherited: false,
          },
        ],
      }),
      "found",
    ],
  ];
  for (const [what, example, expected] of cases) {
    test(`${what}: ${expected}`, () => {
      const path = toCloud(pathsOf(example));
      assert.equal(path ? (path.certainty === "possible" ? "possible" : "found") : "ended", expected);
      assert.notEqual(path?.cut.isComplete, false);
    });
  }
});
