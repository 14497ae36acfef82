/** Azure Backup: Recovery Services vaults and backup vaults, which an attacker deletes first. */
import { value } from "../../condition.ts";
import { bicepBlock, bicepResource, tfResource } from "../../families/examples.ts";
import { bicep, type Policy } from "../../policy.ts";

const vault = "azurerm_recovery_services_vault";
const bicepVault = "Microsoft.RecoveryServices/vaults@2024-04-01";
const backupVault = "azurerm_data_protection_backup_vault";
const bicepBackupVault = "Microsoft.DataProtection/backupVaults@2024-04-01";
const named = `name = "backup"`;
const softDelete = "https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about";
const immutable = "https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept";

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-recovery-vault-without-identity",
    aliases: ["CKV2_AZURE_35"],
    title: "Recovery Services vault has no managed identity",
    severity: "low",
    controls: "workload-identity",
    why: "Private endpoints and keys of one's own need an identity; without it the vault depends on public access and on keys of Microsoft.",
    fix: "Add a managed identity to the vault.",
    links: ["https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk"],
    on: {
      "tf:azurerm_recovery_services_vault": value("identity.type", { edit: false }).matches(/\S/),
      "arm:Microsoft.RecoveryServices/vaults": value("identity.type", { edit: false }).exists(),
    },
    examples: {
      bad: [tfResource(vault, named), bicep(bicepBlock(bicepVault, "backup"))],
      good: [
        tfResource(vault, named, `identity {\n  type = "SystemAssigned"\n}`),
        bicep(bicepBlock(bicepVault, "backup", "identity: {\n  type: 'SystemAssigned'\n}")),
      ],
    },
  },
  {
    id: "iac/azure-recovery-vault-without-soft-delete",
    aliases: [],
    title: "Deleted backups of a Recovery Services vault are gone at once",
    severity: "high",
    controls: "backup",
    why: "Ransomware deletes backups before it encrypts the rest; without soft delete nothing is left to restore.",
    fix: "Leave soft delete on (`soft_delete_enabled`, Bicep: `softDeleteState`), best with the state AlwaysON.",
    links: [softDelete],
    on: {
      "tf:azurerm_recovery_services_vault": value("soft_delete_enabled").not(false),
      "arm:Microsoft.RecoveryServices/vaults": value("properties.securitySettings.softDeleteSettings.softDeleteState", {
        edit: "AlwaysON",
      }).not("Disabled"),
      "arm:Microsoft.RecoveryServices/vaults/backupconfig": value("properties.softDeleteFeatureState", {
        edit: "Enabled",
      }).not("Disabled"),
    },
    examples: {
      bad: [
        tfResource(vault, named, "soft_delete_enabled = false"),
        bicepResource(
          bicepVault,
          "securitySettings: {\n  softDeleteSettings: {\n    softDeleteState: 'Disabled'\n  }\n}",
        ),
      ],
      good: [
        tfResource(vault, named, "soft_delete_enabled = true"),
        bicepResource(
          bicepVault,
          "securitySettings: {\n  softDeleteSettings: {\n    softDeleteState: 'AlwaysON'\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-recovery-vault-not-immutable",
    aliases: [],
    title: "Backups of a Recovery Services vault can be shortened and deleted",
    severity: "low",
    controls: "backup",
    why: "An attacker with administrator's rights stops protection and deletes recovery points before encrypting the rest.",
    fix: "Set `immutability` (Bicep: `immutabilitySettings.state`) to Unlocked, and to Locked once it is tested.",
    links: [immutable],
    on: {
      "tf:azurerm_recovery_services_vault": value("immutability").oneOf("Unlocked", "Locked"),
      "arm:Microsoft.RecoveryServices/vaults": value("properties.securitySettings.immutabilitySettings.state").oneOf(
        "Unlocked",
        "Locked",
      ),
    },
    examples: {
      bad: [
        tfResource(vault, named, `immutability = "Disabled"`),
        bicepResource(bicepVault, "securitySettings: {\n  immutabilitySettings: {\n    state: 'Disabled'\n  }\n}"),
      ],
      good: [
        tfResource(vault, named, `immutability = "Locked"`),
        bicepResource(bicepVault, "securitySettings: {\n  immutabilitySettings: {\n    state: 'Locked'\n  }\n}"),
      ],
    },
  },
  {
    id: "iac/azure-recovery-vault-public-network-access",
    aliases: [],
    title: "Recovery Services vault is reachable over the public network",
    severity: "low",
    controls: "network-exposure",
    why: "Backups and restores can be started from anywhere with stolen rights, and backup traffic leaves the private network.",
    fix: "Switch public network access off and use private endpoints.",
    links: ["https://learn.microsoft.com/azure/backup/private-endpoints-overview"],
    on: {
      "tf:azurerm_recovery_services_vault": value("public_network_access_enabled").is(false),
      "arm:Microsoft.RecoveryServices/vaults": value("properties.publicNetworkAccess").is("Disabled"),
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
    id: "iac/azure-recovery-vault-in-one-region",
    aliases: [],
    title: "Backups of a Recovery Services vault stay in one data centre",
    severity: "low",
    controls: "backup",
    why: "What destroys the machines destroys their backups too.",
    fix: "Use geo-redundant storage with cross-region restore, or at least zone-redundant storage.",
    links: ["https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault"],
    on: {
      "tf:azurerm_recovery_services_vault": value("storage_mode_type", { edit: "GeoRedundant" }).not(
        "LocallyRedundant",
      ),
      "arm:Microsoft.RecoveryServices/vaults": value("properties.redundancySettings.standardTierStorageRedundancy", {
        edit: "GeoRedundant",
      }).not("LocallyRedundant"),
      "arm:Microsoft.RecoveryServices/vaults/backupstorageconfig": value("properties.storageModelType", {
        edit: "GeoRedundant",
      }).not("LocallyRedundant"),
    },
    examples: {
      bad: [
        tfResource(vault, named, `storage_mode_type = "LocallyRedundant"`),
        bicepResource(bicepVault, "redundancySettings: {\n  standardTierStorageRedundancy: 'LocallyRedundant'\n}"),
      ],
      good: [
        tfResource(vault, named, `storage_mode_type = "GeoRedundant"`),
        bicepResource(bicepVault, "redundancySettings: {\n  standardTierStorageRedundancy: 'GeoRedundant'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-recovery-vault-without-own-key",
    aliases: [],
    title: "Recovery Services vault is encrypted with a key of Microsoft only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "You can neither withdraw the key of the backups nor see who used it.",
    fix: "Name a key from a key vault in `encryption`.",
    links: ["https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk"],
    on: {
      "tf:azurerm_recovery_services_vault": value("encryption.key_id").exists(),
      "arm:Microsoft.RecoveryServices/vaults": value("properties.encryption.keyVaultProperties.keyUri").exists(),
    },
    examples: {
      bad: [tfResource(vault, named), bicepResource(bicepVault, "publicNetworkAccess: 'Disabled'")],
      good: [
        tfResource(vault, named, "encryption {\n  key_id = azurerm_key_vault_key.backup.id\n}"),
        bicepResource(
          bicepVault,
          "encryption: {\n  keyVaultProperties: {\n    keyUri: 'https://vault.example/keys/backup'\n  }\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-backup-vault-without-soft-delete",
    aliases: [],
    title: "Deleted backups of a backup vault are gone at once",
    severity: "high",
    controls: "backup",
    why: "Ransomware deletes backups before it encrypts the rest; without soft delete nothing is left to restore.",
    fix: "Set `soft_delete` (Bicep: `softDeleteSettings.state`) to On, and to AlwaysOn once it is tested.",
    links: [softDelete],
    on: {
      "tf:azurerm_data_protection_backup_vault": value("soft_delete", { edit: "AlwaysOn" }).not("Off"),
      "arm:Microsoft.DataProtection/backupVaults": value("properties.securitySettings.softDeleteSettings.state", {
        edit: "AlwaysOn",
      }).not("Off"),
    },
    examples: {
      bad: [
        tfResource(backupVault, named, `soft_delete = "Off"`),
        bicepResource(bicepBackupVault, "securitySettings: {\n  softDeleteSettings: {\n    state: 'Off'\n  }\n}"),
      ],
      good: [
        tfResource(backupVault, named, `soft_delete = "AlwaysOn"`),
        bicepResource(bicepBackupVault, "securitySettings: {\n  softDeleteSettings: {\n    state: 'AlwaysOn'\n  }\n}"),
      ],
    },
  },
  {
    id: "iac/azure-backup-vault-not-immutable",
    aliases: [],
    title: "Backups of a backup vault can be shortened and deleted",
    severity: "low",
    controls: "backup",
    why: "An attacker with administrator's rights stops protection and deletes recovery points before encrypting the rest.",
    fix: "Set `immutability` (Bicep: `immutabilitySettings.state`) to Unlocked, and to Locked once it is tested.",
    links: [immutable],
    on: {
      "tf:azurerm_data_protection_backup_vault": value("immutability").oneOf("Unlocked", "Locked"),
      "arm:Microsoft.DataProtection/backupVaults": value(
        "properties.securitySettings.immutabilitySettings.state",
      ).oneOf("Unlocked", "Locked"),
    },
    examples: {
      bad: [
        tfResource(backupVault, named),
        bicepResource(
          bicepBackupVault,
          "securitySettings: {\n  immutabilitySettings: {\n    state: 'Disabled'\n  }\n}",
        ),
      ],
      good: [
        tfResource(backupVault, named, `immutability = "Locked"`),
        bicepResource(bicepBackupVault, "securitySettings: {\n  immutabilitySettings: {\n    state: 'Locked'\n  }\n}"),
      ],
    },
  },
];
