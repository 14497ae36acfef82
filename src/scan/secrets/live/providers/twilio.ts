import type { LiveProvider } from "../live-provider.ts";
import { unseen } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "twilio",
    title: "Twilio",
    host: "api.twilio.com",
    trace: unseen,
    checks: [
      {
        rules: ["secrets/twilio-account-sid-with-token"],
        path: "/2010-04-01/Accounts.json?PageSize=1",
        carrier: { is: "basic" },
        live: { status: 200, fields: { accounts: "list" } },
        notLive: [{ status: 401, fields: { code: { is: [20003] }, message: { startsWith: "Authenticat" } } }],
        examples: { live: { accounts: [] }, notLive: [{ code: 20003, message: "Authenticate", status: 401 }] },
      },
      {
        rules: ["secrets/twilio-api-key"],
        path: "/2010-04-01/Accounts/{account}.json",
        carrier: { is: "basic", user: "{account}" },
        companion: { is: "near", name: "account", prefix: "AC", alphabet: "hexLower", length: 32 },
        live: { status: 200, fields: { sid: "text", status: { is: ["active"] } } },
        doubt: "it may be revoked, or of another account than the one beside it",
        examples: { live: { sid: "AC1", status: "active" } },
      },
    ],
  },
];
