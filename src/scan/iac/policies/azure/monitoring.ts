/** Azure Monitor and Log Analytics: what is recorded, how long, and who may read it. */
import { all, anyOf, type Condition, value } from "../../condition.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const profile = "azurerm_monitor_log_profile";
const bicepProfile = "Microsoft.Insights/logprofiles@2016-03-01";
const workspace = "azurerm_log_analytics_workspace";
const bicepWorkspace = "Microsoft.OperationalInsights/workspaces@2023-09-01";
const activity = "https://learn.microsoft.com/azure/azure-monitor/essentials/activity-log";
const workspaces = "https://learn.microsoft.com/azure/azure-monitor/logs/private-link-security";

function keptForever(prefix: string): Condition {
  const days = `${prefix}.days`;
  return anyOf(
    all(
      value(`${prefix}.enabled`).is(true),
      value(days, { edit: 365 }).satisfies((count) => Number(count) === 0 || Number(count) >= 365, "at least 365"),
    ),
    all(value(`${prefix}.enabled`).is(false), value(days).is(0)),
  );
}

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-activity-log-short-lived",
    aliases: ["CKV_AZURE_37", "AVD-AZU-0031"],
    title: "Activity log is kept for less than a year",
    severity: "low",
    controls: "log-retention",
    why: "Attacks are often found after months; then nobody can tell any more who changed what.",
    fix: "Set `retention_policy` to `enabled` with 365 `days` or more.",
    links: [activity],
    on: {
      "tf:azurerm_monitor_log_profile": keptForever("retention_policy"),
      "arm:Microsoft.Insights/logprofiles": keptForever("properties.retentionPolicy"),
    },
    examples: {
      bad: [
        tfResource(profile, "retention_policy {\n  enabled = true\n  days    = 30\n}"),
        bicepResource(bicepProfile, "retentionPolicy: {\n  enabled: true\n  days: 30\n}"),
      ],
      good: [
        tfResource(profile, "retention_policy {\n  enabled = true\n  days    = 365\n}"),
        bicepResource(bicepProfile, "retentionPolicy: {\n  enabled: true\n  days: 365\n}"),
      ],
    },
  },
  {
    id: "iac/azure-activity-log-incomplete",
    aliases: ["CKV_AZURE_38", "AVD-AZU-0033"],
    title: "Activity log leaves out some kinds of changes",
    severity: "low",
    controls: "logging",
    why: "Changes of the kinds that are left out cannot be found afterwards.",
    fix: "List Write, Delete and Action in `categories`.",
    links: [activity],
    on: {
      "tf:azurerm_monitor_log_profile": value("categories").contains("Write", "Delete", "Action"),
      "arm:Microsoft.Insights/logprofiles": value("properties.categories").contains("Write", "Delete", "Action"),
    },
    examples: {
      bad: [tfResource(profile, `categories = ["Action"]`), bicepResource(bicepProfile, "categories: ['Action']")],
      good: [
        tfResource(profile, `categories = ["Action", "Delete", "Write"]`),
        bicepResource(bicepProfile, "categories: ['Action', 'Delete', 'Write']"),
      ],
    },
  },
  {
    id: "iac/azure-log-workspace-open-to-internet",
    aliases: [],
    title: "Log Analytics workspace can be queried from the public network",
    severity: "low",
    controls: "network-exposure",
    why: "Logs hold addresses, names and sometimes secrets; a stolen token is enough to read them from anywhere.",
    fix: "Set `internet_query_enabled` to false (Bicep: `publicNetworkAccessForQuery` to Disabled) and use a private link scope.",
    links: [workspaces],
    on: {
      "tf:azurerm_log_analytics_workspace": value("internet_query_enabled").is(false),
      "tf:azurerm_application_insights": value("internet_query_enabled").is(false),
      "arm:Microsoft.OperationalInsights/workspaces": value("properties.publicNetworkAccessForQuery").is("Disabled"),
      "arm:Microsoft.Insights/components": value("properties.publicNetworkAccessForQuery").is("Disabled"),
    },
    examples: {
      bad: [tfResource(workspace, "retention_in_days = 90"), bicepResource(bicepWorkspace, "retentionInDays: 90")],
      good: [
        tfResource(workspace, "internet_query_enabled = false"),
        bicepResource(bicepWorkspace, "publicNetworkAccessForQuery: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-log-workspace-shared-keys",
    aliases: [],
    title: "Log Analytics or Application Insights takes records from anybody who knows a key",
    severity: "low",
    controls: "strong-authentication",
    why: "Whoever finds the key floods the logs or writes false records, to hide an attack.",
    fix: "Set `local_authentication_enabled` to false (Bicep: `disableLocalAuth` to true) and send with Entra ID.",
    links: ["https://learn.microsoft.com/azure/azure-monitor/app/azure-ad-authentication"],
    on: {
      "tf:azurerm_log_analytics_workspace": anyOf(
        value("local_authentication_enabled").is(false),
        value("local_authentication_disabled").is(true),
      ),
      "tf:azurerm_application_insights": value("local_authentication_disabled").is(true),
      "arm:Microsoft.OperationalInsights/workspaces": value("properties.features.disableLocalAuth").is(true),
      "arm:Microsoft.Insights/components": value("properties.DisableLocalAuth").is(true),
    },
    examples: {
      bad: [
        tfResource("azurerm_application_insights", `application_type = "web"`),
        bicepResource("Microsoft.Insights/components@2020-02-02", "Application_Type: 'web'"),
      ],
      good: [
        tfResource("azurerm_application_insights", "local_authentication_disabled = true"),
        bicepResource("Microsoft.Insights/components@2020-02-02", "DisableLocalAuth: true"),
      ],
    },
  },
  {
    id: "iac/azure-data-collection-endpoint-public",
    aliases: [],
    title: "Data collection endpoint takes records from the public network",
    severity: "low",
    controls: "network-exposure",
    why: "Agents send their logs over the internet, and whoever has a token can send false ones from anywhere.",
    fix: "Set `public_network_access_enabled` to false (Bicep: `networkAcls.publicNetworkAccess` to Disabled) and use a private link scope.",
    links: ["https://learn.microsoft.com/azure/azure-monitor/essentials/data-collection-endpoint-overview"],
    on: {
      "tf:azurerm_monitor_data_collection_endpoint": value("public_network_access_enabled").is(false),
      "arm:Microsoft.Insights/dataCollectionEndpoints": value("properties.networkAcls.publicNetworkAccess").oneOf(
        "Disabled",
        "SecuredByPerimeter",
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_monitor_data_collection_endpoint", `kind = "Linux"`),
        bicepResource(
          "Microsoft.Insights/dataCollectionEndpoints@2022-06-01",
          "networkAcls: {\n  publicNetworkAccess: 'Enabled'\n}",
        ),
      ],
      good: [
        tfResource("azurerm_monitor_data_collection_endpoint", "public_network_access_enabled = false"),
        bicepResource(
          "Microsoft.Insights/dataCollectionEndpoints@2022-06-01",
          "networkAcls: {\n  publicNetworkAccess: 'Disabled'\n}",
        ),
      ],
    },
  },
];
