/** Azure Batch: accounts and pools. */
import { all, anyOf, value } from "../../condition.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const account = "azurerm_batch_account";
const pool = "azurerm_batch_pool";
const bicepAccount = "Microsoft.Batch/batchAccounts@2024-07-01";
const bicepPool = "Microsoft.Batch/batchAccounts/pools@2024-07-01";
const named = `name = "render"`;
const networks = "https://learn.microsoft.com/azure/batch/public-network-access";

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-batch-open-to-all-networks",
    aliases: ["CKV_AZURE_248"],
    title: "Batch account's network rules let every network in",
    severity: "medium",
    controls: "network-segmentation",
    why: "Whoever gets hold of a key runs programs on your machines from anywhere.",
    fix: "Set the default action of the account access to Deny, or switch public network access off.",
    links: [networks],
    on: {
      "tf:azurerm_batch_account": anyOf(
        value("public_network_access_enabled", { edit: false }).is(false),
        value("network_profile.account_access.default_action", { edit: "Deny" }).notMatches(/^allow$/i),
      ),
      "arm:Microsoft.Batch/batchAccounts": anyOf(
        value("properties.publicNetworkAccess", { edit: false }).is("Disabled"),
        value("properties.networkProfile.accountAccess.defaultAction", { edit: "Deny" }).not("Allow"),
      ),
    },
    examples: {
      bad: [
        tfResource(account, named, `network_profile {\n  account_access {\n    default_action = "Allow"\n  }\n}`),
        bicepResource(bicepAccount, "networkProfile: {\n  accountAccess: {\n    defaultAction: 'Allow'\n  }\n}"),
      ],
      good: [
        tfResource(account, named, `network_profile {\n  account_access {\n    default_action = "Deny"\n  }\n}`),
        bicepResource(bicepAccount, "networkProfile: {\n  accountAccess: {\n    defaultAction: 'Deny'\n  }\n}"),
      ],
    },
  },
  {
    id: "iac/azure-batch-without-own-key",
    aliases: ["CKV_AZURE_76"],
    title: "Batch account uses no key vault for its encryption",
    severity: "low",
    controls: "customer-managed-keys",
    why: "You can neither withdraw the key of certificates, job data and credentials nor see who used it.",
    fix: "Name a key vault in `key_vault_reference`, or a key in `encryption`.",
    links: ["https://learn.microsoft.com/azure/batch/batch-customer-managed-key"],
    on: {
      "tf:azurerm_batch_account": value(["key_vault_reference.id", "encryption.key_vault_key_id"]).exists(),
      "arm:Microsoft.Batch/batchAccounts": value([
        "properties.keyVaultReference",
        "properties.encryption.keyVaultProperties",
      ]).exists(),
    },
    examples: {
      bad: [tfResource(account, named), bicepResource(bicepAccount, "publicNetworkAccess: 'Disabled'")],
      good: [
        tfResource(account, named, "key_vault_reference {\n  id = azurerm_key_vault.render.id\n}"),
        bicepResource(bicepAccount, "keyVaultReference: {\n  url: 'https://vault.example'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-batch-public-network-access",
    aliases: [],
    title: "Batch account is reachable over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "The account has a public address; a leaked key is enough to run programs on your machines.",
    fix: "Switch public network access off and use private endpoints.",
    links: [networks],
    on: {
      "tf:azurerm_batch_account": value("public_network_access_enabled").is(false),
      "arm:Microsoft.Batch/batchAccounts": value("properties.publicNetworkAccess").is("Disabled"),
    },
    examples: {
      bad: [tfResource(account, named), bicepResource(bicepAccount, "publicNetworkAccess: 'Enabled'")],
      good: [
        tfResource(account, named, "public_network_access_enabled = false"),
        bicepResource(bicepAccount, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-batch-accepts-keys",
    aliases: [],
    title: "Batch account accepts its shared keys",
    severity: "low",
    controls: "strong-authentication",
    why: "A key runs anything on all pools, does not expire and leaves no trace of who used it; one leak is enough.",
    fix: "Leave only AAD (and TaskAuthenticationToken where tasks need it) in the allowed authentication modes.",
    links: ["https://learn.microsoft.com/azure/batch/batch-account-create-portal"],
    on: {
      "tf:azurerm_batch_account": all(
        value("allowed_authentication_modes", { edit: false }).exists(),
        value("allowed_authentication_modes").lacks("SharedKey"),
      ),
      "arm:Microsoft.Batch/batchAccounts": all(
        value("properties.allowedAuthenticationModes", { edit: false }).exists(),
        value("properties.allowedAuthenticationModes").lacks("SharedKey"),
      ),
    },
    examples: {
      bad: [
        tfResource(account, named),
        bicepResource(bicepAccount, "allowedAuthenticationModes: [\n  'AAD'\n  'SharedKey'\n]"),
      ],
      good: [
        tfResource(account, named, `allowed_authentication_modes = ["AAD"]`),
        bicepResource(bicepAccount, "allowedAuthenticationModes: [\n  'AAD'\n]"),
      ],
    },
  },
  {
    id: "iac/azure-batch-pool-public-addresses",
    aliases: [],
    title: "Nodes of a Batch pool have public addresses",
    severity: "medium",
    controls: "network-exposure",
    why: "Each node is a machine with an address on the internet, with the rights of the pool.",
    fix: "Set the public address provisioning to NoPublicIPAddresses and give the pool a subnet.",
    links: ["https://learn.microsoft.com/azure/batch/simplified-node-communication-pool-no-public-ip"],
    on: {
      "tf:azurerm_batch_pool": value("network_configuration.public_address_provisioning_type", { edit: false }).is(
        "NoPublicIPAddresses",
      ),
      "arm:Microsoft.Batch/batchAccounts/pools": value(
        "properties.networkConfiguration.publicIPAddressConfiguration.provision",
        { edit: false },
      ).is("NoPublicIPAddresses"),
    },
    examples: {
      bad: [tfResource(pool, named), bicepResource(bicepPool, "vmSize: 'STANDARD_D4S_V3'")],
      good: [
        tfResource(
          pool,
          named,
          `network_configuration {\n  subnet_id                        = azurerm_subnet.render.id\n  public_address_provisioning_type = "NoPublicIPAddresses"\n}`,
        ),
        bicepResource(
          bicepPool,
          "networkConfiguration: {\n  publicIPAddressConfiguration: {\n    provision: 'NoPublicIPAddresses'\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-batch-pool-disks-not-encrypted",
    aliases: [],
    title: "Disks of a Batch pool's nodes are not encrypted",
    severity: "low",
    controls: "encryption-at-rest",
    why: "What tasks write to disk lies readable on the machines.",
    fix: "Encrypt the OS disk and the temporary disk of the nodes.",
    links: ["https://learn.microsoft.com/azure/batch/disk-encryption"],
    on: {
      "tf:azurerm_batch_pool": value("disk_encryption", { edit: false }).exists(),
      "arm:Microsoft.Batch/batchAccounts/pools": value(
        "properties.deploymentConfiguration.virtualMachineConfiguration.diskEncryptionConfiguration.targets",
        { edit: false },
      ).exists(),
    },
    examples: {
      bad: [tfResource(pool, named)],
      good: [tfResource(pool, named, `disk_encryption {\n  disk_encryption_target = "TemporaryDisk"\n}`)],
    },
  },
];
