/** Palo Alto Networks firewalls that Terraform configures: rules, zones, management and VPN profiles. */
import { all, each, value } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import { on, type Policy, tf } from "../../policy.ts";
import { failAt, passed } from "../../verdict.ts";

const links = ["https://docs.paloaltonetworks.com/best-practices"];
const rules = ["tf:panos_security_policy", "tf:panos_security_rule_group"] as const;
const vpn = ["tf:panos_ipsec_crypto_profile", "tf:panos_panorama_ipsec_crypto_profile"] as const;

const rule = (...lines: readonly string[]) =>
  tfResource("panos_security_policy", "rule {", ...lines.map((line) => `  ${line}`), "}");

function eachRule(
  alias: string,
  id: string,
  title: string,
  words: Pick<Policy, "severity" | "controls" | "why" | "fix">,
  condition: Parameters<typeof each>[1],
  [bad, good]: readonly [readonly string[], readonly string[]],
): Policy {
  return {
    id: `iac/palo-alto-${id}`,
    aliases: [alias],
    title,
    ...words,
    links,
    on: on(rules, each("rule", condition, { missing: "none" })),
    examples: { bad: [rule(...bad)], good: [rule(...good)] },
  };
}

export const policies: readonly Policy[] = [
  {
    id: "iac/palo-alto-provider-with-secret",
    aliases: ["CKV_PAN_1"],
    title: "Password or key of the firewall is written in the provider",
    severity: "critical",
    controls: "secret-handling",
    why: "Everybody who reads the repository can configure the firewall.",
    fix: "Take the credentials from the environment or a secret store.",
    links: links,
    on: {
      "tf:provider.panos": (node, resource) => {
        const written = ["password", "api_key"].map((name) => value(name, { edit: false }).absent()(node, resource));
        return written.find(({ is }) => is === "fail") ?? passed;
      },
    },
    examples: {
      bad: [tf('provider "panos" {\n  hostname = "firewall.example"\n  password = "not a real one"\n}\n')],
      good: [tf('provider "panos" {\n  hostname = "firewall.example"\n}\n')],
    },
  },
  ...(
    [
      ["CKV_PAN_2", "http", "plain HTTP"],
      ["CKV_PAN_3", "telnet", "Telnet"],
    ] as const
  ).map(
    ([alias, name, what]): Policy => ({
      id: `iac/palo-alto-management-over-${name}`,
      aliases: [alias],
      title: `Firewall can be managed over ${what}`,
      severity: "high",
      controls: "encryption-in-transit",
      why: "The administrator's password can be read on the network.",
      fix: `Remove \`${name}\` from the management profile and use HTTPS or SSH.`,
      links,
      on: { "tf:panos_management_profile": value(name).not(true) },
      examples: {
        bad: [tfResource("panos_management_profile", `${name} = true`)],
        good: [tfResource("panos_management_profile", "https = true")],
      },
    }),
  ),
  eachRule(
    "CKV_PAN_4",
    "rule-without-response-inspection",
    "Security rule does not inspect what servers answer",
    {
      severity: "medium",
      controls: "threat-detection",
      why: "Malware and stolen data in answers pass unseen.",
      fix: "Remove `disable_server_response_inspection`.",
    },
    value("disable_server_response_inspection").not(true),
    [["disable_server_response_inspection = true"], ["disable_server_response_inspection = false"]],
  ),
  eachRule(
    "CKV_PAN_5",
    "rule-for-any-application",
    "Security rule allows any application",
    {
      severity: "medium",
      controls: "network-segmentation",
      why: "Whatever speaks on the port passes, tunnels and command channels included.",
      fix: "Name the applications that are needed.",
    },
    value("applications").not("any"),
    [['applications = ["any"]'], ['applications = ["web-browsing"]']],
  ),
  eachRule(
    "CKV_PAN_6",
    "rule-for-any-service",
    "Security rule allows any service",
    {
      severity: "medium",
      controls: "network-segmentation",
      why: "Every port is open between the zones.",
      fix: 'Name services, or "application-default".',
    },
    value("services").not("any"),
    [['services = ["any"]'], ['services = ["application-default"]']],
  ),
  eachRule(
    "CKV_PAN_7",
    "rule-from-anywhere-to-anywhere",
    "Security rule allows everything from anywhere to anywhere",
    {
      severity: "high",
      controls: "network-segmentation",
      why: "The firewall does not part the zones at all for this traffic.",
      fix: "Name source or destination addresses.",
    },
    (node, resource) => {
      const [source, destination] = ["source_addresses", "destination_addresses"].map((path) =>
        value(path, { edit: false }).not("any")(node, resource),
      );
      if (source?.is === "fail" && destination?.is === "fail")
        return failAt(source.at ?? node.at, "source and destination are any");
      if (source?.is === "pass" || destination?.is === "pass") return passed;
      return [source, destination].find((one) => one?.is === "unknown") ?? passed;
    },
    [
      ['source_addresses = ["any"]', 'destination_addresses = ["any"]'],
      ['source_addresses = ["10.0.0.0/8"]', 'destination_addresses = ["any"]'],
    ],
  ),
  eachRule(
    "CKV_PAN_8",
    "rule-without-description",
    "Security rule has no description",
    {
      severity: "low",
      controls: "governance",
      why: "Nobody dares to remove a rule whose purpose is not known.",
      fix: "Say in `description` what the rule is for.",
    },
    value("description").exists(),
    [['name = "a"'], ['description = "Web servers to their database"']],
  ),
  eachRule(
    "CKV_PAN_9",
    "rule-without-log-forwarding",
    "Security rule forwards no log",
    {
      severity: "low",
      controls: "logging",
      why: "Logs stay on the firewall, and are gone when it is.",
      fix: "Name a log forwarding profile in `log_setting`.",
    },
    value("log_setting").exists(),
    [['name = "a"'], ['log_setting = "default"']],
  ),
  eachRule(
    "CKV_PAN_10",
    "rule-without-log",
    "Security rule does not log the end of sessions",
    {
      severity: "low",
      controls: "logging",
      why: "After an incident nobody can tell what passed.",
      fix: "Remove `log_end = false`.",
    },
    value("log_end").not(false),
    [["log_end = false"], ["log_end = true"]],
  ),
  {
    id: "iac/palo-alto-vpn-weak-encryption",
    aliases: ["CKV_PAN_11"],
    title: "IPsec profile allows weak or no encryption",
    severity: "high",
    controls: "encryption-in-transit",
    why: "The traffic of the tunnel can be read or changed by whoever is on the path.",
    fix: "Use aes-128-gcm or aes-256-gcm in `encryptions`.",
    links,
    on: on(
      vpn,
      value("encryptions", { missing: "fail", edit: false }).not(
        "des",
        "3des",
        "aes-128-cbc",
        "aes-192-cbc",
        "aes-256-cbc",
        "null",
      ),
    ),
    examples: {
      bad: [tfResource("panos_ipsec_crypto_profile", 'encryptions = ["3des"]')],
      good: [tfResource("panos_ipsec_crypto_profile", 'encryptions = ["aes-256-gcm"]')],
    },
  },
  {
    id: "iac/palo-alto-vpn-weak-authentication",
    aliases: ["CKV_PAN_12"],
    title: "IPsec profile allows weak or no authentication",
    severity: "high",
    controls: "encryption-in-transit",
    why: "Packets of the tunnel can be changed without anybody noticing.",
    fix: "Use sha256, sha384 or sha512 in `authentications`.",
    links,
    on: on(vpn, value("authentications", { missing: "fail", edit: false }).not("none", "md5", "sha1")),
    examples: {
      bad: [tfResource("panos_ipsec_crypto_profile", 'authentications = ["md5"]')],
      good: [tfResource("panos_ipsec_crypto_profile", 'authentications = ["sha256"]')],
    },
  },
  {
    id: "iac/palo-alto-vpn-without-encryption",
    aliases: ["CKV_PAN_13"],
    title: "IPsec profile authenticates but does not encrypt",
    severity: "high",
    controls: "encryption-in-transit",
    why: "The protocol AH sends the content in clear.",
    fix: 'Remove `protocol = "ah"`; the default is esp.',
    links,
    on: on(vpn, value("protocol").not("ah")),
    examples: {
      bad: [tfResource("panos_ipsec_crypto_profile", 'protocol = "ah"')],
      good: [tfResource("panos_ipsec_crypto_profile", 'protocol = "esp"')],
    },
  },
  {
    id: "iac/palo-alto-zone-without-protection",
    aliases: ["CKV_PAN_14"],
    title: "Zone has no protection profile",
    severity: "medium",
    controls: "denial-of-service",
    why: "Floods and scans reach the firewall and what is behind it.",
    fix: "Name a zone protection profile in `zone_profile`.",
    links,
    on: on(["tf:panos_zone", "tf:panos_panorama_zone", "tf:panos_zone_entry"], value("zone_profile").exists()),
    examples: {
      bad: [tfResource("panos_zone", 'name = "inside"')],
      good: [tfResource("panos_zone", 'zone_profile = "strict"')],
    },
  },
  {
    id: "iac/palo-alto-zone-identifies-everybody",
    aliases: ["CKV_PAN_15"],
    title: "Zone asks any address for its user",
    severity: "medium",
    controls: "network-segmentation",
    why: "The firewall sends credentials to addresses outside, where they can be caught.",
    fix: "List your own networks in `include_acls`, or switch `enable_user_id` off.",
    links,
    on: on(["tf:panos_zone", "tf:panos_panorama_zone"], (node, resource) => {
      const enabled = value("enable_user_id").is(true)(node, resource);
      if (enabled.is !== "pass") return enabled.is === "unknown" ? enabled : passed;
      return all(value("include_acls").exists(), value("include_acls").not(""))(node, resource);
    }),
    examples: {
      bad: [
        tfResource("panos_zone", "enable_user_id = true"),
        tfResource("panos_zone", "enable_user_id = true", 'include_acls = [""]'),
      ],
      good: [tfResource("panos_zone", "enable_user_id = true", 'include_acls = ["10.0.0.0/8"]')],
    },
  },
];
