import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "contentful",
    title: "Contentful",
    host: "api.contentful.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/contentful-token"],
        path: "/users/me",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { "sys/type": { is: ["User"] } } },
        doubt: "it may be revoked, or of an account in the European Union",
        examples: { live: { sys: { type: "User", id: "1" } } },
      },
    ],
  },
];
