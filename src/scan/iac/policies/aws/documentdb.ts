/** Amazon DocumentDB: encryption, logs and backups of its clusters. */
import { not, value } from "../../condition.ts";
import { tfParameter } from "../../families/aws-database-parameters.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const cluster = "aws_docdb_cluster";
const cfnCluster = "AWS::DocDB::DBCluster";
const group = "aws_docdb_cluster_parameter_group";
const cfnGroup = "AWS::DocDB::DBClusterParameterGroup";
const named = `cluster_identifier = "orders"`;
const family = `family = "docdb5.0"`;
const parameter = (name: string, text: string) => `parameter {\n  name  = "${name}"\n  value = "${text}"\n}`;

const asList = { edit: ["audit"] } as const;

const audited = ["enabled", "all", "ddl", "dml_read", "dml_write"] as const;

/** Clusters that exist would be made anew, and lose their data. */
const replaces = { edit: false } as const;

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-documentdb-unencrypted",
    aliases: ["CKV_AWS_74", "AVD-AWS-0021"],
    title: "DocumentDB cluster stores data unencrypted",
    severity: "high",
    controls: "encryption-at-rest",
    why: "Storage, backups and snapshots are readable for everybody who gets hold of them.",
    fix: "Set `storage_encrypted` (`StorageEncrypted`) to true; an existing cluster has to be restored from a snapshot.",
    links: ["https://docs.aws.amazon.com/documentdb/latest/developerguide/encryption-at-rest.html"],
    on: {
      "tf:aws_docdb_cluster": value("storage_encrypted", replaces).is(true),
      "cfn:AWS::DocDB::DBCluster": value("Properties.StorageEncrypted", replaces).is(true),
    },
    examples: {
      bad: [tfResource(cluster, named), cfnResource(cfnCluster, "MasterUsername: orders")],
      good: [tfResource(cluster, named, "storage_encrypted = true"), cfnResource(cfnCluster, "StorageEncrypted: true")],
    },
  },
  {
    id: "iac/aws-documentdb-global-unencrypted",
    aliases: ["CKV_AWS_292"],
    title: "Global DocumentDB cluster stores data unencrypted",
    severity: "high",
    controls: "encryption-at-rest",
    why: "Storage and snapshots in every region are readable for everybody who gets hold of them.",
    fix: "Set `storage_encrypted` to true when you create the cluster.",
    links: ["https://docs.aws.amazon.com/documentdb/latest/developerguide/global-clusters.html"],
    on: { "tf:aws_docdb_global_cluster": value("storage_encrypted", replaces).is(true) },
    examples: {
      bad: [tfResource("aws_docdb_global_cluster", `global_cluster_identifier = "orders"`)],
      good: [
        tfResource("aws_docdb_global_cluster", `global_cluster_identifier = "orders"`, "storage_encrypted = true"),
      ],
    },
  },
  withoutOwnKey({
    id: "iac/aws-documentdb-without-own-key",
    aliases: ["CKV_AWS_182", "AVD-AWS-0022"],
    what: "DocumentDB cluster",
    keys: { "tf:aws_docdb_cluster": "kms_key_id", "cfn:AWS::DocDB::DBCluster": "Properties.KmsKeyId" },
    link: "https://docs.aws.amazon.com/documentdb/latest/developerguide/encryption-at-rest.html",
    lines: [named],
  }),
  {
    id: "iac/aws-documentdb-allows-unencrypted-connections",
    aliases: ["CKV_AWS_90"],
    title: "DocumentDB accepts connections without TLS",
    severity: "high",
    controls: "encryption-in-transit",
    why: "Passwords and documents pass readable through the network.",
    fix: "Set the parameter `tls` to enabled, or to tls1.2+ or fips-140-3.",
    links: ["https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html"],
    on: {
      "tf:aws_docdb_cluster_parameter_group": not(tfParameter("tls", "disabled")),
      // Where the group does not say, the family does: TLS is on.
      "cfn:AWS::DocDB::DBClusterParameterGroup": value("Properties.Parameters.tls", { edit: "enabled" }).not(
        "disabled",
      ),
    },
    examples: {
      bad: [
        tfResource(group, family, parameter("tls", "disabled")),
        cfnResource(cfnGroup, "Family: docdb5.0", "Parameters:\n  tls: disabled"),
      ],
      good: [
        tfResource(group, family, parameter("tls", "enabled")),
        tfResource(group, family, parameter("audit_logs", "enabled")),
        cfnResource(cfnGroup, "Family: docdb5.0", "Parameters:\n  tls: enabled"),
        cfnResource(cfnGroup, "Family: docdb5.0", "Parameters:\n  audit_logs: enabled"),
      ],
    },
  },
  {
    id: "iac/aws-documentdb-without-audit-parameter",
    aliases: ["CKV_AWS_104"],
    title: "DocumentDB writes no audit log",
    severity: "medium",
    controls: "logging",
    why: "Nobody can tell who signed in, and who read or changed which collections.",
    fix: "Set the parameter `audit_logs` to enabled or all, and export the audit log of the cluster.",
    links: ["https://docs.aws.amazon.com/documentdb/latest/developerguide/event-auditing.html"],
    on: {
      "tf:aws_docdb_cluster_parameter_group": tfParameter("audit_logs", ...audited),
      "cfn:AWS::DocDB::DBClusterParameterGroup": value("Properties.Parameters.audit_logs").oneOf(...audited),
    },
    examples: {
      bad: [
        tfResource(group, family, parameter("audit_logs", "disabled")),
        cfnResource(cfnGroup, "Family: docdb5.0", "Parameters:\n  tls: enabled"),
      ],
      good: [
        tfResource(group, family, parameter("audit_logs", "all")),
        cfnResource(cfnGroup, "Family: docdb5.0", "Parameters:\n  audit_logs: all"),
      ],
    },
  },
  {
    id: "iac/aws-documentdb-without-logs",
    aliases: ["CKV_AWS_85", "AVD-AWS-0020"],
    title: "DocumentDB cluster exports no logs",
    severity: "medium",
    controls: "logging",
    why: "Sign-ins and changes cannot be traced after an attack.",
    fix: "List audit, and profiler if you like, in `enabled_cloudwatch_logs_exports` (`EnableCloudwatchLogsExports`).",
    links: ["https://docs.aws.amazon.com/documentdb/latest/developerguide/event-auditing.html"],
    on: {
      "tf:aws_docdb_cluster": value("enabled_cloudwatch_logs_exports", asList).oneOf("audit", "profiler"),
      "cfn:AWS::DocDB::DBCluster": value("Properties.EnableCloudwatchLogsExports", asList).oneOf("audit", "profiler"),
    },
    examples: {
      bad: [tfResource(cluster, named), cfnResource(cfnCluster, "MasterUsername: orders")],
      good: [
        tfResource(cluster, named, `enabled_cloudwatch_logs_exports = ["audit"]`),
        cfnResource(cfnCluster, "EnableCloudwatchLogsExports:\n  - audit"),
      ],
    },
  },
  {
    id: "iac/aws-documentdb-short-backups",
    aliases: ["CKV_AWS_360"],
    title: "DocumentDB keeps backups for less than a week",
    severity: "low",
    controls: "backup",
    why: "Damage that is noticed after some days can no longer be undone.",
    fix: "Set `backup_retention_period` (`BackupRetentionPeriod`) to 7 days or more.",
    links: ["https://docs.aws.amazon.com/documentdb/latest/developerguide/backup_restore.html"],
    on: {
      "tf:aws_docdb_cluster": value("backup_retention_period").atLeast(7),
      "cfn:AWS::DocDB::DBCluster": value("Properties.BackupRetentionPeriod").atLeast(7),
    },
    examples: {
      bad: [tfResource(cluster, named), cfnResource(cfnCluster, "BackupRetentionPeriod: 1")],
      good: [
        tfResource(cluster, named, "backup_retention_period = 7"),
        cfnResource(cfnCluster, "BackupRetentionPeriod: 14"),
      ],
    },
  },
];
