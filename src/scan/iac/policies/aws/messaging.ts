/** Queues and topics (Amazon SQS and SNS): who may use them, and how messages are encrypted. */
import { anyOf, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfResource } from "../../families/examples.ts";
import { allows, isPublic, noStatement, type Statement } from "../../families/iam-statements.ts";
import type { Policy } from "../../policy.ts";

const queueLinks = [
  "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
];
const topicLinks = ["https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html"];
const queueEncryptionLinks = [
  "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html",
];

const isEveryQueueAction = (statement: Statement): boolean =>
  allows(statement) && statement.actions.some((action) => action === "*" || action.toLowerCase() === "sqs:*");

const account = /^(?:arn:[^:]*:iam::)?(\d{12})(?::|$)/;

/** Principals of accounts that own none of the resources of the statement. */
const isForForeignAccount = (statement: Statement): boolean =>
  allows(statement) &&
  statement.principals.some((principal) => {
    const number = account.exec(principal)?.[1];
    return number !== undefined && !statement.resources.some((resource) => resource.includes(`:${number}:`));
  });

const everybody = { why: "a statement allows everybody" };

const tfPolicy = (type: string, principal: string, action: string) =>
  tfResource(
    type,
    `policy = jsonencode({\n  Statement = [{\n    Effect = "Allow"\n    Principal = { AWS = "${principal}" }\n    Action = "${action}"\n    Resource = "*"\n  }]\n})`,
  );
const cfnPolicy = (type: string, principal: string, action: string) =>
  cfnResource(
    type,
    `PolicyDocument:\n  Statement:\n    - Effect: Allow\n      Principal: { AWS: "${principal}" }\n      Action: "${action}"\n      Resource: "*"`,
  );

const role = "arn:aws:iam::111122223333:role/sender";

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-sqs-public",
    // The second asks the same of the queue's policy alone.
    aliases: ["CKV_AWS_168", "CKV_AWS_387"],
    title: "Queue's policy allows everybody",
    severity: "high",
    controls: "public-data",
    why: "Any AWS account can read messages, put forged ones in or empty the queue.",
    fix: "Name the principals, or add a condition on `aws:SourceArn` or `aws:PrincipalOrgID`.",
    links: queueLinks,
    on: {
      "tf:aws_sqs_queue": noStatement("policy", isPublic, everybody),
      "tf:aws_sqs_queue_policy": noStatement("policy", isPublic, everybody),
      "cfn:AWS::SQS::QueuePolicy": noStatement("Properties.PolicyDocument", isPublic, everybody),
    },
    examples: {
      bad: [
        tfPolicy("aws_sqs_queue_policy", "*", "sqs:SendMessage"),
        cfnPolicy("AWS::SQS::QueuePolicy", "*", "sqs:SendMessage"),
      ],
      good: [
        tfPolicy("aws_sqs_queue_policy", role, "sqs:SendMessage"),
        cfnPolicy("AWS::SQS::QueuePolicy", role, "sqs:SendMessage"),
      ],
    },
  },
  {
    id: "iac/aws-sqs-all-actions",
    aliases: ["CKV_AWS_72", "AVD-AWS-0097"],
    title: "Queue's policy allows every action",
    severity: "medium",
    controls: "least-privilege",
    why: "A sender that was broken into can also read, purge and delete the queue, or open it to others.",
    fix: "Allow the actions that are needed, such as `sqs:SendMessage`.",
    links: queueLinks,
    on: {
      "tf:aws_sqs_queue": noStatement("policy", isEveryQueueAction, { why: "a statement allows every action" }),
      "tf:aws_sqs_queue_policy": noStatement("policy", isEveryQueueAction, { why: "a statement allows every action" }),
      "cfn:AWS::SQS::QueuePolicy": noStatement("Properties.PolicyDocument", isEveryQueueAction, {
        why: "a statement allows every action",
      }),
    },
    examples: {
      bad: [tfPolicy("aws_sqs_queue_policy", role, "*"), cfnPolicy("AWS::SQS::QueuePolicy", role, "sqs:*")],
      good: [
        tfPolicy("aws_sqs_queue_policy", role, "sqs:SendMessage"),
        cfnPolicy("AWS::SQS::QueuePolicy", role, "sqs:SendMessage"),
      ],
    },
  },
  {
    id: "iac/aws-sqs-unencrypted",
    aliases: ["CKV_AWS_27", "AVD-AWS-0096"],
    title: "Queue is not encrypted by its configuration",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Messages that wait in the queue lie on disks in clear if encryption is off.",
    fix: "Set `kms_master_key_id` to a key of yours, or `sqs_managed_sse_enabled` to true.",
    links: queueEncryptionLinks,
    on: {
      "tf:aws_sqs_queue": anyOf(value("sqs_managed_sse_enabled").is(true), value("kms_master_key_id").exists()),
      "cfn:AWS::SQS::Queue": anyOf(
        value("Properties.SqsManagedSseEnabled").is(true),
        value("Properties.KmsMasterKeyId").exists(),
      ),
    },
    examples: {
      bad: [
        tfResource("aws_sqs_queue", `name = "orders"`, "sqs_managed_sse_enabled = false"),
        cfnResource("AWS::SQS::Queue", "QueueName: orders"),
      ],
      good: [
        tfResource("aws_sqs_queue", `name = "orders"`, "sqs_managed_sse_enabled = true"),
        cfnResource("AWS::SQS::Queue", "KmsMasterKeyId: alias/orders"),
      ],
    },
  },
  {
    id: "iac/aws-sqs-with-key-of-aws",
    aliases: ["CKV2_AWS_73", "AVD-AWS-0135"],
    title: "Queue is encrypted with the key that AWS manages",
    severity: "low",
    controls: "customer-managed-keys",
    why: "The policy of `alias/aws/sqs` cannot be changed: you cannot withdraw it, or let another account use the queue.",
    fix: "Name a key of your own.",
    links: queueEncryptionLinks,
    ...setting({
      at: { "tf:aws_sqs_queue": "kms_master_key_id", "cfn:AWS::SQS::Queue": "Properties.KmsMasterKeyId" },
      demand: (path) => value(path).not("alias/aws/sqs"),
      bad: `"alias/aws/sqs"`,
      good: `"alias/orders"`,
    }),
  },
  {
    id: "iac/aws-sns-unencrypted",
    aliases: ["CKV_AWS_26", "AVD-AWS-0095"],
    title: "Topic is not encrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Messages lie on disks in clear until they are delivered.",
    fix: "Set `kms_master_key_id` to a key of yours.",
    links: ["https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html"],
    ...setting({
      at: { "tf:aws_sns_topic": "kms_master_key_id", "cfn:AWS::SNS::Topic": "Properties.KmsMasterKeyId" },
      demand: (path) => value(path).exists(),
      good: `"alias/orders"`,
    }),
  },
  {
    id: "iac/aws-sns-public",
    aliases: ["CKV_AWS_169"],
    title: "Topic's policy allows everybody",
    severity: "high",
    controls: "public-data",
    why: "Any AWS account can subscribe and read along, or publish forged messages.",
    fix: "Name the principals, or add a condition on `aws:SourceArn` or `aws:PrincipalOrgID`.",
    links: topicLinks,
    on: {
      "tf:aws_sns_topic": noStatement("policy", isPublic, everybody),
      "tf:aws_sns_topic_policy": noStatement("policy", isPublic, everybody),
      "cfn:AWS::SNS::TopicPolicy": noStatement("Properties.PolicyDocument", isPublic, everybody),
    },
    examples: {
      bad: [
        tfPolicy("aws_sns_topic_policy", "*", "sns:Publish"),
        cfnPolicy("AWS::SNS::TopicPolicy", "*", "sns:Publish"),
      ],
      good: [
        tfPolicy("aws_sns_topic_policy", role, "sns:Publish"),
        cfnPolicy("AWS::SNS::TopicPolicy", role, "sns:Publish"),
      ],
    },
  },
  {
    id: "iac/aws-sns-open-to-other-account",
    aliases: ["CKV_AWS_385"],
    title: "Topic's policy allows another account",
    severity: "low",
    controls: "least-privilege",
    why: "What the other account does with your messages, and who uses its roles, is out of your hands.",
    fix: "Check that the account is still meant. Within an organization use a condition on `aws:PrincipalOrgID`.",
    links: topicLinks,
    on: {
      "tf:aws_sns_topic_policy": noStatement("policy", isForForeignAccount, {
        why: "a statement allows an account that does not own the topic",
      }),
    },
    examples: {
      bad: [tfPolicy("aws_sns_topic_policy", role, "sns:Publish")],
      good: [
        tfResource(
          "aws_sns_topic_policy",
          `policy = jsonencode({\n  Statement = [{\n    Effect = "Allow"\n    Principal = { Service = "events.amazonaws.com" }\n    Action = "sns:Publish"\n    Resource = "*"\n  }]\n})`,
        ),
      ],
    },
  },
];
