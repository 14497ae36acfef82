import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "asana",
    title: "Asana",
    host: "app.asana.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/asana-token"],
        path: "/api/1.0/users/me?opt_fields=gid",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { "data/gid": "text" } },
        notLive: [{ status: 401, fields: { "errors/0/message": { is: ["Not Authorized"] } } }],
        examples: { live: { data: { gid: "1" } }, notLive: [{ errors: [{ message: "Not Authorized" }] }] },
      },
    ],
  },
];
