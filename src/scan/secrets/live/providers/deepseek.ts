import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "deepseek",
    title: "DeepSeek",
    host: "api.deepseek.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/deepseek-key"],
        path: "/user/balance",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { balance_infos: "list" } },
        notLive: [{ status: 401, fields: { "error/type": { is: ["authentication_error"] } } }],
        examples: {
          live: { is_available: true, balance_infos: [] },
          notLive: [{ error: { message: "Authentication Fails", type: "authentication_error" } }],
        },
      },
    ],
  },
];
