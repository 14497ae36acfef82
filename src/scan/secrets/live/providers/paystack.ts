import type { LiveProvider } from "../live-provider.ts";
import { requestLog } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "paystack",
    title: "Paystack",
    host: "api.paystack.co",
    trace: requestLog,
    checks: [
      {
        rules: ["secrets/paystack-key"],
        path: "/balance",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { status: true, data: "list" } },
        notLive: [{ status: 401, fields: { status: false, message: { is: ["Invalid key"] } } }],
        examples: {
          live: { status: true, data: [] },
          notLive: [{ status: false, message: "Invalid key" }],
        },
      },
    ],
  },
];
