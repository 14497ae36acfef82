/** JFrog: Artifactory's tokens and keys. */
import { sample } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const shared = {
  provider: "JFrog",
  severity: "critical",
  why: "It reads and replaces packages and images in Artifactory, with which everything is built.",
  fix: "Revoke it in the JFrog platform (user profile, or Administration > Access tokens), and use OpenID Connect or short-lived tokens.",
} as const;
const tokens = "https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens";
const words = ["artifactory", "jfrog", "bintray", "xray"];

/** Base58 of 54 bytes, found by trying: the last characters decide how many bytes the number needs. */
const apiKey = (seed: string) => `AKCp${sample("base58", 69, seed)}`;

export const rules: readonly SecretRule[] = [
  tokenRule({
    ...shared,
    id: "secrets/artifactory-api-key",
    aliases: ["artifactory-api-key"],
    title: "Artifactory API key",
    links: ["https://jfrog.com/help/r/jfrog-platform-administration-documentation/api-key"],
    token: ["AKCp", some("base62", 66, 72)],
    checks: [{ is: "base58", bytes: 54 }],
    value: apiKey,
  }),
  tokenRule({
    ...shared,
    id: "secrets/artifactory-reference-token",
    aliases: ["artifactory-reference-token"],
    title: "JFrog reference token",
    links: [tokens],
    token: ["cmVmd", some("base62", 59)],
    checks: [{ is: "base64-holds", texts: ["reftkn:"], sure: false }],
    value: (seed) =>
      Buffer.from(`reftkn:01:0001${sample("digits", 6, seed)}:${sample("base62", 27, seed)}`).toString("base64"),
    examples: {
      bad: (seed) => [`curl -H "X-Remote: cmVmd${sample("base62", 59, seed)}" https://packages.contoso.net`],
    },
  }),
  namedRule({
    ...shared,
    id: "secrets/jfrog-api-key",
    aliases: ["jfrog-api-key"],
    title: "JFrog API key",
    links: ["https://jfrog.com/help/r/jfrog-platform-administration-documentation/api-key"],
    words,
    token: [some("base62", 73)],
    called: "jfrog api key",
  }),
  namedRule({
    ...shared,
    id: "secrets/jfrog-identity-token",
    aliases: ["jfrog-identity-token"],
    title: "JFrog identity token",
    links: [tokens],
    words,
    token: [some("base62", 64)],
    called: "artifactory identity token",
  }),
];
