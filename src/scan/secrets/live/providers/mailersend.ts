import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "mailersend",
    title: "MailerSend",
    host: "api.mailersend.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/mailersend-token"],
        path: "/v1/api-quota",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { quota: "number" } },
        notLive: [{ status: 401, fields: { message: { is: ["Unauthenticated."] } } }],
        examples: { live: { quota: 1, remaining: 1 }, notLive: [{ message: "Unauthenticated." }] },
      },
    ],
  },
];
