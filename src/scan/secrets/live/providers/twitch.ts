import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "twitch",
    title: "Twitch",
    host: "id.twitch.tv",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/twitch-chat-token", "secrets/twitch-token"],
        begins: ["oauth:"],
        path: "/oauth2/validate",
        carrier: { is: "header", name: "Authorization", before: "OAuth " },
        without: "oauth:",
        live: { status: 200, fields: { client_id: "text" } },
        notLive: [{ status: 401, fields: { message: { is: ["invalid access token"] } } }],
        examples: { live: { client_id: "c" }, notLive: [{ status: 401, message: "invalid access token" }] },
      },
    ],
  },
];
