/** GitLab projects that Terraform creates: what is asked of a change before it is merged. */
import { value } from "../../condition.ts";
import { type Policy, tf } from "../../policy.ts";

export const policies: readonly Policy[] = [
  {
    id: "iac/gitlab-project-without-two-approvals",
    aliases: ["CKV_GLB_1"],
    title: "GitLab project merges with fewer than two approvals",
    severity: "medium",
    controls: "pipeline-security",
    why: "One person, or one stolen account, together with its author is enough to bring in a change.",
    fix: "Set `approvals_before_merge` to 2 or more.",
    links: ["https://docs.gitlab.com/user/project/merge_requests/approvals/"],
    on: { "tf:gitlab_project": value("approvals_before_merge").atLeast(2) },
    examples: {
      bad: [
        tf('resource "gitlab_project" "api" {\n  name                   = "api"\n  approvals_before_merge = 1\n}\n'),
      ],
      good: [
        tf('resource "gitlab_project" "api" {\n  name                   = "api"\n  approvals_before_merge = 2\n}\n'),
      ],
    },
  },
  {
    id: "iac/gitlab-branch-allows-force-push",
    aliases: ["CKV_GLB_2"],
    title: "Protected branch can be force-pushed",
    severity: "medium",
    controls: "pipeline-security",
    why: "History that was reviewed can be replaced by history that nobody saw.",
    fix: "Remove `allow_force_push`, or set it to false.",
    links: ["https://docs.gitlab.com/user/project/repository/branches/protected/"],
    on: { "tf:gitlab_branch_protection": value("allow_force_push").not(true) },
    examples: {
      bad: [
        tf('resource "gitlab_branch_protection" "main" {\n  branch           = "main"\n  allow_force_push = true\n}\n'),
      ],
      good: [
        tf(
          'resource "gitlab_branch_protection" "main" {\n  branch           = "main"\n  allow_force_push = false\n}\n',
        ),
      ],
    },
  },
  {
    id: "iac/gitlab-project-accepts-secrets",
    aliases: ["CKV_GLB_3"],
    title: "GitLab project does not refuse files that look like secrets",
    severity: "medium",
    controls: "secret-handling",
    why: "Key files and credentials are pushed by accident and stay in the history.",
    fix: "Set `prevent_secrets = true` in `push_rules`.",
    links: ["https://docs.gitlab.com/user/project/repository/push_rules/"],
    on: { "tf:gitlab_project": value("push_rules.prevent_secrets").is(true) },
    examples: {
      bad: [
        tf('resource "gitlab_project" "api" {\n  name = "api"\n  push_rules {\n    prevent_secrets = false\n  }\n}\n'),
      ],
      good: [
        tf('resource "gitlab_project" "api" {\n  name = "api"\n  push_rules {\n    prevent_secrets = true\n  }\n}\n'),
      ],
    },
  },
  {
    id: "iac/gitlab-project-accepts-unsigned-commits",
    aliases: ["CKV_GLB_4"],
    title: "GitLab project accepts unsigned commits",
    severity: "low",
    controls: "supply-chain",
    why: "The author of a commit is only a text; without a signature anybody can commit in another's name.",
    fix: "Set `reject_unsigned_commits = true` in `push_rules` once everybody who commits has a key.",
    links: ["https://docs.gitlab.com/user/project/repository/push_rules/"],
    on: { "tf:gitlab_project": value("push_rules.reject_unsigned_commits").is(true) },
    examples: {
      bad: [tf('resource "gitlab_project" "api" {\n  name = "api"\n}\n')],
      good: [
        tf(
          'resource "gitlab_project" "api" {\n  name = "api"\n  push_rules {\n    reject_unsigned_commits = true\n  }\n}\n',
        ),
      ],
    },
  },
];
