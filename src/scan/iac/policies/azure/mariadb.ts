/** Azure Database for MariaDB, which is retired, and what else of its age should be replaced. */
import { all, always, type Condition, value } from "../../condition.ts";
import { takesOnlyTls } from "../../families/azure-database-settings.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import { on, type Policy, type ResourceKey } from "../../policy.ts";

const server = "azurerm_mariadb_server";
const bicepServer = "Microsoft.DBforMariaDB/servers@2018-06-01";
const named = `name = "orders"`;
const product = "https://learn.microsoft.com/azure/mariadb/overview";

const retired: readonly ResourceKey[] = [
  "tf:azurerm_mariadb_server",
  "tf:azurerm_mysql_server",
  "tf:azurerm_postgresql_server",
  "arm:Microsoft.DBforMariaDB/servers",
  "arm:Microsoft.DBforMySQL/servers",
  "arm:Microsoft.DBforPostgreSQL/servers",
];
const current: readonly ResourceKey[] = [
  "tf:azurerm_mysql_flexible_server",
  "tf:azurerm_postgresql_flexible_server",
  "arm:Microsoft.DBforMySQL/flexibleServers",
  "arm:Microsoft.DBforPostgreSQL/flexibleServers",
];
const isRetired: Condition = always("fail", "this kind of server is retired");

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-mariadb-public-network-access",
    aliases: ["CKV_AZURE_48"],
    title: "MariaDB server is reachable over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "The server has a public address; one wrong firewall rule and a guessed password open the data to anybody.",
    fix: "Switch public network access off and use a private endpoint.",
    links: [product],
    on: {
      "tf:azurerm_mariadb_server": value("public_network_access_enabled").is(false),
      "arm:Microsoft.DBforMariaDB/servers": value("properties.publicNetworkAccess").is("Disabled"),
    },
    examples: {
      bad: [tfResource(server, named), bicepResource(bicepServer, "publicNetworkAccess: 'Enabled'")],
      good: [
        tfResource(server, named, "public_network_access_enabled = false"),
        bicepResource(bicepServer, "publicNetworkAccess: 'Disabled'"),
      ],
    },
  },
  {
    id: "iac/azure-mariadb-without-geo-backup",
    aliases: ["CKV_AZURE_129"],
    title: "Backups of a MariaDB server stay in its region",
    severity: "low",
    controls: "backup",
    why: "If the region is lost, the database and all its backups are lost together.",
    fix: "Switch geo-redundant backup on; it can only be chosen when the server is made.",
    links: [product],
    on: {
      "tf:azurerm_mariadb_server": value("geo_redundant_backup_enabled", { edit: false }).is(true),
      "arm:Microsoft.DBforMariaDB/servers": value("properties.storageProfile.geoRedundantBackup", { edit: false }).is(
        "Enabled",
      ),
    },
    examples: {
      bad: [
        tfResource(server, named, "geo_redundant_backup_enabled = false"),
        bicepResource(bicepServer, "storageProfile: {\n  geoRedundantBackup: 'Disabled'\n}"),
      ],
      good: [
        tfResource(server, named, "geo_redundant_backup_enabled = true"),
        bicepResource(bicepServer, "storageProfile: {\n  geoRedundantBackup: 'Enabled'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-mariadb-unencrypted-connections",
    aliases: ["CKV_AZURE_47"],
    title: "MariaDB server takes unencrypted connections",
    severity: "high",
    controls: "encryption-in-transit",
    why: "Passwords and data pass readable; somebody on the network path copies or changes them.",
    fix: "Set `ssl_enforcement_enabled` (Bicep: `sslEnforcement`) and let clients check the certificate.",
    links: [product],
    on: {
      "tf:azurerm_mariadb_server": takesOnlyTls,
      "arm:Microsoft.DBforMariaDB/servers": value("properties.sslEnforcement").is("Enabled"),
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
    id: "iac/azure-mariadb-allows-old-tls",
    aliases: ["CKV2_AZURE_37"],
    title: "MariaDB server accepts TLS versions older than 1.2, or none",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 and 1.1 have known weaknesses; somebody on the network path can read or change queries and results.",
    fix: "Set `ssl_enforcement_enabled` to true and `ssl_minimal_tls_version_enforced` to TLS1_2.",
    links: [product],
    on: {
      "tf:azurerm_mariadb_server": all(
        takesOnlyTls,
        value("ssl_minimal_tls_version_enforced", { missing: "pass" }).is("TLS1_2"),
      ),
      "arm:Microsoft.DBforMariaDB/servers": all(
        value("properties.sslEnforcement").is("Enabled"),
        value("properties.minimalTlsVersion", { missing: "pass" }).is("TLS1_2"),
      ),
    },
    examples: {
      bad: [tfResource(server, named, "ssl_enforcement_enabled = true", `ssl_minimal_tls_version_enforced = "TLS1_0"`)],
      good: [
        tfResource(server, named, "ssl_enforcement_enabled = true", `ssl_minimal_tls_version_enforced = "TLS1_2"`),
      ],
    },
  },
  {
    id: "iac/azure-retired-database",
    aliases: [],
    title: "Database server is of a kind that Azure has retired",
    severity: "medium",
    controls: "patching",
    why: "Retired servers get no fixes any more; known weaknesses stay open.",
    fix: "Move to a flexible server of MySQL or PostgreSQL.",
    links: ["https://learn.microsoft.com/azure/mysql/migrate/whats-happening-to-mysql-single-server"],
    on: { ...on(retired, isRetired), ...on(current, always("pass")) },
    examples: {
      bad: [tfResource(server, named), bicepResource(bicepServer, "version: '10.3'")],
      good: [tfResource("azurerm_mysql_flexible_server", named)],
    },
  },
];
