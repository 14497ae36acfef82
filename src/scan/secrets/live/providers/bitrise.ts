import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "bitrise",
    title: "Bitrise",
    host: "api.bitrise.io",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/bitrise-token"],
        path: "/v0.1/me",
        carrier: { is: "header", name: "Authorization" },
        live: { status: 200, fields: { "data/slug": "text" } },
        notLive: [{ status: 401, fields: { message: { is: ["Unauthorized"] } } }],
        examples: { live: { data: { slug: "s" } }, notLive: [{ message: "Unauthorized" }] },
      },
    ],
  },
];
