import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "discord",
    title: "Discord",
    host: "discord.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/discord-bot-token"],
        path: "/api/v10/users/@me",
        carrier: { is: "header", name: "Authorization", before: "Bot " },
        live: { status: 200, fields: { id: "text", username: "text" } },
        notLive: [{ status: 401, fields: { message: { is: ["401: Unauthorized"] }, code: { is: [0] } } }],
        examples: { live: { id: "1", username: "helper" }, notLive: [{ message: "401: Unauthorized", code: 0 }] },
      },
    ],
  },
];
