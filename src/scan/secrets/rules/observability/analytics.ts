/** What visitors do: Segment, PostHog, Mixpanel, Amplitude. */

import type { SecretRule } from "../../rule/secret-rule.ts";
import { briefTokens, url } from "../../rule-makers/brief-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/segment-key",
    title: "Segment Public API token",
    provider: "Segment",
    severity: "high",
    why: "It reads and changes where the organization's customer data goes.",
    fix: "Delete the token under Access Management, and make a new one.",
    links: ["https://segment.com/docs/api/public-api/"],
    token: ["sgp_", some("base62", 64)],
  }),
  namedRule({
    id: "secrets/segment-write-key",
    title: "Segment write key",
    provider: "Segment",
    severity: "medium",
    why: "It writes made-up events of customers.",
    fix: "Regenerate the write key in the source's settings.",
    links: ["https://segment.com/docs/connections/find-writekey/"],
    words: ["segment"],
    called: "segment write key",
    token: [some("base62", 32)],
    mixed: true,
  }),
  tokenRule({
    id: "secrets/posthog-personal-key",
    title: "PostHog personal API key",
    provider: "PostHog",
    severity: "high",
    why: "It reads and changes the analytics of its owner's projects.",
    fix: "Delete the key in the personal settings, and make one with the least scopes.",
    links: ["https://posthog.com/docs/api"],
    token: ["phx_", some("base64Url", 40, 52)],
  }),
  ...briefTokens([["PostHog", "posthog.com/docs/api", ["phs_", url(40, 52)], { kind: "feature flags key" }]]),
  namedRule({
    id: "secrets/mixpanel-secret",
    title: "Mixpanel secret",
    provider: "Mixpanel",
    severity: "medium",
    why: "It exports the project's analytics.",
    fix: "Reset the secret in the project's settings, and use service accounts.",
    links: ["https://developer.mixpanel.com/reference/project-secret"],
    words: ["mixpanel"],
    called: "mixpanel api secret",
    token: [some("hexLower", 32)],
  }),
  namedRule({
    id: "secrets/amplitude-key",
    title: "Amplitude key",
    provider: "Amplitude",
    severity: "medium",
    why: "With the secret key it exports the project's analytics.",
    fix: "Regenerate the secret key in the project's settings.",
    links: ["https://amplitude.com/docs/apis/authentication"],
    words: ["amplitude"],
    called: "amplitude secret key",
    token: [some("hexLower", 32)],
  }),
];
