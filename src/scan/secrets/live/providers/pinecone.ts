import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "pinecone",
    title: "Pinecone",
    host: "api.pinecone.io",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/pinecone-key"],
        path: "/indexes",
        carrier: { is: "header", name: "Api-Key" },
        headers: { "X-Pinecone-API-Version": "2024-10" },
        live: { status: 200, fields: { indexes: "list" } },
        notLive: [{ status: 401, fields: { "error/code": { is: ["UNAUTHENTICATED"] } } }],
        examples: {
          live: { indexes: [] },
          notLive: [{ error: { code: "UNAUTHENTICATED", message: "Invalid API key." }, status: 401 }],
        },
      },
    ],
  },
];
