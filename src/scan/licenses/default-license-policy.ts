/** What a company that ships closed software usually decides; every instance may decide otherwise. */
import type { LicensePolicy } from "../settings/package-settings.ts";

export const defaultLicensePolicy: LicensePolicy = {
  rules: [
    { match: { scope: "development" }, action: "allow", reason: "Not shipped" },
    {
      match: { license: "LicenseRef-scancode-ms-net-library" },
      action: "allow",
      reason: "Parts of .NET, which may be shipped with programs",
    },
    { match: { category: "public-domain" }, action: "allow" },
    { match: { category: "permissive" }, action: "allow" },
    { match: { category: "weak-copyleft" }, action: "review", severity: "low" },
    { match: { category: "strong-copyleft" }, action: "deny", severity: "high" },
    { match: { category: "network-copyleft" }, action: "deny", severity: "high" },
    { match: { category: "non-commercial" }, action: "deny", severity: "high" },
    { match: { category: "source-available" }, action: "review", severity: "medium" },
    { match: { category: "proprietary" }, action: "review", severity: "medium" },
  ],
  otherwise: "review",
};
