import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "brevo",
    title: "Brevo",
    host: "api.brevo.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/brevo-key"],
        begins: ["xkeysib-"],
        path: "/v3/account",
        carrier: { is: "header", name: "api-key" },
        live: { status: 200, fields: { email: "text" } },
        notLive: [{ status: 401, fields: { code: { is: ["unauthorized"] }, message: { is: ["Key not found"] } } }],
        doubt: "this machine's address may not be allowed",
        examples: {
          live: { email: "ada@corp.example" },
          notLive: [{ message: "Key not found", code: "unauthorized" }],
        },
      },
    ],
  },
];
