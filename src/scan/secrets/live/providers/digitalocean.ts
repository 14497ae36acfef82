import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "digitalocean",
    title: "DigitalOcean",
    host: "api.digitalocean.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/digitalocean-token", "secrets/digitalocean-token-legacy"],
        path: "/v2/account",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { "account/uuid": "text" } },
        notLive: [
          {
            status: 401,
            fields: { id: { is: ["Unauthorized", "unauthorized"] }, message: { is: ["Unable to authenticate you"] } },
          },
        ],
        examples: {
          live: { account: { uuid: "b6fr89dbf6d9156cace5f3c78dc9851d957381ef" } },
          notLive: [{ id: "Unauthorized", message: "Unable to authenticate you" }],
        },
      },
    ],
  },
];
