import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "netlify",
    title: "Netlify",
    host: "api.netlify.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/netlify-token", "secrets/netlify-token-legacy"],
        path: "/api/v1/user",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { id: "text", email: "text" } },
        notLive: [{ status: 401, fields: { code: { is: [401] }, message: { startsWith: "Access Denied" } } }],
        examples: {
          live: { id: "5e", email: "ada@corp.example" },
          notLive: [{ code: 401, message: "Access Denied" }],
        },
      },
    ],
  },
];
