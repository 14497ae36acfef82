/** Azure Data Factory and Data Lake Store. */
import { anyOf, connected, value } from "../../condition.ts";
import { bicepResource, tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const factory = "azurerm_data_factory";
const bicepFactory = "Microsoft.DataFactory/factories@2018-06-01";
const named = `name = "imports"`;

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-data-factory-public-network-access",
    aliases: ["CKV_AZURE_104", "AVD-AZU-0035"],
    title: "Data factory is reachable over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "Runtimes and clients talk to it over the internet; a stolen token is enough to run pipelines with its rights.",
    fix: "Switch public network access off and use private endpoints.",
    links: ["https://learn.microsoft.com/azure/data-factory/data-factory-private-link"],
    on: {
      "tf:azurerm_data_factory": value("public_network_enabled").is(false),
      "arm:Microsoft.DataFactory/factories": value("properties.publicNetworkAccess").is("Disabled"),
    },
    examples: {
      bad: [
        tfResource(factory, named, "public_network_enabled = true"),
        bicepResource(bicepFactory, "publicNetworkAccess: 'Enabled'"),
      ],
      good: [
        tfResource(factory, named, "public_network_enabled = false"),
        bicepResource(bicepFactory, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-data-factory-without-git",
    aliases: ["CKV_AZURE_103"],
    title: "Pipelines of a data factory are not kept in Git",
    severity: "low",
    controls: "governance",
    why: "Anybody with access changes what runs in production, without a review and without a way back.",
    fix: "Connect the factory to a repository and publish from there.",
    links: ["https://learn.microsoft.com/azure/data-factory/source-control"],
    on: {
      "tf:azurerm_data_factory": value([
        "vsts_configuration.repository_name",
        "github_configuration.repository_name",
      ]).exists(),
      "arm:Microsoft.DataFactory/factories": value("properties.repoConfiguration.type").exists(),
    },
    examples: {
      bad: [tfResource(factory, named), bicepResource(bicepFactory, "publicNetworkAccess: 'Disabled'")],
      good: [
        tfResource(factory, named, `vsts_configuration {\n  repository_name = "imports"\n}`),
        bicepResource(bicepFactory, "repoConfiguration: {\n  type: 'FactoryVSTSConfiguration'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-data-factory-without-own-key",
    aliases: ["CKV2_AZURE_15"],
    title: "Data factory uses no key vault for its encryption and secrets",
    severity: "low",
    controls: "customer-managed-keys",
    why: "You can neither withdraw the key nor see who used it, and connection secrets stand in the factory itself.",
    fix: "Name a customer-managed key, or at least link a key vault and take secrets from it.",
    links: ["https://learn.microsoft.com/azure/data-factory/enable-customer-managed-key"],
    on: {
      "tf:azurerm_data_factory": anyOf(
        value("customer_managed_key_id").exists(),
        connected("azurerm_data_factory_linked_service_key_vault"),
      ),
      "arm:Microsoft.DataFactory/factories": value("properties.encryption.keyName").exists(),
    },
    examples: {
      bad: [tfResource(factory, named), bicepResource(bicepFactory, "publicNetworkAccess: 'Disabled'")],
      good: [
        tf(
          tfBlock(factory, "imports", named) +
            tfBlock(
              "azurerm_data_factory_linked_service_key_vault",
              "imports",
              "data_factory_id = azurerm_data_factory.imports.id",
              "key_vault_id    = azurerm_key_vault.imports.id",
            ),
        ),
        bicepResource(bicepFactory, "encryption: {\n  vaultBaseUrl: 'https://vault.example'\n  keyName: 'imports'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-data-factory-without-identity",
    aliases: [],
    title: "Data factory has no managed identity",
    severity: "low",
    controls: "workload-identity",
    why: "Its connections need passwords and keys that stand in linked services and are seldom renewed.",
    fix: "Add a managed identity and give it roles on the data it moves.",
    links: ["https://learn.microsoft.com/azure/data-factory/data-factory-service-identity"],
    on: {
      "tf:azurerm_data_factory": value("identity.type").exists(),
      "arm:Microsoft.DataFactory/factories": value("identity.type", { edit: false }).exists(),
    },
    examples: {
      bad: [tfResource(factory, named), bicepResource(bicepFactory, "publicNetworkAccess: 'Disabled'")],
      good: [tfResource(factory, named, `identity {\n  type = "SystemAssigned"\n}`)],
    },
  },
  {
    id: "iac/azure-data-factory-shared-network",
    aliases: [],
    title: "Data factory moves data through a shared network",
    severity: "low",
    controls: "network-segmentation",
    why: "Its runtimes have public addresses shared with strangers, so stores must let the public network in.",
    fix: "Set `managed_virtual_network_enabled` to true and use managed private endpoints.",
    links: ["https://learn.microsoft.com/azure/data-factory/managed-virtual-network-private-endpoint"],
    on: {
      "tf:azurerm_data_factory": value("managed_virtual_network_enabled").is(true),
      "arm:Microsoft.DataFactory/factories": connected("Microsoft.DataFactory/factories/managedVirtualNetworks"),
    },
    examples: {
      bad: [tfResource(factory, named), bicepResource(bicepFactory, "publicNetworkAccess: 'Disabled'")],
      good: [tfResource(factory, named, "managed_virtual_network_enabled = true")],
    },
  },
  {
    id: "iac/azure-data-lake-not-encrypted",
    aliases: ["CKV_AZURE_105", "AVD-AZU-0036"],
    title: "Data Lake Store is not encrypted on disk",
    severity: "high",
    controls: "encryption-at-rest",
    why: "Whoever gets at the disks reads the files as they are.",
    fix: "Remove the line that switches encryption off, and move to a storage account: Data Lake Store Gen1 is retired.",
    links: ["https://learn.microsoft.com/azure/storage/blobs/data-lake-storage-introduction"],
    on: {
      "tf:azurerm_data_lake_store": value("encryption_state", { edit: false, missing: "pass" }).is("Enabled"),
      "arm:Microsoft.DataLakeStore/accounts": value("properties.encryptionState", { edit: false, missing: "pass" }).is(
        "Enabled",
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_data_lake_store", named, `encryption_state = "Disabled"`),
        bicepResource("Microsoft.DataLakeStore/accounts@2016-11-01", "encryptionState: 'Disabled'"),
      ],
      good: [
        tfResource("azurerm_data_lake_store", named, `encryption_state = "Enabled"`),
        bicepResource("Microsoft.DataLakeStore/accounts@2016-11-01", "encryptionState: 'Enabled'"),
      ],
    },
  },
];
