/** Azure Front Door and CDN: encryption, and the web application firewall at the edge. */
import { all, value, when } from "../../condition.ts";
import { type RuleSetNames, stopsLog4j } from "../../families/azure-firewall-rules.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import { on, type Policy } from "../../policy.ts";

const wafDocs = "https://learn.microsoft.com/azure/web-application-firewall/afds/afds-overview";
const tlsDocs = "https://learn.microsoft.com/azure/frontdoor/end-to-end-tls";
const bicepWaf = "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2022-05-01";
const bicepRoute = "Microsoft.Cdn/profiles/afdEndpoints/routes@2023-05-01";

const hasLog4jRule = (type: string) => /^(?:DefaultRuleSet|Microsoft_DefaultRuleSet)$/i.test(type);
const log4jOptions = { group: /^JAVA$/i, mustBlock: true };
const ruleNames: RuleSetNames = {
  sets: "managed_rule",
  type: "type",
  version: "version",
  overrides: "override",
  group: "rule_group_name",
  rules: "rule",
  id: "rule_id",
  isOn: "enabled",
  action: "action",
};

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-front-door-without-waf",
    aliases: ["CKV_AZURE_121"],
    title: "Front Door has no web application firewall",
    severity: "medium",
    controls: "web-protection",
    why: "Known attacks on web applications, such as injections and scanners, pass straight through to the apps.",
    fix: "Link a firewall policy to every frontend endpoint (`web_application_firewall_policy_link_id`).",
    links: [wafDocs],
    on: {
      "tf:azurerm_frontdoor": value("frontend_endpoint.web_application_firewall_policy_link_id").exists(),
      "arm:Microsoft.Network/frontDoors": value(
        "properties.frontendEndpoints.properties.webApplicationFirewallPolicyLink.id",
      ).exists(),
    },
    examples: {
      bad: [
        tfResource("azurerm_frontdoor", `frontend_endpoint {\n  host_name = "shop.example"\n}`),
        bicepResource(
          "Microsoft.Network/frontDoors@2021-06-01",
          "frontendEndpoints: [\n  {\n    properties: {\n      hostName: 'shop.example'\n    }\n  }\n]",
        ),
      ],
      good: [
        tfResource(
          "azurerm_frontdoor",
          "frontend_endpoint {\n  web_application_firewall_policy_link_id = azurerm_frontdoor_firewall_policy.edge.id\n}",
        ),
        bicepResource(
          "Microsoft.Network/frontDoors@2021-06-01",
          "frontendEndpoints: [\n  {\n    properties: {\n      webApplicationFirewallPolicyLink: {\n        id: '/subscriptions/x/policies/edge'\n      }\n    }\n  }\n]",
        ),
      ],
    },
  },
  {
    id: "iac/azure-front-door-waf-off",
    aliases: ["CKV_AZURE_123"],
    title: "Firewall policy of Front Door is off",
    severity: "medium",
    controls: "web-protection",
    why: "The firewall is attached but looks at nothing.",
    fix: "Set `enabled` to true (Bicep: `policySettings.enabledState` to Enabled).",
    links: [wafDocs],
    on: {
      "tf:azurerm_frontdoor_firewall_policy": all(
        value("enabled", { missing: "pass" }).is(true),
        value("policy_settings.enabled", { missing: "pass" }).is(true),
      ),
      "tf:azurerm_cdn_frontdoor_firewall_policy": value("enabled", { missing: "pass" }).is(true),
      "arm:Microsoft.Network/FrontDoorWebApplicationFirewallPolicies": value(
        "properties.policySettings.enabledState",
      ).is("Enabled"),
    },
    examples: {
      bad: [
        tfResource("azurerm_cdn_frontdoor_firewall_policy", "enabled = false"),
        bicepResource(bicepWaf, "policySettings: {\n  enabledState: 'Disabled'\n}"),
      ],
      good: [
        tfResource("azurerm_cdn_frontdoor_firewall_policy", "enabled = true"),
        bicepResource(bicepWaf, "policySettings: {\n  enabledState: 'Enabled'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-front-door-waf-only-detects",
    aliases: [],
    title: "Firewall of Front Door logs attacks but lets them pass",
    severity: "medium",
    controls: "web-protection",
    why: "In the mode Detection an attack is written down and served all the same.",
    fix: "When the false alarms are sorted out, set `mode` to Prevention.",
    links: ["https://learn.microsoft.com/azure/web-application-firewall/afds/waf-front-door-policy-settings"],
    on: {
      ...on(
        ["tf:azurerm_frontdoor_firewall_policy", "tf:azurerm_cdn_frontdoor_firewall_policy"],
        value("mode", { edit: "Prevention" }).not("Detection"),
      ),
      "arm:Microsoft.Network/FrontDoorWebApplicationFirewallPolicies": value("properties.policySettings.mode", {
        edit: "Prevention",
      }).not("Detection"),
    },
    examples: {
      bad: [
        tfResource("azurerm_cdn_frontdoor_firewall_policy", `mode = "Detection"`),
        bicepResource(bicepWaf, "policySettings: {\n  mode: 'Detection'\n}"),
      ],
      good: [
        tfResource("azurerm_cdn_frontdoor_firewall_policy", `mode = "Prevention"`),
        bicepResource(bicepWaf, "policySettings: {\n  mode: 'Prevention'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-front-door-waf-without-log4j-rule",
    aliases: ["CKV_AZURE_133"],
    title: "Firewall policy of Front Door does not stop the Log4j hole",
    severity: "high",
    controls: "web-protection",
    why: "A text in any header lets old Log4j versions behind Front Door run an attacker's code.",
    fix: "Use the managed rule set Microsoft_DefaultRuleSet, and leave rule 944240 on with the action Block.",
    links: [wafDocs],
    on: {
      ...on(
        ["tf:azurerm_frontdoor_firewall_policy", "tf:azurerm_cdn_frontdoor_firewall_policy"],
        stopsLog4j(ruleNames, hasLog4jRule, log4jOptions),
      ),
      "arm:Microsoft.Network/FrontDoorWebApplicationFirewallPolicies": stopsLog4j(
        {
          sets: "properties.managedRules.managedRuleSets",
          type: "ruleSetType",
          version: "ruleSetVersion",
          overrides: "ruleGroupOverrides",
          group: "ruleGroupName",
          rules: "rules",
          id: "ruleId",
          isOn: "enabledState",
          action: "action",
        },
        hasLog4jRule,
        log4jOptions,
      ),
    },
    examples: {
      bad: [
        tfResource(
          "azurerm_frontdoor_firewall_policy",
          `managed_rule {\n  type    = "DefaultRuleSet"\n  version = "1.0"\n  override {\n    rule_group_name = "JAVA"\n    rule {\n      rule_id = "944240"\n      enabled = false\n      action  = "Block"\n    }\n  }\n}`,
        ),
        bicepResource(bicepWaf, "managedRules: {\n  managedRuleSets: []\n}"),
      ],
      good: [
        tfResource(
          "azurerm_frontdoor_firewall_policy",
          `managed_rule {\n  type    = "Microsoft_DefaultRuleSet"\n  version = "2.1"\n}`,
        ),
        bicepResource(
          bicepWaf,
          "managedRules: {\n  managedRuleSets: [\n    {\n      ruleSetType: 'Microsoft_DefaultRuleSet'\n      ruleSetVersion: '2.1'\n    }\n  ]\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-front-door-serves-http",
    aliases: [],
    title: "Route of Front Door serves plain HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Visitors who come by http:// are served in clear instead of being sent to https://.",
    fix: "Set `https_redirect_enabled` to true (Bicep: `httpsRedirect` to Enabled), or leave Http out of the protocols.",
    links: [tlsDocs],
    on: {
      "tf:azurerm_cdn_frontdoor_route": when(
        value("supported_protocols").contains("Http"),
        value("https_redirect_enabled", { missing: "pass" }).is(true),
      ),
      "arm:Microsoft.Cdn/profiles/afdEndpoints/routes": when(
        value("properties.supportedProtocols", { missing: "pass" }).contains("Http"),
        value("properties.httpsRedirect").is("Enabled"),
      ),
    },
    examples: {
      bad: [
        tfResource(
          "azurerm_cdn_frontdoor_route",
          `supported_protocols    = ["Http", "Https"]`,
          "https_redirect_enabled = false",
        ),
        bicepResource(bicepRoute, "supportedProtocols: ['Http', 'Https']", "httpsRedirect: 'Disabled'"),
      ],
      good: [
        tfResource("azurerm_cdn_frontdoor_route", `supported_protocols = ["Http", "Https"]`),
        bicepResource(bicepRoute, "supportedProtocols: ['Http', 'Https']", "httpsRedirect: 'Enabled'"),
      ],
    },
  },
  {
    id: "iac/azure-front-door-plain-origin",
    aliases: [],
    title: "Front Door talks to the origin over plain HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "What was encrypted up to the edge travels in clear through the networks behind it.",
    fix: "Set `forwarding_protocol` (Bicep: `forwardingProtocol`) to HttpsOnly.",
    links: [tlsDocs],
    on: {
      "tf:azurerm_cdn_frontdoor_route": value("forwarding_protocol", { edit: "HttpsOnly" }).not("HttpOnly"),
      "arm:Microsoft.Cdn/profiles/afdEndpoints/routes": value("properties.forwardingProtocol", {
        edit: "HttpsOnly",
      }).not("HttpOnly"),
    },
    examples: {
      bad: [
        tfResource("azurerm_cdn_frontdoor_route", `forwarding_protocol = "HttpOnly"`),
        bicepResource(bicepRoute, "forwardingProtocol: 'HttpOnly'"),
      ],
      good: [
        tfResource("azurerm_cdn_frontdoor_route", `forwarding_protocol = "HttpsOnly"`),
        bicepResource(bicepRoute, "forwardingProtocol: 'HttpsOnly'"),
      ],
    },
  },
  {
    id: "iac/azure-front-door-origin-certificate-not-checked",
    aliases: [],
    title: "Front Door does not check the name in the origin's certificate",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Any server with any valid certificate can stand in for the origin.",
    fix: "Set `certificate_name_check_enabled` (Bicep: `enforceCertificateNameCheck`) to true.",
    links: [tlsDocs],
    on: {
      "tf:azurerm_cdn_frontdoor_origin": value("certificate_name_check_enabled").not(false),
      "arm:Microsoft.Cdn/profiles/originGroups/origins": value("properties.enforceCertificateNameCheck").not(false),
    },
    examples: {
      bad: [
        tfResource("azurerm_cdn_frontdoor_origin", "certificate_name_check_enabled = false"),
        bicepResource("Microsoft.Cdn/profiles/originGroups/origins@2023-05-01", "enforceCertificateNameCheck: false"),
      ],
      good: [
        tfResource("azurerm_cdn_frontdoor_origin", "certificate_name_check_enabled = true"),
        bicepResource("Microsoft.Cdn/profiles/originGroups/origins@2023-05-01", "enforceCertificateNameCheck: true"),
      ],
    },
  },
  {
    id: "iac/azure-cdn-serves-http",
    aliases: ["CKV_AZURE_197"],
    title: "CDN endpoint serves plain HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Scripts and pages that visitors load in clear can be replaced on the way.",
    fix: "Set `is_http_allowed` (Bicep: `isHttpAllowed`) to false.",
    links: ["https://learn.microsoft.com/azure/cdn/cdn-features"],
    on: {
      "tf:azurerm_cdn_endpoint": value("is_http_allowed").is(false),
      "arm:Microsoft.Cdn/profiles/endpoints": value("properties.isHttpAllowed").is(false),
    },
    examples: {
      bad: [
        tfResource("azurerm_cdn_endpoint", `profile_name = "edge"`),
        bicepResource("Microsoft.Cdn/profiles/endpoints@2023-05-01", "isHttpAllowed: true"),
      ],
      good: [
        tfResource("azurerm_cdn_endpoint", "is_http_allowed = false"),
        bicepResource("Microsoft.Cdn/profiles/endpoints@2023-05-01", "isHttpAllowed: false"),
      ],
    },
  },
  {
    id: "iac/azure-cdn-without-https",
    aliases: ["CKV_AZURE_198"],
    title: "CDN endpoint does not offer HTTPS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Visitors have no way to load the content encrypted.",
    fix: "Set `is_https_allowed` (Bicep: `isHttpsAllowed`) to true or leave it out.",
    links: ["https://learn.microsoft.com/azure/cdn/cdn-features"],
    on: {
      "tf:azurerm_cdn_endpoint": value("is_https_allowed", { missing: "pass" }).is(true),
      "arm:Microsoft.Cdn/profiles/endpoints": value("properties.isHttpsAllowed", { missing: "pass" }).is(true),
    },
    examples: {
      bad: [
        tfResource("azurerm_cdn_endpoint", "is_https_allowed = false"),
        bicepResource("Microsoft.Cdn/profiles/endpoints@2023-05-01", "isHttpsAllowed: false"),
      ],
      good: [
        tfResource("azurerm_cdn_endpoint", "is_https_allowed = true"),
        bicepResource("Microsoft.Cdn/profiles/endpoints@2023-05-01", "isHttpsAllowed: true"),
      ],
    },
  },
  {
    id: "iac/azure-cdn-domain-old-tls",
    aliases: ["CKV_AZURE_200"],
    title: "Domain at the CDN or Front Door accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 has known weaknesses; somebody on the network path can read or change what visitors send.",
    fix: "Set the minimum TLS version of the domain to TLS 1.2.",
    links: [tlsDocs],
    on: {
      "tf:azurerm_cdn_endpoint_custom_domain": all(
        value("cdn_managed_https.tls_version", { edit: "TLS12" }).not("None", "TLS10"),
        value("user_managed_https.tls_version", { edit: "TLS12" }).not("None", "TLS10"),
      ),
      "tf:azurerm_cdn_frontdoor_custom_domain": value("tls.minimum_tls_version", { edit: "TLS12" }).not("TLS10"),
      "tf:azurerm_frontdoor_custom_https_configuration": value("custom_https_configuration.minimum_tls_version").not(
        "1.0",
      ),
      "arm:Microsoft.Cdn/profiles/customDomains": value("properties.tlsSettings.minimumTlsVersion", {
        edit: "TLS12",
      }).not("TLS10"),
      "arm:Microsoft.Cdn/profiles/endpoints/customDomains": value(
        "properties.customHttpsParameters.minimumTlsVersion",
        { edit: "TLS12" },
      ).not("None", "TLS10"),
    },
    examples: {
      bad: [
        tfResource("azurerm_cdn_endpoint_custom_domain", `cdn_managed_https {\n  tls_version = "TLS10"\n}`),
        bicepResource(
          "Microsoft.Cdn/profiles/customDomains@2023-05-01",
          "tlsSettings: {\n  minimumTlsVersion: 'TLS10'\n}",
        ),
      ],
      good: [
        tfResource("azurerm_cdn_endpoint_custom_domain", `cdn_managed_https {\n  tls_version = "TLS12"\n}`),
        bicepResource(
          "Microsoft.Cdn/profiles/customDomains@2023-05-01",
          "tlsSettings: {\n  minimumTlsVersion: 'TLS12'\n}",
        ),
      ],
    },
  },
];
