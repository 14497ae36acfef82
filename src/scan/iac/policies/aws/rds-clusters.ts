/** Amazon RDS and Aurora clusters: encryption, access, logs, and what is left after a mistake. */
import { all, anyOf, connected, value, when } from "../../condition.ts";
import { tfParameter } from "../../families/aws-database-parameters.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const cluster = "aws_rds_cluster";
const named = `cluster_identifier = "shop"`;
const exportLinks = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.html"];

/** Engines whose audit log is exported by name; without an engine a cluster is one of Aurora for MySQL. */
const isMysql = value("engine", { missing: "pass" }).oneOf("aurora", "aurora-mysql", "mysql");
const isAuroraMysql = value("engine", { missing: "pass" }).oneOf("aurora", "aurora-mysql");

const parameterGroup = (...names: readonly string[]) =>
  tf(
    tfBlock(
      cluster,
      "shop",
      `engine = "aurora-postgresql"`,
      "db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.shop.name",
    ) +
      tfBlock(
        "aws_rds_cluster_parameter_group",
        "shop",
        `family = "aurora-postgresql16"`,
        ...names.map((name) => `parameter {\n  name  = "${name}"\n  value = "1"\n}`),
      ),
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-rds-cluster-unencrypted",
    aliases: ["CKV_AWS_96"],
    title: "Database cluster is not encrypted",
    severity: "high",
    controls: "encryption-at-rest",
    why: "Whoever gets at a snapshot or the disks beneath reads the whole database.",
    fix: "Set `storage_encrypted` (CloudFormation: `StorageEncrypted`) to true. An existing cluster is restored from an encrypted snapshot.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html"],
    on: {
      // Serverless clusters of the first version are always encrypted.
      "tf:aws_rds_cluster": anyOf(
        value("storage_encrypted").is(true),
        value("engine_mode", { edit: false }).is("serverless"),
      ),
      // Made from a snapshot or as a replica, it is encrypted as its source is.
      "cfn:AWS::RDS::DBCluster": when(
        all(value("Properties.SnapshotIdentifier").absent(), value("Properties.SourceDBClusterIdentifier").absent()),
        value("Properties.StorageEncrypted").is(true),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(cluster, named, "storage_encrypted = false"),
        cfnResource("AWS::RDS::DBCluster", "Engine: aurora-mysql"),
      ],
      good: [
        tfResource(cluster, named, "storage_encrypted = true"),
        tfResource(cluster, named, `engine_mode = "serverless"`),
        cfnResource("AWS::RDS::DBCluster", "Engine: aurora-mysql", "StorageEncrypted: true"),
      ],
    },
  },
  {
    id: "iac/aws-rds-global-cluster-unencrypted",
    aliases: ["CKV_AWS_140"],
    title: "Global database cluster is not encrypted",
    severity: "high",
    controls: "encryption-at-rest",
    why: "All regional copies are unencrypted: a snapshot in one region is enough to read everything.",
    fix: "Set `storage_encrypted` to true when the global cluster is made.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html"],
    on: {
      // Made from a cluster, it is encrypted as that one is.
      "tf:aws_rds_global_cluster": when(
        value("source_db_cluster_identifier").absent(),
        value("storage_encrypted").is(true),
        "none",
      ),
    },
    examples: {
      bad: [tfResource("aws_rds_global_cluster", `global_cluster_identifier = "shop"`)],
      good: [tfResource("aws_rds_global_cluster", `global_cluster_identifier = "shop"`, "storage_encrypted = true")],
    },
  },
  withoutOwnKey({
    id: "iac/aws-rds-cluster-without-own-key",
    aliases: ["CKV_AWS_327"],
    what: "Database cluster",
    keys: { "tf:aws_rds_cluster": "kms_key_id" },
    link: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html",
    lines: [named, "storage_encrypted = true"],
  }),
  withoutOwnKey({
    id: "iac/aws-rds-activity-stream-without-own-key",
    aliases: ["CKV_AWS_246"],
    what: "Activity stream of a database cluster",
    keys: { "tf:aws_rds_cluster_activity_stream": "kms_key_id" },
    link: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/DBActivityStreams.html",
    lines: [`mode = "async"`],
  }),
  {
    id: "iac/aws-rds-cluster-without-iam-login",
    aliases: ["CKV_AWS_162"],
    title: "Database cluster accepts passwords only",
    severity: "low",
    controls: "workload-identity",
    why: "Passwords of databases are shared and seldom changed; a role gives each workload tokens that last fifteen minutes.",
    fix: "Enable IAM database authentication and let workloads log in with their roles.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html"],
    ...setting({
      at: {
        "tf:aws_rds_cluster": "iam_database_authentication_enabled",
        "cfn:AWS::RDS::DBCluster": "Properties.EnableIAMDatabaseAuthentication",
      },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
      lines: [named],
    }),
  },
  {
    id: "iac/aws-rds-cluster-without-logs",
    aliases: ["CKV_AWS_324"],
    title: "Database cluster exports no logs",
    severity: "low",
    controls: "logging",
    why: "Logs that stay on the cluster are gone after some days, and with the cluster.",
    fix: "List the logs of the engine in `enabled_cloudwatch_logs_exports`.",
    links: exportLinks,
    on: { "tf:aws_rds_cluster": value("enabled_cloudwatch_logs_exports").exists() },
    examples: {
      bad: [tfResource(cluster, named)],
      good: [tfResource(cluster, named, `enabled_cloudwatch_logs_exports = ["audit"]`)],
    },
  },
  {
    id: "iac/aws-rds-cluster-without-audit-log",
    aliases: ["CKV_AWS_325"],
    title: "Database cluster does not export its audit log",
    severity: "medium",
    controls: "logging",
    why: "Who logged in and what was asked of the database cannot be found out after an attack.",
    fix: "Add `audit` to `enabled_cloudwatch_logs_exports`, and switch auditing on in the parameter group.",
    links: exportLinks,
    on: {
      "tf:aws_rds_cluster": when(isMysql, value("enabled_cloudwatch_logs_exports").contains("audit"), "none"),
    },
    examples: {
      bad: [tfResource(cluster, named, `enabled_cloudwatch_logs_exports = ["error"]`)],
      good: [tfResource(cluster, named, `enabled_cloudwatch_logs_exports = ["error", "audit"]`)],
    },
  },
  {
    id: "iac/aws-rds-cluster-without-query-log",
    aliases: ["CKV2_AWS_27"],
    title: "PostgreSQL cluster does not log its queries",
    severity: "low",
    controls: "logging",
    why: "Unusual queries, such as reading whole tables, leave no trace.",
    fix: "Set `log_statement` and `log_min_duration_statement` in the cluster's parameter group.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_LogAccess.Concepts.PostgreSQL.html"],
    on: {
      "tf:aws_rds_cluster": when(
        value("engine").startsWith("aurora-postgresql", "postgres"),
        connected(
          "aws_rds_cluster_parameter_group",
          all(tfParameter("log_statement"), tfParameter("log_min_duration_statement")),
        ),
        "none",
      ),
    },
    examples: {
      bad: [parameterGroup("log_statement")],
      good: [parameterGroup("log_statement", "log_min_duration_statement")],
    },
  },
  {
    id: "iac/aws-rds-cluster-snapshots-without-tags",
    aliases: ["CKV_AWS_313"],
    title: "Snapshots of the cluster do not carry its tags",
    severity: "low",
    controls: "governance",
    why: "Rules on access and retention that go by tags do not hold for the copies of the data.",
    fix: "Set `copy_tags_to_snapshot` to true.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Tagging.html"],
    ...setting({
      at: { "tf:aws_rds_cluster": "copy_tags_to_snapshot" },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
      lines: [named],
    }),
  },
  {
    id: "iac/aws-rds-cluster-without-backup-plan",
    aliases: ["CKV2_AWS_8"],
    title: "Database cluster is in no backup plan",
    severity: "low",
    controls: "backup",
    why: "Its own backups are deleted along with the cluster, by mistake or by an attacker.",
    fix: "Add the cluster to an `aws_backup_selection` of a plan whose vault is protected.",
    links: ["https://docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html"],
    on: { "tf:aws_rds_cluster": connected("aws_backup_selection") },
    examples: {
      bad: [tfResource(cluster, named)],
      good: [
        tf(
          tfBlock(cluster, "shop", named) +
            tfBlock("aws_backup_selection", "shop", `name = "shop"`, "resources = [aws_rds_cluster.shop.arn]"),
        ),
      ],
    },
  },
  {
    id: "iac/aws-rds-cluster-without-deletion-protection",
    aliases: ["CKV_AWS_139"],
    title: "Database cluster can be deleted by one call",
    severity: "medium",
    controls: "deletion-protection",
    why: "A wrong change or a stolen key is enough to delete the database.",
    fix: "Set `deletion_protection` to true.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html"],
    ...setting({
      at: { "tf:aws_rds_cluster": "deletion_protection" },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
      lines: [named],
    }),
  },
  {
    id: "iac/aws-rds-cluster-without-backtrack",
    aliases: ["CKV_AWS_326"],
    title: "Aurora cluster cannot be turned back",
    severity: "low",
    controls: "backup",
    why: "After a wrong statement a snapshot must be restored to a new cluster, which takes hours instead of minutes.",
    fix: "Set `backtrack_window` to the seconds that you want to be able to turn back, up to 72 hours.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html"],
    on: { "tf:aws_rds_cluster": when(isAuroraMysql, value("backtrack_window", { edit: 86_400 }).atLeast(1), "none") },
    examples: {
      bad: [tfResource(cluster, named, `engine = "aurora-mysql"`, "backtrack_window = 0")],
      good: [tfResource(cluster, named, `engine = "aurora-mysql"`, "backtrack_window = 86400")],
    },
  },
];
