import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "heroku",
    title: "Heroku",
    host: "api.heroku.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/heroku-key", "secrets/heroku-key-legacy"],
        path: "/account",
        carrier: { is: "bearer" },
        headers: { Accept: "application/vnd.heroku+json; version=3" },
        live: { status: 200, fields: { id: "text", email: "text" } },
        notLive: [
          {
            status: 401,
            fields: { id: { is: ["unauthorized"] }, message: { is: ["Invalid credentials provided."] } },
          },
        ],
        examples: {
          live: { id: "01234567", email: "ada@corp.example" },
          notLive: [{ id: "unauthorized", message: "Invalid credentials provided." }],
        },
      },
    ],
  },
];
