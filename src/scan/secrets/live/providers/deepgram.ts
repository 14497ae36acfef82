import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "deepgram",
    title: "Deepgram",
    host: "api.deepgram.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/deepgram-key"],
        path: "/v1/projects",
        carrier: { is: "header", name: "Authorization", before: "Token " },
        live: { status: 200, fields: { projects: "list" } },
        notLive: [{ status: 401, fields: { err_code: { is: ["INVALID_AUTH"] } } }],
        examples: {
          live: { projects: [] },
          notLive: [{ err_code: "INVALID_AUTH", err_msg: "Invalid credentials." }],
        },
      },
    ],
  },
];
