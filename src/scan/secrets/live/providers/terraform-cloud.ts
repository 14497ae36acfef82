import type { LiveProvider } from "../live-provider.ts";
import { lastUsed } from "../traces.ts";

export const providers: readonly LiveProvider[] = [
  {
    id: "terraform-cloud",
    title: "HCP Terraform",
    host: "app.terraform.io",
    trace: lastUsed,
    checks: [
      {
        rules: ["secrets/terraform-cloud-token"],
        path: "/api/v2/account/details",
        carrier: { is: "bearer" },
        headers: { Accept: "application/vnd.api+json" },
        live: { status: 200, fields: { "data/type": { is: ["users"] }, "data/id": "text" } },
        doubt: "it may be revoked, or of Terraform Enterprise on a server of your own",
        examples: { live: { data: { id: "user-1", type: "users" } } },
      },
    ],
  },
];
