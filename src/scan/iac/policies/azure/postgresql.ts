/** Azure Database for PostgreSQL, single servers (retired): access, encryption, backups. */
import { all, connected, value } from "../../condition.ts";
import { takesOnlyTls } from "../../families/azure-database-settings.ts";
import { bicepResource, tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const server = "azurerm_postgresql_server";
const bicepServer = "Microsoft.DBforPostgreSQL/servers@2017-12-01";
const named = `name = "orders"`;
const security = "https://learn.microsoft.com/azure/postgresql/security/security-overview";

const withKey = (...lines: readonly string[]) =>
  tf(
    tfBlock(server, "orders", named) +
      tfBlock("azurerm_key_vault_key", "orders", `name = "orders"`) +
      tfBlock("azurerm_postgresql_server_key", "orders", "server_id = azurerm_postgresql_server.orders.id", ...lines),
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-postgresql-public-network-access",
    aliases: ["CKV_AZURE_68"],
    title: "PostgreSQL single server is reachable over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "The server has a public address; one wrong firewall rule and a guessed password open the data to anybody.",
    fix: "Switch public network access off and use a private endpoint.",
    links: [security],
    on: {
      "tf:azurerm_postgresql_server": value("public_network_access_enabled").is(false),
      "arm:Microsoft.DBforPostgreSQL/servers": value("properties.publicNetworkAccess").is("Disabled"),
    },
    examples: {
      bad: [
        tfResource(server, named, "public_network_access_enabled = true"),
        bicepResource(bicepServer, "publicNetworkAccess: 'Enabled'"),
      ],
      good: [
        tfResource(server, named, "public_network_access_enabled = false"),
        bicepResource(bicepServer, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-postgresql-without-geo-backup",
    aliases: ["CKV_AZURE_102"],
    title: "Backups of a PostgreSQL single server stay in its region",
    severity: "low",
    controls: "backup",
    why: "If the region is lost, the database and all its backups are lost together.",
    fix: "Switch geo-redundant backup on; it can only be chosen when the server is made.",
    links: ["https://learn.microsoft.com/azure/postgresql/backup-restore/concepts-backup-restore"],
    on: {
      "tf:azurerm_postgresql_server": value("geo_redundant_backup_enabled", { edit: false }).is(true),
      "arm:Microsoft.DBforPostgreSQL/servers": value("properties.storageProfile.geoRedundantBackup", {
        edit: false,
      }).is("Enabled"),
    },
    examples: {
      bad: [
        tfResource(server, named),
        bicepResource(bicepServer, "storageProfile: {\n  geoRedundantBackup: 'Disabled'\n}"),
      ],
      good: [
        tfResource(server, named, "geo_redundant_backup_enabled = true"),
        bicepResource(bicepServer, "storageProfile: {\n  geoRedundantBackup: 'Enabled'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-postgresql-encrypted-once",
    aliases: ["CKV_AZURE_130"],
    title: "PostgreSQL single server is encrypted only once",
    severity: "low",
    controls: "encryption-at-rest",
    why: "If that one layer or its key is broken, the data lies open; rules for very sensitive data ask for two.",
    fix: "Set `infrastructure_encryption_enabled` (Bicep: `infrastructureEncryption`); only a new server takes it.",
    links: [security],
    on: {
      "tf:azurerm_postgresql_server": value("infrastructure_encryption_enabled", { edit: false }).is(true),
      "arm:Microsoft.DBforPostgreSQL/servers": value("properties.infrastructureEncryption", { edit: false }).is(
        "Enabled",
      ),
    },
    examples: {
      bad: [
        tfResource(server, named, "infrastructure_encryption_enabled = false"),
        bicepResource(bicepServer, "infrastructureEncryption: 'Disabled'"),
      ],
      good: [
        tfResource(server, named, "infrastructure_encryption_enabled = true"),
        bicepResource(bicepServer, "infrastructureEncryption: 'Enabled'"),
      ],
    },
  },
  {
    id: "iac/azure-postgresql-unencrypted-connections",
    aliases: ["CKV_AZURE_29"],
    title: "PostgreSQL single server takes unencrypted connections",
    severity: "high",
    controls: "encryption-in-transit",
    why: "Passwords and data pass readable; somebody on the network path copies or changes them.",
    fix: "Set `ssl_enforcement_enabled` (Bicep: `sslEnforcement`) and let clients check the certificate.",
    links: [security],
    on: {
      "tf:azurerm_postgresql_server": takesOnlyTls,
      "arm:Microsoft.DBforPostgreSQL/servers": value("properties.sslEnforcement").is("Enabled"),
    },
    examples: {
      bad: [
        tfResource(server, named, "ssl_enforcement_enabled = false"),
        bicepResource(bicepServer, "sslEnforcement: 'Disabled'"),
      ],
      good: [
        tfResource(server, named, "ssl_enforcement_enabled = true"),
        bicepResource(bicepServer, "sslEnforcement: 'Enabled'"),
      ],
    },
  },
  {
    id: "iac/azure-postgresql-allows-old-tls",
    aliases: ["CKV_AZURE_147"],
    title: "PostgreSQL single server accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 and 1.1 have known weaknesses; somebody on the network path can read or change queries and results.",
    fix: "Set `ssl_minimal_tls_version_enforced` (Bicep: `minimalTlsVersion`) to TLS1_2.",
    links: [security],
    on: {
      "tf:azurerm_postgresql_server": value("ssl_minimal_tls_version_enforced").is("TLS1_2"),
      "arm:Microsoft.DBforPostgreSQL/servers": value("properties.minimalTlsVersion").is("TLS1_2"),
    },
    examples: {
      bad: [
        tfResource(server, named, `ssl_minimal_tls_version_enforced = "TLS1_1"`),
        bicepResource(bicepServer, "minimalTlsVersion: 'TLS1_1'"),
      ],
      good: [
        tfResource(server, named, `ssl_minimal_tls_version_enforced = "TLS1_2"`),
        bicepResource(bicepServer, "minimalTlsVersion: 'TLS1_2'"),
      ],
    },
  },
  {
    id: "iac/azure-postgresql-without-threat-detection",
    aliases: ["CKV_AZURE_128"],
    title: "PostgreSQL single server has no threat detection",
    severity: "medium",
    controls: "threat-detection",
    why: "Guessed passwords and unusual queries go unnoticed.",
    fix: "Add an enabled `threat_detection_policy`, or Defender for open-source databases on the subscription.",
    links: ["https://learn.microsoft.com/azure/defender-for-cloud/defender-for-databases-introduction"],
    on: { "tf:azurerm_postgresql_server": value("threat_detection_policy.enabled").is(true) },
    examples: {
      bad: [tfResource(server, named)],
      good: [tfResource(server, named, "threat_detection_policy {\n  enabled = true\n}")],
    },
  },
  {
    id: "iac/azure-postgresql-key-not-from-vault",
    aliases: ["CKV2_AZURE_17"],
    title: "Key of a PostgreSQL server does not come from a key vault",
    severity: "low",
    controls: "customer-managed-keys",
    why: "You can neither withdraw the key nor see who used it.",
    fix: "Let `key_vault_key_id` point to a key from a key vault with purge protection.",
    links: [security],
    on: {
      "tf:azurerm_postgresql_server_key": all(
        connected("azurerm_postgresql_server"),
        connected("azurerm_key_vault_key"),
      ),
    },
    examples: {
      bad: [withKey()],
      good: [withKey("key_vault_key_id = azurerm_key_vault_key.orders.id")],
    },
  },
];
