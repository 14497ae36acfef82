import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "cohere",
    title: "Cohere",
    host: "api.cohere.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/cohere-key"],
        method: "POST",
        path: "/v1/check-api-key",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { valid: true } },
        notLive: [
          { status: 200, fields: { valid: false } },
          { status: 401, fields: { message: { is: ["invalid api token"] } } },
        ],
        examples: { live: { valid: true }, notLive: [{ valid: false }, { message: "invalid api token" }] },
      },
    ],
  },
];
