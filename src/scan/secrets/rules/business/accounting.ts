/** Accounts and invoices: FreshBooks. */

import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some } from "../../rule-makers/provider-rule.ts";

export const rules: readonly SecretRule[] = [
  namedRule({
    id: "secrets/freshbooks-token",
    aliases: ["freshbooks-access-token"],
    title: "FreshBooks access token",
    provider: "FreshBooks",
    severity: "high",
    why: "It reads and writes invoices and clients.",
    fix: "Revoke the token or reset the application's secret.",
    links: ["https://www.freshbooks.com/api/authentication"],
    words: ["freshbooks"],
    called: "freshbooks access token",
    token: [some("lowerAlnum", 64)],
  }),
];
