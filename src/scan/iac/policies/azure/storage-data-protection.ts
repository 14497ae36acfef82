/** Azure Storage: what is left of the data after a mistake, an attack or the loss of a region. */
import { all, type Condition, not, value, when } from "../../condition.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import { bicep, type Policy } from "../../policy.ts";

const account = "azurerm_storage_account";
const bicepBlobs = "Microsoft.Storage/storageAccounts/blobServices@2023-05-01";
const named = `name = "data"`;

const forFilesOnly = value("account_kind", { missing: "fail" }).is("FileStorage");

/** File accounts have no blobs: nothing is asked of them unless they set something for blobs, which has no effect. */
const ofAccountsWithBlobs = (demand: Condition): Condition =>
  when(
    not(all(forFilesOnly, value("blob_properties").absent())),
    all(demand, value("account_kind", { edit: false }).not("FileStorage")),
    "none",
  );

const bicepSku = (sku: string) =>
  bicep(`resource data 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'data'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: {
    name: '${sku}'
  }
}
`);

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-storage-invalid-name",
    aliases: ["CKV_AZURE_43"],
    title: "Storage account's name breaks the naming rules",
    severity: "low",
    controls: "governance",
    why: "Azure refuses the name, so the deployment fails half-way; what should protect or log the account is not there either.",
    fix: "Use 3 to 24 lower-case letters and digits.",
    links: ["https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules"],
    on: {
      "tf:azurerm_storage_account": value("name").matches(/^[a-z0-9]{3,24}$/),
      "arm:Microsoft.Storage/storageAccounts": value("name").matches(/^[a-z0-9]{3,24}$/),
    },
    examples: {
      bad: [tfResource(account, `name = "Shop-Data"`)],
      good: [tfResource(account, `name = "shopdata"`)],
    },
  },
  {
    id: "iac/azure-storage-in-one-region",
    aliases: ["CKV_AZURE_206", "AVD-AZU-0058"],
    title: "Storage account is kept in one region only",
    severity: "low",
    controls: "availability",
    why: "If the region is lost, the data is lost or out of reach for as long as it lasts.",
    fix: "Choose a replication that reaches a second region: GRS, RAGRS, GZRS or RAGZRS.",
    links: ["https://learn.microsoft.com/azure/storage/common/storage-redundancy"],
    on: {
      "tf:azurerm_storage_account": value("account_replication_type").oneOf("GRS", "RAGRS", "GZRS", "RAGZRS"),
      "arm:Microsoft.Storage/storageAccounts": value("sku.name").oneOf(
        "Standard_GRS",
        "Standard_RAGRS",
        "Standard_GZRS",
        "Standard_RAGZRS",
      ),
    },
    examples: {
      bad: [tfResource(account, named, `account_replication_type = "LRS"`), bicepSku("Standard_LRS")],
      good: [tfResource(account, named, `account_replication_type = "GZRS"`), bicepSku("Standard_GZRS")],
    },
  },
  {
    id: "iac/azure-storage-blobs-without-soft-delete",
    aliases: ["CKV2_AZURE_38", "AVD-AZU-0056"],
    title: "Deleted blobs are gone at once",
    severity: "medium",
    controls: "deletion-protection",
    why: "Whoever gets write access, or a wrong script, deletes or overwrites data for good.",
    fix: "Add a delete retention policy for blobs of at least seven days.",
    links: ["https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview"],
    on: {
      "tf:azurerm_storage_account": ofAccountsWithBlobs(
        all(
          value("blob_properties.delete_retention_policy", { edit: false }).exists(),
          value("blob_properties.delete_retention_policy.days", { missing: "pass", edit: 7 }).atLeast(1),
        ),
      ),
      "arm:Microsoft.Storage/storageAccounts/blobServices": value("properties.deleteRetentionPolicy.enabled").is(true),
    },
    examples: {
      bad: [
        tfResource(account, named, "blob_properties {\n  versioning_enabled = true\n}"),
        bicepResource(bicepBlobs, "deleteRetentionPolicy: {\n  enabled: false\n}"),
      ],
      good: [
        tfResource(account, named, "blob_properties {\n  delete_retention_policy {\n    days = 14\n  }\n}"),
        bicepResource(bicepBlobs, "deleteRetentionPolicy: {\n  enabled: true\n  days: 14\n}"),
      ],
    },
  },
  {
    id: "iac/azure-storage-containers-without-soft-delete",
    aliases: [],
    title: "Deleted blob containers are gone at once",
    severity: "low",
    controls: "deletion-protection",
    why: "Soft delete of blobs does not cover the container: deleting it takes all its blobs and versions along.",
    fix: "Add a container delete retention policy of at least seven days.",
    links: ["https://learn.microsoft.com/azure/storage/blobs/soft-delete-container-overview"],
    on: {
      "tf:azurerm_storage_account": when(
        not(forFilesOnly),
        value("blob_properties.container_delete_retention_policy").exists(),
        "none",
      ),
      "arm:Microsoft.Storage/storageAccounts/blobServices": value(
        "properties.containerDeleteRetentionPolicy.enabled",
      ).is(true),
    },
    examples: {
      bad: [tfResource(account, named), bicepResource(bicepBlobs, "isVersioningEnabled: true")],
      good: [
        tfResource(account, named, "blob_properties {\n  container_delete_retention_policy {\n    days = 14\n  }\n}"),
        bicepResource(bicepBlobs, "containerDeleteRetentionPolicy: {\n  enabled: true\n  days: 14\n}"),
      ],
    },
  },
  {
    id: "iac/azure-storage-blobs-without-versions",
    aliases: [],
    title: "Overwritten blobs leave no earlier version",
    severity: "low",
    controls: "deletion-protection",
    why: "Ransomware and mistakes overwrite more often than they delete; without versions the old content cannot be brought back.",
    fix: "Set `versioning_enabled` (Bicep: `isVersioningEnabled`) to true and let a lifecycle rule clean up old versions.",
    links: ["https://learn.microsoft.com/azure/storage/blobs/versioning-overview"],
    on: {
      // Accounts with a hierarchical namespace cannot keep versions.
      "tf:azurerm_storage_account": when(
        all(value("is_hns_enabled").not(true), not(forFilesOnly)),
        value("blob_properties.versioning_enabled").is(true),
        "none",
      ),
      "arm:Microsoft.Storage/storageAccounts/blobServices": value("properties.isVersioningEnabled").not(false),
    },
    examples: {
      bad: [
        tfResource(account, named, "blob_properties {\n  versioning_enabled = false\n}"),
        bicepResource(bicepBlobs, "isVersioningEnabled: false"),
      ],
      good: [
        tfResource(account, named, "blob_properties {\n  versioning_enabled = true\n}"),
        bicepResource(bicepBlobs, "isVersioningEnabled: true"),
      ],
    },
  },
  {
    id: "iac/azure-storage-shares-without-soft-delete",
    aliases: [],
    title: "Deleted file shares are gone at once",
    severity: "low",
    controls: "deletion-protection",
    why: "One wrong call deletes a share with all its files and snapshots.",
    fix: "Add a retention policy of at least seven days to the file service.",
    links: ["https://learn.microsoft.com/azure/storage/files/storage-files-prevent-file-share-deletion"],
    on: {
      "tf:azurerm_storage_account": when(
        value("share_properties").exists(),
        value("share_properties.retention_policy").exists(),
        "none",
      ),
      "arm:Microsoft.Storage/storageAccounts/fileServices": value("properties.shareDeleteRetentionPolicy.enabled").not(
        false,
      ),
    },
    examples: {
      bad: [
        tfResource(account, named, `share_properties {\n  smb {\n    versions = ["SMB3.1.1"]\n  }\n}`),
        bicepResource(
          "Microsoft.Storage/storageAccounts/fileServices@2023-05-01",
          "shareDeleteRetentionPolicy: {\n  enabled: false\n}",
        ),
      ],
      good: [
        tfResource(account, named, "share_properties {\n  retention_policy {\n    days = 14\n  }\n}"),
        bicepResource(
          "Microsoft.Storage/storageAccounts/fileServices@2023-05-01",
          "shareDeleteRetentionPolicy: {\n  enabled: true\n  days: 14\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-storage-immutability-unlocked",
    aliases: [],
    title: "Immutability policy can still be taken back",
    severity: "low",
    controls: "deletion-protection",
    why: "Until the policy is locked, an attacker with rights on the account shortens or deletes it, and then the data.",
    fix: "Lock the policy once its period has been tested; from then on it can only be made longer.",
    links: ["https://learn.microsoft.com/azure/storage/blobs/immutable-storage-overview"],
    on: {
      "tf:azurerm_storage_container_immutability_policy": value("locked", { edit: false }).is(true),
      "tf:azurerm_storage_account": value("immutability_policy.state", { edit: false }).not("Unlocked", "Disabled"),
      "arm:Microsoft.Storage/storageAccounts": value(
        "properties.immutableStorageWithVersioning.immutabilityPolicy.state",
        {
          edit: false,
        },
      ).not("Unlocked", "Disabled"),
    },
    examples: {
      bad: [
        tfResource(
          "azurerm_storage_container_immutability_policy",
          "immutability_period_in_days = 30",
          "locked = false",
        ),
      ],
      good: [
        tfResource(
          "azurerm_storage_container_immutability_policy",
          "immutability_period_in_days = 30",
          "locked = true",
        ),
      ],
    },
  },
  {
    id: "iac/azure-storage-legacy-kind",
    aliases: [],
    title: "Storage account is of a kind that is being retired",
    severity: "low",
    controls: "patching",
    why: "Accounts of the kinds Storage and BlobStorage lack newer protections such as versions, lifecycle rules and firewalls for every part.",
    fix: "Upgrade the account to StorageV2; the data stays in place.",
    links: ["https://learn.microsoft.com/azure/storage/common/storage-account-upgrade"],
    on: {
      "tf:azurerm_storage_account": value("account_kind", { edit: "StorageV2" }).not("Storage", "BlobStorage"),
      "arm:Microsoft.Storage/storageAccounts": value("kind", { edit: "StorageV2" }).not("Storage", "BlobStorage"),
    },
    examples: {
      bad: [tfResource(account, named, `account_kind = "Storage"`)],
      good: [tfResource(account, named, `account_kind = "StorageV2"`), bicepSku("Standard_GRS")],
    },
  },
];
