/** Journeys: Duffel. */

import type { SecretRule } from "../../rule/secret-rule.ts";
import { some, tokenRule } from "../../rule-makers/provider-rule.ts";

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/duffel-token",
    aliases: ["duffel-api-token"],
    title: "Duffel access token",
    provider: "Duffel",
    severity: "high",
    why: "It books and cancels flights on the account's bill.",
    fix: "Revoke the token under Developers, and make a new one.",
    links: ["https://duffel.com/docs/api/overview/making-requests"],
    token: [["duffel_live_", "duffel_test_"], some("base64Url", 43)],
  }),
];
