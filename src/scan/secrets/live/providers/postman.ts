import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "postman",
    title: "Postman",
    host: "api.getpostman.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/postman-key"],
        path: "/me",
        carrier: { is: "header", name: "X-API-Key" },
        live: { status: 200, fields: { "user/id": "number" } },
        notLive: [{ status: 401, fields: { "error/name": { is: ["AuthenticationError"] } } }],
        examples: {
          live: { user: { id: 7 } },
          notLive: [{ error: { name: "AuthenticationError", message: "Invalid API Key." } }],
        },
      },
    ],
  },
];
