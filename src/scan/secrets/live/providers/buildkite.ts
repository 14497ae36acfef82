import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "buildkite",
    title: "Buildkite",
    host: "api.buildkite.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/buildkite-token", "secrets/buildkite-token-legacy"],
        path: "/v2/access-token",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { uuid: "text", scopes: "list" } },
        notLive: [{ status: 401, fields: { message: { startsWith: "Authentication required." } } }],
        examples: {
          live: { uuid: "1", scopes: [] },
          notLive: [{ message: "Authentication required. Please supply a valid API Access Token." }],
        },
      },
    ],
  },
];
