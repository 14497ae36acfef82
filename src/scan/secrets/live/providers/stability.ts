import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "stability",
    title: "Stability AI",
    host: "api.stability.ai",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/stability-key"],
        path: "/v1/user/account",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { id: "text", email: "text" } },
        notLive: [{ status: 401, fields: { name: { is: ["unauthorized"] } } }],
        examples: { live: { id: "1", email: "ada@corp.example" }, notLive: [{ id: "1", name: "unauthorized" }] },
      },
    ],
  },
];
