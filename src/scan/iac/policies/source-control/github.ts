/** GitHub repositories that Terraform creates: who sees them, who may change them, and what is asked of a change. */
import { all, anyOf, connected, value } from "../../condition.ts";
import { on, type Policy, tf } from "../../policy.ts";

const protections = ["tf:github_branch_protection", "tf:github_branch_protection_v3"] as const;

export const policies: readonly Policy[] = [
  {
    id: "iac/github-repository-public",
    aliases: ["CKV_GIT_1", "AVD-GIT-0001"],
    title: "GitHub repository is not private",
    severity: "medium",
    controls: "public-data",
    why: "Everybody on the internet can read the code and its history, with whatever was ever committed to it.",
    fix: 'Set `visibility = "private"` or "internal", unless the project is meant to be open.',
    links: [
      "https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/managing-repository-settings/setting-repository-visibility",
    ],
    on: {
      "tf:github_repository": anyOf(
        value("visibility").oneOf("private", "internal"),
        value("private", { edit: false }).is(true),
      ),
    },
    examples: {
      bad: [tf('resource "github_repository" "site" {\n  name       = "site"\n  visibility = "public"\n}\n')],
      good: [tf('resource "github_repository" "site" {\n  name       = "site"\n  visibility = "private"\n}\n')],
    },
  },
  {
    id: "iac/github-webhook-without-tls-check",
    aliases: ["CKV_GIT_2"],
    title: "Webhook accepts any TLS certificate",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Whoever sits between GitHub and the receiver can read the events and answer in its place.",
    fix: "Remove `insecure_ssl`, or set it to false, and give the receiver a valid certificate.",
    links: ["https://docs.github.com/webhooks/using-webhooks/best-practices-for-using-webhooks"],
    on: {
      "tf:github_repository_webhook": value("configuration.insecure_ssl", { missing: "pass" }).oneOf(false, 0),
      "tf:github_organization_webhook": value("configuration.insecure_ssl", { missing: "pass" }).oneOf(false, 0),
    },
    examples: {
      bad: [
        tf(
          'resource "github_repository_webhook" "ci" {\n  repository = "site"\n  configuration {\n    url          = "https://ci.example/hook"\n    insecure_ssl = true\n  }\n}\n',
        ),
      ],
      good: [
        tf(
          'resource "github_repository_webhook" "ci" {\n  repository = "site"\n  configuration {\n    url          = "https://ci.example/hook"\n    insecure_ssl = false\n  }\n}\n',
        ),
      ],
    },
  },
  {
    id: "iac/github-repository-without-vulnerability-alerts",
    aliases: ["CKV_GIT_3", "AVD-GIT-0003"],
    title: "GitHub repository has no vulnerability alerts",
    severity: "low",
    controls: "vulnerability-assessment",
    why: "Nobody is told when a package that the repository uses turns out to be vulnerable.",
    fix: "Set `vulnerability_alerts = true`. Public repositories have them by default.",
    links: ["https://docs.github.com/code-security/dependabot/dependabot-alerts/about-dependabot-alerts"],
    on: {
      "tf:github_repository": anyOf(
        value("vulnerability_alerts").is(true),
        value("archived", { edit: false }).is(true),
        // Public repositories, which is what a new one is unless said otherwise, have them switched on.
        all(
          value("vulnerability_alerts", { edit: false }).not(false),
          value("visibility", { missing: "pass", edit: false }).is("public"),
          value("private", { missing: "pass", edit: false }).is(false),
        ),
      ),
    },
    examples: {
      bad: [tf('resource "github_repository" "api" {\n  name       = "api"\n  visibility = "private"\n}\n')],
      good: [
        tf(
          'resource "github_repository" "api" {\n  name                 = "api"\n  visibility           = "private"\n  vulnerability_alerts = true\n}\n',
        ),
        tf('resource "github_repository" "site" {\n  name       = "site"\n  visibility = "public"\n}\n'),
      ],
    },
  },
  {
    id: "iac/github-actions-secret-in-plain-text",
    aliases: ["CKV_GIT_4", "AVD-GIT-0002"],
    title: "Actions secret is written in plain text",
    severity: "high",
    controls: "secret-handling",
    why: "The value stands in the configuration or its state, readable by everybody who has either.",
    fix: "Use `encrypted_value`, encrypted with the repository's public key, or pass the value from a secret store.",
    links: [
      "https://docs.github.com/actions/security-for-github-actions/security-guides/using-secrets-in-github-actions",
    ],
    on: on(
      ["tf:github_actions_secret", "tf:github_actions_environment_secret", "tf:github_actions_organization_secret"],
      value("plaintext_value", { edit: false }).absent(),
    ),
    examples: {
      bad: [
        tf(
          'resource "github_actions_secret" "key" {\n  repository      = "site"\n  secret_name     = "KEY"\n  plaintext_value = "not a real one"\n}\n',
        ),
      ],
      good: [
        tf(
          'resource "github_actions_secret" "key" {\n  repository      = "site"\n  secret_name     = "KEY"\n  encrypted_value = "c2VhbGVk"\n}\n',
        ),
      ],
    },
  },
  {
    id: "iac/github-branch-without-two-reviewers",
    aliases: ["CKV_GIT_5"],
    title: "Protected branch asks for fewer than two approvals",
    severity: "medium",
    controls: "pipeline-security",
    why: "One person, or one stolen account, together with its author is enough to bring in a change.",
    fix: "Set `required_approving_review_count` in `required_pull_request_reviews` to 2 or more.",
    links: [
      "https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches",
    ],
    on: on(protections, value("required_pull_request_reviews.required_approving_review_count").atLeast(2)),
    examples: {
      bad: [
        tf(
          'resource "github_branch_protection" "main" {\n  pattern = "main"\n  required_pull_request_reviews {\n    required_approving_review_count = 1\n  }\n}\n',
        ),
      ],
      good: [
        tf(
          'resource "github_branch_protection" "main" {\n  pattern = "main"\n  required_pull_request_reviews {\n    required_approving_review_count = 2\n  }\n}\n',
        ),
      ],
    },
  },
  {
    id: "iac/github-branch-allows-unsigned-commits",
    aliases: ["CKV_GIT_6", "AVD-GIT-0004"],
    title: "Protected branch accepts unsigned commits",
    severity: "low",
    controls: "supply-chain",
    why: "The author of a commit is only a text; without a signature anybody can commit in another's name.",
    fix: "Set `require_signed_commits = true` once everybody who commits has a key.",
    links: [
      "https://docs.github.com/authentication/managing-commit-signature-verification/about-commit-signature-verification",
    ],
    on: on(protections, value("require_signed_commits").is(true)),
    examples: {
      bad: [tf('resource "github_branch_protection" "main" {\n  pattern = "main"\n}\n')],
      good: [
        tf(
          'resource "github_branch_protection" "main" {\n  pattern                = "main"\n  require_signed_commits = true\n}\n',
        ),
      ],
    },
  },
  {
    id: "iac/github-repository-without-branch-protection",
    aliases: ["CKV2_GIT_1"],
    title: "GitHub repository has no protected branch",
    severity: "medium",
    controls: "pipeline-security",
    why: "Everybody with write access can push to any branch, rewrite its history or delete it.",
    fix: "Add a `github_branch_protection` or `github_repository_ruleset` for the default branch.",
    links: [
      "https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets",
    ],
    on: {
      "tf:github_repository": connected([
        "github_branch_protection",
        "github_branch_protection_v3",
        "github_repository_ruleset",
      ]),
    },
    examples: {
      bad: [tf('resource "github_repository" "api" {\n  name = "api"\n}\n')],
      good: [
        tf(
          'resource "github_repository" "api" {\n  name = "api"\n}\n\nresource "github_branch_protection" "main" {\n  repository_id = github_repository.api.node_id\n  pattern       = "main"\n}\n',
        ),
      ],
    },
  },
];
