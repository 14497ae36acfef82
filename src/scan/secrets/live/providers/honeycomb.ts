import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "honeycomb",
    title: "Honeycomb (United States)",
    host: "api.honeycomb.io",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/honeycomb-key", "secrets/honeycomb-key-classic"],
        path: "/1/auth",
        carrier: { is: "header", name: "X-Honeycomb-Team" },
        live: { status: 200, fields: { "team/slug": "text" } },
        doubt: "it may be revoked, or of a team in the European Union",
        examples: { live: { team: { slug: "t" } } },
      },
    ],
  },
];
