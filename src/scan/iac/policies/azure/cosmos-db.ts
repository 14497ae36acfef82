/** Azure Cosmos DB: who reaches an account, how they sign in, how its data is kept. */
import { all, anyOf, value, when } from "../../condition.ts";
import { because } from "../../families/because.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const account = "azurerm_cosmosdb_account";
const bicepAccount = "Microsoft.DocumentDB/databaseAccounts@2024-05-15";
const named = `name = "orders"`;
const firewall = "https://learn.microsoft.com/azure/cosmos-db/how-to-configure-firewall";
const withoutKeys = "https://learn.microsoft.com/azure/cosmos-db/how-to-connect-role-based-access-control";

/** The portal and all of Azure, in the words of the firewall. */
const allOfAzure = /(?:^|[,\s])0\.0\.0\.0(?:\/0)?(?:$|[,\s])/;

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-cosmos-db-open-to-all-networks",
    aliases: ["CKV_AZURE_99"],
    title: "Cosmos DB account is not limited to networks of one's own",
    severity: "medium",
    controls: "network-segmentation",
    why: "Whoever gets hold of a key reads and changes all data from anywhere.",
    fix: "Switch public network access off, or switch the virtual network filter on and name the subnets that need access.",
    links: [firewall],
    on: {
      "tf:azurerm_cosmosdb_account": anyOf(
        value("public_network_access_enabled").is(false),
        all(
          value("is_virtual_network_filter_enabled", { edit: false }).is(true),
          anyOf(
            value("virtual_network_rule", { edit: false }).exists(),
            value("ip_range_filter", { edit: false }).exists(),
          ),
        ),
      ),
      "arm:Microsoft.DocumentDB/databaseAccounts": anyOf(
        value("properties.publicNetworkAccess").is("Disabled"),
        all(
          value("properties.isVirtualNetworkFilterEnabled", { edit: false }).is(true),
          anyOf(
            value("properties.virtualNetworkRules", { edit: false }).exists(),
            value("properties.ipRules", { edit: false }).exists(),
          ),
        ),
      ),
    },
    examples: {
      bad: [tfResource(account, named), bicepResource(bicepAccount, "isVirtualNetworkFilterEnabled: false")],
      good: [
        tfResource(
          account,
          named,
          "is_virtual_network_filter_enabled = true",
          "virtual_network_rule {\n  id = azurerm_subnet.app.id\n}",
        ),
        bicepResource(bicepAccount, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-cosmos-db-public-network-access",
    aliases: ["CKV_AZURE_101"],
    title: "Cosmos DB account is reachable over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "The account has a public address; a leaked key or a wrong firewall rule is enough to reach the data from anywhere.",
    fix: "Switch public network access off and use a private endpoint.",
    links: ["https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints"],
    on: {
      "tf:azurerm_cosmosdb_account": value("public_network_access_enabled").is(false),
      "arm:Microsoft.DocumentDB/databaseAccounts": value("properties.publicNetworkAccess").is("Disabled"),
    },
    examples: {
      bad: [
        tfResource(account, named, "public_network_access_enabled = true"),
        bicepResource(bicepAccount, "publicNetworkAccess: 'Enabled'"),
      ],
      good: [
        tfResource(account, named, "public_network_access_enabled = false"),
        bicepResource(bicepAccount, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-cosmos-db-accepts-keys",
    aliases: ["CKV_AZURE_140"],
    title: "Cosmos DB account accepts its account keys",
    severity: "medium",
    controls: "strong-authentication",
    why: "A key opens all data of the account, does not expire and leaves no trace of who used it; one leak is enough.",
    fix: "Move clients to Microsoft Entra ID, then switch local authentication off.",
    links: [withoutKeys],
    on: {
      // Only the API for NoSQL can do without keys.
      "tf:azurerm_cosmosdb_account": when(
        value("kind", { missing: "pass" }).is("GlobalDocumentDB"),
        anyOf(
          value("local_authentication_disabled").is(true),
          value("local_authentication_enabled", { edit: false }).is(false),
        ),
        "none",
      ),
      "arm:Microsoft.DocumentDB/databaseAccounts": when(
        value("kind", { missing: "pass" }).is("GlobalDocumentDB"),
        value("properties.disableLocalAuth").is(true),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(account, named, `kind = "GlobalDocumentDB"`),
        bicepResource(bicepAccount, "disableLocalAuth: false"),
      ],
      good: [
        tfResource(account, named, "local_authentication_disabled = true"),
        bicepResource(bicepAccount, "disableLocalAuth: true"),
      ],
    },
  },
  {
    id: "iac/azure-cosmos-db-without-own-key",
    aliases: ["CKV_AZURE_100"],
    title: "Cosmos DB account is encrypted with a key of Microsoft only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "You can neither withdraw the key nor see who used it; rules that ask for control over keys are not met.",
    fix: "Name a key from a key vault in `key_vault_key_id` (Bicep: `keyVaultKeyUri`).",
    links: ["https://learn.microsoft.com/azure/cosmos-db/how-to-setup-customer-managed-keys"],
    on: {
      "tf:azurerm_cosmosdb_account": value(["key_vault_key_id", "managed_hsm_key_id"]).exists(),
      "arm:Microsoft.DocumentDB/databaseAccounts": value("properties.keyVaultKeyUri").exists(),
    },
    examples: {
      bad: [tfResource(account, named), bicepResource(bicepAccount, "databaseAccountOfferType: 'Standard'")],
      good: [
        tfResource(account, named, "key_vault_key_id = azurerm_key_vault_key.orders.versionless_id"),
        bicepResource(bicepAccount, "keyVaultKeyUri: 'https://vault.example/keys/orders'"),
      ],
    },
  },
  {
    id: "iac/azure-cosmos-db-keys-change-structure",
    aliases: ["CKV_AZURE_132"],
    title: "Keys of a Cosmos DB account may change databases and throughput",
    severity: "low",
    controls: "least-privilege",
    why: "An application's key deletes whole databases or raises the bill; roles and locks of Azure do not hold it back.",
    fix: "Set `access_key_metadata_writes_enabled` to false (Bicep: `disableKeyBasedMetadataWriteAccess` to true).",
    links: ["https://learn.microsoft.com/azure/cosmos-db/audit-control-plane-logs"],
    on: {
      "tf:azurerm_cosmosdb_account": value("access_key_metadata_writes_enabled").is(false),
      "arm:Microsoft.DocumentDB/databaseAccounts": value("properties.disableKeyBasedMetadataWriteAccess").is(true),
    },
    examples: {
      bad: [tfResource(account, named), bicepResource(bicepAccount, "disableKeyBasedMetadataWriteAccess: false")],
      good: [
        tfResource(account, named, "access_key_metadata_writes_enabled = false"),
        bicepResource(bicepAccount, "disableKeyBasedMetadataWriteAccess: true"),
      ],
    },
  },
  {
    id: "iac/azure-cosmos-db-open-to-all-of-azure",
    aliases: [],
    title: "Cosmos DB firewall lets in everything that runs in Azure",
    severity: "medium",
    controls: "network-exposure",
    why: "The address 0.0.0.0 means all of Azure: a stranger's virtual machine there can use a leaked key.",
    fix: "Remove 0.0.0.0 from the addresses; use private endpoints or rules for your own subnets.",
    links: [firewall],
    on: {
      "tf:azurerm_cosmosdb_account": because(
        "0.0.0.0 lets all of Azure in",
        value("ip_range_filter").notMatches(allOfAzure),
      ),
      "arm:Microsoft.DocumentDB/databaseAccounts": because(
        "0.0.0.0 lets all of Azure in",
        value("properties.ipRules.ipAddressOrRange").notMatches(allOfAzure),
      ),
    },
    examples: {
      bad: [
        tfResource(account, named, `ip_range_filter = ["203.0.113.7", "0.0.0.0"]`),
        bicepResource(bicepAccount, "ipRules: [\n  {\n    ipAddressOrRange: '0.0.0.0'\n  }\n]"),
      ],
      good: [
        tfResource(account, named, `ip_range_filter = ["203.0.113.7"]`),
        bicepResource(bicepAccount, "ipRules: [\n  {\n    ipAddressOrRange: '203.0.113.7'\n  }\n]"),
      ],
    },
  },
  {
    id: "iac/azure-cosmos-db-allows-old-tls",
    aliases: [],
    title: "Cosmos DB account accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 and 1.1 have known weaknesses; somebody on the network path can read or change queries and results.",
    fix: "Set `minimal_tls_version` (Bicep: `minimalTlsVersion`) to Tls12.",
    links: ["https://learn.microsoft.com/azure/cosmos-db/self-serve-minimum-tls-enforcement"],
    on: {
      "tf:azurerm_cosmosdb_account": value("minimal_tls_version", { edit: "Tls12" }).not("Tls", "Tls11"),
      "arm:Microsoft.DocumentDB/databaseAccounts": value("properties.minimalTlsVersion", { edit: "Tls12" }).not(
        "Tls",
        "Tls11",
      ),
    },
    examples: {
      bad: [
        tfResource(account, named, `minimal_tls_version = "Tls"`),
        bicepResource(bicepAccount, "minimalTlsVersion: 'Tls'"),
      ],
      good: [
        tfResource(account, named, `minimal_tls_version = "Tls12"`),
        bicepResource(bicepAccount, "minimalTlsVersion: 'Tls12'"),
      ],
    },
  },
  {
    id: "iac/azure-cosmos-db-periodic-backup",
    aliases: [],
    title: "Cosmos DB account cannot be restored to a point in time",
    severity: "low",
    controls: "backup",
    why: "Periodic backups are hours apart and restored by support only; what was deleted in between is lost.",
    fix: "Set the type of `backup` (Bicep: `backupPolicy`) to Continuous.",
    links: ["https://learn.microsoft.com/azure/cosmos-db/continuous-backup-restore-introduction"],
    on: {
      "tf:azurerm_cosmosdb_account": value("backup.type").is("Continuous"),
      "arm:Microsoft.DocumentDB/databaseAccounts": value("properties.backupPolicy.type").is("Continuous"),
    },
    examples: {
      bad: [
        tfResource(account, named, `backup {\n  type = "Periodic"\n}`),
        bicepResource(bicepAccount, "backupPolicy: {\n  type: 'Periodic'\n}"),
      ],
      good: [
        tfResource(account, named, `backup {\n  type = "Continuous"\n}`),
        bicepResource(bicepAccount, "backupPolicy: {\n  type: 'Continuous'\n}"),
      ],
    },
  },
];
