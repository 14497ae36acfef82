/** Azure DevOps as described in Terraform: reviews of repositories. */
import { connected, value } from "../../condition.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const reviewers = "azuredevops_branch_policy_min_reviewers";
const links = ["https://learn.microsoft.com/azure/devops/repos/git/branch-policies"];
const settings = (...lines: readonly string[]) => `settings {\n  ${lines.join("\n  ")}\n}`;

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-devops-repository-without-two-reviewers",
    aliases: ["CKV2_ADO_1"],
    title: "Changes to the repository need fewer than two reviewers",
    severity: "medium",
    controls: "pipeline-security",
    why: "One account that is taken over, or one person, can bring any code into production.",
    fix: "Add `azuredevops_branch_policy_min_reviewers` with a `reviewer_count` of 2 or more for the repository.",
    links,
    on: {
      "tf:azuredevops_git_repository": connected(reviewers, value("settings.reviewer_count", { edit: 2 }).atLeast(2)),
    },
    examples: {
      bad: [tfResource("azuredevops_git_repository", `name = "shop"`)],
      good: [
        tf(
          tfBlock("azuredevops_git_repository", "shop", `name = "shop"`) +
            tfBlock(
              reviewers,
              "shop",
              settings("reviewer_count = 2", "scope {\n    repository_id = azuredevops_git_repository.shop.id\n  }"),
            ),
        ),
      ],
    },
  },
  {
    id: "iac/azure-devops-authors-approve-themselves",
    aliases: [],
    title: "Authors of pull requests may approve them themselves",
    severity: "medium",
    controls: "pipeline-security",
    why: "The review that the policy demands can be given by the one whose code it is.",
    fix: "Set `submitter_can_vote` to false.",
    links,
    on: { "tf:azuredevops_branch_policy_min_reviewers": value("settings.submitter_can_vote").not(true) },
    examples: {
      bad: [tfResource(reviewers, settings("reviewer_count     = 2", "submitter_can_vote = true"))],
      good: [tfResource(reviewers, settings("reviewer_count     = 2", "submitter_can_vote = false"))],
    },
  },
  {
    id: "iac/azure-devops-approvals-outlive-changes",
    aliases: [],
    title: "Approvals stay when new commits are pushed",
    severity: "medium",
    controls: "pipeline-security",
    why: "After the approval an author can add code that nobody has seen.",
    fix: "Set `on_push_reset_approved_votes` (or `on_push_reset_all_votes`) to true.",
    links,
    on: {
      "tf:azuredevops_branch_policy_min_reviewers": value([
        "settings.on_push_reset_all_votes",
        "settings.on_push_reset_approved_votes",
      ]).is(true),
    },
    examples: {
      bad: [tfResource(reviewers, settings("reviewer_count = 2"))],
      good: [
        tfResource(reviewers, settings("reviewer_count               = 2", "on_push_reset_approved_votes = true")),
      ],
    },
  },
];
