import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "linode",
    title: "Akamai Linode",
    host: "api.linode.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/linode-token"],
        path: "/v4/profile",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { username: "text" } },
        notLive: [{ status: 401, fields: { "errors/0/reason": { is: ["Invalid Token"] } } }],
        examples: { live: { username: "ada" }, notLive: [{ errors: [{ reason: "Invalid Token" }] }] },
      },
    ],
  },
];
