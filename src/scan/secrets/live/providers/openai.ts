import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "openai",
    title: "OpenAI",
    host: "api.openai.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/openai-key", "secrets/openai-key-legacy"],
        path: "/v1/models",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { object: { is: ["list"] }, "data/0/object": { is: ["model"] } } },
        notLive: [{ status: 401, fields: { "error/code": { is: ["invalid_api_key"] } } }],
        examples: {
          live: { object: "list", data: [{ id: "m", object: "model" }] },
          notLive: [{ error: { type: "invalid_request_error", code: "invalid_api_key" } }],
        },
      },
    ],
  },
];
