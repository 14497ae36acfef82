/** Azure SQL: who reaches servers and databases, how they sign in, and what keeps the data safe. */
import { all, anyOf, type Condition, check, connected, nodesAt, not, value, when } from "../../condition.ts";
import { because } from "../../families/because.ts";
import { bicepBlock, bicepResource, tfResource } from "../../families/examples.ts";
import { bicep, type Policy } from "../../policy.ts";
import { failAt, passAt } from "../../verdict.ts";

const server = "azurerm_mssql_server";
const database = "azurerm_mssql_database";
const bicepServer = "Microsoft.Sql/servers@2023-08-01";
const bicepDatabase = "Microsoft.Sql/servers/databases@2023-08-01";
const named = `name = "orders"`;
const signIn = "https://learn.microsoft.com/azure/azure-sql/database/authentication-azure-ad-only-authentication";

/** A name, or a value that will be one; a text of spaces is none. */
const namesSomebody = (path: string): Condition =>
  check((_, node) => {
    const named = nodesAt(node, path).find(
      (one) => one.is === "unknown" || (one.is === "scalar" && /\S/.test(String(one.value ?? ""))),
    );
    return named ? passAt(named.at) : failAt(node, "no administrator from Microsoft Entra ID is named");
  });

const onlyEntraInArm = anyOf(
  value("properties.administrators.azureADOnlyAuthentication").is(true),
  connected(
    "Microsoft.Sql/servers/azureADOnlyAuthentications",
    value("properties.azureADOnlyAuthentication", { edit: false }).is(true),
  ),
);

/** Only data warehouses have this switch. */
const warehouse = value("sku_name", { missing: "fail", edit: false }).matches(/^DW/i);

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-sql-allows-old-tls",
    aliases: ["CKV_AZURE_52"],
    title: "SQL server accepts TLS versions older than 1.2",
    severity: "medium",
    controls: "tls-version",
    why: "TLS 1.0 and 1.1 have known weaknesses; somebody on the network path can read or change queries and results.",
    fix: "Set `minimum_tls_version` (Bicep: `minimalTlsVersion`) to 1.2.",
    links: ["https://learn.microsoft.com/azure/azure-sql/database/connectivity-settings"],
    on: {
      "tf:azurerm_mssql_server": value("minimum_tls_version").oneOf("1.2", "1.3"),
      "arm:Microsoft.Sql/servers": value("properties.minimalTlsVersion").oneOf("1.2", "1.3"),
    },
    examples: {
      bad: [
        tfResource(server, named, `minimum_tls_version = "1.0"`),
        bicepResource(bicepServer, "minimalTlsVersion: '1.0'"),
      ],
      good: [
        tfResource(server, named, `minimum_tls_version = "1.2"`),
        bicepResource(bicepServer, "minimalTlsVersion: '1.2'"),
      ],
    },
  },
  {
    id: "iac/azure-sql-public-network-access",
    aliases: ["CKV_AZURE_113"],
    title: "SQL server is reachable over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "The server has a public address; one wrong firewall rule and a guessed password open the data to anybody.",
    fix: "Switch public network access off and use a private endpoint.",
    links: ["https://learn.microsoft.com/azure/azure-sql/database/connectivity-settings"],
    on: {
      "tf:azurerm_mssql_server": value("public_network_access_enabled").is(false),
      "arm:Microsoft.Sql/servers": value("properties.publicNetworkAccess").is("Disabled"),
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
    id: "iac/azure-sql-without-entra-administrator",
    aliases: ["CKV2_AZURE_27"],
    title: "SQL server is administered with a password instead of Microsoft Entra ID",
    severity: "medium",
    controls: "strong-authentication",
    why: "One shared password, without a second factor and without a name in the log, opens all databases.",
    fix: "Name a group from Microsoft Entra ID as administrator and leave the administrator login out.",
    links: ["https://learn.microsoft.com/azure/azure-sql/database/authentication-aad-overview"],
    on: {
      "tf:azurerm_mssql_server": namesSomebody("azuread_administrator.login_username"),
      "arm:Microsoft.Sql/servers": anyOf(
        because(
          "there is an administrator with a password",
          not(value("properties.administratorLogin", { edit: false }).exists()),
        ),
        onlyEntraInArm,
      ),
    },
    examples: {
      bad: [
        tfResource(server, named, `administrator_login = "sqladmin"`),
        bicepResource(bicepServer, "administratorLogin: 'sqladmin'"),
      ],
      good: [
        tfResource(
          server,
          named,
          `azuread_administrator {\n  login_username = "sql-admins"\n  object_id      = var.sql_admins\n}`,
        ),
        bicepResource(bicepServer, "administrators: {\n  login: 'sql-admins'\n  azureADOnlyAuthentication: true\n}"),
      ],
    },
  },
  {
    id: "iac/azure-sql-server-without-entra-administrator",
    aliases: ["CKV2_AZURE_7"],
    title: "SQL server (old resource) has no administrator from Microsoft Entra ID",
    severity: "medium",
    controls: "strong-authentication",
    why: "One shared password, without a second factor and without a name in the log, opens all databases.",
    fix: "Add an `azurerm_sql_active_directory_administrator`, or better: move to `azurerm_mssql_server`.",
    links: ["https://learn.microsoft.com/azure/azure-sql/database/authentication-aad-overview"],
    on: { "tf:azurerm_sql_server": connected("azurerm_sql_active_directory_administrator") },
    examples: {
      bad: [tfResource("azurerm_sql_server", named)],
      good: [
        {
          path: "main.tf",
          text: `resource "azurerm_sql_server" "orders" {
  name = "orders"
}

resource "azurerm_sql_active_directory_administrator" "orders" {
  server_name = azurerm_sql_server.orders.name
  login       = "sql-admins"
}
`,
        },
      ],
    },
  },
  {
    id: "iac/azure-sql-allows-passwords",
    aliases: [],
    title: "SQL server lets people and programs in with passwords",
    severity: "low",
    controls: "strong-authentication",
    why: "Passwords of SQL logins are guessed, shared and kept in configuration; Microsoft Entra ID cannot block them.",
    fix: "Set `azuread_authentication_only` (Bicep: `azureADOnlyAuthentication`) to true once all clients use Microsoft Entra ID.",
    links: [signIn],
    on: {
      "tf:azurerm_mssql_server": value("azuread_administrator.azuread_authentication_only").is(true),
      "arm:Microsoft.Sql/servers": onlyEntraInArm,
    },
    examples: {
      bad: [
        tfResource(server, named, `azuread_administrator {\n  login_username = "sql-admins"\n}`),
        bicepResource(bicepServer, "administrators: {\n  azureADOnlyAuthentication: false\n}"),
      ],
      good: [
        tfResource(
          server,
          named,
          `azuread_administrator {\n  login_username              = "sql-admins"\n  azuread_authentication_only = true\n}`,
        ),
        bicepResource(bicepServer, "administrators: {\n  azureADOnlyAuthentication: true\n}"),
      ],
    },
  },
  {
    id: "iac/azure-sql-reaches-out-freely",
    aliases: [],
    title: "SQL server may send data to any address",
    severity: "low",
    controls: "data-protection",
    why: "Somebody with rights in a database exports it to storage of their own.",
    fix: "Set `outbound_network_restriction_enabled` (Bicep: `restrictOutboundNetworkAccess`) and name the targets that are needed.",
    links: ["https://learn.microsoft.com/azure/azure-sql/database/outbound-firewall-rule-overview"],
    on: {
      "tf:azurerm_mssql_server": value("outbound_network_restriction_enabled").is(true),
      "arm:Microsoft.Sql/servers": value("properties.restrictOutboundNetworkAccess").is("Enabled"),
    },
    examples: {
      bad: [tfResource(server, named), bicepResource(bicepServer, "restrictOutboundNetworkAccess: 'Disabled'")],
      good: [
        tfResource(server, named, "outbound_network_restriction_enabled = true"),
        bicepResource(bicepServer, "restrictOutboundNetworkAccess: 'Enabled'"),
      ],
    },
  },
  {
    id: "iac/azure-sql-not-zone-redundant",
    aliases: ["CKV_AZURE_229"],
    title: "SQL database lives in one zone only",
    severity: "low",
    controls: "availability",
    why: "If one data centre fails, the database is gone for as long as it lasts.",
    fix: "Set `zone_redundant` (Bicep: `zoneRedundant`) to true; some tiers do not offer it.",
    links: ["https://learn.microsoft.com/azure/azure-sql/database/high-availability-sla-local-zone-redundancy"],
    on: {
      "tf:azurerm_mssql_database": value("zone_redundant").is(true),
      "arm:Microsoft.Sql/servers/databases": value("properties.zoneRedundant").is(true),
    },
    examples: {
      bad: [tfResource(database, named), bicepResource(bicepDatabase, "zoneRedundant: false")],
      good: [tfResource(database, named, "zone_redundant = true"), bicepResource(bicepDatabase, "zoneRedundant: true")],
    },
  },
  {
    id: "iac/azure-sql-without-ledger",
    aliases: ["CKV_AZURE_224"],
    title: "SQL database keeps no ledger",
    severity: "low",
    controls: "data-protection",
    why: "Somebody with administrator's rights changes rows and nobody can prove it afterwards.",
    fix: "Set `ledger_enabled` to true when the database is made, where its data must be proven untouched.",
    links: ["https://learn.microsoft.com/sql/relational-databases/security/ledger/ledger-overview"],
    on: { "tf:azurerm_mssql_database": value("ledger_enabled", { edit: false }).is(true) },
    examples: {
      bad: [tfResource(database, named, "ledger_enabled = false")],
      good: [tfResource(database, named, "ledger_enabled = true")],
    },
  },
  {
    id: "iac/azure-sql-not-encrypted",
    aliases: ["CKV2_AZURE_25"],
    title: "SQL database is not encrypted on disk",
    severity: "high",
    controls: "encryption-at-rest",
    why: "Whoever gets at files or backups of the database reads it as it is.",
    fix: "Remove the line that switches transparent data encryption off.",
    links: ["https://learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-tde-overview"],
    on: {
      "tf:azurerm_mssql_database": value("transparent_data_encryption_enabled").not(false),
      "arm:Microsoft.Sql/servers/databases/transparentDataEncryption": value(
        ["properties.state", "properties.status"],
        {
          edit: "Enabled",
        },
      ).not("Disabled"),
    },
    examples: {
      bad: [
        tfResource(database, named, "transparent_data_encryption_enabled = false"),
        bicepResource("Microsoft.Sql/servers/databases/transparentDataEncryption@2023-08-01", "state: 'Disabled'"),
      ],
      good: [
        tfResource(database, named, "transparent_data_encryption_enabled = true"),
        bicepResource("Microsoft.Sql/servers/databases/transparentDataEncryption@2023-08-01", "state: 'Enabled'"),
      ],
    },
  },
  {
    id: "iac/azure-sql-backup-stays-in-region",
    aliases: [],
    title: "Backups of a SQL database stay in its region",
    severity: "low",
    controls: "backup",
    why: "If the region is lost, the database and all its backups are lost together.",
    fix: "Set `storage_account_type` (Bicep: `requestedBackupStorageRedundancy`) to Geo or GeoZone.",
    links: ["https://learn.microsoft.com/azure/azure-sql/database/automated-backups-overview"],
    on: {
      "tf:azurerm_mssql_database": all(
        value("storage_account_type", { edit: "Geo" }).not("Local", "Zone"),
        when(warehouse, value("geo_backup_enabled").not(false)),
      ),
      "arm:Microsoft.Sql/servers/databases": value("properties.requestedBackupStorageRedundancy", { edit: "Geo" }).not(
        "Local",
        "Zone",
      ),
    },
    examples: {
      bad: [
        tfResource(database, named, `storage_account_type = "Local"`),
        bicepResource(bicepDatabase, "requestedBackupStorageRedundancy: 'Local'"),
      ],
      good: [tfResource(database, named, `storage_account_type = "Geo"`), bicep(bicepBlock(bicepDatabase, "orders"))],
    },
  },
];
