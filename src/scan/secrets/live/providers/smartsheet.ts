import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "smartsheet",
    title: "Smartsheet (United States)",
    host: "api.smartsheet.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/smartsheet-token"],
        path: "/2.0/users/me",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { id: "number", email: "text" } },
        notLive: [{ status: 401, fields: { errorCode: { is: [1003] } } }],
        doubt: "it may be revoked, or of another region of Smartsheet",
        examples: {
          live: { id: 7, email: "ada@corp.example" },
          notLive: [{ errorCode: 1003, message: "Your Access Token has expired." }],
        },
      },
    ],
  },
];
