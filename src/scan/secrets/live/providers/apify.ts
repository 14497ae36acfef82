import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "apify",
    title: "Apify",
    host: "api.apify.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/apify-token"],
        path: "/v2/users/me",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { "data/id": "text" } },
        notLive: [{ status: 401, fields: { "error/type": { is: ["user-or-token-not-found"] } } }],
        examples: { live: { data: { id: "1" } }, notLive: [{ error: { type: "user-or-token-not-found" } }] },
      },
    ],
  },
];
