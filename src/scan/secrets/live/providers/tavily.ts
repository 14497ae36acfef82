import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "tavily",
    title: "Tavily",
    host: "api.tavily.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/tavily-key"],
        path: "/usage",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { "key/usage": "number" } },
        notLive: [
          { status: 401, fields: { "detail/error": { startsWith: "Unauthorized: missing or invalid API key" } } },
        ],
        examples: {
          live: { key: { usage: 0 } },
          notLive: [{ detail: { error: "Unauthorized: missing or invalid API key." } }],
        },
      },
    ],
  },
];
