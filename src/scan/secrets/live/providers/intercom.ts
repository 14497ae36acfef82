import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "intercom",
    title: "Intercom (United States)",
    host: "api.intercom.io",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/intercom-token", "secrets/intercom-key"],
        path: "/me",
        carrier: { is: "bearer" },
        headers: { Accept: "application/json" },
        live: { status: 200, fields: { type: { is: ["admin"] }, id: "text" } },
        notLive: [{ status: 401, fields: { "errors/0/code": { is: ["token_revoked"] } } }],
        doubt: "it may be revoked, or of another region of Intercom",
        examples: {
          live: { type: "admin", id: "1" },
          notLive: [{ type: "error.list", errors: [{ code: "token_revoked" }] }],
        },
      },
    ],
  },
];
