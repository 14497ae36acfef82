/** Services that switch features: LaunchDarkly, Statsig. */

import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/launchdarkly-key",
    title: "LaunchDarkly SDK key or access token",
    provider: "LaunchDarkly",
    severity: "high",
    why: "An access token turns features on and off for everybody; an SDK key reads all flags and their rules.",
    fix: "Reset the SDK key in the environment, or delete the access token, and make a new one.",
    links: ["https://launchdarkly.com/docs/home/account/api"],
    token: [["sdk-", "api-"], ...uuidParts],
    minimumEntropy: 2.8,
    score: 72,
  }),
  namedRule({
    id: "secrets/launchdarkly-token-legacy",
    aliases: ["launchdarkly-access-token"],
    title: "LaunchDarkly access token (other form)",
    provider: "LaunchDarkly",
    severity: "high",
    why: "It turns features on and off for everybody.",
    fix: "Delete the access token, and make a new one.",
    links: ["https://launchdarkly.com/docs/home/account/api"],
    words: ["launchdarkly", "launch_darkly", "launch-darkly", "launch darkly"],
    called: "launchdarkly access token",
    token: [some("base64Url", 40)],
  }),
  namedRule({
    id: "secrets/statsig-key",
    title: "Statsig console or server key",
    provider: "Statsig",
    severity: "medium",
    why: "It reads feature flags and their rules, and a console key changes them.",
    fix: "Delete the key under Keys & Environments, and make a new one.",
    links: ["https://docs.statsig.com/"],
    words: ["statsig"],
    token: [["secret-", "console-"], some("base62", 43, 48)],
  }),
];
