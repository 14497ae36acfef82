/** Services that read pages of others: Apify, ScraperAPI. */

import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const whyBill = "It uses the service on its owner's bill.";

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/apify-token",
    title: "Apify API token",
    provider: "Apify",
    severity: "medium",
    why: whyBill,
    fix: "Delete the token under Integrations, and make a new one.",
    links: ["https://docs.apify.com/platform/integrations/api"],
    token: [
      ["apify_api_", "apify_proxy_", "apify_ui_", "apify_integration_", "apify_run_", "apify_webhook_"],
      some("base62", 34, 36),
    ],
  }),
  namedRule({
    id: "secrets/scraperapi-key",
    title: "ScraperAPI key",
    provider: "ScraperAPI",
    severity: "low",
    why: whyBill,
    fix: "Regenerate the key in the dashboard.",
    links: ["https://docs.scraperapi.com/"],
    words: ["scraperapi", "scraper_api", "scraper api"],
    token: [some("hexLower", 32)],
  }),
];
