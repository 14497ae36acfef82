import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "mollie",
    title: "Mollie",
    host: "api.mollie.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/mollie-key"],
        path: "/v2/profiles/me",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { resource: { is: ["profile"] }, id: "text" } },
        notLive: [{ status: 401, fields: { status: { is: [401] }, title: { is: ["Unauthorized Request"] } } }],
        examples: {
          live: { resource: "profile", id: "p" },
          notLive: [{ status: 401, title: "Unauthorized Request" }],
        },
      },
    ],
  },
];
