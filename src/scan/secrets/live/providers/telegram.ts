import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "telegram",
    title: "Telegram",
    host: "api.telegram.org",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/telegram-bot-token"],
        path: "/bot{secret}/getMe",
        carrier: { is: "path" },
        live: { status: 200, fields: { ok: true, "result/id": "number" } },
        notLive: [{ status: 401, fields: { ok: false, error_code: { is: [401] } } }],
        examples: {
          live: { ok: true, result: { id: 7, is_bot: true } },
          notLive: [{ ok: false, error_code: 401, description: "Unauthorized" }],
        },
      },
    ],
  },
];
