import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "sentry",
    title: "Sentry",
    host: "sentry.io",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/sentry-token", "secrets/sentry-token-legacy"],
        path: "/api/0/",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { "auth/scopes": "list" } },
        doubt: "it may be revoked, or of a Sentry server of your own",
        examples: { live: { version: "0", auth: { scopes: ["org:read"] } } },
      },
    ],
  },
];
