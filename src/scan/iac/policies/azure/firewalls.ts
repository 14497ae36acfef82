/** Azure Firewall and its policies. */
import { value } from "../../condition.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const firewall = "azurerm_firewall";
const bicepFirewall = "Microsoft.Network/azureFirewalls@2023-11-01";
const policy = "azurerm_firewall_policy";
const bicepPolicy = "Microsoft.Network/firewallPolicies@2023-11-01";
const docs = "https://learn.microsoft.com/azure/firewall";

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-firewall-threat-intelligence-only-alerts",
    aliases: ["CKV_AZURE_216"],
    title: "Firewall does not stop traffic with known bad addresses",
    severity: "medium",
    controls: "threat-detection",
    why: "Connections to addresses that are known for attacks and malware are at best written down.",
    fix: "Set `threat_intel_mode` (Bicep: `threatIntelMode`) to Deny.",
    links: [`${docs}/threat-intel`],
    on: {
      "tf:azurerm_firewall": value("threat_intel_mode").is("Deny"),
      "arm:Microsoft.Network/azureFirewalls": value("properties.threatIntelMode").is("Deny"),
    },
    examples: {
      bad: [
        tfResource(firewall, `threat_intel_mode = "Alert"`),
        bicepResource(bicepFirewall, "threatIntelMode: 'Alert'"),
      ],
      good: [
        tfResource(firewall, `threat_intel_mode = "Deny"`),
        bicepResource(bicepFirewall, "threatIntelMode: 'Deny'"),
      ],
    },
  },
  {
    id: "iac/azure-firewall-without-policy",
    aliases: ["CKV_AZURE_219"],
    title: "Firewall has no firewall policy",
    severity: "low",
    controls: "network-segmentation",
    why: "Rules kept on the single firewall cannot be shared or inherited, and lack intrusion detection and TLS inspection.",
    fix: "Set `firewall_policy_id` (Bicep: `firewallPolicy`) and move the rules into the policy.",
    links: [`${docs}/policy-rule-sets`],
    on: {
      "tf:azurerm_firewall": value("firewall_policy_id").exists(),
      "arm:Microsoft.Network/azureFirewalls": value("properties.firewallPolicy").exists(),
    },
    examples: {
      bad: [tfResource(firewall, `sku_tier = "Premium"`), bicepResource(bicepFirewall, "threatIntelMode: 'Deny'")],
      good: [
        tfResource(firewall, "firewall_policy_id = azurerm_firewall_policy.main.id"),
        bicepResource(bicepFirewall, "firewallPolicy: {\n  id: '/subscriptions/x/firewallPolicies/main'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-firewall-policy-without-intrusion-prevention",
    aliases: ["CKV_AZURE_220"],
    title: "Firewall policy does not stop known attacks",
    severity: "medium",
    controls: "threat-detection",
    why: "Traffic that looks like a known attack is let through, at best with an alert.",
    fix: "Set `intrusion_detection.mode` (Bicep: `intrusionDetection.mode`) to Deny, on the Premium tier.",
    links: [`${docs}/premium-features`],
    on: {
      "tf:azurerm_firewall_policy": value("intrusion_detection.mode").is("Deny"),
      "arm:Microsoft.Network/firewallPolicies": value("properties.intrusionDetection.mode").is("Deny"),
    },
    examples: {
      bad: [
        tfResource(policy, `intrusion_detection {\n  mode = "Alert"\n}`),
        bicepResource(bicepPolicy, "intrusionDetection: {\n  mode: 'Alert'\n}"),
      ],
      good: [
        tfResource(policy, `intrusion_detection {\n  mode = "Deny"\n}`),
        bicepResource(bicepPolicy, "intrusionDetection: {\n  mode: 'Deny'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-firewall-policy-threat-intelligence",
    aliases: [],
    title: "Firewall policy does not stop traffic with known bad addresses",
    severity: "medium",
    controls: "threat-detection",
    why: "Connections to addresses that are known for attacks and malware are at best written down.",
    fix: "Set `threat_intelligence_mode` (Bicep: `threatIntelMode`) to Deny.",
    links: [`${docs}/threat-intel`],
    on: {
      "tf:azurerm_firewall_policy": value("threat_intelligence_mode").is("Deny"),
      "arm:Microsoft.Network/firewallPolicies": value("properties.threatIntelMode").is("Deny"),
    },
    examples: {
      bad: [
        tfResource(policy, `threat_intelligence_mode = "Off"`),
        bicepResource(bicepPolicy, "threatIntelMode: 'Alert'"),
      ],
      good: [
        tfResource(policy, `threat_intelligence_mode = "Deny"`),
        bicepResource(bicepPolicy, "threatIntelMode: 'Deny'"),
      ],
    },
  },
];
