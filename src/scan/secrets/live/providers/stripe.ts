import type { LiveProvider } from "../live-provider.ts";
import { requestLog } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "stripe",
    title: "Stripe",
    host: "api.stripe.com",
    trace: requestLog,
    checks: [
      {
        rules: ["secrets/stripe-key", "secrets/stripe-test-key"],
        path: "/v1/balance",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { object: { is: ["balance"] } } },
        notLive: [
          {
            status: 401,
            fields: {
              "error/type": { is: ["invalid_request_error"] },
              "error/message": { startsWith: "Invalid API Key provided" },
            },
          },
          { status: 401, fields: { "error/code": { is: ["api_key_expired"] } } },
        ],
        examples: {
          live: { object: "balance", available: [] },
          notLive: [
            { error: { type: "invalid_request_error", message: "Invalid API Key provided: ****" } },
            { error: { type: "invalid_request_error", code: "api_key_expired" } },
          ],
        },
      },
    ],
  },
];
