import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "linear",
    title: "Linear",
    host: "api.linear.app",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/linear-key"],
        begins: ["lin_api_"],
        method: "POST",
        path: "/graphql",
        carrier: { is: "header", name: "Authorization" },
        body: { query: "{ viewer { id } }" },
        live: { status: 200, fields: { "data/viewer/id": "text" } },
        notLive: [
          { status: 400, fields: { "errors/0/extensions/code": { is: ["AUTHENTICATION_ERROR"] } } },
          { status: 401, fields: { "errors/0/extensions/code": { is: ["AUTHENTICATION_ERROR"] } } },
        ],
        examples: {
          live: { data: { viewer: { id: "1" } } },
          notLive: [
            { errors: [{ extensions: { code: "AUTHENTICATION_ERROR" } }] },
            { errors: [{ extensions: { code: "AUTHENTICATION_ERROR" } }] },
          ],
        },
      },
    ],
  },
];
