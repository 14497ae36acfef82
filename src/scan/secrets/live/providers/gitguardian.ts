import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "gitguardian",
    title: "GitGuardian (United States)",
    host: "api.gitguardian.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/gitguardian-token"],
        path: "/v1/health",
        carrier: { is: "header", name: "Authorization", before: "Token " },
        live: { status: 200, fields: { detail: { is: ["Valid API key."] } } },
        doubt: "it may be revoked, or of another instance of GitGuardian",
        examples: { live: { detail: "Valid API key." } },
      },
    ],
  },
];
