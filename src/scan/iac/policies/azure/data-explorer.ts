/** Azure Data Explorer (Kusto) clusters. */
import { anyOf, connected, value } from "../../condition.ts";
import { bicepBlock, bicepResource, tfBlock, tfResource } from "../../families/examples.ts";
import { bicep, type Policy, tf } from "../../policy.ts";

const cluster = "azurerm_kusto_cluster";
const bicepCluster = "Microsoft.Kusto/clusters@2023-08-15";
const named = `name = "events"`;
const security = "https://learn.microsoft.com/azure/data-explorer/security";

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-data-explorer-without-identity",
    aliases: ["CKV_AZURE_181"],
    title: "Data Explorer cluster has no managed identity",
    severity: "low",
    controls: "workload-identity",
    why: "Its connections to storage and key vaults need secrets that leak and are seldom renewed.",
    fix: "Add a managed identity and give it roles on the data it reads.",
    links: ["https://learn.microsoft.com/azure/data-explorer/managed-identities-overview"],
    on: {
      "tf:azurerm_kusto_cluster": value("identity.type").exists(),
      "arm:Microsoft.Kusto/clusters": value("identity.type", { edit: false }).exists(),
    },
    examples: {
      bad: [tfResource(cluster, named), bicep(bicepBlock(bicepCluster, "events"))],
      good: [
        tfResource(cluster, named, `identity {\n  type = "SystemAssigned"\n}`),
        bicep(bicepBlock(bicepCluster, "events", "identity: {\n  type: 'SystemAssigned'\n}")),
      ],
    },
  },
  {
    id: "iac/azure-data-explorer-without-own-key",
    aliases: ["CKV2_AZURE_11"],
    title: "Data Explorer cluster is encrypted with a key of Microsoft only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "You can neither withdraw the key nor see who used it; rules that ask for control over keys are not met.",
    fix: "Add a customer-managed key from a key vault.",
    links: ["https://learn.microsoft.com/azure/data-explorer/customer-managed-keys"],
    on: {
      "tf:azurerm_kusto_cluster": connected("azurerm_kusto_cluster_customer_managed_key"),
      "arm:Microsoft.Kusto/clusters": value("properties.keyVaultProperties.keyName").exists(),
    },
    examples: {
      bad: [tfResource(cluster, named), bicepResource(bicepCluster, "enableDiskEncryption: true")],
      good: [
        tf(
          tfBlock(cluster, "events", named) +
            tfBlock(
              "azurerm_kusto_cluster_customer_managed_key",
              "events",
              "cluster_id = azurerm_kusto_cluster.events.id",
            ),
        ),
        bicepResource(bicepCluster, "keyVaultProperties: {\n  keyName: 'events'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-data-explorer-test-tier",
    aliases: ["CKV_AZURE_180"],
    title: "Data Explorer cluster runs on a tier for tests",
    severity: "low",
    controls: "availability",
    why: "Tiers named Dev(No SLA) are one machine without a promise.",
    fix: "Choose a tier of the kind Standard.",
    links: ["https://learn.microsoft.com/azure/data-explorer/manage-cluster-choose-sku"],
    on: {
      "tf:azurerm_kusto_cluster": value("sku.name", { missing: "none" }).notMatches(/^Dev\(No SLA\)/i),
      "arm:Microsoft.Kusto/clusters": value("sku.name", { missing: "none" }).notMatches(/^Dev\(No SLA\)/i),
    },
    examples: {
      bad: [tfResource(cluster, `sku {\n  name = "Dev(No SLA)_Standard_D11_v2"\n}`)],
      good: [tfResource(cluster, `sku {\n  name = "Standard_E8ads_v5"\n}`)],
    },
  },
  {
    id: "iac/azure-data-explorer-disks-not-encrypted",
    aliases: ["CKV_AZURE_74"],
    title: "Local disks of a Data Explorer cluster are not encrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Cached data lies readable on the disks of the machines.",
    fix: "Set `disk_encryption_enabled` (Bicep: `enableDiskEncryption`) to true.",
    links: ["https://learn.microsoft.com/azure/data-explorer/cluster-encryption-disk"],
    on: {
      "tf:azurerm_kusto_cluster": value(["disk_encryption_enabled", "enable_disk_encryption"]).is(true),
      "arm:Microsoft.Kusto/clusters": value("properties.enableDiskEncryption").is(true),
    },
    examples: {
      bad: [tfResource(cluster, named), bicepResource(bicepCluster, "enableDiskEncryption: false")],
      good: [
        tfResource(cluster, named, "disk_encryption_enabled = true"),
        bicepResource(bicepCluster, "enableDiskEncryption: true"),
      ],
    },
  },
  {
    id: "iac/azure-data-explorer-encrypted-once",
    aliases: ["CKV_AZURE_75"],
    title: "Data Explorer cluster is encrypted only once",
    severity: "low",
    controls: "encryption-at-rest",
    why: "If that one layer or its key is broken, the data lies open; rules for very sensitive data ask for two.",
    fix: "Set `double_encryption_enabled` (Bicep: `enableDoubleEncryption`) to true; only a new cluster takes it.",
    links: ["https://learn.microsoft.com/azure/data-explorer/cluster-encryption-double"],
    on: {
      "tf:azurerm_kusto_cluster": value(["double_encryption_enabled", "enable_double_encryption"], { edit: false }).is(
        true,
      ),
      "arm:Microsoft.Kusto/clusters": value("properties.enableDoubleEncryption", { edit: false }).is(true),
    },
    examples: {
      bad: [tfResource(cluster, named), bicepResource(bicepCluster, "enableDoubleEncryption: false")],
      good: [
        tfResource(cluster, named, "double_encryption_enabled = true"),
        bicepResource(bicepCluster, "enableDoubleEncryption: true"),
      ],
    },
  },
  {
    id: "iac/azure-data-explorer-public-network-access",
    aliases: [],
    title: "Data Explorer cluster is reachable over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "Queries are answered on the internet; a stolen token is enough to read all data.",
    fix: "Switch public network access off and use a private endpoint, or name the addresses that may come in.",
    links: ["https://learn.microsoft.com/azure/data-explorer/security-network-restrict-public-access"],
    on: {
      "tf:azurerm_kusto_cluster": anyOf(
        value("public_network_access_enabled").is(false),
        value("allowed_ip_ranges", { edit: false }).exists(),
      ),
      "arm:Microsoft.Kusto/clusters": anyOf(
        value("properties.publicNetworkAccess").is("Disabled"),
        value("properties.allowedIpRangeList", { edit: false }).exists(),
      ),
    },
    examples: {
      bad: [tfResource(cluster, named), bicepResource(bicepCluster, "publicNetworkAccess: 'Enabled'")],
      good: [
        tfResource(cluster, named, "public_network_access_enabled = false"),
        bicepResource(bicepCluster, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-data-explorer-trusts-all-tenants",
    aliases: [],
    title: "Data Explorer cluster trusts identities of every tenant",
    severity: "high",
    controls: "least-privilege",
    why: "Accounts of strangers' organizations can be given rights and sign in; nobody here controls or removes them.",
    fix: "Name only your own tenant (`MyTenantOnly`) and partners that need access in `trusted_external_tenants`.",
    links: ["https://learn.microsoft.com/azure/data-explorer/cross-tenant-query-and-commands"],
    on: {
      "tf:azurerm_kusto_cluster": value("trusted_external_tenants").lacks("*"),
      "arm:Microsoft.Kusto/clusters": value("properties.trustedExternalTenants.value").not("*"),
    },
    examples: {
      bad: [
        tfResource(cluster, named, `trusted_external_tenants = ["*"]`),
        bicepResource(bicepCluster, "trustedExternalTenants: [\n  {\n    value: '*'\n  }\n]"),
      ],
      good: [
        tfResource(cluster, named, `trusted_external_tenants = ["MyTenantOnly"]`),
        bicepResource(bicepCluster, "trustedExternalTenants: []"),
      ],
    },
  },
  {
    id: "iac/azure-data-explorer-reaches-out-freely",
    aliases: [],
    title: "Data Explorer cluster may send data to any address",
    severity: "low",
    controls: "data-protection",
    why: "Somebody who may run queries exports data to storage of their own.",
    fix: "Set `outbound_network_access_restricted` (Bicep: `restrictOutboundNetworkAccess`) and name the targets that are needed.",
    links: [security],
    on: {
      "tf:azurerm_kusto_cluster": value("outbound_network_access_restricted").is(true),
      "arm:Microsoft.Kusto/clusters": value("properties.restrictOutboundNetworkAccess").is("Enabled"),
    },
    examples: {
      bad: [tfResource(cluster, named), bicepResource(bicepCluster, "restrictOutboundNetworkAccess: 'Disabled'")],
      good: [
        tfResource(cluster, named, "outbound_network_access_restricted = true"),
        bicepResource(bicepCluster, "restrictOutboundNetworkAccess: 'Enabled'"),
      ],
    },
  },
];
