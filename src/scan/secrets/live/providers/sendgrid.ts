import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "sendgrid",
    title: "Twilio SendGrid",
    host: "api.sendgrid.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/sendgrid-key"],
        path: "/v3/scopes",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { scopes: "list" } },
        notLive: [
          {
            status: 401,
            fields: {
              "errors/0/message": { is: ["The provided authorization grant is invalid, expired, or revoked"] },
            },
          },
        ],
        examples: {
          live: { scopes: ["mail.send"] },
          notLive: [
            { errors: [{ field: null, message: "The provided authorization grant is invalid, expired, or revoked" }] },
          ],
        },
      },
    ],
  },
];
