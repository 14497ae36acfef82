/** Bank accounts: Plaid, GoCardless, Finicity. */

import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const whyMoney = "It moves money and reads customers and payments.";

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/plaid-token",
    aliases: ["plaid-api-token"],
    title: "Plaid access token",
    provider: "Plaid",
    severity: "critical",
    why: "It reads the balances and transactions of somebody's bank account.",
    fix: "Rotate it with /item/access_token/invalidate.",
    links: ["https://plaid.com/docs/api/", "https://dashboard.plaid.com/developers/keys"],
    token: [["access-production-", "access-sandbox-", "access-development-"], ...uuidParts],
    minimumEntropy: 2.8,
  }),
  namedRule({
    id: "secrets/plaid-secret",
    aliases: ["plaid-secret-key"],
    title: "Plaid secret",
    provider: "Plaid",
    severity: "critical",
    why: "With the client id it reads the bank accounts of everybody who linked one.",
    fix: "Rotate the secret under Keys in the Plaid dashboard.",
    links: ["https://plaid.com/docs/api/", "https://dashboard.plaid.com/developers/keys"],
    words: ["plaid"],
    called: "plaid secret",
    token: [some("lowerAlnum", 30)],
  }),
  tokenRule({
    id: "secrets/gocardless-token",
    aliases: ["gocardless-api-token"],
    title: "GoCardless access token",
    provider: "GoCardless",
    severity: "critical",
    why: whyMoney,
    fix: "Delete the token under Developers, and make a new one.",
    links: ["https://developer.gocardless.com/api-reference/#api-usage-authentication"],
    token: [["live_", "sandbox_"], some("base64Url", 40)],
    near: ["gocardless"],
  }),
  namedRule({
    id: "secrets/finicity-token",
    aliases: ["finicity-api-token"],
    title: "Finicity app key",
    provider: "Finicity",
    severity: "high",
    why: "It reads the bank accounts of the application's users.",
    fix: "Make a new app key in the developer portal.",
    links: ["https://developer.mastercard.com/open-banking-us/documentation/"],
    words: ["finicity"],
    token: [some("hexLower", 32)],
  }),
  namedRule({
    id: "secrets/finicity-client-secret",
    aliases: ["finicity-client-secret"],
    title: "Finicity partner secret",
    provider: "Finicity",
    severity: "high",
    why: "It reads the bank accounts of the application's users.",
    fix: "Make a new partner secret in the developer portal.",
    links: ["https://developer.mastercard.com/open-banking-us/documentation/"],
    words: ["finicity"],
    called: "finicity client secret",
    token: [some("lowerAlnum", 20)],
  }),
];
