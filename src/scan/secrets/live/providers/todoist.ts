import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "todoist",
    title: "Todoist",
    host: "api.todoist.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/todoist-token"],
        path: "/api/v1/user",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { id: "text", email: "text" } },
        examples: { live: { id: "1", email: "ada@corp.example" } },
      },
    ],
  },
];
