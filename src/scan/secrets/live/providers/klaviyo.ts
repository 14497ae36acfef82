import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "klaviyo",
    title: "Klaviyo",
    host: "a.klaviyo.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/klaviyo-key"],
        path: "/api/accounts",
        carrier: { is: "header", name: "Authorization", before: "Klaviyo-API-Key " },
        headers: { Accept: "application/vnd.api+json", revision: "2024-10-15" },
        live: { status: 200, fields: { "data/0/type": { is: ["account"] } } },
        notLive: [{ status: 401, fields: { "errors/0/code": { is: ["not_authenticated", "authentication_failed"] } } }],
        examples: {
          live: { data: [{ type: "account", id: "1" }] },
          notLive: [{ errors: [{ code: "authentication_failed" }] }],
        },
      },
    ],
  },
];
