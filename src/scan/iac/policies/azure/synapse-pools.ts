/** Azure Synapse: pools and what watches over them. */
import { all, connected, value } from "../../condition.ts";
import { bicepBlock, bicepResource, inProperties, tfBlock, tfResource } from "../../families/examples.ts";
import { bicep, type Policy, tf } from "../../policy.ts";

const pool = "azurerm_synapse_sql_pool";
const alerts = "azurerm_synapse_sql_pool_security_alert_policy";
const auditing = "azurerm_synapse_sql_pool_extended_auditing_policy";
const assessment = "azurerm_synapse_sql_pool_vulnerability_assessment";
const bicepPool = "Microsoft.Synapse/workspaces/sqlPools@2021-06-01";
const security = "https://learn.microsoft.com/azure/synapse-analytics/guidance/security-white-paper-threat-protection";

/** Templates also use the types of SQL servers for these. */
const armAlerts = [
  "Microsoft.Synapse/workspaces/sqlPools/securityAlertPolicies",
  "Microsoft.Sql/servers/securityAlertPolicies",
];
const armAssessments = [
  "Microsoft.Synapse/workspaces/sqlPools/vulnerabilityAssessments",
  "Microsoft.Sql/servers/vulnerabilityAssessments",
];

const beside = (type: string, ...lines: readonly string[]) =>
  tf(
    tfBlock(pool, "reports", `name = "reports"`) +
      tfBlock(type, "reports", "sql_pool_id = azurerm_synapse_sql_pool.reports.id", ...lines),
  );

const bicepBeside = (type: string, ...properties: readonly string[]) =>
  bicep(
    bicepBlock(bicepPool, "reports").replace("'reports'\n", "'shop/reports'\n") +
      bicepBlock(`${type}@2021-06-01`, "child", "parent: reports", ...inProperties(properties)),
  );

const scanned = (enabled: boolean) =>
  tf(
    tfBlock(pool, "reports", `name = "reports"`) +
      tfBlock(alerts, "reports", "sql_pool_id  = azurerm_synapse_sql_pool.reports.id", `policy_state = "Enabled"`) +
      tfBlock(
        assessment,
        "reports",
        `sql_pool_security_alert_policy_id = ${alerts}.reports.id`,
        `recurring_scans {\n  enabled = ${enabled}\n}`,
      ),
  );

const workspaceScanned = (enabled: boolean) =>
  tf(
    tfBlock("azurerm_synapse_workspace", "reports", `name = "reports"`) +
      tfBlock(
        "azurerm_synapse_workspace_security_alert_policy",
        "reports",
        "synapse_workspace_id = azurerm_synapse_workspace.reports.id",
      ) +
      tfBlock(
        "azurerm_synapse_workspace_vulnerability_assessment",
        "reports",
        "workspace_security_alert_policy_id = azurerm_synapse_workspace_security_alert_policy.reports.id",
        `recurring_scans {\n  enabled = ${enabled}\n}`,
      ),
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-synapse-workspace-not-scanned",
    aliases: ["CKV2_AZURE_46"],
    title: "Synapse workspace is not scanned for weaknesses regularly",
    severity: "medium",
    controls: "vulnerability-assessment",
    why: "Excessive rights and weak settings stay until an attacker finds them.",
    fix: "Enable recurring scans in the vulnerability assessment of the workspace.",
    links: [security],
    on: {
      "tf:azurerm_synapse_workspace_vulnerability_assessment": all(
        value("recurring_scans.enabled").is(true),
        connected("azurerm_synapse_workspace_security_alert_policy", connected("azurerm_synapse_workspace")),
      ),
      "arm:Microsoft.Synapse/workspaces/vulnerabilityAssessments": value("properties.recurringScans.isEnabled").is(
        true,
      ),
    },
    examples: {
      bad: [
        workspaceScanned(false),
        bicepResource(
          "Microsoft.Synapse/workspaces/vulnerabilityAssessments@2021-06-01",
          "recurringScans: {\n  isEnabled: false\n}",
        ),
      ],
      good: [
        workspaceScanned(true),
        bicepResource(
          "Microsoft.Synapse/workspaces/vulnerabilityAssessments@2021-06-01",
          "recurringScans: {\n  isEnabled: true\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-synapse-pool-not-encrypted",
    aliases: ["CKV_AZURE_241"],
    title: "Synapse SQL pool is not encrypted on disk",
    severity: "high",
    controls: "encryption-at-rest",
    why: "Whoever gets at files or backups of the pool reads its data as it is.",
    fix: "Set `data_encrypted` to true (Bicep: enable `transparentDataEncryption`).",
    links: ["https://learn.microsoft.com/azure/synapse-analytics/sql-data-warehouse/sql-data-warehouse-encryption-tde"],
    on: {
      "tf:azurerm_synapse_sql_pool": value("data_encrypted").is(true),
      "arm:Microsoft.Synapse/workspaces/sqlPools/transparentDataEncryption": value("properties.status").is("Enabled"),
    },
    examples: {
      bad: [
        tfResource(pool, `name = "reports"`, "data_encrypted = false"),
        bicepResource(
          "Microsoft.Synapse/workspaces/sqlPools/transparentDataEncryption@2021-06-01",
          "status: 'Disabled'",
        ),
      ],
      good: [
        tfResource(pool, `name = "reports"`, "data_encrypted = true"),
        bicepResource(
          "Microsoft.Synapse/workspaces/sqlPools/transparentDataEncryption@2021-06-01",
          "status: 'Enabled'",
        ),
      ],
    },
  },
  {
    id: "iac/azure-synapse-spark-shares-hosts",
    aliases: ["CKV_AZURE_242"],
    title: "Spark pool shares its machines with other customers",
    severity: "low",
    controls: "workload-isolation",
    why: "A weakness of the platform between virtual machines would reach the data; rules for very sensitive data ask for hosts of one's own.",
    fix: "Set `compute_isolation_enabled` (Bicep: `isComputeIsolationEnabled`) to true, with nodes of the size XXXLarge.",
    links: ["https://learn.microsoft.com/azure/synapse-analytics/spark/apache-spark-pool-configurations"],
    on: {
      "tf:azurerm_synapse_spark_pool": value("compute_isolation_enabled", { edit: false }).is(true),
      "arm:Microsoft.Synapse/workspaces/bigDataPools": value("properties.isComputeIsolationEnabled", {
        edit: false,
      }).is(true),
    },
    examples: {
      bad: [
        tfResource("azurerm_synapse_spark_pool", `name = "reports"`),
        bicepResource("Microsoft.Synapse/workspaces/bigDataPools@2021-06-01", "isComputeIsolationEnabled: false"),
      ],
      good: [
        tfResource("azurerm_synapse_spark_pool", `name = "reports"`, "compute_isolation_enabled = true"),
        bicepResource("Microsoft.Synapse/workspaces/bigDataPools@2021-06-01", "isComputeIsolationEnabled: true"),
      ],
    },
  },
  {
    id: "iac/azure-synapse-pool-without-threat-detection",
    aliases: ["CKV2_AZURE_51"],
    title: "Synapse SQL pool has no threat detection",
    severity: "medium",
    controls: "threat-detection",
    why: "SQL injection, guessed passwords and unusual exports go unnoticed.",
    fix: "Add an enabled security alert policy for the pool.",
    links: [security],
    on: {
      "tf:azurerm_synapse_sql_pool": connected(alerts, value("policy_state", { edit: false }).is("Enabled")),
      "arm:Microsoft.Synapse/workspaces/sqlPools": connected(
        armAlerts,
        value("properties.state", { missing: "pass", edit: false }).is("Enabled"),
      ),
    },
    examples: {
      bad: [
        beside(alerts, `policy_state = "Disabled"`),
        bicepBeside("Microsoft.Synapse/workspaces/sqlPools/securityAlertPolicies", "state: 'Disabled'"),
      ],
      good: [
        beside(alerts, `policy_state = "Enabled"`),
        bicepBeside("Microsoft.Synapse/workspaces/sqlPools/securityAlertPolicies", "state: 'Enabled'"),
      ],
    },
  },
  {
    id: "iac/azure-synapse-pool-not-scanned",
    aliases: ["CKV2_AZURE_52"],
    title: "Synapse SQL pool is not scanned for weaknesses regularly",
    severity: "medium",
    controls: "vulnerability-assessment",
    why: "Excessive rights and weak settings stay until an attacker finds them.",
    fix: "Add a vulnerability assessment with recurring scans to the alert policy of the pool.",
    links: [security],
    on: {
      "tf:azurerm_synapse_sql_pool_security_alert_policy": all(
        connected(pool),
        connected(assessment, value("recurring_scans.enabled", { edit: false }).is(true)),
      ),
      "arm:Microsoft.Synapse/workspaces/sqlPools": connected(
        armAssessments,
        value("properties.recurringScans.isEnabled", { missing: "pass", edit: false }).is(true),
      ),
    },
    examples: {
      bad: [scanned(false), bicepResource(bicepPool, "collation: 'SQL_Latin1_General_CP1_CI_AS'")],
      good: [
        scanned(true),
        bicepBeside(
          "Microsoft.Synapse/workspaces/sqlPools/vulnerabilityAssessments",
          "recurringScans: {\n  isEnabled: true\n}",
        ),
      ],
    },
  },
  {
    id: "iac/azure-synapse-pool-not-audited",
    aliases: ["CKV2_AZURE_54"],
    title: "Synapse SQL pool's audit records are missing or do not reach Azure Monitor",
    severity: "low",
    controls: "logging",
    why: "Nobody can tell who read or changed data, and no alert is raised.",
    fix: "Add an extended auditing policy with log monitoring to the pool.",
    links: ["https://learn.microsoft.com/azure/azure-sql/database/auditing-overview"],
    on: {
      "tf:azurerm_synapse_sql_pool": connected(
        auditing,
        value("log_monitoring_enabled", { missing: "pass", edit: false }).is(true),
      ),
      "arm:Microsoft.Synapse/workspaces/sqlPools": connected(
        [
          "Microsoft.Synapse/workspaces/sqlPools/auditingSettings",
          "Microsoft.Synapse/workspaces/sqlPools/extendedAuditingSettings",
        ],
        value("properties.state", { missing: "pass", edit: false }).is("Enabled"),
      ),
    },
    examples: {
      bad: [
        beside(auditing, "log_monitoring_enabled = false"),
        bicepBeside("Microsoft.Synapse/workspaces/sqlPools/auditingSettings", "state: 'Disabled'"),
      ],
      good: [
        beside(auditing, "log_monitoring_enabled = true"),
        bicepBeside("Microsoft.Synapse/workspaces/sqlPools/auditingSettings", "state: 'Enabled'"),
      ],
    },
  },
];
