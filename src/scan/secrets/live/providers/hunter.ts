import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "hunter",
    title: "Hunter",
    host: "api.hunter.io",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/hunter-key"],
        path: "/v2/account",
        carrier: { is: "header", name: "X-API-KEY" },
        live: { status: 200, fields: { "data/email": "text" } },
        notLive: [{ status: 401, fields: { "errors/0/id": { is: ["authentication_failed"] } } }],
        examples: {
          live: { data: { email: "ada@corp.example" } },
          notLive: [{ errors: [{ id: "authentication_failed", code: 401 }] }],
        },
      },
    ],
  },
];
