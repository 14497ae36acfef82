import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "pulumi",
    title: "Pulumi Cloud",
    host: "api.pulumi.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/pulumi-token"],
        path: "/api/user",
        carrier: { is: "header", name: "Authorization", before: "token " },
        headers: { Accept: "application/vnd.pulumi+8" },
        live: { status: 200, fields: { id: "text", githubLogin: "text" } },
        doubt: "it may be revoked, or of a Pulumi server of your own",
        examples: { live: { id: "1", githubLogin: "ada" } },
      },
    ],
  },
];
