import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "postmark",
    title: "Postmark",
    host: "api.postmarkapp.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/postmark-token"],
        path: "/server",
        carrier: { is: "header", name: "X-Postmark-Server-Token" },
        live: { status: 200, fields: { ID: "number" } },
        doubt: "it may be revoked, or of an account and not of a server",
        examples: { live: { ID: 7 } },
      },
    ],
  },
];
