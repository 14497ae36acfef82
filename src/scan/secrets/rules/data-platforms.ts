/** Tokens of platforms where an organization's data lives and is worked on. */
import { sample } from "../examples/example-values.ts";
import type { SecretRule } from "../rule/secret-rule.ts";
import { some, tokenRule } from "../rule-makers/provider-rule.ts";

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
];
