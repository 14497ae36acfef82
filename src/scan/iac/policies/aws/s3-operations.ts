/** Amazon S3: logs and events of buckets, what is cleaned up, and policies that lock everybody out. */
import { all, any, anyOf, connected, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { tfBlock } from "../../families/examples.ts";
import { isAnyone, noStatement, type Statement } from "../../families/iam-statements.ts";
import { type Policy, tf } from "../../policy.ts";

const bucket = tfBlock("aws_s3_bucket", "data", `bucket = "shop-data"`);
const bucketWith = (type: string, ...lines: readonly string[]) =>
  tf(bucket + tfBlock(type, "data", "bucket = aws_s3_bucket.data.id", ...lines));
const lifecycle = (...lines: readonly string[]) =>
  bucketWith("aws_s3_bucket_lifecycle_configuration", "rule {", `  id = "all"`, `  status = "Enabled"`, ...lines, "}");

/** Everything is denied, or all but some actions of which none can correct the policy. */
const deniesAll = ({ actions, notActions }: Statement): boolean =>
  actions.some((action) => /^(?:s3:)?\*$/i.test(action)) ||
  (notActions.length > 0 && !notActions.some((action) => /^(?:\*|s3:(?:\*|put|delete))/i.test(action)));

const locksOut = (statement: Statement): boolean =>
  statement.effect === "Deny" && isAnyone(statement) && !statement.hasCondition && deniesAll(statement);

const lockout = { why: "the statement denies everything to everybody" };
const denied = (condition: string) =>
  bucketWith(
    "aws_s3_bucket_policy",
    `policy = jsonencode({\n  Statement = [{\n    Effect = "Deny"\n    Principal = "*"\n    Action = "*"\n    Resource = "*"${condition}\n  }]\n})`,
  );

/** A filter that leaves nothing out: none, an empty one, or an empty prefix. */
const forWholeBucket = all(
  value("prefix").absent(),
  value("filter.prefix").absent(),
  value("filter.tag").absent(),
  value("filter.and").absent(),
  value("filter.object_size_greater_than").absent(),
  value("filter.object_size_less_than").absent(),
);

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-s3-without-access-logs",
    aliases: ["CKV_AWS_18"],
    title: "Requests to the bucket are not logged",
    severity: "low",
    controls: "logging",
    why: "After a leak nobody can say who downloaded what.",
    fix: "Write server access logs to a bucket that is kept for logs, or record data events with CloudTrail.",
    links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html"],
    on: {
      "tf:aws_s3_bucket": anyOf(value("logging").exists(), connected("aws_s3_bucket_logging")),
      "cfn:AWS::S3::Bucket": value("Properties.LoggingConfiguration").exists(),
    },
    examples: {
      bad: [tf(bucket), cfnResource("AWS::S3::Bucket", "BucketName: shop-data")],
      good: [
        bucketWith("aws_s3_bucket_logging", `target_bucket = "logs"`, `target_prefix = "shop/"`),
        cfnResource("AWS::S3::Bucket", "LoggingConfiguration:\n  DestinationBucketName: logs"),
      ],
    },
  },
  {
    id: "iac/aws-s3-without-event-notifications",
    aliases: ["CKV2_AWS_62"],
    title: "Changes of the bucket notify nobody",
    severity: "low",
    controls: "monitoring",
    why: "Unexpected uploads and deletions go unnoticed, because nothing is told of them.",
    fix: "Add an `aws_s3_bucket_notification` to EventBridge, a queue, a topic or a function that looks at them.",
    links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html"],
    on: { "tf:aws_s3_bucket": connected("aws_s3_bucket_notification") },
    examples: { bad: [tf(bucket)], good: [bucketWith("aws_s3_bucket_notification", "eventbridge = true")] },
  },
  {
    id: "iac/aws-s3-without-lifecycle",
    aliases: ["CKV2_AWS_61"],
    title: "Bucket has no lifecycle rules",
    severity: "low",
    controls: "governance",
    why: "Data that is no longer needed stays forever: it costs money and is there for whoever breaks in.",
    fix: "Say in lifecycle rules when objects and old versions move to cheaper storage and when they are deleted.",
    links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html"],
    on: {
      "tf:aws_s3_bucket": anyOf(value("lifecycle_rule").exists(), connected("aws_s3_bucket_lifecycle_configuration")),
    },
    examples: { bad: [tf(bucket)], good: [lifecycle("  expiration {\n    days = 90\n  }")] },
  },
  {
    id: "iac/aws-s3-incomplete-uploads-kept",
    aliases: ["CKV_AWS_300"],
    title: "Parts of broken uploads are never removed",
    severity: "low",
    controls: "governance",
    why: "Uploads that were never finished cannot be seen in the bucket, yet they are stored and paid for.",
    fix: "Add an enabled rule without a filter that has `abort_incomplete_multipart_upload` after some days.",
    links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html"],
    on: {
      "tf:aws_s3_bucket_lifecycle_configuration": any(
        "rule",
        all(value("status").is("Enabled"), value("abort_incomplete_multipart_upload").exists(), forWholeBucket),
      ),
    },
    examples: {
      bad: [lifecycle("  expiration {\n    days = 90\n  }")],
      good: [lifecycle("  filter {}", "  abort_incomplete_multipart_upload {\n    days_after_initiation = 7\n  }")],
    },
  },
  {
    id: "iac/aws-s3-policy-locks-out",
    aliases: ["CKV_AWS_93"],
    title: "Bucket policy denies everything to everybody",
    severity: "medium",
    controls: "governance",
    why: "Nobody reaches the bucket any more, not even to correct the policy; only the root user of the account can.",
    fix: "Deny single actions, or add a condition that leaves your administrators out.",
    links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html"],
    on: {
      "tf:aws_s3_bucket": noStatement("policy", locksOut, lockout),
      "tf:aws_s3_bucket_policy": noStatement("policy", locksOut, lockout),
      "cfn:AWS::S3::BucketPolicy": noStatement("Properties.PolicyDocument", locksOut, lockout),
    },
    examples: {
      bad: [
        denied(""),
        cfnResource(
          "AWS::S3::BucketPolicy",
          'PolicyDocument:\n  Statement:\n    - Effect: Deny\n      Principal: "*"\n      Action: "*"\n      Resource: "*"',
        ),
      ],
      good: [
        denied(`\n    Condition = { Bool = { "aws:SecureTransport" = "false" } }`),
        cfnResource(
          "AWS::S3::BucketPolicy",
          'PolicyDocument:\n  Statement:\n    - Effect: Deny\n      Principal: "*"\n      Action: s3:PutObject\n      Resource: "*"',
        ),
      ],
    },
  },
];
