/** Azure SQL: whether what happens in servers and databases is recorded, and for how long. */
import { all, anyOf, type Condition, connected, value, when } from "../../condition.ts";
import { bicepBlock, bicepResource, inProperties, tfBlock, tfResource } from "../../families/examples.ts";
import { bicep, type Policy, tf } from "../../policy.ts";

const auditing = "https://learn.microsoft.com/azure/azure-sql/database/auditing-overview";
const server = "azurerm_mssql_server";
const serverPolicy = "azurerm_mssql_server_extended_auditing_policy";
const bicepServer = "Microsoft.Sql/servers@2023-08-01";

const enabled = value("properties.state", { edit: false }).is("Enabled");
const serverSettings = ["Microsoft.Sql/servers/auditingSettings", "Microsoft.Sql/servers/extendedAuditingSettings"];
const databaseSettings = [
  "Microsoft.Sql/servers/databases/auditingSettings",
  "Microsoft.Sql/servers/databases/extendedAuditingSettings",
  "Microsoft.Sql/servers/databases/auditingPolicies",
];

const auditedServer = connected(serverSettings, enabled);

/** Records that go to Log Analytics or an event hub are kept as long as these keep them. */
const keptLongEnough = (path: string): Condition => value(path, { edit: 90 }).atLeast(90);

const auditedInTerraform: Condition = anyOf(
  value("extended_auditing_policy", { edit: false }).exists(),
  connected(serverPolicy, value("enabled", { edit: false }).not(false)),
);

const tfAudited = (...lines: readonly string[]) =>
  tf(
    tfBlock(server, "orders", `name = "orders"`) +
      tfBlock(serverPolicy, "orders", "server_id = azurerm_mssql_server.orders.id", ...lines),
  );

const bicepAudited = (...lines: readonly string[]) =>
  bicep(
    bicepBlock(bicepServer, "orders") +
      bicepBlock(
        "Microsoft.Sql/servers/auditingSettings@2023-08-01",
        "audit",
        "parent: orders",
        ...inProperties(lines),
      ).replace("name: 'audit'", "name: 'default'"),
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-sql-not-audited",
    aliases: ["CKV_AZURE_23", "AVD-AZU-0027"],
    title: "SQL server or database is not audited",
    severity: "medium",
    controls: "logging",
    why: "Nobody can tell who signed in and which data was read or changed; an attack leaves no trace.",
    fix: "Switch auditing on for the server; that covers all its databases.",
    links: [auditing],
    on: {
      "tf:azurerm_mssql_server": auditedInTerraform,
      "tf:azurerm_sql_server": auditedInTerraform,
      "arm:Microsoft.Sql/servers": auditedServer,
      "arm:Microsoft.Sql/servers/databases": anyOf(
        connected(databaseSettings, enabled),
        connected("Microsoft.Sql/servers", auditedServer),
      ),
    },
    examples: {
      bad: [tfResource(server, `name = "orders"`), bicepAudited("state: 'Disabled'")],
      good: [tfAudited("log_monitoring_enabled = true"), bicepAudited("state: 'Enabled'")],
    },
  },
  {
    id: "iac/azure-sql-audit-kept-briefly",
    aliases: ["CKV_AZURE_24"],
    title: "Audit records of a SQL server are kept for less than 90 days",
    severity: "low",
    controls: "log-retention",
    why: "Many attacks are noticed after months; by then the records that would show them are gone.",
    fix: "Audit the server and set the days of retention to 90 or more.",
    links: [auditing],
    on: {
      "tf:azurerm_mssql_server": anyOf(
        keptLongEnough("extended_auditing_policy.retention_in_days"),
        connected(serverPolicy, keptLongEnough("retention_in_days")),
      ),
      "tf:azurerm_sql_server": keptLongEnough("extended_auditing_policy.retention_in_days"),
      "arm:Microsoft.Sql/servers": connected(
        [...serverSettings, ...databaseSettings],
        all(enabled, keptLongEnough("properties.retentionDays")),
      ),
    },
    examples: {
      bad: [tfAudited("retention_in_days = 7"), bicepAudited("state: 'Enabled'", "retentionDays: 7")],
      good: [tfAudited("retention_in_days = 120"), bicepAudited("state: 'Enabled'", "retentionDays: 120")],
    },
  },
  {
    id: "iac/azure-sql-audit-policy-kept-briefly",
    aliases: ["AVD-AZU-0025"],
    title: "Auditing policy of a database keeps its records for less than 90 days",
    severity: "low",
    controls: "log-retention",
    why: "Many attacks are noticed after months; by then the records that would show them are gone.",
    fix: "Set `retention_in_days` to 90 or more; 0 keeps records without end.",
    links: [auditing],
    on: {
      "tf:azurerm_mssql_database_extended_auditing_policy": value("retention_in_days", {
        missing: "pass",
        edit: 90,
      }).satisfies((days) => Number(days) === 0 || Number(days) >= 90, "90 days or more, or 0"),
      "arm:Microsoft.Sql/servers/databases/auditingSettings": value("properties.retentionDays", {
        missing: "pass",
        edit: 90,
      }).satisfies((days) => Number(days) === 0 || Number(days) >= 90, "90 days or more, or 0"),
    },
    examples: {
      bad: [tfResource("azurerm_mssql_database_extended_auditing_policy", "retention_in_days = 6")],
      good: [tfResource("azurerm_mssql_database_extended_auditing_policy", "retention_in_days = 180")],
    },
  },
  {
    id: "iac/azure-sql-audit-not-in-monitor",
    aliases: ["CKV_AZURE_156"],
    title: "Audit records of a database do not reach Azure Monitor",
    severity: "low",
    controls: "logging",
    why: "Records in a storage account raise no alert, and nobody searches them together with other logs.",
    fix: "Set `log_monitoring_enabled` to true and add a diagnostic setting for the audit events.",
    links: [auditing],
    on: {
      "tf:azurerm_mssql_database_extended_auditing_policy": value("log_monitoring_enabled").is(true),
      "arm:Microsoft.Sql/servers/databases/auditingSettings": when(
        enabled,
        value("properties.isAzureMonitorTargetEnabled").is(true),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource("azurerm_mssql_database_extended_auditing_policy", "log_monitoring_enabled = false"),
        bicepResource(
          "Microsoft.Sql/servers/databases/auditingSettings@2023-08-01",
          "state: 'Enabled'",
          "isAzureMonitorTargetEnabled: false",
        ),
      ],
      good: [
        tfResource("azurerm_mssql_database_extended_auditing_policy", "log_monitoring_enabled = true"),
        bicepResource(
          "Microsoft.Sql/servers/databases/auditingSettings@2023-08-01",
          "state: 'Enabled'",
          "isAzureMonitorTargetEnabled: true",
        ),
      ],
    },
  },
];
