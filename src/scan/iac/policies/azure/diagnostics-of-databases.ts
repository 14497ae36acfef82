/** Databases, caches and analytics on Azure: whether their logs go anywhere. */
import { withoutDiagnostics } from "../../families/azure-diagnostics.ts";
import type { Policy } from "../../policy.ts";

const why = "Nobody can tell who signed in and which data was read or changed; an attack leaves no trace.";

export const policies: readonly Policy[] = [
  withoutDiagnostics({
    id: "iac/azure-sql-database-without-diagnostics",
    what: "SQL database",
    why: "Errors, timeouts and audit events of the database stay unseen; an attack leaves no trace.",
    terraform: "azurerm_mssql_database",
    arm: "Microsoft.Sql/servers/databases@2023-08-01",
    link: "https://learn.microsoft.com/azure/azure-sql/database/metrics-diagnostic-telemetry-logging-streaming-export-configure",
  }),
  withoutDiagnostics({
    id: "iac/azure-postgresql-flexible-without-diagnostics",
    what: "PostgreSQL flexible server",
    why,
    terraform: "azurerm_postgresql_flexible_server",
    arm: "Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01",
    link: "https://learn.microsoft.com/azure/postgresql/monitor/concepts-logging",
  }),
  withoutDiagnostics({
    id: "iac/azure-mysql-flexible-without-diagnostics",
    what: "MySQL flexible server",
    why,
    terraform: "azurerm_mysql_flexible_server",
    arm: "Microsoft.DBforMySQL/flexibleServers@2023-12-30",
    link: "https://learn.microsoft.com/azure/mysql/flexible-server/concepts-audit-logs",
  }),
  withoutDiagnostics({
    id: "iac/azure-cosmos-db-without-diagnostics",
    what: "Cosmos DB account",
    why,
    terraform: "azurerm_cosmosdb_account",
    arm: "Microsoft.DocumentDB/databaseAccounts@2024-05-15",
    link: "https://learn.microsoft.com/azure/cosmos-db/monitor-resource-logs",
  }),
  withoutDiagnostics({
    id: "iac/azure-redis-without-diagnostics",
    what: "Redis cache",
    why: "Connections from strange addresses stay unseen; misuse of a key leaves no trace.",
    terraform: "azurerm_redis_cache",
    arm: "Microsoft.Cache/redis@2024-03-01",
    link: "https://learn.microsoft.com/azure/azure-cache-for-redis/cache-monitor-diagnostic-settings",
  }),
  withoutDiagnostics({
    id: "iac/azure-synapse-without-diagnostics",
    what: "Synapse workspace",
    why,
    terraform: "azurerm_synapse_workspace",
    arm: "Microsoft.Synapse/workspaces@2021-06-01",
    link: "https://learn.microsoft.com/azure/synapse-analytics/monitoring/how-to-monitor-using-azure-monitor",
  }),
  withoutDiagnostics({
    id: "iac/azure-data-explorer-without-diagnostics",
    what: "Data Explorer cluster",
    why,
    terraform: "azurerm_kusto_cluster",
    arm: "Microsoft.Kusto/clusters@2023-08-15",
    link: "https://learn.microsoft.com/azure/data-explorer/using-diagnostic-logs",
  }),
  withoutDiagnostics({
    id: "iac/azure-data-factory-without-diagnostics",
    what: "Data factory",
    why: "Runs of pipelines are kept for 45 days only; after that nobody can tell which data went where.",
    terraform: "azurerm_data_factory",
    arm: "Microsoft.DataFactory/factories@2018-06-01",
    link: "https://learn.microsoft.com/azure/data-factory/monitor-configure-diagnostics",
  }),
  withoutDiagnostics({
    id: "iac/azure-databricks-without-diagnostics",
    what: "Databricks workspace",
    why: "Nobody can tell who ran which notebook on which data.",
    terraform: "azurerm_databricks_workspace",
    arm: "Microsoft.Databricks/workspaces@2024-05-01",
    link: "https://learn.microsoft.com/azure/databricks/admin/account-settings/audit-log-delivery",
  }),
];
