/** Managed disks and snapshots of Azure. */
import { anyOf, value } from "../../condition.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const disk = "azurerm_managed_disk";
const bicepDisk = "Microsoft.Compute/disks@2023-10-02";
const docs = "https://learn.microsoft.com/azure/virtual-machines";

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-disk-encryption-off",
    aliases: ["CKV_AZURE_2", "AVD-AZU-0038"],
    title: "Encryption of the managed disk is switched off or not set",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Without disk encryption or a key of your own, access to the stored disk is access to the data.",
    fix: "Set `disk_encryption_set_id` (Bicep: `encryption`), and remove `encryption_settings` that are off.",
    links: [`${docs}/disk-encryption-overview`],
    on: {
      "tf:azurerm_managed_disk": anyOf(
        value("disk_encryption_set_id").exists(),
        value("encryption_settings.enabled").not(false),
      ),
      "arm:Microsoft.Compute/disks": anyOf(
        value("properties.encryptionSettings.enabled").is(true),
        value("properties.encryptionSettingsCollection.enabled").is(true),
        value("properties.encryption", { edit: false }).exists(),
      ),
    },
    examples: {
      bad: [
        tfResource(disk, "encryption_settings {\n  enabled = false\n}"),
        bicepResource(bicepDisk, "diskSizeGB: 64"),
      ],
      good: [
        tfResource(disk, "disk_encryption_set_id = azurerm_disk_encryption_set.disks.id"),
        bicepResource(
          bicepDisk,
          "encryption: {\n  diskEncryptionSetId: '/subscriptions/x/diskEncryptionSets/disks'\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-disk-without-own-key",
    aliases: ["CKV_AZURE_93"],
    title: "Managed disk is not encrypted with a key of your own",
    severity: "low",
    controls: "customer-managed-keys",
    why: "With keys of the platform nobody but the provider can withdraw access to the data.",
    fix: "Set `disk_encryption_set_id` (Bicep: `encryption.diskEncryptionSetId`).",
    links: [`${docs}/disks-enable-customer-managed-keys-portal`],
    on: {
      "tf:azurerm_managed_disk": value("disk_encryption_set_id").exists(),
      "arm:Microsoft.Compute/disks": value("properties.encryption.diskEncryptionSetId").exists(),
    },
    examples: {
      bad: [tfResource(disk, "disk_size_gb = 64"), bicepResource(bicepDisk, "diskSizeGB: 64")],
      good: [
        tfResource(disk, "disk_encryption_set_id = azurerm_disk_encryption_set.disks.id"),
        bicepResource(
          bicepDisk,
          "encryption: {\n  diskEncryptionSetId: '/subscriptions/x/diskEncryptionSets/disks'\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-disk-public-network-access",
    aliases: ["CKV_AZURE_251"],
    title: "Managed disk can be exported over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "Whoever may export the disk, or gets hold of such a link, downloads all its data from anywhere.",
    fix: "Set `public_network_access_enabled` to false (Bicep: `publicNetworkAccess` to Disabled).",
    links: [`${docs}/disks-restrict-import-export-overview`],
    on: {
      "tf:azurerm_managed_disk": value("public_network_access_enabled").is(false),
      "arm:Microsoft.Compute/disks": value("properties.publicNetworkAccess").is("Disabled"),
    },
    examples: {
      bad: [tfResource(disk, "disk_size_gb = 64"), bicepResource(bicepDisk, "publicNetworkAccess: 'Enabled'")],
      good: [
        tfResource(disk, "public_network_access_enabled = false"),
        bicepResource(bicepDisk, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-snapshot-public-network-access",
    aliases: [],
    title: "Snapshot of a disk can be exported over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "A snapshot is a whole copy of the disk; whoever gets hold of an export link downloads it from anywhere.",
    fix: "Set `public_network_access_enabled` to false (Bicep: `publicNetworkAccess` to Disabled), or `network_access_policy` to DenyAll.",
    links: [`${docs}/disks-restrict-import-export-overview`],
    on: {
      "tf:azurerm_snapshot": anyOf(
        value("public_network_access_enabled").is(false),
        value("network_access_policy").oneOf("DenyAll", "AllowPrivate"),
      ),
      "arm:Microsoft.Compute/snapshots": anyOf(
        value("properties.publicNetworkAccess").is("Disabled"),
        value("properties.networkAccessPolicy").oneOf("DenyAll", "AllowPrivate"),
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_snapshot", `create_option = "Copy"`),
        bicepResource("Microsoft.Compute/snapshots@2023-10-02", "publicNetworkAccess: 'Enabled'"),
      ],
      good: [
        tfResource("azurerm_snapshot", `network_access_policy = "DenyAll"`),
        bicepResource("Microsoft.Compute/snapshots@2023-10-02", "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-disk-encryption-set-key-not-rotated",
    aliases: [],
    title: "Disk encryption set does not follow new versions of its key",
    severity: "low",
    controls: "key-lifecycle",
    why: "When the key is renewed the disks go on with the old version, or stop when that expires.",
    fix: "Set `auto_key_rotation_enabled` (Bicep: `rotationToLatestKeyVersionEnabled`) to true, with a key without version.",
    links: [`${docs}/disk-encryption`],
    on: {
      "tf:azurerm_disk_encryption_set": value("auto_key_rotation_enabled").is(true),
      "arm:Microsoft.Compute/diskEncryptionSets": value("properties.rotationToLatestKeyVersionEnabled").is(true),
    },
    examples: {
      bad: [
        tfResource("azurerm_disk_encryption_set", "key_vault_key_id = azurerm_key_vault_key.disks.id"),
        bicepResource("Microsoft.Compute/diskEncryptionSets@2023-10-02", "rotationToLatestKeyVersionEnabled: false"),
      ],
      good: [
        tfResource("azurerm_disk_encryption_set", "auto_key_rotation_enabled = true"),
        bicepResource("Microsoft.Compute/diskEncryptionSets@2023-10-02", "rotationToLatestKeyVersionEnabled: true"),
      ],
    },
  },
];
