import type { LiveProvider } from "../live-provider.ts";
import { requestLog } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "hubspot",
    title: "HubSpot",
    host: "api.hubapi.com",
    trace: requestLog,
    checks: [
      {
        rules: ["secrets/hubspot-token"],
        path: "/account-info/v3/details",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { portalId: "number" } },
        notLive: [{ status: 401, fields: { category: { is: ["INVALID_AUTHENTICATION", "EXPIRED_AUTHENTICATION"] } } }],
        examples: {
          live: { portalId: 7 },
          notLive: [{ status: "error", category: "INVALID_AUTHENTICATION" }],
        },
      },
    ],
  },
];
