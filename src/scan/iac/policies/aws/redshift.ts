/** Amazon Redshift: who reaches the warehouse, how its data is protected and what is logged. */
import { all, any, anyOf, connected, not, value } from "../../condition.ts";
import { tfParameter } from "../../families/aws-database-parameters.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import { because } from "../../families/because.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const cluster = "aws_redshift_cluster";
const named = `cluster_identifier = "sales"`;
const networkLinks = ["https://docs.aws.amazon.com/redshift/latest/mgmt/managing-clusters-vpc.html"];
const encryptionLink = "https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html";

const requiresTls = (written: string) =>
  tfResource(
    "aws_redshift_parameter_group",
    `family = "redshift-1.0"`,
    `parameter {\n  name  = "require_ssl"\n  value = "${written}"\n}`,
  );
const cfnRequiresTls = (written: string) =>
  cfnResource(
    "AWS::Redshift::ClusterParameterGroup",
    "ParameterGroupFamily: redshift-1.0",
    `Parameters:\n  - ParameterName: require_ssl\n    ParameterValue: ${written}`,
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-redshift-public",
    aliases: ["CKV_AWS_87"],
    title: "Redshift cluster can be reached from the internet",
    severity: "critical",
    controls: "public-data",
    why: "The warehouse holds the data of many systems; with a public address, passwords and new flaws can be tried by anyone.",
    fix: "Set `publicly_accessible` to false; older providers make clusters public without it.",
    links: networkLinks,
    ...setting({
      at: {
        "tf:aws_redshift_cluster": "publicly_accessible",
        "cfn:AWS::Redshift::Cluster": "Properties.PubliclyAccessible",
      },
      demand: (path) => value(path).is(false),
      bad: "true",
      good: "false",
      lines: [named],
    }),
  },
  {
    id: "iac/aws-redshift-public-with-common-name",
    aliases: ["CKV_AWS_391"],
    title: "Public Redshift cluster with a master user that everyone guesses",
    severity: "high",
    controls: "strong-authentication",
    why: "The name is half of the login: only the password is left to guess, and it can be tried from anywhere.",
    fix: "Close the cluster to the internet, and choose another name for the master user.",
    links: networkLinks,
    on: {
      "tf:aws_redshift_cluster": because(
        "it is public, and the name of its master user is tried first",
        not(
          all(
            value("publicly_accessible", { edit: false }).is(true),
            value("master_username", { edit: false }).oneOf("admin", "administrator", "awsuser", "root", "master"),
          ),
        ),
      ),
    },
    examples: {
      bad: [tfResource(cluster, named, "publicly_accessible = true", `master_username = "awsuser"`)],
      good: [
        tfResource(cluster, named, "publicly_accessible = false", `master_username = "awsuser"`),
        tfResource(cluster, named, "publicly_accessible = true", `master_username = "ledger_owner"`),
      ],
    },
  },
  {
    id: "iac/aws-redshift-without-tls",
    aliases: ["CKV_AWS_105"],
    title: "Redshift accepts connections without TLS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Queries, results and passwords can be read on the way.",
    fix: "Set the parameter `require_ssl` to true.",
    links: ["https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html"],
    on: {
      "tf:aws_redshift_parameter_group": tfParameter("require_ssl", "true"),
      "cfn:AWS::Redshift::ClusterParameterGroup": any(
        "Properties.Parameters",
        all(value("ParameterName", { edit: false }).is("require_ssl"), value("ParameterValue").is(true)),
      ),
    },
    examples: {
      bad: [requiresTls("false"), cfnRequiresTls("false")],
      good: [requiresTls("true"), cfnRequiresTls("true")],
    },
  },
  {
    id: "iac/aws-redshift-unencrypted",
    aliases: ["CKV_AWS_64"],
    title: "Redshift cluster is not encrypted",
    severity: "high",
    controls: "encryption-at-rest",
    why: "Whoever gets at a snapshot or the disks beneath reads the whole warehouse.",
    fix: "Set `encrypted` to true; an existing cluster is encrypted in the background.",
    links: [encryptionLink],
    ...setting({
      at: { "tf:aws_redshift_cluster": "encrypted", "cfn:AWS::Redshift::Cluster": "Properties.Encrypted" },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
      lines: [named],
    }),
  },
  withoutOwnKey({
    id: "iac/aws-redshift-without-own-key",
    aliases: ["CKV_AWS_142", "AVD-AWS-0084"],
    what: "Redshift cluster",
    keys: { "tf:aws_redshift_cluster": "kms_key_id", "cfn:AWS::Redshift::Cluster": "Properties.KmsKeyId" },
    link: encryptionLink,
    lines: [named],
  }),
  withoutOwnKey({
    id: "iac/aws-redshift-snapshot-copies-without-own-key",
    aliases: ["CKV_AWS_281"],
    what: "Copy of Redshift snapshots",
    keys: { "tf:aws_redshift_snapshot_copy_grant": "kms_key_id" },
    link: encryptionLink,
    lines: [`snapshot_copy_grant_name = "sales"`],
  }),
  withoutOwnKey({
    id: "iac/aws-redshift-serverless-without-own-key",
    aliases: ["CKV_AWS_282"],
    what: "Redshift Serverless namespace",
    keys: { "tf:aws_redshiftserverless_namespace": "kms_key_id" },
    link: "https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-workgroups-and-namespaces-rotate-kms-key.html",
    lines: [`namespace_name = "sales"`],
  }),
  {
    id: "iac/aws-redshift-outside-vpc",
    aliases: ["CKV_AWS_154", "AVD-AWS-0127"],
    title: "Redshift cluster is in no subnet group",
    severity: "medium",
    controls: "network-segmentation",
    why: "Without a subnet group you do not choose the network: the cluster lands in the default one, with its open routes.",
    fix: "Make a subnet group of private subnets and name it in the cluster.",
    links: networkLinks,
    ...setting({
      at: {
        "tf:aws_redshift_cluster": "cluster_subnet_group_name",
        "cfn:AWS::Redshift::Cluster": "Properties.ClusterSubnetGroupName",
      },
      demand: (path) => value(path).exists(),
      good: `"private"`,
      lines: [named],
    }),
  },
  {
    id: "iac/aws-redshift-without-vpc-routing",
    aliases: ["CKV_AWS_321"],
    title: "Copies to and from Redshift leave your network",
    severity: "low",
    controls: "network-segmentation",
    why: "COPY and UNLOAD go around your network: no security group, endpoint policy or flow log sees where data is sent.",
    fix: "Set `enhanced_vpc_routing` to true.",
    links: ["https://docs.aws.amazon.com/redshift/latest/mgmt/enhanced-vpc-routing.html"],
    ...setting({
      at: { "tf:aws_redshift_cluster": "enhanced_vpc_routing" },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
      lines: [named],
    }),
  },
  {
    id: "iac/aws-redshift-without-audit-log",
    aliases: ["CKV_AWS_71"],
    title: "Redshift writes no audit log",
    severity: "medium",
    controls: "logging",
    why: "Who logged in and what was queried cannot be found out after a leak.",
    fix: "Add an `aws_redshift_logging` (older providers: the block `logging`; CloudFormation: `LoggingProperties`).",
    links: ["https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html"],
    on: {
      "tf:aws_redshift_cluster": anyOf(value("logging.enable").is(true), connected("aws_redshift_logging")),
      "cfn:AWS::Redshift::Cluster": value("Properties.LoggingProperties.BucketName").exists(),
    },
    examples: {
      bad: [tfResource(cluster, named), cfnResource("AWS::Redshift::Cluster", "DBName: sales")],
      good: [
        tfResource(cluster, named, "logging {\n  enable = true\n}"),
        tf(
          tfBlock(cluster, "sales", named) +
            tfBlock("aws_redshift_logging", "sales", "cluster_identifier = aws_redshift_cluster.sales.id"),
        ),
        cfnResource("AWS::Redshift::Cluster", "LoggingProperties:\n  BucketName: logs"),
      ],
    },
  },
  {
    id: "iac/aws-redshift-without-snapshots",
    aliases: ["CKV_AWS_343"],
    title: "Redshift makes no snapshots of its own",
    severity: "medium",
    controls: "backup",
    why: "After a wrong statement or an attack there is nothing to go back to.",
    fix: "Set `automated_snapshot_retention_period` to at least one day, better seven or more.",
    links: ["https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshots.html"],
    ...setting({
      at: {
        "tf:aws_redshift_cluster": "automated_snapshot_retention_period",
        "cfn:AWS::Redshift::Cluster": "Properties.AutomatedSnapshotRetentionPeriod",
      },
      demand: (path) => value(path, { edit: 7 }).not(0),
      bad: "0",
      good: "7",
      lines: [named],
    }),
  },
  {
    id: "iac/aws-redshift-without-upgrades",
    aliases: ["CKV_AWS_141"],
    title: "Redshift does not take new versions",
    severity: "low",
    controls: "patching",
    why: "Corrections of the engine, security among them, are not installed.",
    fix: "Remove `allow_version_upgrade` or set it to true.",
    links: ["https://docs.aws.amazon.com/redshift/latest/mgmt/cluster-versions.html"],
    ...setting({
      at: {
        "tf:aws_redshift_cluster": "allow_version_upgrade",
        "cfn:AWS::Redshift::Cluster": "Properties.AllowVersionUpgrade",
      },
      demand: (path) => value(path).not(false),
      bad: "false",
      good: "true",
      lines: [named],
    }),
  },
  {
    id: "iac/aws-redshift-default-database",
    aliases: ["CKV_AWS_320"],
    title: "Redshift cluster uses the default database name",
    severity: "low",
    controls: "governance",
    why: "Without a name the database is called `dev`, which attackers try first and people mistake for a test.",
    fix: "Set `database_name`.",
    links: ["https://docs.aws.amazon.com/redshift/latest/mgmt/create-cluster.html"],
    ...setting({
      at: { "tf:aws_redshift_cluster": "database_name" },
      demand: (path) => value(path).exists(),
      good: `"sales"`,
      lines: [named],
    }),
  },
];
