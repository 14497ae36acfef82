import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "openrouter",
    title: "OpenRouter",
    host: "openrouter.ai",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/openrouter-key"],
        path: "/api/v1/key",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { "data/label": "text" } },
        notLive: [{ status: 401, fields: { "error/code": { is: [401] } } }],
        examples: {
          live: { data: { label: "build" } },
          notLive: [{ error: { code: 401, message: "User not found." } }],
        },
      },
    ],
  },
];
