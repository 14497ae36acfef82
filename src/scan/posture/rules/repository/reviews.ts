/** Who has to look at a change before it reaches a branch that matters. */
import { type BranchPolicyFact, policyTypes } from "#model/posture/code-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import { exampleDefinition, examplePolicy, exampleRepository, exampleRun } from "../../example-facts.ts";
import { branchName, isEnforced } from "../../facts/policies-of-branch.ts";
import { branchRule, type GivenBranch, noPolicyEvidence, policyEvidence } from "../../makers/branch-rule.ts";
import { fail, type PostureRule, pass } from "../../posture-rule.ts";

const links = ["https://learn.microsoft.com/azure/devops/repos/git/branch-policies"];
const repositories = [exampleRepository()];

function reviewed(settings: Record<string, unknown>, given: Partial<BranchPolicyFact> = {}) {
  return { project: { repositories, branchPolicies: [examplePolicy("minimumReviewers", { ...given, settings })] } };
}

export const rules: readonly PostureRule[] = [
  branchRule({
    id: "cicd/branch-merges-without-review",
    aliases: ["ado-repo-min-reviewers", "ADO-RP-002"],
    title: "Too few people have to approve a change",
    severity: "high",
    risks: ["CICD-SEC-1"],
    why: "One person, or one stolen account, decides alone what runs in production.",
    abuse:
      "Somebody opens a pull request with a back door and completes it, with no or only one colleague to convince.",
    fix: 'Repository settings > Policies > the branch: switch on "Require a minimum number of reviewers", set it to 2.',
    links,
    checkBranch: checkReviewers,
    examples: {
      bad: [
        { project: { repositories, branchPolicies: [] } },
        reviewed({ minimumApproverCount: 1 }),
        reviewed({ minimumApproverCount: 0 }),
        reviewed({ minimumApproverCount: 2 }, { isEnabled: false }),
        reviewed({ minimumApproverCount: 2 }, { isBlocking: false }),
        reviewed({ minimumApproverCount: 2 }, { scopes: [{ refName: "refs/heads/develop", match: "exact" }] }),
        {
          project: {
            repositories: [exampleRepository({ branches: ["refs/heads/main", "refs/heads/release/2"] })],
            branchPolicies: [examplePolicy("minimumReviewers", { settings: { minimumApproverCount: 2 } })],
          },
        },
        // Nobody listed the branches, and a pipeline ran on one.
        {
          project: {
            repositories,
            definitions: [exampleDefinition()],
            runs: [exampleRun({ branch: "refs/heads/releases/3" })],
            branchPolicies: [examplePolicy("minimumReviewers", { settings: { minimumApproverCount: 2 } })],
          },
        },
      ],
      good: [
        reviewed({ minimumApproverCount: 2 }),
        reviewed({ minimumApproverCount: 2 }, { scopes: [{ match: "default-branch" }] }),
        reviewed({ minimumApproverCount: 3 }, { scopes: [{ refName: "refs/heads", match: "prefix" }] }),
        // Several policies hold at once: the strictest counts.
        {
          project: {
            repositories,
            branchPolicies: [
              examplePolicy("minimumReviewers", { id: 1, settings: { minimumApproverCount: 1 } }),
              examplePolicy("minimumReviewers", { id: 2, settings: { minimumApproverCount: 2 } }),
            ],
          },
        },
      ],
    },
  }),
  branchRule({
    id: "cicd/branch-author-approves-own-change",
    aliases: ["ado-repo-self-approval", "ADO-RP-003"],
    title: "Authors may approve their own changes",
    severity: "high",
    risks: ["CICD-SEC-1"],
    why: "The review that is asked for can be given by the one whose change it is.",
    abuse: "Somebody opens a pull request, votes for it, and completes it within a minute.",
    fix: 'Repository settings > Policies > the branch > "Require a minimum number of reviewers": switch off "Allow requestors to approve their own changes".',
    links,
    checkBranch: (given) =>
      checkReviews(given, {
        isFine: ({ creatorVoteCounts }) => creatorVoteCounts !== true,
        severity: "high",
        says: "whoever opens a pull request may approve it",
        field: () => "creatorVoteCounts = true",
        fix: 'Switch off "Allow requestors to approve their own changes".',
      }),
    examples: {
      bad: [reviewed({ minimumApproverCount: 2, creatorVoteCounts: true })],
      good: [
        reviewed({ minimumApproverCount: 2, creatorVoteCounts: false }),
        reviewed({ minimumApproverCount: 1 }),
        {
          project: {
            repositories,
            branchPolicies: [
              examplePolicy("minimumReviewers", {
                id: 1,
                settings: { minimumApproverCount: 1, creatorVoteCounts: true },
              }),
              examplePolicy("minimumReviewers", { id: 2, settings: { minimumApproverCount: 1 } }),
            ],
          },
        },
      ],
    },
  }),
  branchRule({
    id: "cicd/branch-last-pusher-approves",
    aliases: ["ado-repo-last-pusher-approval"],
    title: "Whoever pushed last may give the only approval",
    severity: "medium",
    risks: ["CICD-SEC-1"],
    why: "A reviewer can add to somebody else's change and approve the whole: nobody else has seen what they added.",
    abuse: "Somebody pushes a harmful commit to the pull request of a colleague and approves it themselves.",
    fix: 'Repository settings > Policies > the branch > "Require a minimum number of reviewers": switch on "Prohibit the most recent pusher from approving their own changes", or ask for two reviewers.',
    links,
    checkBranch: (given) =>
      checkReviews(given, {
        isFine: ({ blockLastPusherVote, minimumApproverCount }) =>
          blockLastPusherVote === true || countOf(minimumApproverCount) >= 2,
        severity: "medium",
        says: "one approval is enough, and it may come from whoever pushed last",
        field: ({ minimumApproverCount, blockLastPusherVote }) =>
          `blockLastPusherVote = ${blockLastPusherVote === false ? "false" : "not set"}, minimumApproverCount = ${countOf(minimumApproverCount)}`,
        fix: 'Switch on "Prohibit the most recent pusher from approving their own changes".',
      }),
    examples: {
      bad: [reviewed({ minimumApproverCount: 1 }), reviewed({ minimumApproverCount: 1, blockLastPusherVote: false })],
      good: [
        reviewed({ minimumApproverCount: 1, blockLastPusherVote: true }),
        reviewed({ minimumApproverCount: 2, blockLastPusherVote: false }),
      ],
    },
  }),
  branchRule({
    id: "cicd/branch-approvals-survive-pushes",
    aliases: ["ado-repo-votes-survive-push", "ADO-RP-004"],
    title: "Approvals stay when new commits are pushed",
    severity: "medium",
    risks: ["CICD-SEC-1"],
    why: "What was approved need not be what is merged.",
    abuse:
      "Somebody lets a harmless change be approved, pushes the harmful commit afterwards, and completes the pull request.",
    fix: 'Repository settings > Policies > the branch > "Require a minimum number of reviewers" > "When new changes are pushed": choose "Reset all approval votes" or "Require at least one approval on the last iteration".',
    links,
    checkBranch: (given) =>
      checkReviews(given, {
        isFine: (settings) => freshness.some((name) => settings[name] === true),
        severity: "medium",
        says: "approvals count for commits that were pushed after them",
        field: () => "resetOnSourcePush = false, requireVoteOnLastIteration = false",
        fix: 'Under "When new changes are pushed" choose "Reset all approval votes".',
      }),
    examples: {
      bad: [
        reviewed({ minimumApproverCount: 2 }),
        reviewed({ minimumApproverCount: 2, resetOnSourcePush: false, requireVoteOnLastIteration: false }),
        reviewed({ minimumApproverCount: 2, resetRejectionsOnSourcePush: true }),
      ],
      good: [
        reviewed({ minimumApproverCount: 2, resetOnSourcePush: true }),
        reviewed({ minimumApproverCount: 2, requireVoteOnLastIteration: true }),
      ],
    },
  }),
];

const freshness = ["resetOnSourcePush", "requireVoteOnLastIteration", "requireVoteOnEachIteration"] as const;

type Settings = BranchPolicyFact["settings"];

function checkReviewers(given: GivenBranch): PostureAnswer {
  const written = given.policies.filter(({ typeId }) => typeId === policyTypes.minimumReviewers);
  const inForce = written.filter(isEnforced);
  const most = Math.max(0, ...inForce.map(({ settings }) => countOf(settings.minimumApproverCount)));
  if (most >= 2) return pass;
  const owners = given.policies.find((policy) => isEnforced(policy) && isReviewOfAll(policy));
  const because = owners && `policy ${owners.id} asks named reviewers to approve every change`;
  const severity = most === 1 || owners ? "medium" : "high";
  const evidence = written.map((policy) =>
    policyEvidence(given, policy, `minimumApproverCount = ${countOf(policy.settings.minimumApproverCount)}`),
  );
  const name = branchName(given.branch.ref);
  return fail(
    severity,
    most === 1 ? `one approval is enough on ${name}` : `${name} takes changes that nobody approved`,
    {
      evidence: evidence.length > 0 ? evidence : [noPolicyEvidence(given, "minimum number of reviewers")],
      fix: 'Switch on "Require a minimum number of reviewers", required, with 2 reviewers.',
      ...(severity === "medium" && { severityBecause: because ?? "one approval is asked for" }),
    },
  );
}

/** Named people or groups have to approve, whichever files a change touches. */
function isReviewOfAll({ typeId, settings: { filenamePatterns } }: BranchPolicyFact): boolean {
  if (typeId !== policyTypes.requiredReviewers) return false;
  return !Array.isArray(filenamePatterns) || filenamePatterns.length === 0;
}

interface ReviewCheck {
  readonly isFine: (settings: Settings) => boolean;
  readonly severity: "high" | "medium";
  readonly says: string;
  readonly field: (settings: Settings) => string;
  readonly fix: string;
}

/**
 * All policies in force hold at once, so one that is strict is enough. Where no review is asked for there is nothing to weaken:
 * that none is asked for is told by its own rule.
 */
function checkReviews(
  given: GivenBranch,
  { isFine, severity, says, field, fix }: ReviewCheck,
): PostureAnswer | undefined {
  const inForce = given.policies.filter(
    (policy) =>
      policy.typeId === policyTypes.minimumReviewers &&
      isEnforced(policy) &&
      countOf(policy.settings.minimumApproverCount) >= 1,
  );
  if (inForce.length === 0) return undefined;
  if (inForce.some(({ settings }) => isFine(settings))) return pass;
  return fail(severity, `${says} on ${branchName(given.branch.ref)}`, {
    evidence: inForce.map((policy) => policyEvidence(given, policy, field(policy.settings))),
    fix,
  });
}

function countOf(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
