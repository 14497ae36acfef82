/** DynamoDB and its cache DAX: encryption, recovery and capacity of tables. */
import { all, anyOf, connected, each, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { namesOwnKey, withoutOwnKey } from "../../families/aws-own-keys.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const table = "aws_dynamodb_table";
const cfnTable = "AWS::DynamoDB::Table";
const dax = "aws_dax_cluster";
const named = `name = "orders"`;

/** Caches that exist would be made anew. */
const replaces = { edit: false } as const;

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-dynamodb-without-recovery",
    aliases: ["CKV_AWS_28", "AVD-AWS-0024"],
    title: "DynamoDB table cannot be recovered to a point in time",
    severity: "medium",
    controls: "backup",
    why: "After a mistake or an attack there is no state of the table to go back to.",
    fix: "Set `point_in_time_recovery { enabled = true }` (`PointInTimeRecoveryEnabled`).",
    links: ["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.html"],
    on: {
      "tf:aws_dynamodb_table": value("point_in_time_recovery.enabled").is(true),
      "cfn:AWS::DynamoDB::Table": value("Properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled").is(
        true,
      ),
    },
    examples: {
      bad: [tfResource(table, named), cfnResource(cfnTable, "TableName: orders")],
      good: [
        tfResource(table, named, "point_in_time_recovery {\n  enabled = true\n}"),
        cfnResource(cfnTable, "PointInTimeRecoverySpecification:\n  PointInTimeRecoveryEnabled: true"),
      ],
    },
  },
  {
    id: "iac/aws-dynamodb-global-without-recovery",
    aliases: ["CKV_AWS_165"],
    title: "Replica of a global DynamoDB table cannot be recovered to a point in time",
    severity: "medium",
    controls: "backup",
    why: "A mistake or an attack reaches every replica within seconds, and there is no state to go back to.",
    fix: "Set `PointInTimeRecoveryEnabled` to true for every replica.",
    links: ["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.html"],
    on: {
      "cfn:AWS::DynamoDB::GlobalTable": each(
        "Properties.Replicas",
        value("PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled").is(true),
        { missing: "fail" },
      ),
    },
    examples: {
      bad: [cfnResource("AWS::DynamoDB::GlobalTable", "Replicas:\n  - Region: eu-west-1")],
      good: [
        cfnResource(
          "AWS::DynamoDB::GlobalTable",
          "Replicas:\n  - Region: eu-west-1\n    PointInTimeRecoverySpecification:\n      PointInTimeRecoveryEnabled: true",
        ),
      ],
    },
  },
  {
    id: "iac/aws-dynamodb-without-own-key",
    aliases: ["CKV_AWS_119", "AVD-AWS-0025"],
    title: "DynamoDB table is encrypted with a key of AWS only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Nobody can limit who decrypts, see each use or withdraw the key.",
    fix: "Switch `server_side_encryption` (`SSESpecification`) on and name a key of AWS KMS in it.",
    links: ["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html"],
    on: {
      "tf:aws_dynamodb_table": all(
        value("server_side_encryption.enabled").is(true),
        namesOwnKey("server_side_encryption.kms_key_arn"),
      ),
      "cfn:AWS::DynamoDB::Table": all(
        value("Properties.SSESpecification.SSEEnabled").is(true),
        namesOwnKey("Properties.SSESpecification.KMSMasterKeyId"),
      ),
    },
    examples: {
      bad: [
        tfResource(table, named, "server_side_encryption {\n  enabled = true\n}"),
        tfResource(
          table,
          named,
          `server_side_encryption {\n  enabled     = true\n  kms_key_arn = "alias/aws/dynamodb"\n}`,
        ),
        cfnResource(cfnTable, "SSESpecification:\n  SSEEnabled: true"),
      ],
      good: [
        tfResource(
          table,
          named,
          "server_side_encryption {\n  enabled     = true\n  kms_key_arn = aws_kms_key.data.arn\n}",
        ),
        cfnResource(cfnTable, "SSESpecification:\n  SSEEnabled: true\n  KMSMasterKeyId: !GetAtt Key.Arn"),
      ],
    },
  },
  withoutOwnKey({
    id: "iac/aws-dynamodb-replica-without-own-key",
    aliases: ["CKV_AWS_271"],
    what: "Replica of a DynamoDB table",
    keys: { "tf:aws_dynamodb_table_replica": "kms_key_arn" },
    link: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html",
    lines: ["global_table_arn = aws_dynamodb_table.orders.arn"],
  }),
  {
    id: "iac/aws-dynamodb-capacity-fixed",
    aliases: ["CKV2_AWS_16"],
    title: "DynamoDB table does not adapt its capacity",
    severity: "low",
    controls: "availability",
    why: "When there is more to do than planned, reads and writes are refused.",
    fix: "Set `billing_mode` to PAY_PER_REQUEST, or add an `aws_appautoscaling_target` with an `aws_appautoscaling_policy`.",
    links: ["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html"],
    on: {
      "tf:aws_dynamodb_table": anyOf(
        value("billing_mode", { edit: false }).is("PAY_PER_REQUEST"),
        connected(
          "aws_appautoscaling_target",
          all(value("service_namespace", { edit: false }).is("dynamodb"), connected("aws_appautoscaling_policy")),
        ),
      ),
    },
    examples: {
      bad: [tfResource(table, named, `billing_mode = "PROVISIONED"`, "read_capacity = 5")],
      good: [
        tfResource(table, named, `billing_mode = "PAY_PER_REQUEST"`),
        tf(
          tfBlock(table, "orders", named, "read_capacity = 5") +
            tfBlock(
              "aws_appautoscaling_target",
              "orders",
              `resource_id       = "table/\${aws_dynamodb_table.orders.name}"`,
              `service_namespace = "dynamodb"`,
              "max_capacity      = 100",
            ) +
            tfBlock(
              "aws_appautoscaling_policy",
              "orders",
              "resource_id       = aws_appautoscaling_target.orders.resource_id",
              `service_namespace = "dynamodb"`,
            ),
        ),
      ],
    },
  },
  {
    id: "iac/aws-dax-unencrypted",
    aliases: ["CKV_AWS_47", "AVD-AWS-0023"],
    title: "DynamoDB cache stores data unencrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Items of the table lie readable on the disks of the cache.",
    fix: "Set `server_side_encryption { enabled = true }` (`SSEEnabled`) when you create the cluster.",
    links: ["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAXEncryptionAtRest.html"],
    on: {
      "tf:aws_dax_cluster": value("server_side_encryption.enabled", replaces).is(true),
      "cfn:AWS::DAX::Cluster": value("Properties.SSESpecification.SSEEnabled", replaces).is(true),
    },
    examples: {
      bad: [tfResource(dax, `cluster_name = "orders"`), cfnResource("AWS::DAX::Cluster", "ReplicationFactor: 1")],
      good: [
        tfResource(dax, `cluster_name = "orders"`, "server_side_encryption {\n  enabled = true\n}"),
        cfnResource("AWS::DAX::Cluster", "SSESpecification:\n  SSEEnabled: true"),
      ],
    },
  },
  {
    id: "iac/aws-dax-without-tls",
    aliases: ["CKV_AWS_239"],
    title: "DynamoDB cache speaks without TLS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Items pass readable between application and cache.",
    fix: "Set `cluster_endpoint_encryption_type` (`ClusterEndpointEncryptionType`) to TLS when you create the cluster.",
    links: ["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAXEncryptionInTransit.html"],
    on: {
      "tf:aws_dax_cluster": value("cluster_endpoint_encryption_type", replaces).is("TLS"),
      "cfn:AWS::DAX::Cluster": value("Properties.ClusterEndpointEncryptionType", replaces).is("TLS"),
    },
    examples: {
      bad: [tfResource(dax, `cluster_name = "orders"`), cfnResource("AWS::DAX::Cluster", "ClusterName: orders")],
      good: [
        tfResource(dax, `cluster_name = "orders"`, `cluster_endpoint_encryption_type = "TLS"`),
        cfnResource("AWS::DAX::Cluster", "ClusterName: orders", "ClusterEndpointEncryptionType: TLS"),
      ],
    },
  },
];
