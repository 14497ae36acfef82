import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "figma",
    title: "Figma",
    host: "api.figma.com",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/figma-token"],
        path: "/v1/me",
        carrier: { is: "header", name: "X-Figma-Token" },
        live: { status: 200, fields: { id: "text", handle: "text" } },
        notLive: [{ status: 403, fields: { status: { is: [403] }, err: { is: ["Invalid token", "Token expired"] } } }],
        examples: { live: { id: "1", handle: "Ada" }, notLive: [{ status: 403, err: "Invalid token" }] },
      },
    ],
  },
];
