import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "sonar",
    title: "SonarQube Cloud",
    host: "sonarcloud.io",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/sonar-token", "secrets/sonar-token-legacy"],
        path: "/api/users/current",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { isLoggedIn: true, login: "text" } },
        doubt: "it may be revoked, or of a SonarQube server of your own",
        examples: { live: { isLoggedIn: true, login: "ada" } },
      },
    ],
  },
];
