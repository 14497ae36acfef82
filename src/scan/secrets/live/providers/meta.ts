import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "meta",
    title: "Meta",
    host: "graph.facebook.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/facebook-token"],
        path: "/v21.0/me?fields=id",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { id: "text" } },
        notLive: [
          { status: 400, fields: { "error/type": { is: ["OAuthException"] }, "error/code": { is: [190] } } },
          { status: 401, fields: { "error/type": { is: ["OAuthException"] }, "error/code": { is: [190] } } },
        ],
        examples: {
          live: { id: "1" },
          notLive: [{ error: { type: "OAuthException", code: 190 } }, { error: { type: "OAuthException", code: 190 } }],
        },
      },
    ],
  },
];
