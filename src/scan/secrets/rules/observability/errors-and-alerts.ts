/** Errors, alerts, and who is called: Sentry, Rollbar, PagerDuty, Opsgenie and others. */
import { base64, sample } from "../../examples/example-values.ts";
import { sampleUuid } from "../../examples/example-writings.ts";
import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { briefTokens, url } from "../../rule-makers/brief-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const whyAlerts = "It reads who is on call, and opens, answers and closes alerts.";
const sentry = {
  provider: "Sentry",
  severity: "high",
  why: "It reads errors with their data, and writes releases and source maps.",
  fix: "Revoke the token in the settings of Sentry, and make one with the least scopes.",
  links: ["https://docs.sentry.io/account/auth-tokens/"],
} as const;

export const rules: readonly SecretRule[] = [
  tokenRule({
    ...sentry,
    id: "secrets/sentry-token",
    aliases: ["sentry-org-token", "sentry-user-token"],
    title: "Sentry token",
    token: [
      ["sntrys_", "sntryu_", "sntrya_", "sntryi_"],
      some("base64Padded", 40, 400),
      { optional: [{ text: "_" }, some("base64", 43)] },
    ],
    minimumEntropy: 3,
    value: (seed) => `sntryu_${sample("hexLower", 64, seed)}`,
    examples: {
      bad: (seed) => [
        `SENTRY_AUTH_TOKEN=sntrys_${base64(JSON.stringify({ iat: 1_700_000_000.5, url: "https://sentry.contoso.net", region_url: "https://eu.contoso.net", org: seed }))}_${sample("base64", 43, seed)}`,
      ],
      good: (seed) => [`dsn: "https://${sample("hexLower", 32, seed)}@o1.ingest.sentry.io/2"`],
    },
  }),
  namedRule({
    ...sentry,
    id: "secrets/sentry-token-legacy",
    aliases: ["sentry-access-token"],
    title: "Sentry token (older format)",
    words: ["sentry"],
    called: "sentry auth token",
    token: [some("hexLower", 64)],
  }),
  namedRule({
    id: "secrets/pagerduty-key",
    title: "PagerDuty API key",
    provider: "PagerDuty",
    severity: "high",
    why: whyAlerts,
    fix: "Remove the key under API Access Keys, and make a new one.",
    links: ["https://developer.pagerduty.com/docs/authentication"],
    words: ["pagerduty", "pager_duty", "pd_api", "pd_token", "pager duty"],
    token: [{ optional: [{ text: "u+" }] }, some("base64Url", 18, 20)],
  }),
  namedRule({
    id: "secrets/pagerduty-integration-key",
    title: "PagerDuty integration key",
    provider: "PagerDuty",
    severity: "medium",
    why: "It opens alerts that wake people up.",
    fix: "Delete the integration of the service, and make a new one.",
    links: ["https://developer.pagerduty.com/docs/events-api-v2/overview/"],
    words: ["pagerduty", "pager_duty", "pager duty"],
    called: "pagerduty integration key",
    token: [some("hexLower", 32)],
  }),
  ...briefTokens([
    ["PagerDuty", "developer.pagerduty.com/docs/", [["pdus+", "pdeu+"], url(40, 80)], { kind: "scoped token" }],
  ]),
  namedRule({
    id: "secrets/opsgenie-key",
    title: "Opsgenie API key",
    provider: "Opsgenie",
    severity: "high",
    why: whyAlerts,
    fix: "Delete the key of the integration, and make a new one.",
    links: ["https://docs.opsgenie.com/docs/api-key-management"],
    words: ["opsgenie", "ops_genie", "geniekey", "ops genie"],
    token: [...uuidParts],
    examples: { bad: (seed) => [`-H "Authorization: GenieKey ${sampleUuid(seed)}"`] },
  }),
  namedRule({
    id: "secrets/rollbar-token",
    title: "Rollbar access token",
    provider: "Rollbar",
    severity: "medium",
    why: "It writes errors, and with read scope reads them with their data.",
    fix: "Disable the token under Project Access Tokens, and make a new one.",
    links: ["https://docs.rollbar.com/docs/access-tokens"],
    words: ["rollbar"],
    called: "rollbar access token",
    token: [some("hexLower", 32)],
  }),
  namedRule({
    id: "secrets/bugsnag-key",
    title: "Bugsnag key",
    provider: "Bugsnag",
    severity: "low",
    why: "It sends made-up errors to the project.",
    fix: "Delete the key in the project's settings, and make a new one.",
    links: ["https://docs.bugsnag.com/"],
    words: ["bugsnag"],
    token: [some("hexLower", 32)],
  }),
  namedRule({
    id: "secrets/statuspage-key",
    title: "Statuspage API key",
    provider: "Statuspage",
    severity: "medium",
    why: "It publishes incidents in the organization's name.",
    fix: "Delete the key under API info, and make a new one.",
    links: ["https://developer.statuspage.io/"],
    words: ["statuspage"],
    token: [some("base64Url", 32, 36)],
  }),
  namedRule({
    id: "secrets/uptimerobot-key",
    title: "UptimeRobot API key",
    provider: "UptimeRobot",
    severity: "medium",
    why: "It reads, changes and deletes monitors: an outage goes unseen.",
    fix: "Delete the key in the settings, and make a new one.",
    links: ["https://uptimerobot.com/api/"],
    words: ["uptimerobot", "uptime_robot"],
    token: ["u", some("digits", 6, 10), "-", some("hexLower", 24)],
  }),
];
