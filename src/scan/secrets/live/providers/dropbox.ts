import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "dropbox",
    title: "Dropbox",
    host: "api.dropboxapi.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/dropbox-token", "secrets/dropbox-long-token"],
        method: "POST",
        path: "/2/users/get_current_account",
        carrier: { is: "bearer" },
        body: null,
        live: { status: 200, fields: { account_id: { startsWith: "dbid:" } } },
        notLive: [{ status: 401, fields: { "error/.tag": { is: ["invalid_access_token", "expired_access_token"] } } }],
        examples: {
          live: { account_id: "dbid:1" },
          notLive: [{ error_summary: "expired_access_token/", error: { ".tag": "expired_access_token" } }],
        },
      },
    ],
  },
];
