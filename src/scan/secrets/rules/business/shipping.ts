/** Parcels and letters: Lob, EasyPost, Shippo. */

import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

export const rules: readonly SecretRule[] = [
  namedRule({
    id: "secrets/lob-key",
    aliases: ["lob-api-key"],
    title: "Lob API key",
    provider: "Lob",
    severity: "high",
    why: "It sends letters and cheques on the account's bill.",
    fix: "Regenerate the key under Settings > API Keys.",
    links: ["https://docs.lob.com/"],
    words: ["lob"],
    token: [["live_", "test_"], some("hexLower", 35)],
  }),
  namedRule({
    id: "secrets/lob-public-key",
    aliases: ["lob-pub-api-key"],
    title: "Lob publishable key",
    provider: "Lob",
    severity: "low",
    why: "It verifies addresses on the account's bill.",
    fix: "Regenerate the key under Settings > API Keys.",
    links: ["https://docs.lob.com/"],
    words: ["lob"],
    token: [["live_pub_", "test_pub_"], some("hexLower", 31)],
  }),
  tokenRule({
    id: "secrets/easypost-key",
    aliases: ["easypost-api-token", "easypost-test-api-token"],
    title: "EasyPost API key",
    provider: "EasyPost",
    severity: "medium",
    why: "It buys postage on the account's bill, and reads addresses.",
    fix: "Disable and delete the key under API Keys, and make a new one.",
    links: ["https://docs.easypost.com/docs/authentication"],
    token: [["EZAK", "EZTK"], some("base62", 54)],
  }),
  tokenRule({
    id: "secrets/shippo-token",
    aliases: ["shippo-api-token"],
    title: "Shippo API token",
    provider: "Shippo",
    severity: "medium",
    why: "It buys postage on the account's bill, and reads addresses.",
    fix: "Delete the token under API in the settings, and make a new one.",
    links: ["https://docs.goshippo.com/docs/guides_general/authentication/"],
    token: [["shippo_live_", "shippo_test_"], some("hex", 40)],
    minimumEntropy: 2.8,
  }),
];
