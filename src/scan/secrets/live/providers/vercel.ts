import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "vercel",
    title: "Vercel",
    host: "api.vercel.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/vercel-token", "secrets/vercel-token-legacy"],
        path: "/v2/user",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { "user/id": "text", "user/username": "text" } },
        notLive: [{ status: 403, fields: { "error/code": { is: ["forbidden"] }, "error/invalidToken": true } }],
        examples: {
          live: { user: { id: "u1", username: "ada" } },
          notLive: [{ error: { code: "forbidden", message: "Not authorized", invalidToken: true } }],
        },
      },
    ],
  },
];
