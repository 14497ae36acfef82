import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "groq",
    title: "Groq",
    host: "api.groq.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/groq-key"],
        path: "/openai/v1/models",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { object: { is: ["list"] }, "data/0/object": { is: ["model"] } } },
        notLive: [{ status: 401, fields: { "error/code": { is: ["invalid_api_key"] } } }],
        examples: {
          live: { object: "list", data: [{ object: "model" }] },
          notLive: [{ error: { message: "Invalid API Key", code: "invalid_api_key" } }],
        },
      },
    ],
  },
];
