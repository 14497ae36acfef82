/** Azure App Configuration: the store of settings of applications. */
import { value } from "../../condition.ts";
import { bicepBlock, bicepResource, tfResource } from "../../families/examples.ts";
import { bicep, type Policy } from "../../policy.ts";

const store = "azurerm_app_configuration";
const bicepStore = "Microsoft.AppConfiguration/configurationStores@2023-03-01";
const docs = "https://learn.microsoft.com/azure/azure-app-configuration";

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-app-configuration-local-authentication",
    aliases: ["CKV_AZURE_184"],
    title: "App Configuration takes access keys besides Entra ID",
    severity: "low",
    controls: "strong-authentication",
    why: "A connection string lets its finder read and change the settings of all applications, and does not expire.",
    fix: "Set `local_auth_enabled` to false (Bicep: `disableLocalAuth` to true) and grant identities the data roles.",
    links: [`${docs}/howto-disable-access-key-authentication`],
    on: {
      "tf:azurerm_app_configuration": value("local_auth_enabled").is(false),
      "arm:Microsoft.AppConfiguration/configurationStores": value("properties.disableLocalAuth").is(true),
    },
    examples: {
      bad: [tfResource(store, `sku = "standard"`), bicepResource(bicepStore, "disableLocalAuth: false")],
      good: [tfResource(store, "local_auth_enabled = false"), bicepResource(bicepStore, "disableLocalAuth: true")],
    },
  },
  {
    id: "iac/azure-app-configuration-public-network-access",
    aliases: ["CKV_AZURE_185"],
    title: "App Configuration is reachable from the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "Everybody on the internet who gets hold of a connection string can read and change the settings of applications.",
    fix: "Set `public_network_access` (Bicep: `publicNetworkAccess`) to Disabled and use private endpoints.",
    links: [`${docs}/concept-private-endpoint`],
    on: {
      "tf:azurerm_app_configuration": value("public_network_access", { edit: "Disabled" }).not("Enabled"),
      "arm:Microsoft.AppConfiguration/configurationStores": value("properties.publicNetworkAccess", {
        edit: "Disabled",
      }).not("Enabled"),
    },
    examples: {
      bad: [
        tfResource(store, `public_network_access = "Enabled"`),
        bicepResource(bicepStore, "publicNetworkAccess: 'Enabled'"),
      ],
      good: [
        tfResource(store, `public_network_access = "Disabled"`),
        bicepResource(bicepStore, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-app-configuration-without-own-key",
    aliases: ["CKV_AZURE_186"],
    title: "App Configuration is not encrypted with a key of your own",
    severity: "low",
    controls: "customer-managed-keys",
    why: "With keys of the platform nobody but the provider can withdraw access to the settings.",
    fix: "Set `encryption.key_vault_key_identifier` (Bicep: `encryption.keyVaultProperties.keyIdentifier`).",
    links: [`${docs}/concept-customer-managed-keys`],
    on: {
      "tf:azurerm_app_configuration": value("encryption.key_vault_key_identifier").exists(),
      "arm:Microsoft.AppConfiguration/configurationStores": value(
        "properties.encryption.keyVaultProperties.keyIdentifier",
      ).exists(),
    },
    examples: {
      bad: [tfResource(store, `sku = "standard"`), bicepResource(bicepStore, "disableLocalAuth: true")],
      good: [
        tfResource(store, "encryption {\n  key_vault_key_identifier = azurerm_key_vault_key.settings.id\n}"),
        bicepResource(
          bicepStore,
          "encryption: {\n  keyVaultProperties: {\n    keyIdentifier: 'https://vault.example/keys/settings'\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-app-configuration-without-purge-protection",
    aliases: ["CKV_AZURE_187"],
    title: "Deleted App Configuration can be purged at once",
    severity: "low",
    controls: "deletion-protection",
    why: "An error or an attacker can remove the settings for good, before anybody restores them.",
    fix: "Set `purge_protection_enabled` (Bicep: `enablePurgeProtection`) to true.",
    links: [`${docs}/concept-soft-delete`],
    on: {
      "tf:azurerm_app_configuration": value("purge_protection_enabled").is(true),
      "arm:Microsoft.AppConfiguration/configurationStores": value("properties.enablePurgeProtection").is(true),
    },
    examples: {
      bad: [tfResource(store, `sku = "standard"`), bicepResource(bicepStore, "enablePurgeProtection: false")],
      good: [
        tfResource(store, "purge_protection_enabled = true"),
        bicepResource(bicepStore, "enablePurgeProtection: true"),
      ],
    },
  },
  {
    id: "iac/azure-app-configuration-free-tier",
    aliases: ["CKV_AZURE_188"],
    title: "App Configuration is of the free tier",
    severity: "low",
    controls: "availability",
    why: "The free tier has no promise of availability, no private endpoints and no protection against deletion.",
    fix: "Set `sku` to standard or premium.",
    links: [`${docs}/faq`],
    on: {
      "tf:azurerm_app_configuration": value("sku").oneOf("standard", "premium"),
      "arm:Microsoft.AppConfiguration/configurationStores": value("sku.name").oneOf("Standard", "Premium"),
    },
    examples: {
      bad: [tfResource(store, `sku = "free"`), bicep(bicepBlock(bicepStore, "settings", "sku: {\n  name: 'Free'\n}"))],
      good: [
        tfResource(store, `sku = "standard"`),
        bicep(bicepBlock(bicepStore, "settings", "sku: {\n  name: 'Standard'\n}")),
      ],
    },
  },
];
