/** Azure SQL: alerts on attacks, and scans for weaknesses. */
import { all, anyOf, type Condition, connected, value } from "../../condition.ts";
import { bicepBlock, inProperties, tfBlock, tfResource } from "../../families/examples.ts";
import { bicep, type Policy, tf } from "../../policy.ts";

const defender = "https://learn.microsoft.com/azure/azure-sql/database/threat-detection-overview";
const scans = "https://learn.microsoft.com/azure/azure-sql/database/sql-vulnerability-assessment";
const alertPolicy = "azurerm_mssql_server_security_alert_policy";
const assessment = "azurerm_mssql_server_vulnerability_assessment";
const onServer = "Microsoft.Sql/servers/securityAlertPolicies";
const onDatabase = "Microsoft.Sql/servers/databases/securityAlertPolicies";

const enabled = value("properties.state", { edit: false }).is("Enabled");
/** Templates often write the empty list as one with an empty text. */
const allAlerts = (path: string): Condition => value(path, { missing: "pass", edit: false }).is("");
const alertsOnAll = all(enabled, allAlerts("properties.disabledAlerts"));

/** The database's own policy counts, or that of its server. */
const ofDatabase = (condition: Condition): Condition =>
  anyOf(connected(onDatabase, condition), connected("Microsoft.Sql/servers", connected(onServer, condition)));

const filled = (path: string): Condition => value(path, { edit: false }).satisfies((text) => text !== "", "an address");

const watchedServer = connected(
  alertPolicy,
  all(value("state").is("Enabled"), connected(["azurerm_sql_server", "azurerm_mssql_server"])),
);
const scanned = (...demands: readonly Condition[]): Condition => all(watchedServer, ...demands);

const bicepDatabase = (...lines: readonly string[]) =>
  bicep(
    bicepBlock("Microsoft.Sql/servers/databases@2023-08-01", "orders").replace("'orders'\n", "'shop/orders'\n") +
      bicepBlock(
        "Microsoft.Sql/servers/databases/securityAlertPolicies@2023-08-01",
        "alerts",
        "parent: orders",
        ...inProperties(lines),
      ).replace("name: 'alerts'", "name: 'default'"),
  );

const withServer = (state: string, server = "azurerm_mssql_server", more = "") =>
  tf(
    tfBlock(server, "orders", `name = "orders"`) +
      tfBlock(alertPolicy, "orders", `server_name = ${server}.orders.name`, `state       = "${state}"`) +
      more,
  );

const assessed = (...lines: readonly string[]) =>
  withServer(
    "Enabled",
    "azurerm_mssql_server",
    tfBlock(
      assessment,
      "orders",
      "server_security_alert_policy_id = azurerm_mssql_server_security_alert_policy.orders.id",
      ["recurring_scans {", ...lines.map((line) => `  ${line}`), "}"].join("\n"),
    ),
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-sql-threat-alerts-incomplete",
    aliases: ["CKV_AZURE_25", "AVD-AZU-0028"],
    title: "SQL threat detection is off or skips kinds of attacks",
    severity: "medium",
    controls: "threat-detection",
    why: "Attacks of the kinds left out, such as SQL injection, raise no alert.",
    fix: "Enable the security alert policy and leave its list of disabled alerts empty.",
    links: [defender],
    on: {
      "tf:azurerm_mssql_server_security_alert_policy": allAlerts("disabled_alerts"),
      "arm:Microsoft.Sql/servers": anyOf(connected(onServer, alertsOnAll), connected(onDatabase, alertsOnAll)),
      "arm:Microsoft.Sql/servers/databases": ofDatabase(alertsOnAll),
    },
    examples: {
      bad: [
        tfResource(alertPolicy, `state           = "Enabled"`, `disabled_alerts = ["Sql_Injection"]`),
        bicepDatabase("state: 'Enabled'", "disabledAlerts: [\n  'Sql_Injection'\n]"),
      ],
      good: [
        tfResource(alertPolicy, `state           = "Enabled"`, "disabled_alerts = []"),
        bicepDatabase("state: 'Enabled'"),
      ],
    },
  },
  {
    id: "iac/azure-sql-alerts-to-nobody",
    aliases: ["CKV_AZURE_26", "AVD-AZU-0018"],
    title: "SQL threat alerts are sent to no address",
    severity: "low",
    controls: "monitoring",
    why: "An alert that nobody gets stops no attack.",
    fix: "Add the address of the team on call to the security alert policy.",
    links: [defender],
    on: {
      "tf:azurerm_mssql_server_security_alert_policy": value("email_addresses").exists(),
      "arm:Microsoft.Sql/servers/databases": ofDatabase(all(enabled, filled("properties.emailAddresses"))),
    },
    examples: {
      bad: [tfResource(alertPolicy, `state = "Enabled"`), bicepDatabase("state: 'Enabled'")],
      good: [
        tfResource(alertPolicy, `state           = "Enabled"`, `email_addresses = ["security@shop.example"]`),
        bicepDatabase("state: 'Enabled'", "emailAddresses: [\n  'security@shop.example'\n]"),
      ],
    },
  },
  {
    id: "iac/azure-sql-alerts-not-to-owners",
    aliases: ["CKV_AZURE_27", "AVD-AZU-0023"],
    title: "SQL threat alerts are not sent to the owners of the subscription",
    severity: "low",
    controls: "monitoring",
    why: "The people who can act on an attack learn of it late or not at all.",
    fix: "Set `email_account_admins` (Bicep: `emailAccountAdmins`) to true.",
    links: [defender],
    on: {
      "tf:azurerm_mssql_server_security_alert_policy": value("email_account_admins").is(true),
      "arm:Microsoft.Sql/servers/databases": ofDatabase(
        all(enabled, value("properties.emailAccountAdmins", { edit: false }).is(true)),
      ),
    },
    examples: {
      bad: [
        tfResource(alertPolicy, `state                = "Enabled"`, "email_account_admins = false"),
        bicepDatabase("state: 'Enabled'", "emailAccountAdmins: false"),
      ],
      good: [
        tfResource(alertPolicy, `state                = "Enabled"`, "email_account_admins = true"),
        bicepDatabase("state: 'Enabled'", "emailAccountAdmins: true"),
      ],
    },
  },
  {
    id: "iac/azure-sql-without-threat-detection",
    aliases: ["CKV2_AZURE_2"],
    title: "SQL server has no threat detection",
    severity: "medium",
    controls: "threat-detection",
    why: "SQL injection, guessed passwords and unusual exports go unnoticed.",
    fix: "Add an enabled security alert policy for the server, or Defender for SQL on the subscription.",
    links: [defender],
    on: {
      "tf:azurerm_mssql_server": connected(alertPolicy, value("state", { edit: false }).is("Enabled")),
      "tf:azurerm_sql_server": connected(alertPolicy, value("state", { edit: false }).is("Enabled")),
    },
    examples: {
      bad: [tfResource("azurerm_mssql_server", `name = "orders"`)],
      good: [withServer("Enabled")],
    },
  },
  {
    id: "iac/azure-sql-threat-detection-off",
    aliases: ["CKV2_AZURE_13"],
    title: "SQL server's threat detection is switched off",
    severity: "medium",
    controls: "threat-detection",
    why: "SQL injection, guessed passwords and unusual exports go unnoticed although somebody meant to watch for them.",
    fix: "Set the `state` of the security alert policy to Enabled.",
    links: [defender],
    on: {
      "tf:azurerm_sql_server": connected(alertPolicy, value("state").is("Enabled"), { missing: "pass" }),
    },
    examples: {
      bad: [withServer("Disabled", "azurerm_sql_server")],
      good: [withServer("Enabled", "azurerm_sql_server")],
    },
  },
  {
    id: "iac/azure-sql-not-scanned",
    aliases: ["CKV2_AZURE_3"],
    title: "SQL server is not scanned for weaknesses regularly",
    severity: "medium",
    controls: "vulnerability-assessment",
    why: "Excessive rights and weak settings stay until an attacker finds them.",
    fix: "Enable recurring scans in the vulnerability assessment, with an enabled security alert policy.",
    links: [scans],
    on: {
      "tf:azurerm_mssql_server_vulnerability_assessment": scanned(value("recurring_scans.enabled").is(true)),
    },
    examples: { bad: [assessed("enabled = false")], good: [assessed("enabled = true")] },
  },
  {
    id: "iac/azure-sql-scan-reports-to-nobody",
    aliases: ["CKV2_AZURE_4"],
    title: "Reports of SQL vulnerability scans are sent to nobody",
    severity: "low",
    controls: "vulnerability-assessment",
    why: "Weaknesses are found and nobody learns of them.",
    fix: "Add addresses to `emails` of the recurring scans, or send them to the owners of the subscription.",
    links: [scans],
    on: {
      "tf:azurerm_mssql_server_vulnerability_assessment": scanned(
        anyOf(
          value("recurring_scans.email_subscription_admins").is(true),
          value("recurring_scans.emails", { edit: false }).exists(),
        ),
      ),
    },
    examples: {
      bad: [assessed("enabled = true", "email_subscription_admins = false")],
      good: [assessed("enabled = true", `emails  = ["security@shop.example"]`)],
    },
  },
  {
    id: "iac/azure-sql-scan-reports-not-to-owners",
    aliases: ["CKV2_AZURE_5"],
    title: "Reports of SQL vulnerability scans miss the team or the owners of the subscription",
    severity: "low",
    controls: "vulnerability-assessment",
    why: "Those who run the database and those who answer for it must both know of a weakness, or it is left to the other.",
    fix: "Set `email_subscription_admins` to true and add the addresses of the team to `emails`.",
    links: [scans],
    on: {
      "tf:azurerm_mssql_server_vulnerability_assessment": scanned(
        value("recurring_scans.email_subscription_admins").is(true),
        value("recurring_scans.emails", { edit: false }).exists(),
      ),
    },
    examples: {
      bad: [assessed("enabled = true", `emails  = ["security@shop.example"]`)],
      good: [
        assessed(
          "enabled                   = true",
          "email_subscription_admins = true",
          `emails                    = ["security@shop.example"]`,
        ),
      ],
    },
  },
];
