import type { LiveProvider } from "../live-provider.ts";
import { requestLog } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "doppler",
    title: "Doppler",
    host: "api.doppler.com",
    trace: requestLog,
    checks: [
      {
        rules: ["secrets/doppler-token", "secrets/doppler-service-token"],
        begins: ["dp.pt.", "dp.ct.", "dp.sa.", "dp.st."],
        path: "/v3/me",
        carrier: { is: "bearer" },
        live: { status: 200, fields: { "workplace/slug": "text" } },
        notLive: [{ status: 401, fields: { success: false, "messages/0": { startsWith: "Invalid" } } }],
        examples: {
          live: { workplace: { slug: "w" }, type: "personal" },
          notLive: [{ messages: ["Invalid Auth token"], success: false }],
        },
      },
    ],
  },
];
