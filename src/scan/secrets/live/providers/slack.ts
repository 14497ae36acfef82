import type { LiveProvider } from "../live-provider.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "slack",
    title: "Slack",
    host: "slack.com",
    trace: "The workspace's access log may show it, with the address of this machine.",
    checks: [
      {
        rules: ["secrets/slack-token", "secrets/slack-workspace-token", "secrets/slack-config-token"],
        begins: ["xoxb-", "xoxp-", "xoxa-", "xoxe.xoxp-", "xoxe.xoxb-"],
        method: "POST",
        path: "/api/auth.test",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { ok: true, team_id: "text" } },
        // `invalid_auth` is also said to addresses that the workspace does not allow.
        notLive: [
          { status: 200, fields: { ok: false, error: { is: ["token_revoked", "token_expired", "account_inactive"] } } },
        ],
        doubt: "it may be revoked, or this machine's address may not be allowed",
        examples: { live: { ok: true, team_id: "T1" }, notLive: [{ ok: false, error: "token_revoked" }] },
      },
    ],
  },
];
