/** Azure Key Vault and Managed HSM: who reaches a vault, and whether it survives its deletion. */
import { all, anyOf, type Condition, value } from "../../condition.ts";
import { apiVersionAtLeast } from "../../families/azure-api-version.ts";
import { because } from "../../families/because.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const vault = "azurerm_key_vault";
const bicepVault = "Microsoft.KeyVault/vaults@2023-07-01";
const hsm = "azurerm_key_vault_managed_hardware_security_module";
const bicepHsm = "Microsoft.KeyVault/managedHSMs@2023-07-01";
const named = `name = "secrets"`;
const recovery = "https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview";
const networks = "https://learn.microsoft.com/azure/key-vault/general/network-security";

const softDeleteByDefault = apiVersionAtLeast("2019-09-01");

const grantsPurge = /^(?:purge|all)$/i;

const noPurgeIn = (path: string, kinds: readonly string[]): Condition =>
  because(
    "the permissions include purge",
    all(...kinds.map((kind) => value(`${path}${kind}`).notMatches(grantsPurge))),
  );

const tfPermissions = ["key_permissions", "secret_permissions", "certificate_permissions", "storage_permissions"];
const armPermissions = ["keys", "secrets", "certificates", "storage"];

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-key-vault-public-network-access",
    aliases: ["CKV_AZURE_189"],
    title: "Key vault is reachable from the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "A stolen token or leaked credential of an application is enough to read its secrets from anywhere.",
    fix: "Switch public network access off and use a private endpoint; or at least name the networks that may come in.",
    links: [networks],
    on: {
      "tf:azurerm_key_vault": anyOf(
        value("public_network_access_enabled").is(false),
        value("network_acls.ip_rules", { edit: false }).exists(),
        value("network_acls.virtual_network_subnet_ids", { edit: false }).exists(),
        value("network_acls.default_action", { edit: false }).is("Deny"),
      ),
      "arm:Microsoft.KeyVault/vaults": anyOf(
        value("properties.publicNetworkAccess", { edit: "Disabled" }).is("Disabled"),
        value("properties.networkAcls.ipRules", { edit: false }).exists(),
        value("properties.networkAcls.defaultAction", { edit: false }).is("Deny"),
      ),
    },
    examples: {
      bad: [tfResource(vault, named), bicepResource(bicepVault, "publicNetworkAccess: 'Enabled'")],
      good: [
        tfResource(vault, named, "public_network_access_enabled = false"),
        bicepResource(bicepVault, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-key-vault-open-to-all-networks",
    aliases: ["CKV_AZURE_109", "AVD-AZU-0013"],
    title: "Key vault's firewall lets every network in by default",
    severity: "medium",
    controls: "network-segmentation",
    why: "Whoever holds a token for the vault can use it from any address; no network stands in the way.",
    fix: "Set the default action of the network rules to Deny and name the subnets and addresses that need access.",
    links: [networks],
    on: {
      "tf:azurerm_key_vault": value("network_acls.default_action").is("Deny"),
      "arm:Microsoft.KeyVault/vaults": value("properties.networkAcls.defaultAction").is("Deny"),
    },
    examples: {
      bad: [
        tfResource(vault, named, `network_acls {\n  default_action = "Allow"\n  bypass         = "AzureServices"\n}`),
        bicepResource(bicepVault, "networkAcls: {\n  defaultAction: 'Allow'\n}"),
      ],
      good: [
        tfResource(vault, named, `network_acls {\n  default_action = "Deny"\n  bypass         = "AzureServices"\n}`),
        bicepResource(bicepVault, "networkAcls: {\n  defaultAction: 'Deny'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-key-vault-without-soft-delete",
    aliases: ["CKV_AZURE_111"],
    title: "Key vault is deleted for good at once",
    severity: "medium",
    controls: "deletion-protection",
    why: "Keys that are gone make everything encrypted with them unreadable; one wrong or hostile call is enough.",
    fix: "Remove the line that switches soft delete off.",
    links: [recovery],
    on: {
      "tf:azurerm_key_vault": value("soft_delete_enabled", { missing: "pass" }).is(true),
      "arm:Microsoft.KeyVault/vaults": value("properties.enableSoftDelete", { missing: "pass" }).is(true),
    },
    examples: {
      bad: [
        tfResource(vault, named, "soft_delete_enabled = false"),
        bicepResource(bicepVault, "enableSoftDelete: false"),
      ],
      good: [tfResource(vault, named), bicepResource(bicepVault, "enableSoftDelete: true")],
    },
  },
  {
    id: "iac/azure-key-vault-not-recoverable",
    aliases: ["CKV_AZURE_42"],
    title: "Deletion of a key vault is not held back in both ways",
    severity: "medium",
    controls: "deletion-protection",
    why: "Only soft delete together with purge protection makes sure that keys, and what was encrypted with them, come back.",
    fix: "Set `purge_protection_enabled` (Bicep: `enablePurgeProtection`) to true and leave soft delete on.",
    links: [recovery],
    on: {
      "tf:azurerm_key_vault": all(value("purge_protection_enabled").is(true), value("soft_delete_enabled").not(false)),
      "arm:Microsoft.KeyVault/vaults": all(
        value("properties.enablePurgeProtection").is(true),
        anyOf(
          value("properties.enableSoftDelete").is(true),
          all(value("properties.enableSoftDelete", { edit: false }).absent(), softDeleteByDefault),
        ),
      ),
    },
    examples: {
      bad: [
        tfResource(vault, named, "purge_protection_enabled = true", "soft_delete_enabled = false"),
        bicepResource(bicepVault, "enablePurgeProtection: true", "enableSoftDelete: false"),
      ],
      good: [
        tfResource(vault, named, "purge_protection_enabled = true"),
        bicepResource(bicepVault, "enablePurgeProtection: true", "enableSoftDelete: true"),
      ],
    },
  },
  {
    id: "iac/azure-key-vault-without-purge-protection",
    aliases: ["CKV_AZURE_110", "AVD-AZU-0016"],
    title: "Key vault can be purged",
    severity: "medium",
    controls: "deletion-protection",
    why: "An attacker or a script deletes the vault and purges it: the keys are lost, and all that was encrypted with them.",
    fix: "Set `purge_protection_enabled` (Bicep: `enablePurgeProtection`) to true. It cannot be switched off again.",
    links: [recovery],
    on: {
      "tf:azurerm_key_vault": value("purge_protection_enabled").is(true),
      "arm:Microsoft.KeyVault/vaults": value("properties.enablePurgeProtection").is(true),
    },
    examples: {
      bad: [
        tfResource(vault, named, "purge_protection_enabled = false"),
        bicepResource(bicepVault, "enableSoftDelete: true"),
      ],
      good: [
        tfResource(vault, named, "purge_protection_enabled = true"),
        bicepResource(bicepVault, "enablePurgeProtection: true"),
      ],
    },
  },
  {
    id: "iac/azure-key-vault-short-soft-delete",
    aliases: [],
    title: "Deleted content of a key vault is kept for less than 30 days",
    severity: "low",
    controls: "deletion-protection",
    why: "A deletion that nobody notices for some weeks cannot be taken back.",
    fix: "Set the days of soft delete to 90; this can only be chosen when the vault is made.",
    links: [recovery],
    on: {
      "tf:azurerm_key_vault": value("soft_delete_retention_days", { missing: "pass", edit: false }).atLeast(30),
      "arm:Microsoft.KeyVault/vaults": value("properties.softDeleteRetentionInDays", {
        missing: "pass",
        edit: false,
      }).atLeast(30),
    },
    examples: {
      bad: [
        tfResource(vault, named, "soft_delete_retention_days = 7"),
        bicepResource(bicepVault, "softDeleteRetentionInDays: 7"),
      ],
      good: [
        tfResource(vault, named, "soft_delete_retention_days = 90"),
        bicepResource(bicepVault, "softDeleteRetentionInDays: 90"),
      ],
    },
  },
  {
    id: "iac/azure-key-vault-access-policies",
    aliases: [],
    title: "Key vault gives access by access policies instead of roles",
    severity: "low",
    controls: "least-privilege",
    why: "Whoever may write the vault, a plain contributor, can add a policy for themselves and read every secret.",
    fix: "Set `rbac_authorization_enabled` (Bicep: `enableRbacAuthorization`) to true, after giving roles to those who have policies.",
    links: ["https://learn.microsoft.com/azure/key-vault/general/rbac-access-policy"],
    on: {
      "tf:azurerm_key_vault": value(["rbac_authorization_enabled", "enable_rbac_authorization"]).is(true),
      "arm:Microsoft.KeyVault/vaults": value("properties.enableRbacAuthorization").is(true),
    },
    examples: {
      bad: [tfResource(vault, named), bicepResource(bicepVault, "enableRbacAuthorization: false")],
      good: [
        tfResource(vault, named, "rbac_authorization_enabled = true"),
        bicepResource(bicepVault, "enableRbacAuthorization: true"),
      ],
    },
  },
  {
    id: "iac/azure-key-vault-grants-purge",
    aliases: [],
    title: "Access policy lets somebody purge keys or secrets",
    severity: "medium",
    controls: "least-privilege",
    why: "Whoever takes over that identity deletes and purges: what was encrypted with the keys is lost.",
    fix: "Remove Purge (and all) from the permissions; nobody needs it day to day.",
    links: ["https://learn.microsoft.com/azure/key-vault/general/assign-access-policy"],
    on: {
      "tf:azurerm_key_vault": noPurgeIn("access_policy.", tfPermissions),
      "tf:azurerm_key_vault_access_policy": noPurgeIn("", tfPermissions),
      "arm:Microsoft.KeyVault/vaults": noPurgeIn("properties.accessPolicies.permissions.", armPermissions),
      "arm:Microsoft.KeyVault/vaults/accessPolicies": noPurgeIn(
        "properties.accessPolicies.permissions.",
        armPermissions,
      ),
    },
    examples: {
      bad: [tfResource("azurerm_key_vault_access_policy", `secret_permissions = ["Get", "Purge"]`)],
      good: [tfResource("azurerm_key_vault_access_policy", `secret_permissions = ["Get", "List"]`)],
    },
  },
  {
    id: "iac/azure-managed-hsm-without-purge-protection",
    aliases: [],
    title: "Managed HSM can be purged",
    severity: "medium",
    controls: "deletion-protection",
    why: "An attacker deletes and purges the HSM: its keys are lost, and all that was encrypted with them.",
    fix: "Set `purge_protection_enabled` (Bicep: `enablePurgeProtection`) to true. It cannot be switched off again.",
    links: ["https://learn.microsoft.com/azure/key-vault/managed-hsm/recovery"],
    on: {
      "tf:azurerm_key_vault_managed_hardware_security_module": value("purge_protection_enabled", { edit: false }).is(
        true,
      ),
      "arm:Microsoft.KeyVault/managedHSMs": value("properties.enablePurgeProtection").is(true),
    },
    examples: {
      bad: [tfResource(hsm, named), bicepResource(bicepHsm, "enablePurgeProtection: false")],
      good: [
        tfResource(hsm, named, "purge_protection_enabled = true"),
        bicepResource(bicepHsm, "enablePurgeProtection: true"),
      ],
    },
  },
  {
    id: "iac/azure-managed-hsm-public-network-access",
    aliases: [],
    title: "Managed HSM is reachable from every network",
    severity: "medium",
    controls: "network-exposure",
    why: "A stolen token is enough to use the keys from anywhere.",
    fix: "Switch public network access off, or set the default action of its network rules to Deny.",
    links: ["https://learn.microsoft.com/azure/key-vault/managed-hsm/private-link"],
    on: {
      "tf:azurerm_key_vault_managed_hardware_security_module": anyOf(
        value("public_network_access_enabled").is(false),
        value("network_acls.default_action", { edit: false }).is("Deny"),
      ),
      "arm:Microsoft.KeyVault/managedHSMs": anyOf(
        value("properties.publicNetworkAccess").is("Disabled"),
        value("properties.networkAcls.defaultAction", { edit: false }).is("Deny"),
      ),
    },
    examples: {
      bad: [tfResource(hsm, named), bicepResource(bicepHsm, "publicNetworkAccess: 'Enabled'")],
      good: [
        tfResource(hsm, named, "public_network_access_enabled = false"),
        bicepResource(bicepHsm, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
];
