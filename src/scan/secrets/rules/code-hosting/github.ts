/** GitHub: tokens of people, applications and workflows. */
import { sample, withCrc32Base62 } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const provider = "GitHub";
const fix = "Revoke the token on GitHub (Settings > Developer settings), and use GitHub Apps or OpenID Connect.";
const docs =
  "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github";
const revoke =
  "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/token-expiration-and-revocation";

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/github-token",
    aliases: ["github-pat", "github-oauth"],
    title: "GitHub token",
    provider,
    severity: "critical",
    why: "It reads and writes repositories, packages and workflows in its owner's name.",
    fix,
    links: [docs, revoke],
    token: [["ghp_", "gho_"], some("base62", 36, 251)],
    checks: [{ is: "crc32-base62", prefix: "ghp_" }],
    score: 80,
    value: (seed) => withCrc32Base62("ghp_", seed),
    examples: {
      bad: (seed) => [
        `"a\\n${withCrc32Base62("gho_", seed)}"`,
        `git clone https://${withCrc32Base62("ghp_", seed)}@github.com/contoso/site.git`,
      ],
      good: (seed) => [
        { path: "docs/sign-in.md", text: `GITHUB_TOKEN=ghp_${sample("base62", 36, seed)}` },
        `GITHUB_TOKEN=ghp_${"x".repeat(36)}`,
      ],
    },
  }),
  tokenRule({
    id: "secrets/github-app-token",
    aliases: ["github-app-token", "github-refresh-token"],
    title: "Token of a GitHub App",
    provider,
    family: "secrets/github-token",
    severity: "high",
    why: "For some hours it acts in the repositories that the app was installed in; a refresh token makes new ones for months.",
    fix: "Revoke the app's authorization (Settings > Applications) or its installation token, and find the place that writes tokens down.",
    links: [docs, revoke],
    token: [["ghu_", "ghs_", "ghr_"], some("base62", 36, 251)],
    checks: [{ is: "crc32-base62", prefix: "ghs_" }],
    score: 80,
    value: (seed) => withCrc32Base62("ghs_", seed),
    examples: {
      bad: (seed) => [
        `git clone https://x-access-token:${withCrc32Base62("ghu_", seed)}@github.com/contoso/site.git`,
        `GITHUB_REFRESH=ghr_${sample("base62", 76, seed)}`,
      ],
      good: (seed) => [{ path: "docs/sign-in.md", text: `token: ghs_${sample("base62", 36, seed)}` }],
    },
  }),
  tokenRule({
    id: "secrets/github-installation-token",
    title: "GitHub App installation token (long form)",
    provider,
    family: "secrets/github-token",
    severity: "high",
    why: "For an hour it acts in the repositories that the app was installed in.",
    fix: "Let it expire or revoke it (DELETE /installation/token), and find the place that writes tokens down.",
    links: [docs, revoke],
    token: ["ghs_", some("base62", 1, 120), ["_", ".", "-"], some("dotted", 60, 900)],
    value: (seed) => `ghs_${sample("base62", 9, seed)}_${sample("base62", 120, seed)}.${sample("base62", 90, seed)}`,
  }),
  tokenRule({
    id: "secrets/github-fine-grained-token",
    aliases: ["github-fine-grained-pat"],
    title: "GitHub fine-grained personal access token",
    provider,
    severity: "critical",
    why: "It reads and writes the repositories it was made for in its owner's name.",
    fix,
    links: [
      "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens",
      revoke,
    ],
    token: ["github_pat_", some("word", 82)],
    score: 90,
    value: (seed) => `github_pat_${sample("base62", 22, seed)}_${sample("base62", 59, seed)}`,
  }),
  {
    // Commits are as long and stand beside GitHub's name everywhere.
    context: { words: ["secret", "token", "key", "pass", "auth", "cred"], before: 140, after: 0, required: true },
    ...namedRule({
      id: "secrets/github-client-secret",
      title: "GitHub client secret or token of the old form",
      provider,
      severity: "high",
      why: "With the client id it trades sign-ins for tokens of the users; a token of the old form acts as its owner.",
      fix: "Generate a new client secret in the app's settings and delete the old one; replace tokens of the old form.",
      links: ["https://docs.github.com/en/apps/oauth-apps", "https://github.com/settings/developers"],
      words: ["github"],
      token: [some("hexLower", 40)],
      called: "github client secret",
      examples: {
        good: (seed) => [
          `uses: github/codeql-action@${sample("hexLower", 40, seed)} # reads the token`,
          `use({ ecosystem: "GitHub Actions", requirement: "${sample("hexLower", 40, seed)}" })`,
          `https://github.com/contoso/site/commit/${sample("hexLower", 40, seed)}`,
        ],
      },
    }),
  },
];
