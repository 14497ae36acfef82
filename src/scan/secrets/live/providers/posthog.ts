import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "posthog",
    title: "PostHog (United States)",
    host: "us.posthog.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/posthog-personal-key"],
        path: "/api/users/@me/",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { uuid: "text", distinct_id: "text" } },
        doubt: "it may be revoked, of limited rights, or of another instance of PostHog",
        examples: { live: { uuid: "1", distinct_id: "d" } },
      },
    ],
  },
];
