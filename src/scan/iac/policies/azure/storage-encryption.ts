/** Azure Storage: how data is encrypted on the way and where it lies. */
import { all, anyOf, type Condition, connected, value, when } from "../../condition.ts";
import { apiVersionAtLeast } from "../../families/azure-api-version.ts";
import { bicepResource, tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const account = "azurerm_storage_account";
const bicepAccount = "Microsoft.Storage/storageAccounts@2023-05-01";
const named = `name = "data"`;

/** Since this version HTTPS is demanded unless it is switched off. */
const httpsByDefault = apiVersionAtLeast("2019-04-01");

/** Kinds that take a second layer of encryption. */
const encryptsTwice = value("account_kind", { missing: "pass" }).oneOf("StorageV2", "BlockBlobStorage", "FileStorage");

const withoutWeakSignIn = (methods: string, tickets: string): Condition =>
  all(value(methods).notMatches(/NTLM/i), value(tickets).notMatches(/RC4/i));

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-storage-allows-http",
    aliases: ["CKV_AZURE_3", "AVD-AZU-0008"],
    title: "Storage account accepts unencrypted HTTP",
    severity: "high",
    controls: "encryption-in-transit",
    why: "Data and tokens pass readable; somebody on the network path can copy, change and reuse them.",
    fix: "Set `https_traffic_only_enabled` (Bicep: `supportsHttpsTrafficOnly`) to true.",
    links: ["https://learn.microsoft.com/azure/storage/common/storage-require-secure-transfer"],
    on: {
      "tf:azurerm_storage_account": value(["https_traffic_only_enabled", "enable_https_traffic_only"], {
        missing: "pass",
      }).is(true),
      "arm:Microsoft.Storage/storageAccounts": anyOf(
        value("properties.supportsHttpsTrafficOnly").is(true),
        all(value("properties.supportsHttpsTrafficOnly", { edit: false }).absent(), httpsByDefault),
      ),
    },
    examples: {
      bad: [
        tfResource(account, named, "https_traffic_only_enabled = false"),
        bicepResource(bicepAccount, "supportsHttpsTrafficOnly: false"),
      ],
      good: [
        tfResource(account, named, "https_traffic_only_enabled = true"),
        bicepResource(bicepAccount, "supportsHttpsTrafficOnly: true"),
      ],
    },
  },
  {
    id: "iac/azure-storage-allows-old-tls",
    aliases: ["CKV_AZURE_44", "AVD-AZU-0011"],
    title: "Storage account accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 and 1.1 have known weaknesses; somebody on the network path can read or change what clients send.",
    fix: "Set `min_tls_version` (Bicep: `minimumTlsVersion`) to TLS1_2, after checking that no old client is left.",
    links: ["https://learn.microsoft.com/azure/storage/common/transport-layer-security-configure-minimum-version"],
    on: {
      "tf:azurerm_storage_account": value("min_tls_version").oneOf("TLS1_2", "TLS1_3"),
      "arm:Microsoft.Storage/storageAccounts": value("properties.minimumTlsVersion").oneOf("TLS1_2", "TLS1_3"),
    },
    examples: {
      bad: [
        tfResource(account, named, `min_tls_version = "TLS1_0"`),
        bicepResource(bicepAccount, "minimumTlsVersion: 'TLS1_0'"),
      ],
      good: [
        tfResource(account, named, `min_tls_version = "TLS1_2"`),
        bicepResource(bicepAccount, "minimumTlsVersion: 'TLS1_2'"),
      ],
    },
  },
  {
    id: "iac/azure-storage-without-own-key",
    aliases: ["CKV2_AZURE_1", "AVD-AZU-0060"],
    title: "Storage account is encrypted with a key of Microsoft only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "You can neither withdraw the key nor see who used it; rules that ask for control over keys are not met.",
    fix: "Add a customer-managed key from a key vault with purge protection.",
    links: ["https://learn.microsoft.com/azure/storage/common/customer-managed-keys-overview"],
    on: {
      "tf:azurerm_storage_account": anyOf(
        value(["customer_managed_key.key_vault_key_id", "customer_managed_key.managed_hsm_key_id"]).exists(),
        connected("azurerm_storage_account_customer_managed_key"),
      ),
      "arm:Microsoft.Storage/storageAccounts": value("properties.encryption.keySource", { edit: false }).is(
        "Microsoft.Keyvault",
      ),
    },
    examples: {
      bad: [
        tfResource(account, named),
        bicepResource(bicepAccount, "encryption: {\n  keySource: 'Microsoft.Storage'\n}"),
      ],
      good: [
        tf(
          tfBlock(account, "data", named) +
            tfBlock(
              "azurerm_storage_account_customer_managed_key",
              "data",
              "storage_account_id = azurerm_storage_account.data.id",
              `key_name           = "data"`,
            ),
        ),
        bicepResource(bicepAccount, "encryption: {\n  keySource: 'Microsoft.Keyvault'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-storage-without-infrastructure-encryption",
    aliases: ["AVD-AZU-0061"],
    title: "Storage account is encrypted only once",
    severity: "low",
    controls: "encryption-at-rest",
    why: "If one layer of encryption or its key is broken, the data lies open; rules for very sensitive data ask for two.",
    fix: "Set `infrastructure_encryption_enabled` (Bicep: `encryption.requireInfrastructureEncryption`) to true; only a new account takes it.",
    links: ["https://learn.microsoft.com/azure/storage/common/infrastructure-encryption-enable"],
    on: {
      "tf:azurerm_storage_account": when(
        encryptsTwice,
        value("infrastructure_encryption_enabled", { edit: false }).is(true),
        "none",
      ),
      "arm:Microsoft.Storage/storageAccounts": when(
        value("kind").oneOf("StorageV2", "BlockBlobStorage", "FileStorage"),
        value("properties.encryption.requireInfrastructureEncryption", { edit: false }).is(true),
        "none",
      ),
    },
    examples: {
      bad: [tfResource(account, named, "infrastructure_encryption_enabled = false")],
      good: [tfResource(account, named, "infrastructure_encryption_enabled = true")],
    },
  },
  {
    id: "iac/azure-storage-old-smb",
    aliases: [],
    title: "File shares accept SMB 2.1",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "SMB 2.1 does not encrypt; files and sign-ins can be read and changed on the way.",
    fix: "Leave only SMB3.1.1 in the versions of SMB, and AES-256-GCM for its channel.",
    links: ["https://learn.microsoft.com/azure/storage/files/files-smb-protocol"],
    on: {
      "tf:azurerm_storage_account": value("share_properties.smb.versions").lacks("SMB2.1"),
      "arm:Microsoft.Storage/storageAccounts/fileServices": value(
        "properties.protocolSettings.smb.versions",
      ).notMatches(/SMB2\.1/i),
    },
    examples: {
      bad: [tfResource(account, named, `share_properties {\n  smb {\n    versions = ["SMB2.1", "SMB3.0"]\n  }\n}`)],
      good: [tfResource(account, named, `share_properties {\n  smb {\n    versions = ["SMB3.1.1"]\n  }\n}`)],
    },
  },
  {
    id: "iac/azure-storage-smb-weak-sign-in",
    aliases: [],
    title: "File shares accept NTLM or tickets encrypted with RC4",
    severity: "medium",
    controls: "strong-authentication",
    why: "NTLM answers can be relayed and RC4 tickets cracked; both lead to the files of the person they were taken from.",
    fix: "Leave only Kerberos and AES-256 in the SMB settings of the file service.",
    links: ["https://learn.microsoft.com/azure/storage/files/files-smb-protocol"],
    on: {
      "tf:azurerm_storage_account": withoutWeakSignIn(
        "share_properties.smb.authentication_types",
        "share_properties.smb.kerberos_ticket_encryption_type",
      ),
      "arm:Microsoft.Storage/storageAccounts/fileServices": withoutWeakSignIn(
        "properties.protocolSettings.smb.authenticationMethods",
        "properties.protocolSettings.smb.kerberosTicketEncryption",
      ),
    },
    examples: {
      bad: [
        tfResource(
          account,
          named,
          `share_properties {\n  smb {\n    authentication_types = ["NTLMv2", "Kerberos"]\n  }\n}`,
        ),
      ],
      good: [
        tfResource(account, named, `share_properties {\n  smb {\n    authentication_types = ["Kerberos"]\n  }\n}`),
      ],
    },
  },
  {
    id: "iac/azure-storage-nfs",
    aliases: [],
    title: "Storage account offers its blobs over NFS 3",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "NFS 3 knows neither encryption nor sign-in: whoever is in the network reads and writes as any user.",
    fix: "Switch `nfsv3_enabled` (Bicep: `isNfsV3Enabled`) off; use Azure Files or BlobFuse with Microsoft Entra ID.",
    links: ["https://learn.microsoft.com/azure/storage/blobs/network-file-system-protocol-support"],
    on: {
      "tf:azurerm_storage_account": value("nfsv3_enabled", { edit: false }).not(true),
      "arm:Microsoft.Storage/storageAccounts": value("properties.isNfsV3Enabled", { edit: false }).not(true),
    },
    examples: {
      bad: [tfResource(account, named, "nfsv3_enabled = true"), bicepResource(bicepAccount, "isNfsV3Enabled: true")],
      good: [tfResource(account, named, "nfsv3_enabled = false"), bicepResource(bicepAccount, "isNfsV3Enabled: false")],
    },
  },
];
