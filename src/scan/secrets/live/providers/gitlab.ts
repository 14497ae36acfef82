import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "gitlab",
    title: "GitLab.com",
    host: "gitlab.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/gitlab-token"],
        path: "/api/v4/personal_access_tokens/self",
        carrier: { is: "header", name: "PRIVATE-TOKEN" },
        live: { status: 200, fields: { id: "number", active: true } },
        notLive: [
          {
            status: 401,
            fields: {
              error: { is: ["invalid_token"] },
              error_description: {
                is: [
                  "Token was revoked. You have to re-authorize from the user.",
                  "Token is expired. You can either do re-authorization or token refresh.",
                ],
              },
            },
          },
        ],
        doubt: "it may be revoked, or of a GitLab server of your own",
        examples: {
          live: { id: 7, name: "build", revoked: false, active: true },
          notLive: [
            { error: "invalid_token", error_description: "Token was revoked. You have to re-authorize from the user." },
          ],
        },
      },
    ],
  },
];
