/** Azure Database for MySQL: single servers (retired) and flexible servers. */
import { all, anyOf, type Condition, connected, value } from "../../condition.ts";
import { parameterMatches, takesOnlyTls } from "../../families/azure-database-settings.ts";
import { bicepResource, tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const single = "azurerm_mysql_server";
const flexible = "azurerm_mysql_flexible_server";
const parameter = "azurerm_mysql_flexible_server_configuration";
const bicepSingle = "Microsoft.DBforMySQL/servers@2017-12-01";
const bicepFlexible = "Microsoft.DBforMySQL/flexibleServers@2023-12-30";
const named = `name = "orders"`;
const encryptedTraffic = "https://learn.microsoft.com/azure/mysql/flexible-server/security-tls-how-to-connect";

const set = (name: string, to: string) => tfResource(parameter, `name  = "${name}"`, `value = "${to}"`);

const keyOfOnesOwn: Condition = connected("azurerm_mysql_server_key", connected("azurerm_key_vault_key"));

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-mysql-public-network-access",
    aliases: ["CKV_AZURE_53"],
    title: "MySQL server is reachable over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "The server has a public address; one wrong firewall rule and a guessed password open the data to anybody.",
    fix: "Switch public network access off; use a private endpoint or a network of the server's own.",
    links: ["https://learn.microsoft.com/azure/mysql/flexible-server/concepts-networking-public"],
    on: {
      "tf:azurerm_mysql_server": value("public_network_access_enabled").is(false),
      "tf:azurerm_mysql_flexible_server": anyOf(
        value("delegated_subnet_id", { edit: false }).exists(),
        value("public_network_access").is("Disabled"),
        value("public_network_access_enabled", { edit: false }).is(false),
      ),
      "arm:Microsoft.DBforMySQL/servers": value("properties.publicNetworkAccess").is("Disabled"),
      "arm:Microsoft.DBforMySQL/flexibleServers": anyOf(
        value("properties.network.publicNetworkAccess").is("Disabled"),
        // A network of its own excludes public access, unless the template asks for it by name.
        all(
          value("properties.network.delegatedSubnetResourceId", { edit: false }).exists(),
          value("properties.network.publicNetworkAccess", { edit: false }).not("Enabled"),
        ),
      ),
    },
    examples: {
      bad: [
        tfResource(flexible, named),
        bicepResource(bicepFlexible, "network: {\n  publicNetworkAccess: 'Enabled'\n}"),
      ],
      good: [
        tfResource(flexible, named, `public_network_access = "Disabled"`),
        bicepResource(bicepFlexible, "network: {\n  publicNetworkAccess: 'Disabled'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-mysql-allows-old-tls",
    aliases: ["CKV_AZURE_54"],
    title: "MySQL single server accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 and 1.1 have known weaknesses; somebody on the network path can read or change queries and results.",
    fix: "Set `ssl_minimal_tls_version_enforced` (Bicep: `minimalTlsVersion`) to TLS1_2.",
    links: [encryptedTraffic],
    on: {
      "tf:azurerm_mysql_server": value("ssl_minimal_tls_version_enforced").is("TLS1_2"),
      "arm:Microsoft.DBforMySQL/servers": value("properties.minimalTlsVersion").is("TLS1_2"),
    },
    examples: {
      bad: [
        tfResource(single, named, `ssl_minimal_tls_version_enforced = "TLS1_0"`),
        bicepResource(bicepSingle, "minimalTlsVersion: 'TLS1_0'"),
      ],
      good: [
        tfResource(single, named, `ssl_minimal_tls_version_enforced = "TLS1_2"`),
        bicepResource(bicepSingle, "minimalTlsVersion: 'TLS1_2'"),
      ],
    },
  },
  {
    id: "iac/azure-mysql-without-geo-backup",
    aliases: ["CKV_AZURE_94"],
    title: "Backups of a MySQL server stay in its region",
    severity: "low",
    controls: "backup",
    why: "If the region is lost, the database and all its backups are lost together.",
    fix: "Switch geo-redundant backup on; it can only be chosen when the server is made.",
    links: ["https://learn.microsoft.com/azure/mysql/flexible-server/concepts-backup-restore"],
    on: {
      "tf:azurerm_mysql_server": value("geo_redundant_backup_enabled", { edit: false }).is(true),
      "tf:azurerm_mysql_flexible_server": value("geo_redundant_backup_enabled", { edit: false }).is(true),
      "arm:Microsoft.DBforMySQL/flexibleServers": value("properties.backup.geoRedundantBackup", { edit: false }).oneOf(
        "Enabled",
        true,
      ),
    },
    examples: {
      bad: [
        tfResource(flexible, named, "geo_redundant_backup_enabled = false"),
        bicepResource(bicepFlexible, "backup: {\n  geoRedundantBackup: 'Disabled'\n}"),
      ],
      good: [
        tfResource(flexible, named, "geo_redundant_backup_enabled = true"),
        bicepResource(bicepFlexible, "backup: {\n  geoRedundantBackup: 'Enabled'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-mysql-unencrypted-connections",
    aliases: ["CKV_AZURE_28"],
    title: "MySQL single server takes unencrypted connections",
    severity: "high",
    controls: "encryption-in-transit",
    why: "Passwords and data pass readable; somebody on the network path copies or changes them.",
    fix: "Set `ssl_enforcement_enabled` (Bicep: `sslEnforcement`) and let clients check the certificate.",
    links: [encryptedTraffic],
    on: {
      "tf:azurerm_mysql_server": takesOnlyTls,
      "arm:Microsoft.DBforMySQL/servers": value("properties.sslEnforcement").is("Enabled"),
    },
    examples: {
      bad: [
        tfResource(single, named, "ssl_enforcement_enabled = false"),
        bicepResource(bicepSingle, "sslEnforcement: 'Disabled'"),
      ],
      good: [
        tfResource(single, named, "ssl_enforcement_enabled = true"),
        bicepResource(bicepSingle, "sslEnforcement: 'Enabled'"),
      ],
    },
  },
  {
    id: "iac/azure-mysql-encrypted-once",
    aliases: ["CKV_AZURE_96"],
    title: "MySQL server is encrypted with a key of Microsoft only",
    severity: "low",
    controls: "encryption-at-rest",
    why: "If that one layer or its key is broken, the data lies open, and you cannot withdraw the key.",
    fix: "Add a second layer: a key of your own (flexible server) or infrastructure encryption (single server).",
    links: ["https://learn.microsoft.com/azure/mysql/flexible-server/concepts-customer-managed-key"],
    on: {
      "tf:azurerm_mysql_server": value("infrastructure_encryption_enabled", { edit: false }).is(true),
      "tf:azurerm_mysql_flexible_server": value("customer_managed_key", { edit: false }).exists(),
      "arm:Microsoft.DBforMySQL/flexibleServers": value("properties.dataEncryption", { edit: false }).exists(),
    },
    examples: {
      bad: [
        tfResource(single, named, "infrastructure_encryption_enabled = false"),
        bicepResource(bicepFlexible, "version: '8.0.21'"),
      ],
      good: [
        tfResource(single, named, "infrastructure_encryption_enabled = true"),
        bicepResource(bicepFlexible, "dataEncryption: {\n  type: 'AzureKeyVault'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-mysql-without-threat-detection",
    aliases: ["CKV_AZURE_127"],
    title: "MySQL single server has no threat detection",
    severity: "medium",
    controls: "threat-detection",
    why: "Guessed passwords and unusual queries go unnoticed.",
    fix: "Add an enabled `threat_detection_policy`, or Defender for open-source databases on the subscription.",
    links: ["https://learn.microsoft.com/azure/defender-for-cloud/defender-for-databases-introduction"],
    on: { "tf:azurerm_mysql_server": value("threat_detection_policy.enabled").is(true) },
    examples: {
      bad: [tfResource(single, named)],
      good: [tfResource(single, named, "threat_detection_policy {\n  enabled = true\n}")],
    },
  },
  {
    id: "iac/azure-mysql-without-own-key",
    aliases: ["CKV2_AZURE_16"],
    title: "MySQL single server is not encrypted with a key of one's own",
    severity: "low",
    controls: "customer-managed-keys",
    why: "You can neither withdraw the key nor see who used it.",
    fix: "Add an `azurerm_mysql_server_key` with a key from a key vault.",
    links: ["https://learn.microsoft.com/azure/mysql/flexible-server/concepts-customer-managed-key"],
    on: { "tf:azurerm_mysql_server": keyOfOnesOwn },
    examples: {
      bad: [tfResource(single, named)],
      good: [
        tf(
          tfBlock(single, "orders", named) +
            tfBlock("azurerm_key_vault_key", "orders", `name = "orders"`) +
            tfBlock(
              "azurerm_mysql_server_key",
              "orders",
              "server_id        = azurerm_mysql_server.orders.id",
              "key_vault_key_id = azurerm_key_vault_key.orders.id",
            ),
        ),
      ],
    },
  },
  {
    id: "iac/azure-mysql-flexible-unencrypted-connections",
    aliases: [],
    title: "MySQL flexible server takes unencrypted connections",
    severity: "high",
    controls: "encryption-in-transit",
    why: "Passwords and data pass readable; somebody on the network path copies or changes them.",
    fix: "Set the parameter require_secure_transport to ON, which is its default.",
    links: [encryptedTraffic],
    on: parameterMatches("mysql-flexible", "require_secure_transport", /^(?:on|1|true)$/i),
    examples: {
      bad: [set("require_secure_transport", "OFF")],
      good: [set("require_secure_transport", "ON")],
    },
  },
  {
    id: "iac/azure-mysql-flexible-allows-old-tls",
    aliases: [],
    title: "MySQL flexible server accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 and 1.1 have known weaknesses; somebody on the network path can read or change queries and results.",
    fix: "Set the parameter tls_version to TLSv1.2,TLSv1.3.",
    links: [encryptedTraffic],
    on: parameterMatches("mysql-flexible", "tls_version", /^(?:\s*TLSv1\.[23]\s*,?)+$/i),
    examples: { bad: [set("tls_version", "TLSv1,TLSv1.2")], good: [set("tls_version", "TLSv1.2,TLSv1.3")] },
  },
  {
    id: "iac/azure-mysql-flexible-not-audited",
    aliases: [],
    title: "MySQL flexible server's audit log is switched off",
    severity: "low",
    controls: "logging",
    why: "Nobody can tell who signed in and what was changed.",
    fix: "Set the parameter audit_log_enabled to ON and send the log to Log Analytics.",
    links: ["https://learn.microsoft.com/azure/mysql/flexible-server/concepts-audit-logs"],
    on: parameterMatches("mysql-flexible", "audit_log_enabled", /^(?:on|1|true)$/i),
    examples: { bad: [set("audit_log_enabled", "OFF")], good: [set("audit_log_enabled", "ON")] },
  },
  {
    id: "iac/azure-mysql-flexible-without-entra-administrator",
    aliases: [],
    title: "MySQL flexible server has no administrator from Microsoft Entra ID",
    severity: "low",
    controls: "strong-authentication",
    why: "People and programs share a password, without a second factor and without a name in the log.",
    fix: "Name a group from Microsoft Entra ID as administrator and let clients sign in with it.",
    links: ["https://learn.microsoft.com/azure/mysql/flexible-server/concepts-azure-ad-authentication"],
    on: {
      "tf:azurerm_mysql_flexible_server": connected("azurerm_mysql_flexible_server_active_directory_administrator"),
      "arm:Microsoft.DBforMySQL/flexibleServers": connected("Microsoft.DBforMySQL/flexibleServers/administrators"),
    },
    examples: {
      bad: [tfResource(flexible, named), bicepResource(bicepFlexible, "version: '8.0.21'")],
      good: [
        tf(
          tfBlock(flexible, "orders", named) +
            tfBlock(
              "azurerm_mysql_flexible_server_active_directory_administrator",
              "orders",
              "server_id = azurerm_mysql_flexible_server.orders.id",
              `login     = "sql-admins"`,
            ),
        ),
      ],
    },
  },
];
