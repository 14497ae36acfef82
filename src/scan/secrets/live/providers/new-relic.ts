import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "new-relic",
    title: "New Relic (United States)",
    host: "api.newrelic.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/newrelic-key"],
        begins: ["NRAK-"],
        method: "POST",
        path: "/graphql",
        carrier: { is: "header", name: "API-Key" },
        body: { query: "{ actor { user { id } } }" },
        live: { status: 200, fields: { "data/actor/user/id": "number" } },
        doubt: "it may be revoked, or of an account in the European Union",
        examples: { live: { data: { actor: { user: { id: 7 } } } } },
      },
    ],
  },
];
