import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "clickup",
    title: "ClickUp",
    host: "api.clickup.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/clickup-token"],
        path: "/api/v2/user",
        carrier: { is: "header", name: "Authorization" },
        live: { status: 200, fields: { "user/id": "number" } },
        notLive: [{ status: 401, fields: { ECODE: { is: ["OAUTH_019", "OAUTH_021", "OAUTH_025", "OAUTH_077"] } } }],
        examples: {
          live: { user: { id: 7 } },
          notLive: [{ err: "Token invalid", ECODE: "OAUTH_025" }],
        },
      },
    ],
  },
];
