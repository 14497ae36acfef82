import type { LiveProvider } from "../live-provider.ts";
import { requestLog } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "square",
    title: "Square",
    host: "connect.squareup.com",
    trace: requestLog,
    checks: [
      {
        rules: ["secrets/square-token", "secrets/square-access-token"],
        begins: ["EAAA", "sq0atp-"],
        path: "/v2/merchants",
        carrier: { is: "bearer" },
        headers: { "Square-Version": "2024-10-17" },
        live: { status: 200, fields: { "merchant/0/id": "text" } },
        notLive: [
          { status: 401, fields: { "errors/0/code": { is: ["ACCESS_TOKEN_REVOKED", "ACCESS_TOKEN_EXPIRED"] } } },
        ],
        doubt: "it may be revoked, or of Square's sandbox",
        examples: {
          live: { merchant: [{ id: "M1" }] },
          notLive: [{ errors: [{ category: "AUTHENTICATION_ERROR", code: "ACCESS_TOKEN_REVOKED" }] }],
        },
      },
    ],
  },
];
