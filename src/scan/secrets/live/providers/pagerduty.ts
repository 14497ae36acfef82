import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "pagerduty",
    title: "PagerDuty",
    host: "api.pagerduty.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/pagerduty-key"],
        path: "/abilities",
        carrier: { is: "header", name: "Authorization", before: "Token token=" },
        headers: { Accept: "application/vnd.pagerduty+json;version=2" },
        live: { status: 200, fields: { abilities: "list" } },
        doubt: "it may be revoked, or of an account in the European Union",
        examples: { live: { abilities: ["teams"] } },
      },
    ],
  },
];
