import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "airtable",
    title: "Airtable",
    host: "api.airtable.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/airtable-pat"],
        path: "/v0/meta/whoami",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { id: { startsWith: "usr" } } },
        notLive: [{ status: 401, fields: { "error/type": { is: ["AUTHENTICATION_REQUIRED"] } } }],
        examples: {
          live: { id: "usr1" },
          notLive: [{ error: { type: "AUTHENTICATION_REQUIRED", message: "Authentication required" } }],
        },
      },
    ],
  },
];
