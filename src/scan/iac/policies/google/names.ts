/** Cloud DNS: signed zones, and what they are signed with. */
import { value, when } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const links = ["https://cloud.google.com/dns/docs/dnssec-config"];

const zone = (...lines: readonly string[]) =>
  tfResource("google_dns_managed_zone", `name     = "shop"`, `dns_name = "shop.example."`, ...lines);
const signedWith = (algorithm: string) =>
  zone(
    "dnssec_config {",
    `  state = "on"`,
    "  default_key_specs {",
    `    algorithm = "${algorithm}"`,
    `    key_type  = "keySigning"`,
    "  }",
    "}",
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/google-dns-zone-not-signed",
    aliases: ["CKV_GCP_16", "AVD-GCP-0013"],
    title: "DNS zone is not signed",
    severity: "medium",
    controls: "web-protection",
    why: "Somebody on the path, or in a resolver, answers with addresses of their own and takes over your visitors.",
    fix: 'Set `dnssec_config.state` to "on" and enter the key at your registrar.',
    links,
    on: {
      "tf:google_dns_managed_zone": when(
        // Private zones cannot be signed.
        value("visibility").not("private"),
        value("dnssec_config.state").oneOf("on", "transfer"),
        "none",
      ),
    },
    examples: {
      bad: [zone(), zone("dnssec_config {", `  state = "off"`, "}")],
      good: [zone("dnssec_config {", `  state = "on"`, "}")],
    },
  },
  {
    id: "iac/google-dns-zone-signed-with-sha1",
    aliases: ["CKV_GCP_17", "AVD-GCP-0012"],
    title: "DNS zone is signed with RSASHA1",
    severity: "medium",
    controls: "web-protection",
    why: "SHA-1 is broken: with effort, signatures of other answers can be forged.",
    fix: 'Set `algorithm` of the `default_key_specs` to "rsasha256" or "ecdsap256sha256".',
    links,
    on: {
      "tf:google_dns_managed_zone": value("dnssec_config.default_key_specs.algorithm", { edit: false }).not("rsasha1"),
    },
    examples: { bad: [signedWith("rsasha1")], good: [signedWith("rsasha256"), zone()] },
  },
];
