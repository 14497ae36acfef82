import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "vultr",
    title: "Vultr",
    host: "api.vultr.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/vultr-key"],
        path: "/v2/account",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { "account/email": "text" } },
        notLive: [{ status: 401, fields: { error: { is: ["Invalid API token."] } } }],
        doubt: "it may be revoked, or this machine's address may not be allowed",
        examples: {
          live: { account: { email: "ada@corp.example" } },
          notLive: [{ error: "Invalid API token.", status: 401 }],
        },
      },
    ],
  },
];
