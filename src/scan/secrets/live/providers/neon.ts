import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "neon",
    title: "Neon",
    host: "console.neon.tech",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/neon-key"],
        path: "/api/v2/users/me",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { id: "text", login: "text" } },
        examples: { live: { id: "1", login: "ada" } },
      },
    ],
  },
];
