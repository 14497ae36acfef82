/** Azure Storage: from which networks an account is reached. */
import { anyOf, type Condition, connected, not, value } from "../../condition.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const account = "azurerm_storage_account";
const bicepAccount = "Microsoft.Storage/storageAccounts@2023-05-01";
const firewalls = "https://learn.microsoft.com/azure/storage/common/storage-network-security";

const letsAzureIn = (action: string, bypass: string): Condition =>
  anyOf(
    value(bypass, { missing: "pass" }).contains("AzureServices"),
    not(value(action, { missing: "fail" }).is("Deny")),
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-storage-open-to-all-networks",
    aliases: ["CKV_AZURE_35", "AVD-AZU-0012"],
    title: "Storage account lets every network in by default",
    severity: "medium",
    controls: "network-segmentation",
    why: "Anybody on the internet who gets hold of a key or a token can read and change the data; no network stands in the way.",
    fix: "Set the default action of the network rules to Deny and name the subnets and addresses that need access.",
    links: [firewalls],
    on: {
      // Rules may stand in a resource of their own, which is judged itself.
      "tf:azurerm_storage_account": anyOf(
        value("network_rules.default_action").is("Deny"),
        value("public_network_access_enabled", { edit: false }).is(false),
        connected("azurerm_storage_account_network_rules"),
      ),
      "tf:azurerm_storage_account_network_rules": value("default_action").is("Deny"),
      "arm:Microsoft.Storage/storageAccounts": anyOf(
        value("properties.networkAcls.defaultAction").is("Deny"),
        value("properties.publicNetworkAccess", { edit: false }).is("Disabled"),
      ),
    },
    examples: {
      bad: [
        tfResource(account, `name = "data"`, `network_rules {\n  default_action = "Allow"\n}`),
        bicepResource(bicepAccount, "networkAcls: {\n  defaultAction: 'Allow'\n}"),
      ],
      good: [
        tfResource(account, `name = "data"`, `network_rules {\n  default_action = "Deny"\n}`),
        bicepResource(bicepAccount, "networkAcls: {\n  defaultAction: 'Deny'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-storage-shuts-out-azure-services",
    aliases: ["CKV_AZURE_36", "AVD-AZU-0010"],
    title: "Storage account's firewall shuts out trusted Azure services",
    severity: "low",
    controls: "network-segmentation",
    why: "Backup, monitoring and logging of Azure itself cannot reach the account; what they should record is silently missing.",
    fix: "Add AzureServices to `bypass` of the network rules; it lets in only Azure services with rights of their own.",
    links: [firewalls],
    on: {
      "tf:azurerm_storage_account": letsAzureIn("network_rules.default_action", "network_rules.bypass"),
      "tf:azurerm_storage_account_network_rules": letsAzureIn("default_action", "bypass"),
      "arm:Microsoft.Storage/storageAccounts": letsAzureIn(
        "properties.networkAcls.defaultAction",
        "properties.networkAcls.bypass",
      ),
    },
    examples: {
      bad: [
        tfResource(account, `network_rules {\n  default_action = "Deny"\n  bypass         = ["None"]\n}`),
        bicepResource(bicepAccount, "networkAcls: {\n  defaultAction: 'Deny'\n  bypass: 'None'\n}"),
      ],
      good: [
        tfResource(account, `network_rules {\n  default_action = "Deny"\n  bypass         = ["AzureServices"]\n}`),
        bicepResource(bicepAccount, "networkAcls: {\n  defaultAction: 'Deny'\n  bypass: 'AzureServices'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-storage-public-network-access",
    aliases: ["CKV_AZURE_59"],
    title: "Storage account is reachable over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "The account has a public address; a leaked key or a wrong firewall rule is enough to reach the data from anywhere.",
    fix: "Switch public network access off and reach the account through private endpoints.",
    links: ["https://learn.microsoft.com/azure/storage/common/storage-private-endpoints"],
    on: {
      "tf:azurerm_storage_account": value("public_network_access_enabled").is(false),
      "arm:Microsoft.Storage/storageAccounts": value("properties.publicNetworkAccess", { edit: "Disabled" }).not(
        "Enabled",
      ),
    },
    examples: {
      bad: [
        tfResource(account, `name = "data"`, "public_network_access_enabled = true"),
        bicepResource(bicepAccount, "publicNetworkAccess: 'Enabled'"),
      ],
      good: [
        tfResource(account, `name = "data"`, "public_network_access_enabled = false"),
        bicepResource(bicepAccount, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-storage-sync-open-to-all-networks",
    aliases: ["CKV_AZURE_64", "CKV_AZURE_250"],
    title: "Storage Sync Service takes traffic from all networks",
    severity: "medium",
    controls: "network-exposure",
    why: "The public endpoint answers to anybody; stolen registrations of servers can be used from the internet.",
    fix: "Set the incoming traffic policy to AllowVirtualNetworksOnly and add a private endpoint.",
    links: ["https://learn.microsoft.com/azure/storage/file-sync/file-sync-networking-endpoints"],
    on: {
      "tf:azurerm_storage_sync": value("incoming_traffic_policy").is("AllowVirtualNetworksOnly"),
      "arm:Microsoft.StorageSync/storageSyncServices": value("properties.incomingTrafficPolicy").is(
        "AllowVirtualNetworksOnly",
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_storage_sync", `name = "files"`),
        bicepResource(
          "Microsoft.StorageSync/storageSyncServices@2022-09-01",
          "incomingTrafficPolicy: 'AllowAllTraffic'",
        ),
      ],
      good: [
        tfResource("azurerm_storage_sync", `name = "files"`, `incoming_traffic_policy = "AllowVirtualNetworksOnly"`),
        bicepResource(
          "Microsoft.StorageSync/storageSyncServices@2022-09-01",
          "incomingTrafficPolicy: 'AllowVirtualNetworksOnly'",
        ),
      ],
    },
  },
  {
    id: "iac/azure-storage-cross-tenant-replication",
    aliases: [],
    title: "Storage account may be replicated into other tenants",
    severity: "medium",
    controls: "data-protection",
    why: "Somebody with write access to the account can set up replication that copies its blobs to a tenant of their own.",
    fix: "Set `cross_tenant_replication_enabled` (Bicep: `allowCrossTenantReplication`) to false.",
    links: ["https://learn.microsoft.com/azure/storage/blobs/object-replication-prevent-cross-tenant-policies"],
    on: {
      "tf:azurerm_storage_account": value("cross_tenant_replication_enabled").not(true),
      "arm:Microsoft.Storage/storageAccounts": value("properties.allowCrossTenantReplication").not(true),
    },
    examples: {
      bad: [
        tfResource(account, `name = "data"`, "cross_tenant_replication_enabled = true"),
        bicepResource(bicepAccount, "allowCrossTenantReplication: true"),
      ],
      good: [
        tfResource(account, `name = "data"`, "cross_tenant_replication_enabled = false"),
        bicepResource(bicepAccount, "allowCrossTenantReplication: false"),
      ],
    },
  },
  {
    id: "iac/azure-storage-copy-from-anywhere",
    aliases: [],
    title: "Storage account takes copies from accounts of any tenant",
    severity: "low",
    controls: "data-protection",
    why: "Without a copy scope data can be copied between this account and accounts of strangers, past network rules meant to keep it in.",
    fix: "Set `allowed_copy_scope` (Bicep: `allowedCopyScope`) to AAD or, where private links are used, to PrivateLink.",
    links: ["https://learn.microsoft.com/azure/storage/common/security-restrict-copy-operations"],
    on: {
      "tf:azurerm_storage_account": value("allowed_copy_scope").oneOf("AAD", "PrivateLink"),
      "arm:Microsoft.Storage/storageAccounts": value("properties.allowedCopyScope").oneOf("AAD", "PrivateLink"),
    },
    examples: {
      bad: [tfResource(account, `name = "data"`), bicepResource(bicepAccount, "minimumTlsVersion: 'TLS1_2'")],
      good: [
        tfResource(account, `name = "data"`, `allowed_copy_scope = "AAD"`),
        bicepResource(bicepAccount, "allowedCopyScope: 'AAD'"),
      ],
    },
  },
];
