import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "hugging-face",
    title: "Hugging Face",
    host: "huggingface.co",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/hugging-face-token"],
        path: "/api/whoami-v2",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { name: "text", "auth/accessToken/role": "text" } },
        notLive: [
          {
            status: 401,
            fields: { error: { is: ["Invalid username or password.", "Invalid credentials in Authorization header"] } },
          },
        ],
        examples: {
          live: { type: "user", name: "ada", auth: { type: "access_token", accessToken: { role: "read" } } },
          notLive: [{ error: "Invalid username or password." }],
        },
      },
    ],
  },
];
