import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "fastly",
    title: "Fastly",
    host: "api.fastly.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/fastly-token"],
        path: "/tokens/self",
        carrier: { is: "header", name: "Fastly-Key" },
        live: { status: 200, fields: { id: "text", customer_id: "text" } },
        notLive: [{ status: 401, fields: { msg: { is: ["Provided credentials are missing or invalid"] } } }],
        examples: {
          live: { id: "1", customer_id: "c" },
          notLive: [{ msg: "Provided credentials are missing or invalid" }],
        },
      },
    ],
  },
];
