/** Azure Synapse workspaces: networks, sign-in, keys, auditing. */
import { all, anyOf, type Condition, check, connected, nodesAt, not, value } from "../../condition.ts";
import { because } from "../../families/because.ts";
import { bicepBlock, bicepResource, inProperties, tfBlock, tfResource } from "../../families/examples.ts";
import { bicep, type Policy, tf } from "../../policy.ts";
import { failAt, passed } from "../../verdict.ts";

const workspace = "azurerm_synapse_workspace";
const bicepWorkspace = "Microsoft.Synapse/workspaces@2021-06-01";
const named = `name = "reports"`;
const networks = "https://learn.microsoft.com/azure/synapse-analytics/security/synapse-workspace-ip-firewall";

/** Rules may stand in another template, and be named in `dependsOn` only. */
const waitsForNoRule: Condition = check((_, node) => {
  const rule = nodesAt(node, "dependsOn").find(({ at }) =>
    /Microsoft\.Synapse\/workspaces\/firewallRules/i.test(at.file.text.slice(at.start, at.end)),
  );
  return rule ? failAt(rule, "it waits for a firewall rule") : passed;
});

const beside = (type: string, ...lines: readonly string[]) =>
  tf(
    tfBlock(workspace, "reports", named) +
      tfBlock(type, "reports", "synapse_workspace_id = azurerm_synapse_workspace.reports.id", ...lines),
  );

const bicepBeside = (type: string, ...properties: readonly string[]) =>
  bicep(
    bicepBlock(bicepWorkspace, "reports") +
      bicepBlock(`${type}@2021-06-01`, "child", "parent: reports", ...inProperties(properties)),
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-synapse-password",
    aliases: ["CKV_AZURE_239"],
    title: "Synapse workspace is made with a password for its SQL administrator",
    severity: "medium",
    controls: "secret-handling",
    why: "The password ends up in state files, parameters and logs of deployments; whoever reads them controls all pools.",
    fix: "Leave the password out and sign in with Microsoft Entra ID only.",
    links: ["https://learn.microsoft.com/azure/synapse-analytics/sql/active-directory-authentication"],
    on: {
      "tf:azurerm_synapse_workspace": because(
        "a password is set",
        not(value("sql_administrator_login_password").exists()),
      ),
      "arm:Microsoft.Synapse/workspaces": because(
        "a password is set",
        not(value("properties.sqlAdministratorLoginPassword").exists()),
      ),
    },
    examples: {
      bad: [tfResource(workspace, named, "sql_administrator_login_password = var.sql_password")],
      good: [
        tfResource(workspace, named, "azuread_authentication_only = true"),
        bicepResource(bicepWorkspace, "azureADOnlyAuthentication: true"),
      ],
    },
  },
  {
    id: "iac/azure-synapse-lets-data-out",
    aliases: ["CKV_AZURE_157"],
    title: "Synapse workspace may send data to any tenant",
    severity: "medium",
    controls: "data-protection",
    why: "A notebook or pipeline copies data to storage of a stranger, and nothing in the network stops it.",
    fix: "Set `data_exfiltration_protection_enabled` to true, with a managed virtual network; only a new workspace takes it.",
    links: ["https://learn.microsoft.com/azure/synapse-analytics/security/workspace-data-exfiltration-protection"],
    on: {
      "tf:azurerm_synapse_workspace": value("data_exfiltration_protection_enabled", { edit: false }).is(true),
      "arm:Microsoft.Synapse/workspaces": value(
        [
          "properties.dataExfiltrationProtectionEnabled",
          "properties.managedVirtualNetworkSettings.preventDataExfiltration",
        ],
        { edit: false },
      ).is(true),
    },
    examples: {
      bad: [
        tfResource(workspace, named),
        bicepResource(bicepWorkspace, "managedVirtualNetworkSettings: {\n  preventDataExfiltration: false\n}"),
      ],
      good: [
        tfResource(workspace, named, "data_exfiltration_protection_enabled = true"),
        bicepResource(bicepWorkspace, "managedVirtualNetworkSettings: {\n  preventDataExfiltration: true\n}"),
      ],
    },
  },
  {
    id: "iac/azure-synapse-firewall-rules",
    aliases: ["CKV2_AZURE_19"],
    title: "Synapse workspace lets addresses of the public network in",
    severity: "medium",
    controls: "network-exposure",
    why: "Each firewall rule opens a public door to the data; rules pile up and are rarely closed again.",
    fix: "Delete the rules and use private endpoints.",
    links: [networks],
    on: {
      "tf:azurerm_synapse_workspace": because("it has firewall rules", not(connected("azurerm_synapse_firewall_rule"))),
      "arm:Microsoft.Synapse/workspaces": all(
        waitsForNoRule,
        because("it has firewall rules", not(connected("Microsoft.Synapse/workspaces/firewallRules"))),
      ),
    },
    examples: {
      bad: [
        beside("azurerm_synapse_firewall_rule", `start_ip_address = "203.0.113.7"`),
        bicepBeside("Microsoft.Synapse/workspaces/firewallRules", "startIpAddress: '203.0.113.7'"),
      ],
      good: [tfResource(workspace, named), bicepResource(bicepWorkspace, "publicNetworkAccess: 'Disabled'")],
    },
  },
  {
    id: "iac/azure-synapse-without-managed-network",
    aliases: ["CKV_AZURE_58", "AVD-AZU-0034"],
    title: "Synapse workspace has no managed virtual network",
    severity: "medium",
    controls: "network-segmentation",
    why: "Spark and pipelines run in a shared network; private endpoints and limits for outgoing traffic are not possible.",
    fix: "Set `managed_virtual_network_enabled` to true (Bicep: `managedVirtualNetwork: 'default'`); only a new workspace takes it.",
    links: ["https://learn.microsoft.com/azure/synapse-analytics/security/synapse-workspace-managed-vnet"],
    on: {
      "tf:azurerm_synapse_workspace": value("managed_virtual_network_enabled", { edit: false }).is(true),
      "arm:Microsoft.Synapse/workspaces": value("properties.managedVirtualNetwork", { edit: false }).is("default"),
    },
    examples: {
      bad: [
        tfResource(workspace, named, "managed_virtual_network_enabled = false"),
        bicepResource(bicepWorkspace, "publicNetworkAccess: 'Disabled'"),
      ],
      good: [
        tfResource(workspace, named, "managed_virtual_network_enabled = true"),
        bicepResource(bicepWorkspace, "managedVirtualNetwork: 'default'"),
      ],
    },
  },
  {
    id: "iac/azure-synapse-without-own-key",
    aliases: ["CKV_AZURE_240"],
    title: "Synapse workspace is encrypted with a key of Microsoft only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "You can neither withdraw the key nor see who used it; rules that ask for control over keys are not met.",
    fix: "Name a key from a key vault in `customer_managed_key` (Bicep: `encryption.cmk`).",
    links: ["https://learn.microsoft.com/azure/synapse-analytics/security/workspaces-encryption"],
    on: {
      "tf:azurerm_synapse_workspace": value("customer_managed_key.key_name").exists(),
      "arm:Microsoft.Synapse/workspaces": value("properties.encryption.cmk").exists(),
    },
    examples: {
      bad: [tfResource(workspace, named), bicepResource(bicepWorkspace, "publicNetworkAccess: 'Disabled'")],
      good: [
        tfResource(workspace, named, `customer_managed_key {\n  key_name = "reports"\n}`),
        bicepResource(bicepWorkspace, "encryption: {\n  cmk: {\n    key: {\n      name: 'reports'\n    }\n  }\n}"),
      ],
    },
  },
  {
    id: "iac/azure-synapse-not-audited",
    aliases: ["CKV2_AZURE_53"],
    title: "Synapse workspace is not audited",
    severity: "medium",
    controls: "logging",
    why: "Nobody can tell who signed in and which data was read or changed.",
    fix: "Add an enabled extended auditing policy to the workspace.",
    links: ["https://learn.microsoft.com/azure/azure-sql/database/auditing-overview"],
    on: {
      "tf:azurerm_synapse_workspace": connected("azurerm_synapse_workspace_extended_auditing_policy"),
      "arm:Microsoft.Synapse/workspaces": connected(
        [
          "Microsoft.Synapse/workspaces/extendedAuditingPolicies",
          "Microsoft.Synapse/workspaces/extendedAuditingSettings",
          "Microsoft.Synapse/workspaces/auditingSettings",
        ],
        value("properties.state", { missing: "pass", edit: false }).is("Enabled"),
      ),
    },
    examples: {
      bad: [
        tfResource(workspace, named),
        bicepBeside("Microsoft.Synapse/workspaces/auditingSettings", "state: 'Disabled'"),
      ],
      good: [
        beside("azurerm_synapse_workspace_extended_auditing_policy", "retention_in_days = 120"),
        bicepBeside("Microsoft.Synapse/workspaces/auditingSettings", "state: 'Enabled'"),
      ],
    },
  },
  {
    id: "iac/azure-synapse-public-network-access",
    aliases: [],
    title: "Synapse workspace is reachable over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "Studio and SQL endpoints answer on the internet; a stolen password or token is enough.",
    fix: "Switch public network access off and use private endpoints.",
    links: [networks],
    on: {
      "tf:azurerm_synapse_workspace": value("public_network_access_enabled").is(false),
      "arm:Microsoft.Synapse/workspaces": value("properties.publicNetworkAccess").is("Disabled"),
    },
    examples: {
      bad: [tfResource(workspace, named), bicepResource(bicepWorkspace, "publicNetworkAccess: 'Enabled'")],
      good: [
        tfResource(workspace, named, "public_network_access_enabled = false"),
        bicepResource(bicepWorkspace, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-synapse-allows-passwords",
    aliases: [],
    title: "Synapse workspace lets people in with SQL passwords",
    severity: "low",
    controls: "strong-authentication",
    why: "Passwords are guessed, shared and kept in configuration; Microsoft Entra ID cannot block them.",
    fix: "Set `azuread_authentication_only` (Bicep: `azureADOnlyAuthentication`) to true.",
    links: ["https://learn.microsoft.com/azure/synapse-analytics/sql/active-directory-authentication"],
    on: {
      "tf:azurerm_synapse_workspace": value("azuread_authentication_only").is(true),
      "arm:Microsoft.Synapse/workspaces": anyOf(
        value("properties.azureADOnlyAuthentication").is(true),
        connected(
          "Microsoft.Synapse/workspaces/azureADOnlyAuthentications",
          value("properties.azureADOnlyAuthentication", { edit: false }).is(true),
        ),
      ),
    },
    examples: {
      bad: [tfResource(workspace, named), bicepResource(bicepWorkspace, "azureADOnlyAuthentication: false")],
      good: [
        tfResource(workspace, named, "azuread_authentication_only = true"),
        bicepResource(bicepWorkspace, "azureADOnlyAuthentication: true"),
      ],
    },
  },
];
