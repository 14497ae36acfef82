/** ECS clusters: what is measured, and how commands run in containers are recorded. */
import { all, any, anyOf, type Condition, value, when } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const command = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html";

interface Names {
  readonly at: string;
  readonly key: string;
  readonly logging: string;
  readonly cloudWatch: string;
  readonly s3: string;
}

/** Where commands are recorded, the record and the session are encrypted with a key. */
function recordsEncrypted({ at, key, logging, cloudWatch, s3 }: Names): Condition {
  return when(
    all(value(at).exists(), value(`${at}.${logging}`).not("NONE")),
    all(
      value(`${at}.${key}`).exists(),
      anyOf(value(`${at}.${cloudWatch}`).is(true), value(`${at}.${s3}`, { edit: false }).is(true)),
    ),
    "none",
  );
}

const recorded = (...lines: readonly string[]): string =>
  ["configuration {", "  execute_command_configuration {", ...lines.map((line) => `    ${line}`), "  }", "}"].join(
    "\n",
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-ecs-cluster-without-insights",
    aliases: ["CKV_AWS_65", "AVD-AWS-0034"],
    title: "Cluster measures nothing of its containers",
    severity: "low",
    controls: "monitoring",
    why: "A container that mines, leaks or restarts all the time is seen by nobody.",
    fix: "Add the setting `containerInsights` with the value `enabled` or `enhanced`.",
    links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-container-insights.html"],
    on: {
      "tf:aws_ecs_cluster": any(
        "setting",
        all(value("name").is("containerInsights"), value("value").oneOf("enabled", "enhanced")),
      ),
      "cfn:AWS::ECS::Cluster": any(
        "Properties.ClusterSettings",
        all(value("Name").is("containerInsights"), value("Value").oneOf("enabled", "enhanced")),
      ),
    },
    examples: {
      bad: [tfResource("aws_ecs_cluster", `name = "shop"`), cfnResource("AWS::ECS::Cluster", "ClusterName: shop")],
      good: [
        tfResource("aws_ecs_cluster", `setting {\n  name  = "containerInsights"\n  value = "enabled"\n}`),
        cfnResource("AWS::ECS::Cluster", "ClusterSettings:", "  - Name: containerInsights", "    Value: enabled"),
      ],
    },
  },
  {
    id: "iac/aws-ecs-commands-not-recorded",
    aliases: ["CKV_AWS_223"],
    title: "Commands that people run in containers are not recorded",
    severity: "medium",
    controls: "logging",
    why: "Whoever opens a shell in a running container leaves no trace of what was done.",
    fix: "Set `logging` of `execute_command_configuration` to `DEFAULT`, or to `OVERRIDE` with a log group or bucket.",
    links: [command],
    ...setting({
      at: {
        "tf:aws_ecs_cluster": "configuration.execute_command_configuration.logging",
        "cfn:AWS::ECS::Cluster": "Properties.Configuration.ExecuteCommandConfiguration.Logging",
      },
      demand: (path) => value(path, { edit: "DEFAULT" }).not("NONE"),
      bad: `"NONE"`,
      good: `"DEFAULT"`,
    }),
  },
  {
    id: "iac/aws-ecs-command-records-not-encrypted",
    aliases: ["CKV_AWS_224"],
    title: "Records of commands run in containers are not encrypted with a key of one's own",
    severity: "low",
    controls: "customer-managed-keys",
    why: "What people type and see in a container, secrets included, can be read by whoever reads the log.",
    fix: "Name a key in `kms_key_id` and set `cloud_watch_encryption_enabled` or `s3_bucket_encryption_enabled` to true.",
    links: [command],
    on: {
      "tf:aws_ecs_cluster": recordsEncrypted({
        at: "configuration.execute_command_configuration",
        key: "kms_key_id",
        logging: "logging",
        cloudWatch: "log_configuration.cloud_watch_encryption_enabled",
        s3: "log_configuration.s3_bucket_encryption_enabled",
      }),
      "cfn:AWS::ECS::Cluster": recordsEncrypted({
        at: "Properties.Configuration.ExecuteCommandConfiguration",
        key: "KmsKeyId",
        logging: "Logging",
        cloudWatch: "LogConfiguration.CloudWatchEncryptionEnabled",
        s3: "LogConfiguration.S3EncryptionEnabled",
      }),
    },
    examples: {
      bad: [
        tfResource("aws_ecs_cluster", recorded(`logging = "OVERRIDE"`)),
        cfnResource("AWS::ECS::Cluster", "Configuration:\n  ExecuteCommandConfiguration:\n    Logging: OVERRIDE"),
      ],
      good: [
        tfResource(
          "aws_ecs_cluster",
          recorded(
            "kms_key_id = aws_kms_key.shell.arn",
            `logging = "OVERRIDE"`,
            "log_configuration {",
            "  cloud_watch_encryption_enabled = true",
            "}",
          ),
        ),
        cfnResource(
          "AWS::ECS::Cluster",
          "Configuration:\n  ExecuteCommandConfiguration:\n    KmsKeyId: !Ref Key\n    Logging: OVERRIDE\n    LogConfiguration:\n      S3EncryptionEnabled: true",
        ),
      ],
    },
  },
];
