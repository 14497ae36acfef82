import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "mailgun",
    title: "Mailgun",
    host: "api.mailgun.net",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/mailgun-key", "secrets/mailgun-hex-key"],
        path: "/v3/domains?limit=1",
        carrier: { is: "basic", user: "api" },
        live: { status: 200, fields: { total_count: "number", items: "list" } },
        doubt: "it may be revoked, of one domain only, or of an account in Mailgun's European region",
        examples: { live: { total_count: 0, items: [] } },
      },
    ],
  },
];
