/** Azure Application Gateway and its web application firewall. */
import { all, anyOf, check, connected, nodeAt, value, when } from "../../condition.ts";
import { stopsLog4j } from "../../families/azure-firewall-rules.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";
import { failAt, passAt } from "../../verdict.ts";

const gateway = "azurerm_application_gateway";
const bicepGateway = "Microsoft.Network/applicationGateways@2023-11-01";
const wafPolicy = "azurerm_web_application_firewall_policy";
const bicepWaf = "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies@2023-11-01";
const wafDocs = "https://learn.microsoft.com/azure/web-application-firewall/ag/ag-overview";
const tlsDocs = "https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview";

/** Suites with CBC, 3DES, DSS or without forward secrecy. */
const weakCiphers = /^TLS_(?:DHE_|RSA_|ECDHE_(?:RSA|ECDSA)_WITH_AES_(?:128|256)_CBC_)|_3DES_/;

const isWafOn = value("policy_settings.enabled", { missing: "pass" }).is(true);
const hasLog4jRule = (type: string, version: string) =>
  (/^OWASP$/i.test(type) && /^3\.[12]$/.test(version)) || /^Microsoft_DefaultRuleSet$/i.test(type);
const javaRules = /^(?:REQUEST-944-APPLICATION-ATTACK-JAVA|JAVA)$/i;

/** The policy is given, but is no resource here. */
const policyFromElsewhere = check((_, node) => {
  const id = nodeAt(node, "firewall_policy_id");
  if (id === undefined) return failAt(node, "the gateway has no firewall");
  const isHere = id.is === "unknown" && id.refs.some((ref) => ref.split(".").includes(wafPolicy));
  return isHere ? failAt(id, "the firewall policy is off") : passAt(id.at);
});

function safeTls(prefix: string, names: readonly [name: string, type: string, version: string, suites: string]) {
  const [name, type, version, suites] = names.map((one) => `${prefix}.${one}`) as [string, string, string, string];
  return anyOf(
    value(name, { edit: "AppGwSslPolicy20220101S" }).is("AppGwSslPolicy20220101S"),
    all(
      value(type).exists(),
      value(type).not("Predefined"),
      value(version).oneOf("TLSv1_2", "TLSv1_3"),
      value(suites).notMatches(weakCiphers),
    ),
  );
}

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-application-gateway-without-waf",
    aliases: ["CKV_AZURE_120"],
    title: "Application gateway has no web application firewall",
    severity: "medium",
    controls: "web-protection",
    why: "Known attacks on web applications, such as injections and scanners, pass straight through to the apps.",
    fix: "Use a WAF_v2 gateway and give it a firewall policy that is on (`firewall_policy_id`).",
    links: [wafDocs],
    on: {
      "tf:azurerm_application_gateway": anyOf(
        value("waf_configuration.enabled", { edit: false }).is(true),
        connected(wafPolicy, isWafOn),
        policyFromElsewhere,
      ),
      "arm:Microsoft.Network/applicationGateways": anyOf(
        value("properties.webApplicationFirewallConfiguration.enabled", { edit: false }).is(true),
        value("properties.firewallPolicy").exists(),
      ),
    },
    examples: {
      bad: [
        tfResource(gateway, `sku {\n  tier = "Standard_v2"\n}`),
        bicepResource(bicepGateway, "sku: {\n  tier: 'Standard_v2'\n}"),
      ],
      good: [
        tfResource(gateway, `waf_configuration {\n  enabled       = true\n  firewall_mode = "Prevention"\n}`),
        bicepResource(bicepGateway, "webApplicationFirewallConfiguration: {\n  enabled: true\n}"),
      ],
    },
  },
  {
    id: "iac/azure-application-gateway-http-listener",
    aliases: ["CKV_AZURE_217"],
    title: "Application gateway listens for plain HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Passwords, cookies and data of whoever calls by http:// can be read and changed on the way.",
    fix: "Set the `protocol` of every listener to Https, with a certificate.",
    links: [tlsDocs],
    on: {
      "tf:azurerm_application_gateway": value("http_listener.protocol", { edit: false }).is("Https"),
      "arm:Microsoft.Network/applicationGateways": value("properties.httpListeners.properties.protocol", {
        edit: false,
      }).is("Https"),
    },
    examples: {
      bad: [
        tfResource(gateway, `http_listener {\n  protocol = "Http"\n}`),
        bicepResource(bicepGateway, "httpListeners: [\n  {\n    properties: {\n      protocol: 'Http'\n    }\n  }\n]"),
      ],
      good: [
        tfResource(gateway, `http_listener {\n  protocol = "Https"\n}`),
        bicepResource(bicepGateway, "httpListeners: [\n  {\n    properties: {\n      protocol: 'Https'\n    }\n  }\n]"),
      ],
    },
  },
  {
    id: "iac/azure-application-gateway-weak-tls",
    aliases: ["CKV_AZURE_218"],
    title: "Application gateway accepts old TLS versions or weak ciphers",
    severity: "medium",
    controls: "tls-version",
    why: "Without a policy of its own a gateway takes TLS 1.0 or ciphers without forward secrecy; recorded traffic may be read later.",
    fix: "Set `ssl_policy.policy_name` to AppGwSslPolicy20220101S, or a custom policy from TLS 1.2 with GCM ciphers.",
    links: [tlsDocs],
    on: {
      "tf:azurerm_application_gateway": safeTls("ssl_policy", [
        "policy_name",
        "policy_type",
        "min_protocol_version",
        "cipher_suites",
      ]),
      "arm:Microsoft.Network/applicationGateways": safeTls("properties.sslPolicy", [
        "policyName",
        "policyType",
        "minProtocolVersion",
        "cipherSuites",
      ]),
    },
    examples: {
      bad: [
        tfResource(gateway, `ssl_policy {\n  policy_name = "AppGwSslPolicy20150501"\n}`),
        tfResource(
          gateway,
          `ssl_policy {\n  policy_type          = "Custom"\n  min_protocol_version = "TLSv1_2"\n  cipher_suites        = ["TLS_RSA_WITH_AES_128_CBC_SHA"]\n}`,
        ),
        bicepResource(bicepGateway, "sslPolicy: {\n  policyType: 'Custom'\n  minProtocolVersion: 'TLSv1_0'\n}"),
      ],
      good: [
        tfResource(gateway, `ssl_policy {\n  policy_name = "AppGwSslPolicy20220101S"\n}`),
        bicepResource(bicepGateway, "sslPolicy: {\n  policyType: 'CustomV2'\n  minProtocolVersion: 'TLSv1_3'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-waf-policy-off",
    aliases: ["CKV_AZURE_122"],
    title: "Firewall policy of the application gateway is off",
    severity: "medium",
    controls: "web-protection",
    why: "The firewall is bought and attached but looks at nothing.",
    fix: "Set `policy_settings.enabled` to true (Bicep: `policySettings.state` to Enabled) or leave it out.",
    links: [wafDocs],
    on: {
      "tf:azurerm_web_application_firewall_policy": isWafOn,
      "arm:Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies": value(
        "properties.policySettings.state",
        { missing: "pass" },
      ).is("Enabled"),
    },
    examples: {
      bad: [
        tfResource(wafPolicy, "policy_settings {\n  enabled = false\n}"),
        bicepResource(bicepWaf, "policySettings: {\n  state: 'Disabled'\n}"),
      ],
      good: [
        tfResource(wafPolicy, `policy_settings {\n  mode = "Prevention"\n}`),
        bicepResource(bicepWaf, "policySettings: {\n  state: 'Enabled'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-application-gateway-waf-only-detects",
    aliases: [],
    title: "Firewall of the application gateway logs attacks but lets them pass",
    severity: "medium",
    controls: "web-protection",
    why: "In the mode Detection an attack is written down and served all the same.",
    fix: "When the false alarms are sorted out, set `mode` to Prevention.",
    links: ["https://learn.microsoft.com/azure/web-application-firewall/ag/policy-overview"],
    on: {
      "tf:azurerm_web_application_firewall_policy": value("policy_settings.mode", { missing: "pass" }).is("Prevention"),
      "tf:azurerm_application_gateway": when(
        value("waf_configuration.enabled").is(true),
        value("waf_configuration.firewall_mode").is("Prevention"),
        "none",
      ),
      "arm:Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies": value(
        "properties.policySettings.mode",
        {
          missing: "pass",
        },
      ).is("Prevention"),
      "arm:Microsoft.Network/applicationGateways": when(
        value("properties.webApplicationFirewallConfiguration.enabled").is(true),
        value("properties.webApplicationFirewallConfiguration.firewallMode").is("Prevention"),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(wafPolicy, `policy_settings {\n  mode = "Detection"\n}`),
        bicepResource(bicepWaf, "policySettings: {\n  mode: 'Detection'\n}"),
      ],
      good: [
        tfResource(wafPolicy, `policy_settings {\n  mode = "Prevention"\n}`),
        bicepResource(bicepWaf, "policySettings: {\n  mode: 'Prevention'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-waf-policy-without-log4j-rule",
    aliases: ["CKV_AZURE_135"],
    title: "Firewall policy of the application gateway does not stop the Log4j hole",
    severity: "high",
    controls: "web-protection",
    why: "A text in any header lets old Log4j versions behind the gateway run an attacker's code.",
    fix: "Use the managed rule set OWASP 3.2 or Microsoft_DefaultRuleSet 2.1, and leave rule 944240 on.",
    links: [wafDocs],
    on: {
      "tf:azurerm_web_application_firewall_policy": stopsLog4j(
        {
          sets: "managed_rules.managed_rule_set",
          type: "type",
          version: "version",
          overrides: "rule_group_override",
          group: "rule_group_name",
          rules: "rule",
          id: "id",
          isOn: "enabled",
          action: "action",
          off: "disabled_rules",
        },
        hasLog4jRule,
        { group: javaRules, mustBlock: false, typeByDefault: "OWASP" },
      ),
      "arm:Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies": stopsLog4j(
        {
          sets: "properties.managedRules.managedRuleSets",
          type: "ruleSetType",
          version: "ruleSetVersion",
          overrides: "ruleGroupOverrides",
          group: "ruleGroupName",
          rules: "rules",
          id: "ruleId",
          isOn: "state",
          action: "action",
        },
        hasLog4jRule,
        { group: javaRules, mustBlock: false },
      ),
    },
    examples: {
      bad: [
        tfResource(
          wafPolicy,
          `managed_rules {\n  managed_rule_set {\n    type    = "OWASP"\n    version = "3.2"\n    rule_group_override {\n      rule_group_name = "REQUEST-944-APPLICATION-ATTACK-JAVA"\n      disabled_rules  = ["944240"]\n    }\n  }\n}`,
        ),
        bicepResource(
          bicepWaf,
          "managedRules: {\n  managedRuleSets: [\n    {\n      ruleSetType: 'OWASP'\n      ruleSetVersion: '3.0'\n    }\n  ]\n}",
        ),
      ],
      good: [
        tfResource(
          wafPolicy,
          `managed_rules {\n  managed_rule_set {\n    type    = "OWASP"\n    version = "3.2"\n  }\n}`,
        ),
        bicepResource(
          bicepWaf,
          "managedRules: {\n  managedRuleSets: [\n    {\n      ruleSetType: 'OWASP'\n      ruleSetVersion: '3.2'\n    }\n  ]\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-application-gateway-plain-backend",
    aliases: [],
    title: "Application gateway talks to its backends over plain HTTP",
    severity: "low",
    controls: "encryption-in-transit",
    why: "What was encrypted up to the gateway travels in clear through the network behind it.",
    fix: "Set the `protocol` of the backend settings to Https.",
    links: ["https://learn.microsoft.com/azure/application-gateway/ssl-overview"],
    on: {
      "tf:azurerm_application_gateway": value("backend_http_settings.protocol").not("Http"),
      "arm:Microsoft.Network/applicationGateways": value(
        "properties.backendHttpSettingsCollection.properties.protocol",
      ).not("Http"),
    },
    examples: {
      bad: [
        tfResource(gateway, `backend_http_settings {\n  protocol = "Http"\n}`),
        bicepResource(
          bicepGateway,
          "backendHttpSettingsCollection: [\n  {\n    properties: {\n      protocol: 'Http'\n    }\n  }\n]",
        ),
      ],
      good: [
        tfResource(gateway, `backend_http_settings {\n  protocol = "Https"\n}`),
        bicepResource(
          bicepGateway,
          "backendHttpSettingsCollection: [\n  {\n    properties: {\n      protocol: 'Https'\n    }\n  }\n]",
        ),
      ],
    },
  },
];
