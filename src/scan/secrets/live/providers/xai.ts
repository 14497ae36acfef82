import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "xai",
    title: "xAI",
    host: "api.x.ai",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/xai-key"],
        path: "/v1/api-key",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { api_key_id: "text", api_key_blocked: false, api_key_disabled: false } },
        notLive: [
          { status: 200, fields: { api_key_id: "text", api_key_disabled: true } },
          { status: 400, fields: { error: { startsWith: "Incorrect API key provided" } } },
        ],
        examples: {
          live: { api_key_id: "1", api_key_blocked: false, api_key_disabled: false },
          notLive: [
            { api_key_id: "1", api_key_blocked: false, api_key_disabled: true },
            { error: "Incorrect API key provided: ****" },
          ],
        },
      },
    ],
  },
];
