import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "elevenlabs",
    title: "ElevenLabs",
    host: "api.elevenlabs.io",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/elevenlabs-key", "secrets/elevenlabs-key-legacy"],
        path: "/v1/user",
        carrier: { is: "header", name: "xi-api-key" },
        live: { status: 200, fields: { "subscription/tier": "text" } },
        notLive: [{ status: 401, fields: { "detail/status": { is: ["invalid_api_key"] } } }],
        examples: {
          live: { subscription: { tier: "free" } },
          notLive: [{ detail: { status: "invalid_api_key", message: "Invalid API key" } }],
        },
      },
    ],
  },
];
