/** Atlassian: Bitbucket, Jira, Confluence. */
import { base64, sample, sampleBytes, withCrc32Hex } from "../../examples/example-values.ts";
import { writtenBeside } from "../../examples/example-writings.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const provider = "Atlassian";
const account = "https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/";
const consumers = "https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/";

/** What Data Center writes: a number, a colon, and random bytes, in base64. */
const numbered = (seed: string) =>
  Buffer.concat([Buffer.from(`7${sample("digits", 11, seed)}:`), sampleBytes(20, seed)]).toString("base64");

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/atlassian-api-token",
    aliases: ["atlassian-api-token"],
    title: "Atlassian API token",
    provider,
    severity: "critical",
    why: "It reads and writes Jira, Confluence and Bitbucket as its owner.",
    fix: "Revoke the token in the Atlassian account's security settings, and make one with scopes and an expiry date.",
    links: [account],
    token: ["ATATT3", some("base64UrlPadded", 150, 210)],
    checks: [{ is: "crc32-hex" }],
    value: (seed) => withCrc32Hex(`ATATT3xFfGF0${sample("base62", 171, seed)}=`, true),
    examples: {
      bad: (seed) => [`ATLASSIAN=ATATT3${sample("base62", 186, seed)}`],
      good: (seed) => [
        { path: "docs/jira.md", text: `JIRA_TOKEN=ATATT3xFfGF0${sample("base62", 171, seed)}=${"0".repeat(7)}1` },
      ],
    },
  }),
  tokenRule({
    id: "secrets/bitbucket-access-token",
    title: "Bitbucket access token",
    provider,
    severity: "high",
    why: "It reads and writes the repository, project or workspace that it was made for.",
    fix: "Revoke the token in the settings of the repository, project or workspace, and put a new one in a secret variable.",
    links: ["https://support.atlassian.com/bitbucket-cloud/docs/access-tokens/"],
    token: ["ATCTT3", some("base64UrlPadded", 150, 220)],
    checks: [{ is: "crc32-hex" }],
    value: (seed) => withCrc32Hex(`ATCTT3xFfGN0${sample("base62", 171, seed)}=`, true),
  }),
  namedRule({
    id: "secrets/atlassian-api-token-legacy",
    title: "Atlassian API token of the old form",
    provider,
    severity: "high",
    why: "With its owner's mail address it reads and writes Jira and Confluence.",
    fix: "Revoke the token in the Atlassian account's security settings, and make one with scopes and an expiry date.",
    links: [account],
    words: ["jira", "atlassian", "confluence"],
    token: [some("base62", 24)],
    called: "jira api token",
    examples: {
      bad: (seed) =>
        writtenBeside("atlassian token", `${sample("lowerAlnum", 20, seed)}7${sample("hexLower", 3, seed)}`),
      good: () => ["jiraApiToken: getTokenFromConfluenceApi"],
    },
  }),
  namedRule({
    id: "secrets/atlassian-data-center-token",
    title: "Personal access token of Jira or Confluence Data Center",
    provider,
    severity: "high",
    why: "It reads and writes Jira or Confluence as its owner.",
    fix: "Delete the token in the profile (Personal access tokens), and make one that expires.",
    links: ["https://confluence.atlassian.com/enterprise/using-personal-access-tokens-1026032365.html"],
    words: ["jira", "confluence", "atlassian", "bitbucket"],
    token: [["M", "N", "O"], some("base64", 43)],
    checks: [{ is: "base64-numbered", sure: true }],
    called: "jira token",
    value: numbered,
    examples: { good: (seed) => [`confluence revision ${base64(`sum:${sample("base62", 29, seed)}`)}`] },
  }),
  tokenRule({
    id: "secrets/bitbucket-app-password",
    aliases: ["bitbucket-app-password"],
    title: "Bitbucket app password",
    provider,
    severity: "high",
    why: "It reads and writes Bitbucket repositories as its owner.",
    fix: "Delete the app password in Bitbucket's personal settings, and use API tokens with scopes.",
    links: ["https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/"],
    token: ["ATBB", some("base64UrlPadded", 32, 60)],
    checks: [{ is: "crc32-hex" }],
    score: 70,
    value: (seed) => withCrc32Hex(`ATBB${sample("base62", 24, seed)}`, true),
    examples: {
      good: (seed) => [
        { path: "docs/mirror.md", text: `BITBUCKET=ATBB${sample("base62", 24, seed)}${"0".repeat(7)}1` },
      ],
    },
  }),
  tokenRule({
    id: "secrets/bitbucket-server-token",
    title: "Bitbucket Data Center access token",
    provider,
    severity: "high",
    why: "It reads and writes repositories as its owner or for its project.",
    fix: "Revoke the token under Manage account > HTTP access tokens, and make one that expires.",
    links: ["https://confluence.atlassian.com/bitbucketserver/http-access-tokens-939515499.html"],
    token: ["BBDC-", some("base64Any", 40, 48)],
    checks: [{ is: "base64-numbered", skip: 5, sure: false }],
    value: (seed) => `BBDC-${numbered(seed)}`,
  }),
  namedRule({
    id: "secrets/bitbucket-client-secret",
    aliases: ["bitbucket-client-secret"],
    title: "Secret of a Bitbucket OAuth consumer",
    provider,
    severity: "high",
    why: "With the consumer's key it asks for tokens of the workspace.",
    fix: "Delete the OAuth consumer in the workspace settings, and make a new one.",
    links: [consumers],
    words: ["bitbucket"],
    token: [some("base64UrlPadded", 64)],
    called: "bitbucket client secret",
  }),
  namedRule({
    id: "secrets/bitbucket-client-key",
    aliases: ["bitbucket-client-id"],
    title: "Key of a Bitbucket OAuth consumer",
    provider,
    severity: "medium",
    why: "It names the consumer; its secret half usually stands nearby or in the history.",
    fix: "Look for the secret beside it, delete the OAuth consumer in the workspace settings, and make a new one.",
    links: [consumers],
    words: ["bitbucket"],
    token: [some("base62", 32)],
    called: "bitbucket client key",
  }),
];
