import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "datadog",
    title: "Datadog (site US1)",
    host: "api.datadoghq.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/datadog-api-key"],
        path: "/api/v1/validate",
        carrier: { is: "header", name: "DD-API-KEY" },
        live: { status: 200, fields: { valid: true } },
        doubt: "it may be revoked, or of another site of Datadog",
        examples: { live: { valid: true } },
      },
    ],
  },
];
