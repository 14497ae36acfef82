/** RDS instances: backups, deletion, encryption of what is stored and copied. */
import { all, type Condition, value, when } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { tfResource } from "../../families/examples.ts";
import { on, type Policy } from "../../policy.ts";

const instance = "aws_db_instance";
const cfnInstance = "AWS::RDS::DBInstance";
const engine = `engine = "postgres"`;

/** The storage of Aurora belongs to the cluster. */
const ownsStorage = value("Properties.Engine", { missing: "pass" }).notMatches(/aurora/i);

const inRange = (path: string): Condition =>
  all(value(path, { missing: "pass", edit: 7 }).atLeast(1), value(path, { missing: "pass", edit: 35 }).atMost(35));

/** 0 is no short time but none: another policy says so. */
const moreThanDay = (path: string): Condition =>
  when(value(path, { edit: false }).not(0), value(path, { edit: 7 }).atLeast(2), "none");

/** Instances and clusters that exist would be made anew, and lose their data. */
const replaces = { edit: false } as const;

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-rds-instance-unencrypted",
    aliases: ["CKV_AWS_16", "AVD-AWS-0080"],
    title: "Database instance stores data unencrypted",
    severity: "high",
    controls: "encryption-at-rest",
    why: "Storage, backups, snapshots and replicas are readable for everybody who gets hold of them.",
    fix: "Set `storage_encrypted` (`StorageEncrypted`) to true; an existing instance has to be restored from an encrypted copy of its snapshot.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html"],
    on: {
      "tf:aws_db_instance": value("storage_encrypted", replaces).is(true),
      "cfn:AWS::RDS::DBInstance": when(ownsStorage, value("Properties.StorageEncrypted", replaces).is(true), "none"),
    },
    examples: {
      bad: [tfResource(instance, engine), cfnResource(cfnInstance, "Engine: postgres")],
      good: [
        tfResource(instance, engine, "storage_encrypted = true"),
        cfnResource(cfnInstance, "Engine: postgres", "StorageEncrypted: true"),
      ],
    },
  },
  {
    id: "iac/aws-rds-cluster-snapshot-unencrypted",
    aliases: ["CKV_AWS_146"],
    title: "Snapshot of a database cluster is unencrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Whoever gets the snapshot, by a share or a copy, reads the whole database without needing a key.",
    fix: "Encrypt the cluster it is taken from; set `storage_encrypted` to true.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html"],
    on: { "tf:aws_db_cluster_snapshot": value("storage_encrypted", replaces).is(true) },
    examples: {
      bad: [tfResource("aws_db_cluster_snapshot", `db_cluster_identifier = "orders"`)],
      good: [tfResource("aws_db_cluster_snapshot", `db_cluster_identifier = "orders"`, "storage_encrypted = true")],
    },
  },
  {
    id: "iac/aws-rds-insights-without-own-key",
    aliases: ["CKV_AWS_354", "AVD-AWS-0078"],
    title: "Performance insights are encrypted with a key of AWS only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Insights hold the texts of queries, often with data in them, and nobody can withdraw or watch the key they lie under.",
    fix: "Name a key of your own in `performance_insights_kms_key_id` (`PerformanceInsightsKMSKeyId`).",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.html"],
    on: {
      ...on(
        ["tf:aws_db_instance", "tf:aws_rds_cluster_instance"],
        when(value("performance_insights_enabled").is(true), value("performance_insights_kms_key_id").exists()),
      ),
      "cfn:AWS::RDS::DBInstance": when(
        value("Properties.EnablePerformanceInsights").is(true),
        value("Properties.PerformanceInsightsKMSKeyId").exists(),
      ),
    },
    examples: {
      bad: [
        tfResource(instance, engine, "performance_insights_enabled = true"),
        cfnResource("AWS::RDS::DBInstance", "EnablePerformanceInsights: true"),
      ],
      good: [
        tfResource(
          instance,
          engine,
          "performance_insights_enabled = true",
          "performance_insights_kms_key_id = aws_kms_key.insights.arn",
        ),
        cfnResource("AWS::RDS::DBInstance", "EnablePerformanceInsights: true", "PerformanceInsightsKMSKeyId: !Ref Key"),
      ],
    },
  },
  withoutOwnKey({
    id: "iac/aws-rds-replicated-backups-without-own-key",
    aliases: ["CKV_AWS_245"],
    what: "Copy of a database's backups in another region",
    keys: { "tf:aws_db_instance_automated_backups_replication": "kms_key_id" },
    link: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html",
    lines: [`source_db_instance_arn = "arn:aws:rds:eu-west-1:111122223333:db:orders"`],
  }),
  withoutOwnKey({
    id: "iac/aws-rds-snapshot-copy-without-own-key",
    aliases: ["CKV_AWS_266"],
    what: "Copied database snapshot",
    keys: { "tf:aws_db_snapshot_copy": "kms_key_id" },
    link: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html",
    lines: [`target_db_snapshot_identifier = "orders-copy"`],
  }),
  {
    id: "iac/aws-rds-without-automatic-backups",
    aliases: ["CKV_AWS_133"],
    title: "Automatic backups of the database are switched off",
    severity: "medium",
    controls: "backup",
    why: "After a mistake, a failure or an attack the data of the day cannot be brought back.",
    fix: "Set `backup_retention_period` (`BackupRetentionPeriod`) to 7 days or more, 35 at most.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html"],
    on: {
      ...on(["tf:aws_db_instance", "tf:aws_rds_cluster"], inRange("backup_retention_period")),
      ...on(["cfn:AWS::RDS::DBInstance", "cfn:AWS::RDS::DBCluster"], inRange("Properties.BackupRetentionPeriod")),
    },
    examples: {
      bad: [
        tfResource(instance, engine, "backup_retention_period = 0"),
        cfnResource(cfnInstance, "Engine: postgres", "BackupRetentionPeriod: 0"),
      ],
      good: [
        tfResource(instance, engine, "backup_retention_period = 14"),
        cfnResource(cfnInstance, "Engine: postgres", "BackupRetentionPeriod: 14"),
      ],
    },
  },
  {
    id: "iac/aws-rds-short-backups",
    aliases: ["AVD-AWS-0077"],
    title: "Database keeps backups for a day at most",
    severity: "low",
    controls: "backup",
    why: "Damage that is noticed after a weekend can no longer be undone; what is not set here is one day, or no backup at all.",
    fix: "Set `backup_retention_period` (`BackupRetentionPeriod`) to 7 days or more.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html"],
    on: {
      "tf:aws_db_instance": when(
        value(["replicate_source_db", "snapshot_identifier"], { edit: false }).absent(),
        moreThanDay("backup_retention_period"),
        "none",
      ),
      "tf:aws_rds_cluster": moreThanDay("backup_retention_period"),
      "cfn:AWS::RDS::DBInstance": when(ownsStorage, moreThanDay("Properties.BackupRetentionPeriod"), "none"),
      "cfn:AWS::RDS::DBCluster": moreThanDay("Properties.BackupRetentionPeriod"),
    },
    examples: {
      bad: [
        tfResource(instance, engine),
        tfResource(instance, engine, "backup_retention_period = 1"),
        cfnResource(cfnInstance, "Engine: postgres"),
      ],
      good: [
        tfResource(instance, engine, "backup_retention_period = 7"),
        cfnResource(cfnInstance, "Engine: postgres", "BackupRetentionPeriod: 7"),
      ],
    },
  },
  {
    id: "iac/aws-rds-instance-without-deletion-protection",
    aliases: ["CKV_AWS_293", "AVD-AWS-0177"],
    title: "Database instance can be deleted at once",
    severity: "low",
    controls: "deletion-protection",
    why: "One wrong plan or one stolen key with write access removes the database and its automatic backups.",
    fix: "Set `deletion_protection` (`DeletionProtection`) to true.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html"],
    on: {
      "tf:aws_db_instance": value("deletion_protection").is(true),
      "cfn:AWS::RDS::DBInstance": when(ownsStorage, value("Properties.DeletionProtection").is(true), "none"),
    },
    examples: {
      bad: [tfResource(instance, engine), cfnResource(cfnInstance, "Engine: postgres")],
      good: [
        tfResource(instance, engine, "deletion_protection = true"),
        cfnResource(cfnInstance, "Engine: postgres", "DeletionProtection: true"),
      ],
    },
  },
  {
    id: "iac/aws-rds-instance-in-one-zone",
    aliases: ["CKV_AWS_157"],
    title: "Database instance runs in one availability zone only",
    severity: "low",
    controls: "availability",
    why: "If the zone or the host fails, the database is away until somebody restores it.",
    fix: "Set `multi_az` (`MultiAZ`) to true for databases that people depend on.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html"],
    on: {
      "tf:aws_db_instance": value("multi_az").is(true),
      "cfn:AWS::RDS::DBInstance": when(ownsStorage, value("Properties.MultiAZ").is(true), "none"),
    },
    examples: {
      bad: [tfResource(instance, engine), cfnResource(cfnInstance, "Engine: postgres")],
      good: [
        tfResource(instance, engine, "multi_az = true"),
        cfnResource(cfnInstance, "Engine: postgres", "MultiAZ: true"),
      ],
    },
  },
  {
    id: "iac/aws-rds-instance-snapshots-without-tags",
    aliases: ["CKV2_AWS_60"],
    title: "Snapshots of the database lose its tags",
    severity: "low",
    controls: "governance",
    why: "Rules on access, cost and retention that go by tags do not reach the snapshots, which hold the same data.",
    fix: "Set `copy_tags_to_snapshot` to true; for Aurora, Neptune and DocumentDB set it on the cluster.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.html"],
    on: {
      "tf:aws_db_instance": all(
        value("copy_tags_to_snapshot").is(true),
        // On instances of clusters the setting does nothing.
        value("engine", { edit: false }).not("neptune", "aurora", "docdb"),
      ),
    },
    examples: {
      bad: [tfResource(instance, engine)],
      good: [tfResource(instance, engine, "copy_tags_to_snapshot = true")],
    },
  },
];
