import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "notion",
    title: "Notion",
    host: "api.notion.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/notion-token", "secrets/notion-token-legacy"],
        path: "/v1/users/me",
        carrier: { is: "bearer" },
        headers: { "Notion-Version": "2022-06-28" },
        live: { status: 200, fields: { object: { is: ["user"] }, id: "text" } },
        notLive: [
          { status: 401, fields: { code: { is: ["unauthorized"] }, message: { is: ["API token is invalid."] } } },
        ],
        examples: {
          live: { object: "user", id: "1" },
          notLive: [{ object: "error", status: 401, code: "unauthorized", message: "API token is invalid." }],
        },
      },
    ],
  },
];
