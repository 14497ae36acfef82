/** Shops: Shopify, Etsy, Squarespace. */

import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { briefNamed, hex } from "../../rule-makers/brief-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/shopify-token",
    aliases: [
      "shopify-access-token",
      "shopify-shared-secret",
      "shopify-custom-access-token",
      "shopify-private-app-access-token",
    ],
    title: "Shopify access token",
    provider: "Shopify",
    severity: "critical",
    why: "It reads and changes the shop's orders and customers.",
    fix: "Uninstall and reinstall the app or rotate its credentials.",
    links: ["https://shopify.dev/docs/apps/build/authentication-authorization", "https://partners.shopify.com"],
    token: [["shpat_", "shpca_", "shppa_", "shpss_", "shpua_", "shptka_"], some("hex", 32)],
    score: 90,
    minimumEntropy: 2.6,
  }),
  ...briefNamed([["Shopify", "shopify.dev/docs/", [hex(32)], ["shopify"], "older secret"]]),
  namedRule({
    id: "secrets/etsy-key",
    aliases: ["etsy-access-token"],
    title: "Etsy key",
    provider: "Etsy",
    severity: "medium",
    why: "It reads and changes the shop in the application's name.",
    fix: "Request a new key on the page of your apps.",
    links: ["https://developers.etsy.com/documentation/"],
    words: ["etsy"],
    token: [some("lowerAlnum", 24)],
  }),
  namedRule({
    id: "secrets/squarespace-token",
    aliases: ["squarespace-access-token"],
    title: "Squarespace API key",
    provider: "Squarespace",
    severity: "high",
    why: "It reads and changes the shop's orders and stock.",
    fix: "Delete the key under Developer API Keys, and make a new one.",
    links: ["https://developers.squarespace.com/commerce-apis/authentication-and-permissions"],
    words: ["squarespace"],
    called: "squarespace access token",
    token: [...uuidParts],
  }),
];
