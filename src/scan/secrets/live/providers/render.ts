import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "render",
    title: "Render",
    host: "api.render.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/render-key"],
        path: "/v1/users",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { email: "text" } },
        examples: { live: { email: "ada@corp.example", name: "Ada" } },
      },
    ],
  },
];
