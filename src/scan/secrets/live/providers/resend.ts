import type { LiveProvider } from "../live-provider.ts";
import { requestLog } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "resend",
    title: "Resend",
    host: "api.resend.com",
    trace: requestLog,
    checks: [
      {
        rules: ["secrets/resend-key", "secrets/resend-key-short"],
        path: "/domains",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { data: "list" } },
        notLive: [
          { status: 400, fields: { message: { is: ["API key is invalid"] } } },
          { status: 403, fields: { name: { is: ["invalid_api_key"] } } },
        ],
        doubt: "it may only be allowed to send",
        examples: {
          live: { data: [] },
          notLive: [
            { statusCode: 400, name: "validation_error", message: "API key is invalid" },
            { statusCode: 403, name: "invalid_api_key", message: "API key is invalid" },
          ],
        },
      },
    ],
  },
];
