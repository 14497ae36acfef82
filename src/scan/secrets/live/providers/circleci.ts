import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "circleci",
    title: "CircleCI",
    host: "circleci.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/circleci-token", "secrets/circleci-token-legacy"],
        path: "/api/v2/me",
        carrier: { is: "header", name: "Circle-Token" },
        live: { status: 200, fields: { id: "text", login: "text" } },
        doubt: "it may be revoked, of one project only, or of a CircleCI server of your own",
        examples: { live: { id: "1", login: "ada" } },
      },
    ],
  },
];
