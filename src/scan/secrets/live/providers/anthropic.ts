import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "anthropic",
    title: "Anthropic",
    host: "api.anthropic.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/anthropic-key"],
        begins: ["sk-ant-api"],
        path: "/v1/models?limit=1",
        carrier: { is: "header", name: "x-api-key" },
        headers: { "anthropic-version": "2023-06-01" },
        live: { status: 200, fields: { data: "list", "data/0/type": { is: ["model"] } } },
        notLive: [
          {
            status: 401,
            fields: { "error/type": { is: ["authentication_error"] }, "error/message": { is: ["invalid x-api-key"] } },
          },
        ],
        examples: {
          live: { data: [{ type: "model", id: "m" }], has_more: false },
          notLive: [{ type: "error", error: { type: "authentication_error", message: "invalid x-api-key" } }],
        },
      },
    ],
  },
];
