import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "hetzner",
    title: "Hetzner Cloud",
    host: "api.hetzner.cloud",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/hetzner-token"],
        path: "/v1/locations?per_page=1",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { locations: "list" } },
        notLive: [{ status: 401, fields: { "error/code": { is: ["unauthorized"] } } }],
        examples: {
          live: { locations: [] },
          notLive: [{ error: { code: "unauthorized", message: "unable to authenticate" } }],
        },
      },
    ],
  },
];
