/** Platforms where an organization's data lives, is searched and worked on. */
import { sample } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { briefNamed, mixed } from "../../rule-makers/brief-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const whyRuns = "It starts, changes and reads runs, whose logs and variables often hold more secrets.";

const algoliaSearch = {
  title: "Algolia search key",
  provider: "Algolia",
  severity: "low",
  why: "A key that only searches is public by design; unless it is limited, it also counts searches on the owner's bill.",
  fix: "Limit the key to your pages and indexes, and make sure that it is no admin key.",
  links: ["https://www.algolia.com/doc/guides/security/api-keys/"],
  family: "secrets/algolia-admin-key",
  aliases: ["algolia-api-key"],
} as const;

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/databricks-token",
    aliases: ["databricks-api-token"],
    title: "Databricks personal access token",
    provider: "Databricks",
    severity: "critical",
    why: "It reads data and runs code in the workspace as its owner.",
    fix: "Revoke the token in the workspace, and use service principals with OAuth.",
    links: ["https://learn.microsoft.com/en-us/azure/databricks/dev-tools/auth/pat"],
    token: [["dapi", "dose", "dkea"], some("hexLower", 32), { optional: [{ text: "-" }, some("digits", 1)] }],
    score: 82,
    minimumEntropy: 2.8,
    examples: {
      bad: (seed) => [`token = "dapi${sample("hexLower", 32, seed)}-2"`],
      good: () => [`DATABRICKS_TOKEN=dapi${"0".repeat(32)}`],
    },
  }),
  tokenRule({
    id: "secrets/tableau-token",
    title: "Tableau personal access token",
    provider: "Tableau",
    severity: "high",
    why: "It reads and publishes workbooks and data sources as its owner.",
    fix: "Revoke the token in the account's settings, and make one that is used for one thing only.",
    links: ["https://help.tableau.com/current/server/en-us/security_personal_access_tokens.htm"],
    anchors: [{ text: "==:", at: "back" }],
    token: [some("base64", 16, 24), "==:", some("base62", 20, 44)],
  }),
  tokenRule({
    id: "secrets/prefect-key",
    aliases: ["prefect-api-token"],
    title: "Prefect API key",
    provider: "Prefect",
    severity: "high",
    why: whyRuns,
    fix: "Delete the key in the profile's settings, and make one with an expiry.",
    links: ["https://docs.prefect.io/", "https://app.prefect.cloud/my/api-keys"],
    token: [["pnu_", "pnb_"], some("base62", 36)],
  }),
  ...briefNamed([["Prefect", "docs.prefect.io/", [mixed(22)], ["prefect"], "older key"]]),
  namedRule({
    id: "secrets/looker-secret",
    aliases: ["looker-client-secret"],
    title: "Looker client secret",
    provider: "Looker",
    severity: "high",
    why: "It queries the data behind the dashboards as its owner.",
    fix: "Delete the API key of the user, and make a new one.",
    links: ["https://cloud.google.com/looker/docs/api-auth"],
    words: ["looker"],
    called: "looker client secret",
    token: [some("lowerAlnum", 24)],
  }),
  namedRule({
    id: "secrets/looker-client-id",
    aliases: ["looker-client-id"],
    title: "Looker client id",
    provider: "Looker",
    severity: "low",
    why: "With its secret, which often stands beside it, it queries the data behind the dashboards.",
    fix: "Delete the API key of the user, and make a new one.",
    links: ["https://cloud.google.com/looker/docs/api-auth"],
    words: ["looker"],
    called: "looker client key",
    token: [some("lowerAlnum", 20)],
  }),
  namedRule({
    ...algoliaSearch,
    id: "secrets/algolia-search-key",
    words: ["algolia", "docsearch"],
    context: { words: ["search"], before: 40, after: 0, required: true },
    called: "algolia search api key",
    token: [some("lowerAlnum", 32)],
  }),
  {
    ...algoliaSearch,
    id: "secrets/algolia-page-key",
    anchors: [{ text: "algolia", foldCase: true }],
    shape: { is: "named", parts: [some("lowerAlnum", 32)] },
    context: { words: ["indexname", "index_name"], before: 120, after: 60, required: true },
    score: 66,
    minimumEntropy: 3,
    examples: {
      bad: (seed) => [
        {
          path: "site.config.js",
          text: `algolia: { appId: "HARBOR", apiKey: "${sample("hexLower", 32, seed)}", indexName: "docs" },`,
        },
        { path: "site.yaml", text: `algolia:\n  api_key: ${sample("hexLower", 32, seed)}\n  index_name: docs\n` },
      ],
      good: (seed) => [
        `algolia: { apiKeyHash: "${sample("hexLower", 32, seed)}", indexName: "docs" },`,
        `algolia: { apiKey: process.env.KEY, indexName: "docs" }, // ${sample("hexLower", 31, seed)}`,
      ],
    },
  },
  namedRule({
    id: "secrets/algolia-admin-key",
    aliases: ["algolia-api-key"],
    title: "Algolia API key",
    provider: "Algolia",
    severity: "high",
    why: "An admin key reads, changes and deletes all indexes; a search key is public by design.",
    fix: "Regenerate the key under API Keys if it is no search-only key.",
    links: ["https://www.algolia.com/doc/guides/security/api-keys/", "https://dashboard.algolia.com/account/api-keys"],
    words: ["algolia"],
    called: "algolia admin api key",
    token: [some("lowerAlnum", 32)],
    examples: { good: (seed) => [`algoliaSearchKey = "\${KEY}"; // ${sample("hexLower", 31, seed)}`] },
  }),
];
