import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "launchdarkly",
    title: "LaunchDarkly",
    host: "app.launchdarkly.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/launchdarkly-key"],
        begins: ["api-"],
        path: "/api/v2/caller-identity",
        carrier: { is: "header", name: "Authorization" },
        live: { status: 200, fields: { accountId: "text" } },
        doubt: "it may be revoked, or of LaunchDarkly's European or federal instance",
        examples: { live: { accountId: "1", authKind: "token" } },
      },
    ],
  },
];
