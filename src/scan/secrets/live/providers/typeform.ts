import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "typeform",
    title: "Typeform",
    host: "api.typeform.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/typeform-token"],
        path: "/me",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { user_id: "text" } },
        doubt: "it may be revoked, or of an account in the European Union",
        examples: { live: { user_id: "1", alias: "ada" } },
      },
    ],
  },
];
