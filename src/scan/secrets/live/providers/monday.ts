import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "monday",
    title: "monday.com",
    host: "api.monday.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/monday-token"],
        method: "POST",
        path: "/v2",
        carrier: { is: "header", name: "Authorization" },
        body: { query: "{ me { id } }" },
        live: { status: 200, fields: { "data/me/id": "text" } },
        notLive: [{ status: 401, fields: { "errors/0": { is: ["Not Authenticated"] } } }],
        examples: { live: { data: { me: { id: "1" } } }, notLive: [{ errors: ["Not Authenticated"] }] },
      },
    ],
  },
];
