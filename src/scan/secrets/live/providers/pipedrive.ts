import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "pipedrive",
    title: "Pipedrive",
    host: "api.pipedrive.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/pipedrive-token"],
        path: "/v1/users/me",
        carrier: { is: "header", name: "x-api-token" },
        live: { status: 200, fields: { success: true, "data/id": "number" } },
        notLive: [{ status: 401, fields: { success: false, error: { is: ["unauthorized access"] } } }],
        examples: {
          live: { success: true, data: { id: 7 } },
          notLive: [{ success: false, error: "unauthorized access", errorCode: 401 }],
        },
      },
    ],
  },
];
