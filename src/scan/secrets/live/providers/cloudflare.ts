import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "cloudflare",
    title: "Cloudflare",
    host: "api.cloudflare.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/cloudflare-token", "secrets/cloudflare-token-beside-name"],
        path: "/client/v4/user/tokens/verify",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { success: true, "result/status": { is: ["active"] } } },
        notLive: [{ status: 200, fields: { success: true, "result/status": { is: ["disabled", "expired"] } } }],
        doubt: "it may be revoked, or belong to an account and not to a person",
        examples: {
          live: { success: true, result: { id: "1", status: "active" } },
          notLive: [{ success: true, result: { id: "1", status: "disabled" } }],
        },
      },
    ],
  },
];
