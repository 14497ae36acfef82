/** Alibaba Cloud: RDS and MongoDB instances. */
import { all, any, type Condition, value, when } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

function parameterIsOn(name: string): Condition {
  return any("parameters", all(value("name").is(name), value("value").matches(/^on$/i)));
}

/** Transparent encryption exists for these versions only. */
const canEncrypt = value("engine_version").oneOf(
  "08r2_ent_ha",
  "2012_ent_ha",
  "2016_ent_ha",
  "2017_ent",
  "2019_ent",
  "2019_std_ha",
  "5.6",
  "5.7",
  "8",
  "8.0",
);

const rdsLinks = ["https://www.alibabacloud.com/help/en/rds/"];
const mongoLinks = ["https://www.alibabacloud.com/help/en/mongodb/"];

export const policies: readonly Policy[] = [
  {
    id: "iac/alibaba-rds-public",
    aliases: ["CKV_ALI_9"],
    title: "RDS instance is open to every address",
    severity: "critical",
    controls: "network-exposure",
    why: "Anybody on the internet can reach the database and try passwords and weaknesses.",
    fix: "List only the networks of your applications in `security_ips`.",
    links: rdsLinks,
    on: { "tf:alicloud_db_instance": value("security_ips").not("0.0.0.0", "0.0.0.0/0") },
    examples: {
      bad: [tfResource("alicloud_db_instance", 'security_ips = ["0.0.0.0", "10.0.0.0/8"]')],
      good: [tfResource("alicloud_db_instance", 'security_ips = ["10.0.0.0/8"]')],
    },
  },
  {
    id: "iac/alibaba-rds-without-tls",
    aliases: ["CKV_ALI_20"],
    title: "RDS instance does not use TLS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Queries, results and passwords can be read on the network.",
    fix: 'Set `ssl_action = "Open"`.',
    links: rdsLinks,
    on: { "tf:alicloud_db_instance": value("ssl_action").oneOf("Open", "Update") },
    examples: {
      bad: [tfResource("alicloud_db_instance", 'ssl_action = "Close"')],
      good: [tfResource("alicloud_db_instance", 'ssl_action = "Open"')],
    },
  },
  {
    id: "iac/alibaba-rds-not-encrypted",
    aliases: ["CKV_ALI_22"],
    title: "RDS instance is not encrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Whoever gets at the files or a backup reads all data.",
    fix: 'Set `tde_status = "Enabled"`.',
    links: rdsLinks,
    on: {
      "tf:alicloud_db_instance": when(
        all(value("engine").oneOf("MySQL", "SQLServer"), canEncrypt),
        value("tde_status").is("Enabled"),
        "none",
      ),
    },
    examples: {
      bad: [tfResource("alicloud_db_instance", 'engine = "MySQL"', 'engine_version = "5.6"')],
      good: [
        tfResource("alicloud_db_instance", 'engine = "MySQL"', 'engine_version = "5.6"', 'tde_status = "Enabled"'),
      ],
    },
  },
  {
    id: "iac/alibaba-rds-audit-kept-too-short",
    aliases: ["CKV_ALI_25"],
    title: "RDS audit log is off or kept for less than half a year",
    severity: "low",
    controls: "log-retention",
    why: "An intrusion is often noticed after months; by then its traces are gone.",
    fix: 'Set `sql_collector_status = "Enabled"` and `sql_collector_config_value` to 180 or more.',
    links: rdsLinks,
    on: {
      "tf:alicloud_db_instance": all(
        value("sql_collector_status").is("Enabled"),
        value("sql_collector_config_value").atLeast(180),
      ),
    },
    examples: {
      bad: [tfResource("alicloud_db_instance", 'sql_collector_status = "Enabled"', "sql_collector_config_value = 30")],
      good: [
        tfResource("alicloud_db_instance", 'sql_collector_status = "Enabled"', "sql_collector_config_value = 180"),
      ],
    },
  },
  {
    id: "iac/alibaba-rds-without-minor-upgrades",
    aliases: ["CKV_ALI_30"],
    title: "RDS instance does not upgrade itself",
    severity: "low",
    controls: "patching",
    why: "Known weaknesses of the database stay open until somebody upgrades by hand.",
    fix: 'Set `auto_upgrade_minor_version = "Auto"`.',
    links: rdsLinks,
    on: { "tf:alicloud_db_instance": value("auto_upgrade_minor_version").is("Auto") },
    examples: {
      bad: [tfResource("alicloud_db_instance", 'auto_upgrade_minor_version = "Manual"')],
      good: [tfResource("alicloud_db_instance", 'auto_upgrade_minor_version = "Auto"')],
    },
  },
  ...(
    [
      ["log_duration", "the duration of statements", "CKV_ALI_35"],
      ["log_disconnections", "the end of connections", "CKV_ALI_36"],
      ["log_connections", "connections", "CKV_ALI_37"],
    ] as const
  ).map(
    ([parameter, what, alias]): Policy => ({
      id: `iac/alibaba-rds-without-${parameter.replace("_", "-")}`,
      aliases: [alias],
      title: `RDS instance does not log ${what}`,
      severity: "low",
      controls: "logging",
      why: "After an incident nobody can tell who was connected, and what for.",
      fix: `Add \`parameters { name = "${parameter}", value = "on" }\`.`,
      links: rdsLinks,
      on: { "tf:alicloud_db_instance": parameterIsOn(parameter) },
      examples: {
        bad: [tfResource("alicloud_db_instance", 'engine = "PostgreSQL"')],
        good: [tfResource("alicloud_db_instance", "parameters {", `  name = "${parameter}"`, '  value = "on"', "}")],
      },
    }),
  ),
  {
    id: "iac/alibaba-mongodb-outside-vpc",
    aliases: ["CKV_ALI_41"],
    title: "MongoDB instance is not in a VPC",
    severity: "medium",
    controls: "network-segmentation",
    why: "The classic network is shared with other customers; there is no border of your own.",
    fix: 'Set `network_type = "VPC"` and a `vswitch_id`.',
    links: mongoLinks,
    on: { "tf:alicloud_mongodb_instance": value("network_type", { edit: false }).is("VPC") },
    examples: {
      bad: [tfResource("alicloud_mongodb_instance", 'network_type = "Classic"')],
      good: [tfResource("alicloud_mongodb_instance", 'network_type = "VPC"')],
    },
  },
  {
    id: "iac/alibaba-mongodb-without-tls",
    aliases: ["CKV_ALI_42"],
    title: "MongoDB instance does not use TLS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Queries, results and passwords can be read on the network.",
    fix: 'Set `ssl_action = "Open"`.',
    links: mongoLinks,
    on: { "tf:alicloud_mongodb_instance": value("ssl_action").oneOf("Open", "Update") },
    examples: {
      bad: [tfResource("alicloud_mongodb_instance", 'ssl_action = "Close"')],
      good: [tfResource("alicloud_mongodb_instance", 'ssl_action = "Open"')],
    },
  },
  {
    id: "iac/alibaba-mongodb-public",
    aliases: ["CKV_ALI_43"],
    title: "MongoDB instance is open to every address",
    severity: "critical",
    controls: "network-exposure",
    why: "Anybody on the internet can reach the database and try passwords and weaknesses.",
    fix: "List only the networks of your applications in `security_ip_list`.",
    links: mongoLinks,
    on: { "tf:alicloud_mongodb_instance": value("security_ip_list").not("0.0.0.0", "0.0.0.0/0") },
    examples: {
      bad: [tfResource("alicloud_mongodb_instance", 'security_ip_list = ["0.0.0.0/0"]')],
      good: [tfResource("alicloud_mongodb_instance", 'security_ip_list = ["10.0.0.0/8"]')],
    },
  },
  {
    id: "iac/alibaba-mongodb-not-encrypted",
    aliases: ["CKV_ALI_44"],
    title: "MongoDB instance is not encrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Whoever gets at the files or a backup reads all data.",
    fix: 'Set `tde_status = "enabled"`.',
    links: mongoLinks,
    on: { "tf:alicloud_mongodb_instance": value("tde_status").oneOf("enabled", "Enabled") },
    examples: {
      bad: [tfResource("alicloud_mongodb_instance", 'engine_version = "4.2"')],
      good: [tfResource("alicloud_mongodb_instance", 'tde_status = "enabled"')],
    },
  },
];
