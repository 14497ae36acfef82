/** Where addresses of the internet are: MaxMind. */

import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const whyBill = "It uses the service on its owner's bill.";

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/maxmind-key",
    aliases: ["maxmind-license-key"],
    title: "MaxMind license key",
    provider: "MaxMind",
    severity: "low",
    why: whyBill,
    fix: "Revoke the key under Manage License Keys, and make a new one.",
    links: ["https://support.maxmind.com/hc/en-us/articles/4407111582235"],
    anchors: [{ text: "_mmk", at: 36 }],
    token: [some("base62", 6), "_", some("base62", 29), "_mmk"],
  }),
  namedRule({
    id: "secrets/maxmind-key-legacy",
    title: "MaxMind license key (older format)",
    provider: "MaxMind",
    severity: "low",
    why: whyBill,
    fix: "Revoke the key under Manage License Keys, and make a new one.",
    links: ["https://support.maxmind.com/hc/en-us/articles/4407111582235"],
    words: ["maxmind", "geoip", "geolite"],
    called: "maxmind license key",
    token: [some("base62", 16)],
  }),
];
