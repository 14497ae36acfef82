/** RDS instances: who reaches them, how they sign in, and whether connections are encrypted. */
import { all, always, anyOf, connected, value, when } from "../../condition.ts";
import { cfnParameter, tfParameter } from "../../families/aws-database-parameters.ts";
import { cfnBlock, cfnResource, cfnTemplate } from "../../families/aws-examples.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { on, type Policy, tf } from "../../policy.ts";

const instance = "aws_db_instance";
const cfnInstance = "AWS::RDS::DBInstance";
const engine = `engine = "postgres"`;

/** Engines that take tokens of IAM; what has no engine is made from a snapshot or another instance. */
const takesTokens = (path: string) => value(path, { missing: "pass" }).oneOf("mysql", "postgres");

const outsideOf = (path: string, family: RegExp) => value(path, { missing: "pass" }).notMatches(family);
const ofPostgres = /^postgres|sqlserver/;
const ofMariadb = /^(?:mariadb|mysql)/;
const ofDb2 = /db2-[as]e/;

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-rds-instance-public",
    aliases: ["CKV_AWS_17", "AVD-AWS-0180"],
    title: "Database instance has a public address",
    severity: "critical",
    controls: "public-data",
    why: "Anybody on the internet can try passwords and flaws of the engine; one open security group is enough to lose the data.",
    fix: "Set `publicly_accessible` (`PubliclyAccessible`) to false and reach the database from its VPC, by VPN or through a bastion.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html"],
    on: {
      ...on(["tf:aws_db_instance", "tf:aws_rds_cluster_instance"], value("publicly_accessible").not(true)),
      "cfn:AWS::RDS::DBInstance": value("Properties.PubliclyAccessible").not(true),
    },
    examples: {
      bad: [
        tfResource(instance, engine, "publicly_accessible = true"),
        cfnResource(cfnInstance, "Engine: postgres", "PubliclyAccessible: true"),
      ],
      good: [
        tfResource(instance, engine, "publicly_accessible = false"),
        cfnResource(cfnInstance, "Engine: postgres", "PubliclyAccessible: false"),
      ],
    },
  },
  {
    id: "iac/aws-rds-instance-without-iam-authentication",
    aliases: ["CKV_AWS_161", "AVD-AWS-0176"],
    title: "Database instance takes passwords only",
    severity: "medium",
    controls: "strong-authentication",
    why: "Passwords are shared, copied into settings and seldom changed; tokens of IAM last 15 minutes and belong to somebody.",
    fix: "Set `iam_database_authentication_enabled` (`EnableIAMDatabaseAuthentication`) to true and let applications sign in with tokens.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html"],
    on: {
      "tf:aws_db_instance": when(takesTokens("engine"), value("iam_database_authentication_enabled").is(true), "none"),
      "cfn:AWS::RDS::DBInstance": when(
        takesTokens("Properties.Engine"),
        value("Properties.EnableIAMDatabaseAuthentication").is(true),
        "none",
      ),
    },
    examples: {
      bad: [tfResource(instance, engine), cfnResource(cfnInstance, "Engine: mysql")],
      good: [
        tfResource(instance, engine, "iam_database_authentication_enabled = true"),
        cfnResource(cfnInstance, "Engine: mysql", "EnableIAMDatabaseAuthentication: true"),
      ],
    },
  },
  {
    id: "iac/aws-rds-instance-allows-unencrypted-connections",
    aliases: ["CKV2_AWS_69"],
    title: "Parameter group of the database allows connections without TLS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Clients that do not ask for TLS send passwords and rows readable through the network.",
    fix: "Set `rds.force_ssl` to 1 (PostgreSQL, SQL Server), `require_secure_transport` to 1 (MySQL, MariaDB) or `db2comm` to SSL (Db2).",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html"],
    on: {
      "tf:aws_db_instance": connected(
        "aws_db_parameter_group",
        all(
          anyOf(tfParameter("rds.force_ssl", 1), outsideOf("family", ofPostgres)),
          anyOf(tfParameter("require_secure_transport", 1, "ON"), outsideOf("family", ofMariadb)),
          anyOf(tfParameter("db2comm", "SSL"), outsideOf("family", ofDb2)),
        ),
        { missing: "pass" },
      ),
      "cfn:AWS::RDS::DBInstance": connected(
        "AWS::RDS::DBParameterGroup",
        all(
          anyOf(cfnParameter("rds.force_ssl", 1), outsideOf("Properties.Family", ofPostgres)),
          anyOf(cfnParameter("require_secure_transport", 1, "ON"), outsideOf("Properties.Family", ofMariadb)),
          anyOf(cfnParameter("db2comm", "SSL"), outsideOf("Properties.Family", ofDb2)),
        ),
        { missing: "pass" },
      ),
    },
    examples: {
      bad: [
        tf(
          tfBlock(instance, "orders", engine, "parameter_group_name = aws_db_parameter_group.orders.name") +
            tfBlock("aws_db_parameter_group", "orders", `family = "postgres14"`),
        ),
      ],
      good: [
        tf(
          tfBlock(instance, "orders", engine, "parameter_group_name = aws_db_parameter_group.orders.name") +
            tfBlock(
              "aws_db_parameter_group",
              "orders",
              `family = "postgres14"`,
              `parameter {\n  name  = "rds.force_ssl"\n  value = "1"\n}`,
            ),
        ),
        cfnTemplate(
          cfnBlock(cfnInstance, "Orders", "Engine: mysql", "DBParameterGroupName: !Ref Strict"),
          cfnBlock(
            "AWS::RDS::DBParameterGroup",
            "Strict",
            "Family: mysql8.0",
            "Parameters:\n  require_secure_transport: 1",
          ),
        ),
      ],
    },
  },
  {
    id: "iac/aws-rds-instance-outdated-certificate-authority",
    aliases: ["CKV_AWS_211"],
    title: "Database certificate comes from an expired authority",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Clients can no longer verify the server: they fail, or somebody switches verification off and anybody may pose as the database.",
    fix: "Set `ca_cert_identifier` to rds-ca-rsa2048-g1 or another current authority, after clients trust it.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL-certificate-rotation.html"],
    on: {
      "tf:aws_db_instance": value("ca_cert_identifier", { missing: "pass" }).oneOf(
        "rds-ca-rsa2048-g1",
        "rds-ca-rsa4096-g1",
        "rds-ca-ecc384-g1",
      ),
    },
    examples: {
      bad: [tfResource(instance, engine, `ca_cert_identifier = "rds-ca-2019"`)],
      good: [tfResource(instance, engine, `ca_cert_identifier = "rds-ca-rsa2048-g1"`), tfResource(instance, engine)],
    },
  },
  {
    id: "iac/aws-rds-classic-security-group",
    aliases: ["CKV_AWS_198"],
    title: "Database is guarded by a security group of EC2-Classic",
    severity: "high",
    controls: "network-segmentation",
    why: "Groups of this kind belong to a network without private subnets that AWS has closed; they guard nothing in a VPC.",
    fix: "Remove the `aws_db_security_group` and attach VPC security groups with `vpc_security_group_ids`.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html"],
    on: {
      "tf:aws_db_security_group": always("fail", "groups of EC2-Classic no longer protect anything"),
      "tf:aws_db_instance": value("security_group_names").absent(),
    },
    examples: {
      bad: [tfResource("aws_db_security_group", `name = "orders"`, `ingress {\n  cidr = "10.0.0.0/24"\n}`)],
      good: [tfResource(instance, engine, "vpc_security_group_ids = [aws_security_group.orders.id]")],
    },
  },
  {
    id: "iac/aws-rds-snapshot-public",
    aliases: ["CKV_AWS_302"],
    title: "Database snapshot is shared with everybody",
    severity: "critical",
    controls: "public-data",
    why: "Every AWS account can restore the snapshot and read the whole database.",
    fix: "Take `all` out of `shared_accounts` and name the accounts that need the snapshot.",
    links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html"],
    on: { "tf:aws_db_snapshot": value("shared_accounts").lacks("all") },
    examples: {
      bad: [tfResource("aws_db_snapshot", `db_snapshot_identifier = "orders"`, `shared_accounts = ["all"]`)],
      good: [tfResource("aws_db_snapshot", `db_snapshot_identifier = "orders"`, `shared_accounts = ["111122223333"]`)],
    },
  },
];
