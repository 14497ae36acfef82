/** Private endpoints of databases, vaults and storage. */
import { value } from "../../condition.ts";
import { withoutPrivateEndpoint } from "../../families/azure-private-endpoints.ts";
import type { Policy } from "../../policy.ts";

/** Servers inside a network of their own take no private endpoint, and need none. */
const inOwnNetwork = {
  terraform: value("delegated_subnet_id", { edit: false }).exists(),
  arm: value("properties.network.delegatedSubnetResourceId", { edit: false }).exists(),
};

export const policies: readonly Policy[] = [
  withoutPrivateEndpoint({
    id: "iac/azure-storage-without-private-endpoint",
    aliases: ["CKV2_AZURE_33"],
    what: "Storage account",
    terraform: "azurerm_storage_account",
    arm: "Microsoft.Storage/storageAccounts@2023-05-01",
    link: "https://learn.microsoft.com/azure/storage/common/storage-private-endpoints",
  }),
  withoutPrivateEndpoint({
    id: "iac/azure-key-vault-without-private-endpoint",
    aliases: ["CKV2_AZURE_32"],
    what: "Key vault",
    terraform: "azurerm_key_vault",
    arm: "Microsoft.KeyVault/vaults@2023-07-01",
    link: "https://learn.microsoft.com/azure/key-vault/general/private-link-service",
  }),
  withoutPrivateEndpoint({
    id: "iac/azure-sql-without-private-endpoint",
    aliases: ["CKV2_AZURE_45"],
    what: "SQL server",
    terraform: "azurerm_mssql_server",
    arm: "Microsoft.Sql/servers@2023-08-01",
    link: "https://learn.microsoft.com/azure/azure-sql/database/private-endpoint-overview",
  }),
  withoutPrivateEndpoint({
    id: "iac/azure-mysql-without-private-endpoint",
    aliases: ["CKV2_AZURE_44"],
    what: "MySQL single server",
    terraform: "azurerm_mysql_server",
    arm: "Microsoft.DBforMySQL/servers@2017-12-01",
    link: "https://learn.microsoft.com/azure/private-link/private-endpoint-overview",
  }),
  withoutPrivateEndpoint({
    id: "iac/azure-mysql-flexible-without-private-endpoint",
    aliases: ["CKV2_AZURE_56"],
    what: "MySQL flexible server",
    terraform: "azurerm_mysql_flexible_server",
    arm: "Microsoft.DBforMySQL/flexibleServers@2023-12-30",
    link: "https://learn.microsoft.com/azure/mysql/flexible-server/concepts-networking-private-link",
    unless: inOwnNetwork,
  }),
  withoutPrivateEndpoint({
    id: "iac/azure-postgresql-without-private-endpoint",
    aliases: ["CKV2_AZURE_42"],
    what: "PostgreSQL single server",
    terraform: "azurerm_postgresql_server",
    arm: "Microsoft.DBforPostgreSQL/servers@2017-12-01",
    link: "https://learn.microsoft.com/azure/private-link/private-endpoint-overview",
  }),
  withoutPrivateEndpoint({
    id: "iac/azure-postgresql-flexible-without-private-endpoint",
    aliases: ["CKV2_AZURE_57"],
    what: "PostgreSQL flexible server",
    terraform: "azurerm_postgresql_flexible_server",
    arm: "Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01",
    link: "https://learn.microsoft.com/azure/postgresql/network/concepts-networking-private-link",
    unless: inOwnNetwork,
  }),
  withoutPrivateEndpoint({
    id: "iac/azure-mariadb-without-private-endpoint",
    aliases: ["CKV2_AZURE_43"],
    what: "MariaDB server",
    terraform: "azurerm_mariadb_server",
    arm: "Microsoft.DBforMariaDB/servers@2018-06-01",
    link: "https://learn.microsoft.com/azure/private-link/private-endpoint-overview",
  }),
  withoutPrivateEndpoint({
    id: "iac/azure-cosmos-db-without-private-endpoint",
    aliases: [],
    what: "Cosmos DB account",
    terraform: "azurerm_cosmosdb_account",
    arm: "Microsoft.DocumentDB/databaseAccounts@2024-05-15",
    link: "https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints",
  }),
];
