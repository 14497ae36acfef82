/** Azure Database for PostgreSQL, flexible servers: access, sign-in, versions, backups. */
import { anyOf, value, when } from "../../condition.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const server = "azurerm_postgresql_flexible_server";
const bicepServer = "Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01";
const named = `name = "orders"`;
const signIn = "https://learn.microsoft.com/azure/postgresql/security/security-entra-concepts";

/** Copies follow their source. */
const notCopied = value("create_mode", { edit: false }).not("Replica");

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-postgresql-flexible-without-geo-backup",
    aliases: ["CKV_AZURE_136"],
    title: "Backups of a PostgreSQL flexible server stay in its region",
    severity: "low",
    controls: "backup",
    why: "If the region is lost, the database and all its backups are lost together.",
    fix: "Switch geo-redundant backup on; it can only be chosen when the server is made.",
    links: ["https://learn.microsoft.com/azure/postgresql/backup-restore/concepts-backup-restore"],
    on: {
      "tf:azurerm_postgresql_flexible_server": when(
        notCopied,
        value("geo_redundant_backup_enabled", { edit: false }).is(true),
      ),
      "arm:Microsoft.DBforPostgreSQL/flexibleServers": when(
        value("properties.createMode").not("Replica"),
        value("properties.backup.geoRedundantBackup", { edit: false }).is("Enabled"),
      ),
    },
    examples: {
      bad: [tfResource(server, named), bicepResource(bicepServer, "backup: {\n  geoRedundantBackup: 'Disabled'\n}")],
      good: [
        tfResource(server, named, "geo_redundant_backup_enabled = true"),
        bicepResource(bicepServer, "backup: {\n  geoRedundantBackup: 'Enabled'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-postgresql-flexible-public-network-access",
    aliases: [],
    title: "PostgreSQL flexible server is reachable over the public network",
    severity: "medium",
    controls: "network-exposure",
    why: "The server has a public address; one wrong firewall rule and a guessed password open the data to anybody.",
    fix: "Switch public network access off; use a private endpoint or a network of the server's own.",
    links: ["https://learn.microsoft.com/azure/postgresql/network/concepts-networking-public"],
    on: {
      "tf:azurerm_postgresql_flexible_server": anyOf(
        value("public_network_access_enabled").is(false),
        value("delegated_subnet_id", { edit: false }).exists(),
      ),
      "arm:Microsoft.DBforPostgreSQL/flexibleServers": anyOf(
        value("properties.network.publicNetworkAccess").is("Disabled"),
        value("properties.network.delegatedSubnetResourceId", { edit: false }).exists(),
      ),
    },
    examples: {
      bad: [
        tfResource(server, named, "public_network_access_enabled = true"),
        bicepResource(bicepServer, "network: {\n  publicNetworkAccess: 'Enabled'\n}"),
      ],
      good: [
        tfResource(server, named, "public_network_access_enabled = false"),
        bicepResource(bicepServer, "network: {\n  publicNetworkAccess: 'Disabled'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-postgresql-flexible-without-entra",
    aliases: [],
    title: "PostgreSQL flexible server does not know Microsoft Entra ID",
    severity: "low",
    controls: "strong-authentication",
    why: "People and programs share passwords, without a second factor and without central removal.",
    fix: "Switch Microsoft Entra authentication on in `authentication` (Bicep: `authConfig`).",
    links: [signIn],
    on: {
      "tf:azurerm_postgresql_flexible_server": value("authentication.active_directory_auth_enabled").is(true),
      "arm:Microsoft.DBforPostgreSQL/flexibleServers": value("properties.authConfig.activeDirectoryAuth").is("Enabled"),
    },
    examples: {
      bad: [tfResource(server, named), bicepResource(bicepServer, "version: '16'")],
      good: [
        tfResource(server, named, "authentication {\n  active_directory_auth_enabled = true\n}"),
        bicepResource(bicepServer, "authConfig: {\n  activeDirectoryAuth: 'Enabled'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-postgresql-flexible-allows-passwords",
    aliases: [],
    title: "PostgreSQL flexible server lets people and programs in with passwords",
    severity: "low",
    controls: "strong-authentication",
    why: "Passwords are guessed, shared and kept in configuration; Microsoft Entra ID cannot block them.",
    fix: "Switch password authentication off in `authentication` (Bicep: `authConfig`) once all clients use Microsoft Entra ID.",
    links: [signIn],
    on: {
      "tf:azurerm_postgresql_flexible_server": value("authentication.password_auth_enabled").is(false),
      "arm:Microsoft.DBforPostgreSQL/flexibleServers": value("properties.authConfig.passwordAuth").is("Disabled"),
    },
    examples: {
      bad: [
        tfResource(server, named, "authentication {\n  active_directory_auth_enabled = true\n}"),
        bicepResource(bicepServer, "authConfig: {\n  passwordAuth: 'Enabled'\n}"),
      ],
      good: [
        tfResource(
          server,
          named,
          "authentication {\n  active_directory_auth_enabled = true\n  password_auth_enabled         = false\n}",
        ),
        bicepResource(bicepServer, "authConfig: {\n  activeDirectoryAuth: 'Enabled'\n  passwordAuth: 'Disabled'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-postgresql-flexible-old-version",
    aliases: [],
    title: "PostgreSQL flexible server runs a version that gets no fixes",
    severity: "medium",
    controls: "patching",
    why: "Weaknesses found in old versions are published and never mended there.",
    fix: "Upgrade to version 16 or later; the major version can be raised in place.",
    links: ["https://learn.microsoft.com/azure/postgresql/configure-maintain/concepts-version-policy"],
    on: {
      "tf:azurerm_postgresql_flexible_server": value("version", { missing: "pass", edit: "16" }).versionAtLeast("14"),
      "arm:Microsoft.DBforPostgreSQL/flexibleServers": value("properties.version", {
        missing: "pass",
        edit: "16",
      }).versionAtLeast("14"),
    },
    examples: {
      bad: [tfResource(server, named, `version = "11"`), bicepResource(bicepServer, "version: '11'")],
      good: [tfResource(server, named, `version = "16"`), bicepResource(bicepServer, "version: '16'")],
    },
  },
  {
    id: "iac/azure-postgresql-flexible-without-own-key",
    aliases: [],
    title: "PostgreSQL flexible server is encrypted with a key of Microsoft only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "You can neither withdraw the key nor see who used it; rules that ask for control over keys are not met.",
    fix: "Add a customer-managed key; it can only be chosen when the server is made.",
    links: ["https://learn.microsoft.com/azure/postgresql/security/security-data-encryption"],
    on: {
      "tf:azurerm_postgresql_flexible_server": value("customer_managed_key").exists(),
      "arm:Microsoft.DBforPostgreSQL/flexibleServers": value("properties.dataEncryption.type", { edit: false }).is(
        "AzureKeyVault",
      ),
    },
    examples: {
      bad: [tfResource(server, named), bicepResource(bicepServer, "version: '16'")],
      good: [
        tfResource(server, named, "customer_managed_key {\n  key_vault_key_id = azurerm_key_vault_key.orders.id\n}"),
        bicepResource(bicepServer, "dataEncryption: {\n  type: 'AzureKeyVault'\n}"),
      ],
    },
  },
];
