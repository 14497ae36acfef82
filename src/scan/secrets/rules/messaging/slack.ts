/** Slack: tokens, sessions, and addresses that post. */
import { sample } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { briefNamed, hex } from "../../rule-makers/brief-rule.ts";
import { some, tokenRule } from "../../rule-makers/provider-rule.ts";

const slackTail = (seed: string) =>
  `${sample("digits", 12, seed)}-${sample("digits", 12, `${seed}b`)}-${sample("base62", 24, seed)}`;
const slack = {
  provider: "Slack",
  why: "It reads and writes messages and files of the workspace as its bot or user.",
  fix: "Revoke it with auth.revoke or by reinstalling the app, and keep the new one in a vault.",
  links: ["https://api.slack.com/authentication/token-types", "https://api.slack.com/methods/auth.revoke"],
} as const;
const whyWebhook = "Whoever has the address posts into the channel in its name: good for phishing.";

export const rules: readonly SecretRule[] = [
  tokenRule({
    ...slack,
    id: "secrets/slack-token",
    aliases: [
      "slack-bot-token",
      "slack-app-token",
      "slack-legacy-token",
      "slack-legacy-bot-token",
      "slack-legacy-workspace-token",
    ],
    title: "Slack token",
    severity: "high",
    token: [
      ["xoxb-", "xoxa-2-", "xoxa-", "xoxr-2-", "xoxr-", "xoxo-", "xoxs-", "xapp-"],
      some("digits", 1, 14),
      "-",
      some("base64Url", 12, 160),
    ],
    minimumEntropy: 3,
    value: (seed) => `xoxb-${slackTail(seed)}`,
    examples: {
      bad: (seed) => [
        `xapp-1-A${sample("upperAlnum", 10, seed)}-${sample("digits", 13, seed)}-${sample("hexLower", 64, seed)}`,
        `token: xoxb-${sample("digits", 12, seed)}-${sample("base62", 24, seed)}`,
      ],
      good: () => [
        "SLACK_BOT_TOKEN=xoxb-your-token",
        "xoxb-0000000000-000000000000-xxxxxxxxxxxxxxxxxxxxxxxx",
        "SLACK_BOT_TOKEN=xoxb-1234-...",
      ],
    },
  }),
  tokenRule({
    ...slack,
    id: "secrets/slack-user-token",
    family: "secrets/slack-token",
    aliases: ["slack-user-token"],
    title: "Slack token of a person",
    severity: "critical",
    why: "It reads and writes what the person sees in the workspace, private channels and messages included.",
    token: ["xoxp-", some("digits", 1, 14), "-", some("base64Url", 12, 160)],
    minimumEntropy: 3,
    value: (seed) => `xoxp-${sample("digits", 12, seed)}-${slackTail(seed)}`,
  }),
  tokenRule({
    ...slack,
    id: "secrets/slack-workspace-token",
    aliases: ["slack-legacy-workspace-token"],
    title: "Slack workspace token (older format)",
    severity: "high",
    token: [["xoxa-2-", "xoxa-", "xoxr-2-", "xoxr-"], some("base62", 8, 48)],
    minimumEntropy: 2.8,
    score: 80,
  }),
  tokenRule({
    ...slack,
    id: "secrets/slack-config-token",
    aliases: ["slack-config-access-token", "slack-config-refresh-token"],
    title: "Slack configuration token",
    severity: "high",
    why: "It creates and changes the workspace's apps, and with them their permissions.",
    fix: "Revoke it on the page of your apps, and make a new one.",
    token: [["xoxe.xoxp-", "xoxe.xoxb-", "xoxe-"], some("digits", 1, 2), "-", some("base64Url", 100, 200)],
    minimumEntropy: 3,
  }),
  tokenRule({
    ...slack,
    id: "secrets/slack-session",
    title: "Slack session of a person",
    severity: "critical",
    why: "It is the signed-in person: everything he or she sees and does in the workspace.",
    fix: "Sign out of all sessions, and do not take tokens from the browser: make an app.",
    token: [["xoxc-", "xoxd-"], some("percent", 50, 300)],
    minimumEntropy: 3,
  }),
  {
    ...slack,
    id: "secrets/slack-webhook",
    aliases: ["slack-webhook-url"],
    title: "Slack webhook address",
    severity: "medium",
    why: whyWebhook,
    fix: "Remove the webhook from the app's configuration and make a new one.",
    links: ["https://api.slack.com/messaging/webhooks"],
    anchors: [
      { text: "hooks.slack.com/services/" },
      { text: "hooks.slack.com/workflows/" },
      { text: "hooks.slack.com/triggers/" },
    ],
    shape: {
      is: "token",
      parts: [
        { oneOf: ["hooks.slack.com/services/", "hooks.slack.com/workflows/", "hooks.slack.com/triggers/"] },
        { alphabet: "base62", length: [8, 16] },
        { text: "/" },
        { alphabet: "base62", length: [8, 20] },
        { text: "/" },
        { optional: [{ alphabet: "digits", length: [16, 20] }, { text: "/" }] },
        { alphabet: "base62", length: [20, 40] },
      ],
    },
    score: 85,
    minimumEntropy: 3.2,
    examples: {
      bad: (seed) => [
        `https://hooks.slack.com/services/T${sample("upperAlnum", 9, seed)}/B${sample("upperAlnum", 9, `${seed}b`)}/${sample("base62", 24, seed)}`,
        `"url": "https://hooks.slack.com/workflows/T${sample("upperAlnum", 9, seed)}/A${sample("upperAlnum", 9, `${seed}b`)}/${sample("digits", 18, seed)}/${sample("base62", 24, seed)}"`,
        `https://hooks.slack.com/triggers/T${sample("upperAlnum", 9, seed)}/${sample("digits", 13, seed)}/${sample("hexLower", 32, seed)}`,
      ],
      good: () => [
        `https://hooks.slack.com/services/T${"0".repeat(8)}/B${"0".repeat(8)}/${"X".repeat(24)}`,
        "https://hooks.slack.com/services/T000/B000/token",
      ],
    },
  },
  ...briefNamed([["Slack", "docs.slack.dev/authentication/", [hex(32)], ["slack"], "signing secret"]]),
];
