/** Azure Storage: who may read the data, and how they prove who they are. */
import { all, anyOf, type Condition, value } from "../../condition.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const account = "azurerm_storage_account";
const bicepAccount = "Microsoft.Storage/storageAccounts@2023-05-01";
const named = `name = "data"`;

/** Keys that are switched off make no tokens, and nobody needs to be told how to sign in. */
const withoutKeys: Condition = value("shared_access_key_enabled", { edit: false }).is(false);
const withoutKeysInArm: Condition = value("properties.allowSharedKeyAccess", { edit: false }).is(false);

const noPublicOrigin = (path: string): Condition => value(path).lacks("*");

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-storage-container-public",
    aliases: ["CKV_AZURE_34", "AVD-AZU-0007"],
    title: "Blobs of a container can be read by anybody",
    severity: "high",
    controls: "public-data",
    why: "Whoever knows or guesses an address reads the blobs without signing in; with access to the container they can be listed too.",
    fix: "Set the container's access to private (Bicep: `publicAccess: 'None'`) and give readers roles or short-lived tokens.",
    links: ["https://learn.microsoft.com/azure/storage/blobs/anonymous-read-access-prevent"],
    on: {
      "tf:azurerm_storage_container": value("container_access_type", { missing: "pass" }).is("private"),
      "arm:Microsoft.Storage/storageAccounts/blobServices/containers": value("properties.publicAccess", {
        edit: "None",
      }).not("Blob", "Container"),
    },
    examples: {
      bad: [
        tfResource("azurerm_storage_container", `name = "reports"`, `container_access_type = "blob"`),
        bicepResource("Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01", "publicAccess: 'Blob'"),
      ],
      good: [
        tfResource("azurerm_storage_container", `name = "reports"`, `container_access_type = "private"`),
        bicepResource("Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01", "publicAccess: 'None'"),
      ],
    },
  },
  {
    id: "iac/azure-storage-allows-public-containers",
    aliases: ["CKV_AZURE_190", "CKV2_AZURE_47"],
    title: "Storage account lets containers be made public",
    severity: "medium",
    controls: "public-data",
    why: "One wrong setting of a container is enough to open its blobs to everybody; the account does not hold it back.",
    fix: "Set `allow_nested_items_to_be_public` (Bicep: `allowBlobPublicAccess`) to false.",
    links: ["https://learn.microsoft.com/azure/storage/blobs/anonymous-read-access-prevent"],
    on: {
      "tf:azurerm_storage_account": value(["allow_nested_items_to_be_public", "allow_blob_public_access"]).is(false),
      "arm:Microsoft.Storage/storageAccounts": value("properties.allowBlobPublicAccess").not(true),
    },
    examples: {
      bad: [
        tfResource(account, named, "allow_nested_items_to_be_public = true"),
        bicepResource(bicepAccount, "allowBlobPublicAccess: true"),
      ],
      good: [
        tfResource(account, named, "allow_nested_items_to_be_public = false"),
        bicepResource(bicepAccount, "allowBlobPublicAccess: false"),
      ],
    },
  },
  {
    id: "iac/azure-storage-shared-key",
    aliases: ["CKV2_AZURE_40"],
    title: "Storage account accepts its shared keys",
    severity: "medium",
    controls: "strong-authentication",
    why: "A key opens all data of the account, does not expire and leaves no trace of who used it; one leak is enough.",
    fix: "Move clients to Microsoft Entra ID, then set `shared_access_key_enabled` (Bicep: `allowSharedKeyAccess`) to false.",
    links: ["https://learn.microsoft.com/azure/storage/common/shared-key-authorization-prevent"],
    on: {
      "tf:azurerm_storage_account": value("shared_access_key_enabled").is(false),
      "arm:Microsoft.Storage/storageAccounts": value("properties.allowSharedKeyAccess").is(false),
    },
    examples: {
      bad: [tfResource(account, named), bicepResource(bicepAccount, "allowSharedKeyAccess: true")],
      good: [
        tfResource(account, named, "shared_access_key_enabled = false"),
        bicepResource(bicepAccount, "allowSharedKeyAccess: false"),
      ],
    },
  },
  {
    id: "iac/azure-storage-sas-without-limit",
    aliases: ["CKV2_AZURE_41"],
    title: "Storage account sets no limit to the life of shared access signatures",
    severity: "low",
    controls: "key-lifecycle",
    why: "Tokens that are valid for years pass from hand to hand; a leaked one opens the data until the key behind it is changed.",
    fix: "Add a SAS policy with a short expiration period, or switch shared keys off altogether.",
    links: ["https://learn.microsoft.com/azure/storage/common/sas-expiration-policy"],
    on: {
      "tf:azurerm_storage_account": anyOf(withoutKeys, value("sas_policy.expiration_period").exists()),
      "arm:Microsoft.Storage/storageAccounts": anyOf(
        withoutKeysInArm,
        value("properties.sasPolicy.sasExpirationPeriod").exists(),
      ),
    },
    examples: {
      bad: [tfResource(account, named), bicepResource(bicepAccount, "minimumTlsVersion: 'TLS1_2'")],
      good: [
        tfResource(account, named, `sas_policy {\n  expiration_period = "01.00:00:00"\n}`),
        bicepResource(
          bicepAccount,
          "sasPolicy: {\n  sasExpirationPeriod: '01.00:00:00'\n  expirationAction: 'Block'\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-storage-local-users",
    aliases: ["CKV_AZURE_244"],
    title: "Storage account has local users",
    severity: "medium",
    controls: "strong-authentication",
    why: "Local users of SFTP sign in with passwords or keys that Microsoft Entra ID knows nothing of: no second factor, no central removal.",
    fix: "Set `local_user_enabled` (Bicep: `isLocalUserEnabled`) to false unless SFTP is needed.",
    links: ["https://learn.microsoft.com/azure/storage/blobs/secure-file-transfer-protocol-support"],
    on: {
      // They exist by default, but only a hierarchical namespace offers SFTP to them.
      "tf:azurerm_storage_account": anyOf(
        value("local_user_enabled").is(false),
        all(value("local_user_enabled", { edit: false }).absent(), value("is_hns_enabled", { edit: false }).not(true)),
      ),
      "arm:Microsoft.Storage/storageAccounts": value("properties.isLocalUserEnabled").not(true),
    },
    examples: {
      bad: [
        tfResource(account, named, "is_hns_enabled = true"),
        bicepResource(bicepAccount, "isHnsEnabled: true", "isLocalUserEnabled: true"),
      ],
      good: [
        tfResource(account, named, "is_hns_enabled = true", "local_user_enabled = false"),
        bicepResource(bicepAccount, "isHnsEnabled: true", "isLocalUserEnabled: false"),
      ],
    },
  },
  {
    id: "iac/azure-storage-portal-uses-keys",
    aliases: [],
    title: "Azure portal opens the storage account with its keys by default",
    severity: "low",
    controls: "strong-authentication",
    why: "People with access to the keys work with the data past the roles they were given, and the log does not name them.",
    fix: "Set `default_to_oauth_authentication` (Bicep: `defaultToOAuthAuthentication`) to true, or switch shared keys off.",
    links: ["https://learn.microsoft.com/azure/storage/blobs/authorize-data-operations-portal"],
    on: {
      "tf:azurerm_storage_account": anyOf(withoutKeys, value("default_to_oauth_authentication").is(true)),
      "arm:Microsoft.Storage/storageAccounts": anyOf(
        withoutKeysInArm,
        value("properties.defaultToOAuthAuthentication").is(true),
      ),
    },
    examples: {
      bad: [
        tfResource(account, named, "default_to_oauth_authentication = false"),
        bicepResource(bicepAccount, "defaultToOAuthAuthentication: false"),
      ],
      good: [
        tfResource(account, named, "default_to_oauth_authentication = true"),
        bicepResource(bicepAccount, "defaultToOAuthAuthentication: true"),
      ],
    },
  },
  {
    id: "iac/azure-storage-cors-any-origin",
    aliases: [],
    title: "Storage account answers scripts of every web page",
    severity: "medium",
    controls: "web-protection",
    why: "Any page that a signed-in person visits can read from the account with that person's tokens.",
    fix: "Name the origins of your own applications in `allowed_origins` instead of `*`.",
    links: [
      "https://learn.microsoft.com/rest/api/storageservices/cross-origin-resource-sharing--cors--support-for-the-azure-storage-services",
    ],
    on: {
      "tf:azurerm_storage_account": all(
        noPublicOrigin("blob_properties.cors_rule.allowed_origins"),
        noPublicOrigin("share_properties.cors_rule.allowed_origins"),
        noPublicOrigin("queue_properties.cors_rule.allowed_origins"),
      ),
      "arm:Microsoft.Storage/storageAccounts/blobServices": noPublicOrigin("properties.cors.corsRules.allowedOrigins"),
      "arm:Microsoft.Storage/storageAccounts/fileServices": noPublicOrigin("properties.cors.corsRules.allowedOrigins"),
      "arm:Microsoft.Storage/storageAccounts/queueServices": noPublicOrigin("properties.cors.corsRules.allowedOrigins"),
      "arm:Microsoft.Storage/storageAccounts/tableServices": noPublicOrigin("properties.cors.corsRules.allowedOrigins"),
    },
    examples: {
      bad: [
        tfResource(
          account,
          `blob_properties {\n  cors_rule {\n    allowed_origins = ["*"]\n    allowed_methods = ["GET"]\n  }\n}`,
        ),
      ],
      good: [
        tfResource(
          account,
          `blob_properties {\n  cors_rule {\n    allowed_origins = ["https://shop.example"]\n    allowed_methods = ["GET"]\n  }\n}`,
        ),
      ],
    },
  },
  {
    id: "iac/azure-storage-token-over-http",
    aliases: [],
    title: "Shared access signature is valid over plain HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "The token stands in the address; over HTTP everybody on the way reads it and can use it.",
    fix: "Set `https_only` to true.",
    links: ["https://learn.microsoft.com/azure/storage/common/storage-sas-overview"],
    on: {
      "tf:data.azurerm_storage_account_sas": value("https_only").not(false),
      "tf:data.azurerm_storage_account_blob_container_sas": value("https_only").not(false),
    },
    examples: {
      bad: [
        tf(`data "azurerm_storage_account_sas" "upload" {
  connection_string = azurerm_storage_account.data.primary_connection_string
  https_only        = false
}
`),
      ],
      good: [
        tf(`data "azurerm_storage_account_sas" "upload" {
  connection_string = azurerm_storage_account.data.primary_connection_string
  https_only        = true
}
`),
      ],
    },
  },
];
