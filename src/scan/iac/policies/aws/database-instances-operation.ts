/** RDS instances: what is recorded and watched, and whether the engine is kept current. */
import { textOf } from "../../../formats/node.ts";
import { all, type Condition, check, connected, nodeAt, value, when } from "../../condition.ts";
import { tfParameter } from "../../families/aws-database-parameters.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { on, type Policy, tf } from "../../policy.ts";
import { compareDotted, plainOf } from "../../value-conditions.ts";
import { failAt, notApplicable, passAt, unknownAt } from "../../verdict.ts";

const instance = "aws_db_instance";
const cfnInstance = "AWS::RDS::DBInstance";
const engine = `engine = "postgres"`;

/** Seconds between measurements that the service offers; 0 is off. */
const intervals = [60, 30, 15, 10, 5, 1];
/** The interval alone is refused. */
const needsRole = { edit: false } as const;

const smallClasses = /^db\.t[23]\.(?:micro|small)$|^db\.t4g\.(?:micro|small)$/;

/** Small classes of MySQL and MariaDB have no room for insights. What has no engine here is judged by its class. */
const offersInsights = (enginePath: string, classPath: string): Condition =>
  check((_, node) => {
    const name = textOf(nodeAt(node, enginePath));
    const size = nodeAt(node, classPath);
    const limited = name === undefined || /mysql|mariadb/.test(name);
    return limited && smallClasses.test(textOf(size) ?? "") ? failAt(size ?? node) : passAt(node.at);
  });

/** By major version the first minor one in which the extension `log_fdw` keeps to its directory. */
const repaired: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  postgres: { "9": "9.6.22", "10": "10.17", "11": "11.12", "12": "12.7", "13": "13.3" },
  "aurora-postgresql": { "9": "9.7", "10": "10.14", "11": "11.9" },
};

const readsForeignFiles: Condition = check((_, node) => {
  const fixes = repaired[textOf(nodeAt(node, "engine")) ?? ""];
  const version = nodeAt(node, "engine_version");
  if (!fixes || !version) return notApplicable;
  if (version.is === "unknown") return unknownAt(version.at, version.reason);
  const text = String(plainOf(version) ?? "");
  const parts = text.split(".");
  const [major = ""] = parts;
  // Without the last part AWS takes the newest.
  if (parts.length < (major === "9" ? 3 : 2)) return unknownAt(version.at, `${text} leaves the minor version open`);
  const first = fixes[major];
  if (first === undefined || compareDotted(text, first) >= 0) return passAt(version.at);
  return failAt(version, `engine_version is ${text}, the flaw is repaired in ${first}`);
});

const unpatchedAurora = ["10.11", "10.12", "10.13", "11.6", "11.7", "11.8"];

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-rds-instance-without-detailed-monitoring",
    aliases: ["CKV_AWS_118"],
    title: "Database instance has no enhanced monitoring",
    severity: "low",
    controls: "monitoring",
    why: "Processes and memory of the host stay unseen; what slows or attacks the database is hard to find afterwards.",
    fix: "Set `monitoring_interval` (`MonitoringInterval`) to 60 seconds or less, with a role in `monitoring_role_arn`.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.html"],
    on: {
      ...on(
        ["tf:aws_db_instance", "tf:aws_rds_cluster_instance"],
        value("monitoring_interval", needsRole).oneOf(...intervals),
      ),
      "cfn:AWS::RDS::DBInstance": value("Properties.MonitoringInterval", needsRole).oneOf(...intervals),
    },
    examples: {
      bad: [tfResource(instance, engine), cfnResource(cfnInstance, "Engine: postgres", "MonitoringInterval: 0")],
      good: [
        tfResource(instance, engine, "monitoring_interval = 60"),
        cfnResource(cfnInstance, "Engine: postgres", "MonitoringInterval: 60"),
      ],
    },
  },
  {
    id: "iac/aws-rds-instance-without-logs",
    aliases: ["CKV_AWS_129"],
    title: "Database instance exports no logs",
    severity: "medium",
    controls: "logging",
    why: "Logs stay on the instance for some days and go with it; sign-ins and queries cannot be traced after an attack.",
    fix: "List the logs of the engine in `enabled_cloudwatch_logs_exports`, such as postgresql and upgrade, or audit and error.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html"],
    on: { "tf:aws_db_instance": value("enabled_cloudwatch_logs_exports").exists() },
    examples: {
      bad: [tfResource(instance, engine)],
      good: [tfResource(instance, engine, `enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]`)],
    },
  },
  {
    id: "iac/aws-rds-postgres-without-query-log",
    aliases: ["CKV2_AWS_30"],
    title: "PostgreSQL instance does not log queries",
    severity: "low",
    controls: "logging",
    why: "Nobody can tell which statements read or changed data, nor which ones took long.",
    fix: "Use a parameter group that sets `log_statement` (ddl or all) and `log_min_duration_statement`.",
    links: [
      "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Concepts.PostgreSQL.Query_Logging.html",
    ],
    on: {
      "tf:aws_db_instance": when(
        value("engine").matches(/postgres/),
        connected(
          "aws_db_parameter_group",
          all(tfParameter("log_statement"), tfParameter("log_min_duration_statement")),
        ),
        "none",
      ),
    },
    examples: {
      bad: [tfResource(instance, engine)],
      good: [
        tf(
          tfBlock(instance, "orders", engine, "parameter_group_name = aws_db_parameter_group.orders.name") +
            tfBlock(
              "aws_db_parameter_group",
              "orders",
              `family = "postgres16"`,
              `parameter {\n  name  = "log_statement"\n  value = "ddl"\n}`,
              `parameter {\n  name  = "log_min_duration_statement"\n  value = "1000"\n}`,
            ),
        ),
      ],
    },
  },
  {
    id: "iac/aws-rds-instance-without-insights",
    aliases: ["CKV_AWS_353", "AVD-AWS-0133"],
    title: "Database instance has no performance insights",
    severity: "low",
    controls: "monitoring",
    why: "Queries that overload the database, by mistake or on purpose, cannot be found.",
    fix: "Set `performance_insights_enabled` (`EnablePerformanceInsights`) to true.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.html"],
    on: {
      ...on(
        ["tf:aws_db_instance", "tf:aws_rds_cluster_instance"],
        when(offersInsights("engine", "instance_class"), value("performance_insights_enabled").is(true), "none"),
      ),
      "cfn:AWS::RDS::DBInstance": when(
        offersInsights("Properties.Engine", "Properties.DBInstanceClass"),
        value("Properties.EnablePerformanceInsights").is(true),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(instance, engine, `instance_class = "db.m6g.large"`),
        cfnResource("AWS::RDS::DBInstance", "Engine: postgres", "DBInstanceClass: db.m6g.large"),
      ],
      good: [
        tfResource(instance, engine, `instance_class = "db.m6g.large"`, "performance_insights_enabled = true"),
        cfnResource(
          "AWS::RDS::DBInstance",
          "Engine: postgres",
          "DBInstanceClass: db.m6g.large",
          "EnablePerformanceInsights: true",
        ),
      ],
    },
  },
  {
    id: "iac/aws-rds-instance-without-minor-upgrades",
    aliases: ["CKV_AWS_226"],
    title: "Database instance does not ask for minor upgrades",
    severity: "low",
    controls: "patching",
    why: "Fixes of the engine wait until somebody thinks of them, while the flaws are public.",
    fix: "Set `auto_minor_version_upgrade` to true; upgrades come in the maintenance window.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html"],
    on: on(["tf:aws_db_instance", "tf:aws_rds_cluster_instance"], value("auto_minor_version_upgrade").is(true)),
    examples: {
      bad: [tfResource(instance, engine, "auto_minor_version_upgrade = false")],
      good: [tfResource(instance, engine, "auto_minor_version_upgrade = true")],
    },
  },
  {
    id: "iac/aws-rds-postgres-log-extension-flaw",
    aliases: ["CKV_AWS_250"],
    title: "PostgreSQL version reads files of the host through log_fdw",
    severity: "high",
    controls: "patching",
    why: "A user of the database can read files of the host by the extension, with credentials of the service among them.",
    fix: "Set `engine_version` to a repaired version: 13.3, 12.7, 11.12, 10.17, 9.6.22 (Aurora: 11.9, 10.14) or newer.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-versions.html"],
    on: on(["tf:aws_db_instance", "tf:aws_rds_cluster"], readsForeignFiles),
    examples: {
      bad: [tfResource(instance, engine, `engine_version = "13.2"`)],
      good: [tfResource(instance, engine, `engine_version = "16.4"`)],
    },
  },
  {
    id: "iac/aws-rds-aurora-instance-unpatched",
    aliases: ["CKV_AWS_388"],
    title: "Aurora PostgreSQL version has a known flaw",
    severity: "high",
    controls: "patching",
    why: "These versions let a user of the database read files of the host, with credentials of the service among them.",
    fix: "Set `engine_version` to 10.14, 11.9 or newer.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/AuroraPostgreSQL.Updates.html"],
    on: {
      "tf:aws_db_instance": when(
        value("engine").is("aurora-postgresql"),
        value("engine_version").not(...unpatchedAurora),
      ),
    },
    examples: {
      bad: [tfResource(instance, `engine = "aurora-postgresql"`, `engine_version = "11.8"`)],
      good: [tfResource(instance, `engine = "aurora-postgresql"`, `engine_version = "11.9"`)],
    },
  },
];
