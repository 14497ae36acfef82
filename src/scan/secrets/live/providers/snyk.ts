import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "snyk",
    title: "Snyk (United States)",
    host: "api.snyk.io",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/snyk-token", "secrets/snyk-token-legacy"],
        path: "/rest/self?version=2024-10-15",
        carrier: { is: "header", name: "Authorization", before: "token " },
        headers: { Accept: "application/vnd.api+json" },
        live: { status: 200, fields: { "data/id": "text", "data/attributes/username": "text" } },
        doubt: "it may be revoked, or of another region of Snyk",
        examples: { live: { data: { id: "1", attributes: { username: "ada" } } } },
      },
    ],
  },
];
