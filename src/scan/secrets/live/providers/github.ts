import type { LiveCheck, LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

/** Whoever has a token of a user is told who that is. */
const asUser: Omit<LiveCheck, "rules"> = {
  path: "/user",
  carrier: { is: "bearer" },
  headers: { "X-GitHub-Api-Version": "2022-11-28" },
  live: { status: 200, fields: { login: "text", id: "number" } },
  notLive: [{ status: 401, fields: { message: { is: ["Bad credentials"] } } }],
  examples: { live: { login: "ada", id: 1 }, notLive: [{ message: "Bad credentials", status: "401" }] },
};

export const providers: readonly LiveProvider[] = [
  {
    id: "github",
    title: "GitHub",
    host: "api.github.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/github-token", "secrets/github-fine-grained-token"],
        ...asUser,
      },
      {
        rules: ["secrets/github-app-token"],
        begins: ["ghu_", "gho_"],
        ...asUser,
      },
      {
        rules: ["secrets/github-app-token", "secrets/github-installation-token"],
        begins: ["ghs_"],
        path: "/installation/repositories?per_page=1",
        carrier: { is: "bearer" },
        headers: { "X-GitHub-Api-Version": "2022-11-28" },
        live: { status: 200, fields: { total_count: "number", repositories: "list" } },
        notLive: [{ status: 401, fields: { message: { is: ["Bad credentials"] } } }],
        examples: {
          live: { total_count: 0, repositories: [] },
          notLive: [{ message: "Bad credentials", status: "401" }],
        },
      },
    ],
  },
];
