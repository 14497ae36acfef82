import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "dnsimple",
    title: "DNSimple",
    host: "api.dnsimple.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/dnsimple-token"],
        path: "/v2/accounts",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { "data/0/id": "number" } },
        doubt: "it may be revoked, or of DNSimple's sandbox",
        examples: { live: { data: [{ id: 7 }] } },
      },
    ],
  },
];
