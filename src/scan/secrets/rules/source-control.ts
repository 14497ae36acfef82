import { sample, withCrc32Base62, withCrc32Hex } from "../example-values.ts";
import type { SecretRule } from "../secret-rule.ts";

const github = ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"] as const;
const gitlab = [
  "glpat-",
  "gldt-",
  "glrt-",
  "glptt-",
  "glft-",
  "glimt-",
  "glagent-",
  "gloas-",
  "glsoat-",
  "glffct-",
  "glcbt-",
] as const;

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/github-token",
    aliases: ["github-pat", "github-oauth", "github-app-token", "github-refresh-token"],
    title: "GitHub token",
    provider: "GitHub",
    severity: "critical",
    why: "It reads and writes repositories, packages and workflows in its owner's name.",
    fix: "Revoke the token on GitHub (Settings > Developer settings), and use GitHub Apps or OpenID Connect.",
    links: [
      "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/token-expiration-and-revocation",
    ],
    anchors: github.map((text) => ({ text })),
    shape: { is: "token", parts: [{ oneOf: github }, { alphabet: "base62", length: 36 }] },
    checks: [{ is: "crc32-base62", prefix: "ghp_" }],
    score: 80,
    examples: {
      bad: () => [
        `GITHUB_TOKEN=${withCrc32Base62("ghp_")}`,
        `auth: "${withCrc32Base62("ghs_", "app")}"`,
        `"a\\n${withCrc32Base62("gho_", "escape")}"`,
      ],
      good: () => [
        { path: "docs/sign-in.md", text: `GITHUB_TOKEN=ghp_${sample("base62", 36)}` },
        `GITHUB_TOKEN=ghp_${"x".repeat(36)}`,
      ],
    },
  },
  {
    id: "secrets/github-fine-grained-token",
    aliases: ["github-fine-grained-pat"],
    title: "GitHub fine-grained personal access token",
    provider: "GitHub",
    severity: "critical",
    why: "It reads and writes the repositories it was made for in its owner's name.",
    fix: "Revoke the token on GitHub (Settings > Developer settings), and use GitHub Apps or OpenID Connect.",
    links: [
      "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens",
    ],
    anchors: [{ text: "github_pat_" }],
    shape: {
      is: "token",
      parts: [
        { text: "github_pat_" },
        { alphabet: "base62", length: 22 },
        { text: "_" },
        { alphabet: "base62", length: 59 },
      ],
    },
    score: 90,
    minimumEntropy: 3.5,
    examples: {
      bad: () => [`token = "github_pat_${sample("base62", 22)}_${sample("base62", 59)}"`],
      good: () => [`token = "github_pat_${"x".repeat(22)}_${"x".repeat(59)}"`],
    },
  },
  {
    id: "secrets/gitlab-token",
    aliases: [
      "gitlab-pat",
      "gitlab-deploy-token",
      "gitlab-runner-authentication-token",
      "gitlab-ptt",
      "gitlab-feed-token",
    ],
    title: "GitLab token",
    provider: "GitLab",
    severity: "critical",
    why: "It acts in GitLab as its owner, project, runner or deployment.",
    fix: "Revoke the token in GitLab where it was made, and use CI job tokens or OpenID Connect.",
    links: ["https://docs.gitlab.com/security/tokens/"],
    anchors: gitlab.map((text) => ({ text })),
    shape: { is: "token", parts: [{ oneOf: gitlab }, { alphabet: "dotted", length: [20, 320] }] },
    score: 82,
    minimumEntropy: 3,
    examples: {
      bad: () => [
        `GITLAB_TOKEN=glpat-${sample("base62", 20)}`,
        `url = https://gitlab-ci:gldt-${sample("base62", 20)}@gitlab.contoso.net/a.git`,
      ],
      good: () => [`GITLAB_TOKEN=glpat-${"x".repeat(20)}`, "see the glpat-prefix"],
    },
  },
  {
    id: "secrets/atlassian-api-token",
    aliases: ["atlassian-api-token"],
    title: "Atlassian API token",
    provider: "Atlassian",
    severity: "critical",
    why: "It reads and writes Jira, Confluence and Bitbucket as its owner.",
    fix: "Revoke the token in the Atlassian account's security settings.",
    links: ["https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/"],
    anchors: [{ text: "ATATT3" }, { text: "ATCTT3" }],
    shape: {
      is: "token",
      parts: [
        { oneOf: ["ATATT3", "ATCTT3"] },
        { alphabet: "base64Url", length: [150, 200] },
        { text: "=" },
        { alphabet: "hex", length: 8 },
      ],
    },
    checks: [{ is: "crc32-hex" }],
    score: 85,
    examples: {
      bad: () => [`JIRA_TOKEN=${withCrc32Hex(`ATATT3xFfGF0${sample("base62", 171)}=`, true)}`],
      good: () => [{ path: "docs/jira.md", text: `JIRA_TOKEN=ATATT3xFfGF0${sample("base62", 171)}=${"0".repeat(7)}1` }],
    },
  },
  {
    id: "secrets/bitbucket-app-password",
    aliases: ["bitbucket-app-password"],
    title: "Bitbucket app password",
    provider: "Atlassian",
    severity: "high",
    why: "It reads and writes Bitbucket repositories as its owner.",
    fix: "Delete the app password in Bitbucket's personal settings, and use API tokens with scopes.",
    links: ["https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/"],
    anchors: [{ text: "ATBB" }],
    shape: {
      is: "token",
      parts: [{ text: "ATBB" }, { alphabet: "base62", length: 24 }, { alphabet: "hex", length: 8 }],
    },
    checks: [{ is: "crc32-hex" }],
    score: 70,
    examples: {
      bad: () => [`BITBUCKET=${withCrc32Hex(`ATBB${sample("base62", 24)}`, true)}`],
      good: () => [{ path: "docs/mirror.md", text: `BITBUCKET=ATBB${sample("base62", 24)}${"0".repeat(7)}1` }],
    },
  },
];
