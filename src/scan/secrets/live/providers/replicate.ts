import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "replicate",
    title: "Replicate",
    host: "api.replicate.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/replicate-token"],
        path: "/v1/account",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { username: "text", type: "text" } },
        notLive: [{ status: 401, fields: { title: { is: ["Unauthenticated"] }, status: { is: [401] } } }],
        examples: {
          live: { type: "user", username: "ada" },
          notLive: [{ title: "Unauthenticated", status: 401 }],
        },
      },
    ],
  },
];
