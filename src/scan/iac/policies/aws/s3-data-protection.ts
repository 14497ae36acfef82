/** Amazon S3: encryption of data at rest and on the way, and what is left after a deletion or the loss of a region. */
import { any, anyOf, type Condition, connected, not, value, when } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { because } from "../../families/because.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { noStatement, type Statement } from "../../families/iam-statements.ts";
import { type Policy, tf } from "../../policy.ts";

const everybody = "http://acs.amazonaws.com/groups/global/AllUsers";
const encryptionLinks = ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html"];
const inlineAlgorithm =
  "server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm";
const algorithm = "rule.apply_server_side_encryption_by_default.sse_algorithm";
const cfnAlgorithm =
  "Properties.BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.SSEAlgorithm";
const encryption = "aws_s3_bucket_server_side_encryption_configuration";

const encryptsBy = (...algorithms: readonly string[]): Condition =>
  anyOf(
    value(inlineAlgorithm, { edit: false }).oneOf(...algorithms),
    connected(encryption, value(algorithm).oneOf(...algorithms)),
  );

const bucketBlock = (...lines: readonly string[]): string =>
  tfBlock("aws_s3_bucket", "data", `bucket = "shop-data"`, ...lines);
const bucketWith = (type: string, ...lines: readonly string[]) =>
  tf(bucketBlock() + tfBlock(type, "data", "bucket = aws_s3_bucket.data.id", ...lines));
const encrypted = (name: string) =>
  bucketWith(encryption, `rule {\n  apply_server_side_encryption_by_default {\n    sse_algorithm = "${name}"\n  }\n}`);
const cfnEncrypted = (name: string) =>
  cfnResource(
    "AWS::S3::Bucket",
    `BucketEncryption:\n  ServerSideEncryptionConfiguration:\n    - ServerSideEncryptionByDefault:\n        SSEAlgorithm: ${name}`,
  );

/** Plain HTTP is denied to everybody, or only HTTPS is allowed. */
const asksForTls = ({ conditionKeys }: Statement): boolean => conditionKeys.includes("aws:securetransport");

const openToEverybody = anyOf(
  value("acl").oneOf("public-read", "public-read-write"),
  any("access_control_policy.grant", value("grantee.uri").is(everybody)),
);

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-s3-unencrypted",
    aliases: ["CKV_AWS_19"],
    title: "Bucket's default encryption is none that S3 knows",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "An unknown algorithm is refused, so the deployment stops and the bucket does not get the protection that was meant.",
    fix: "Set the algorithm to `aws:kms`, or to `AES256` for keys of S3.",
    links: encryptionLinks,
    on: {
      "tf:aws_s3_bucket": because(
        "its encryption is none that S3 knows",
        anyOf(
          value(inlineAlgorithm, { edit: false }).oneOf("aws:kms", "AES256", "aws:kms:dsse"),
          when(
            value(inlineAlgorithm).absent(),
            not(
              connected(
                encryption,
                not(value(algorithm, { missing: "pass" }).oneOf("aws:kms", "AES256", "aws:kms:dsse")),
              ),
            ),
            "fail",
          ),
        ),
      ),
      "cfn:AWS::S3::Bucket": value(cfnAlgorithm, { missing: "pass" }).oneOf("aws:kms", "AES256", "aws:kms:dsse"),
    },
    examples: {
      bad: [encrypted("none"), cfnEncrypted("none")],
      good: [encrypted("AES256"), tf(bucketBlock()), cfnEncrypted("aws:kms")],
    },
  },
  {
    id: "iac/aws-s3-without-kms-key",
    aliases: ["CKV_AWS_145", "AVD-AWS-0132"],
    title: "Bucket is not encrypted with a KMS key by default",
    severity: "low",
    controls: "customer-managed-keys",
    why: "With keys of S3 everyone who may read the bucket may decrypt it. A KMS key adds a second permission, a log of its use and a way to withdraw it.",
    fix: "Set the default encryption to `aws:kms` with a key of yours, and switch on bucket keys to keep it cheap.",
    links: encryptionLinks,
    on: {
      "tf:aws_s3_bucket": because("its default encryption uses no KMS key", encryptsBy("aws:kms", "aws:kms:dsse")),
      "cfn:AWS::S3::Bucket": value(cfnAlgorithm, { edit: false }).oneOf("aws:kms", "aws:kms:dsse"),
    },
    examples: {
      bad: [tf(bucketBlock()), encrypted("AES256"), cfnEncrypted("AES256")],
      good: [encrypted("aws:kms"), cfnEncrypted("aws:kms")],
    },
  },
  {
    id: "iac/aws-s3-object-copy-without-own-key",
    aliases: ["CKV_AWS_181"],
    title: "Copied object is not encrypted with your own key",
    severity: "low",
    controls: "customer-managed-keys",
    why: "The copy does not keep the key of its source: it falls back to the default of the target bucket.",
    fix: "Set `kms_key_id` to the key that protects the original.",
    links: encryptionLinks,
    on: { "tf:aws_s3_object_copy": value("kms_key_id").exists() },
    examples: {
      bad: [tfResource("aws_s3_object_copy", `bucket = "target"`, `key = "a"`, `source = "source/a"`)],
      good: [
        tfResource(
          "aws_s3_object_copy",
          `bucket = "target"`,
          `key = "a"`,
          `source = "source/a"`,
          "kms_key_id = aws_kms_key.data.arn",
        ),
      ],
    },
  },
  {
    id: "iac/aws-s3-object-without-own-key",
    aliases: ["CKV_AWS_186"],
    title: "Object is not encrypted with your own key",
    severity: "low",
    controls: "customer-managed-keys",
    why: "You cannot withdraw the key or see who used it.",
    fix: "Set `kms_key_id` to a key of yours.",
    links: encryptionLinks,
    on: {
      "tf:aws_s3_bucket_object": value("kms_key_id").exists(),
      "tf:aws_s3_object": value("kms_key_id").exists(),
    },
    examples: {
      bad: [tfResource("aws_s3_object", `bucket = "data"`, `key = "a"`)],
      good: [tfResource("aws_s3_object", `bucket = "data"`, `key = "a"`, "kms_key_id = aws_kms_key.data.arn")],
    },
  },
  {
    id: "iac/aws-s3-public-bucket-allows-plain-http",
    aliases: ["CKV_AWS_379"],
    title: "Public bucket serves its files over plain HTTP",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Somebody on the way reads and changes what is downloaded from the bucket.",
    fix: "Add a bucket policy that denies every request with `aws:SecureTransport` false, or do not make the bucket public.",
    links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html"],
    on: {
      "tf:aws_s3_bucket_acl": when(
        openToEverybody,
        connected(
          "aws_s3_bucket",
          anyOf(
            connected(
              "aws_s3_bucket_policy",
              not(noStatement("policy", asksForTls, { missing: "pass", why: "asks for TLS" })),
            ),
            connected("aws_s3_bucket_public_access_block", value("ignore_public_acls").is(true)),
            // Endpoints of websites have no HTTPS: a distribution in front of them must do it.
            connected("aws_s3_bucket_website_configuration"),
          ),
          { missing: "none" },
        ),
      ),
    },
    examples: {
      bad: [bucketWith("aws_s3_bucket_acl", `acl = "public-read"`)],
      good: [
        bucketWith("aws_s3_bucket_acl", `acl = "private"`),
        tf(
          bucketBlock() +
            tfBlock("aws_s3_bucket_acl", "data", "bucket = aws_s3_bucket.data.id", `acl = "public-read"`) +
            tfBlock(
              "aws_s3_bucket_policy",
              "data",
              "bucket = aws_s3_bucket.data.id",
              `policy = jsonencode({\n  Statement = [{\n    Effect = "Deny"\n    Principal = "*"\n    Action = "s3:*"\n    Resource = "*"\n    Condition = { Bool = { "aws:SecureTransport" = "false" } }\n  }]\n})`,
            ),
        ),
      ],
    },
  },
  {
    id: "iac/aws-s3-without-versioning",
    aliases: ["CKV_AWS_21", "AVD-AWS-0090"],
    title: "Bucket keeps no earlier versions",
    severity: "medium",
    controls: "deletion-protection",
    why: "Ransomware, a wrong script or a stolen key overwrites and deletes objects for good.",
    fix: "Enable versioning, and let a lifecycle rule remove old versions.",
    links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html"],
    on: {
      "tf:aws_s3_bucket": because(
        "it keeps no earlier versions",
        anyOf(
          // The block in the bucket itself is of old providers: it is corrected, never added.
          when(value("versioning").exists(), value("versioning.enabled").is(true), "fail"),
          connected("aws_s3_bucket_versioning", value("versioning_configuration.status").is("Enabled")),
        ),
      ),
      "cfn:AWS::S3::Bucket": value("Properties.VersioningConfiguration.Status").is("Enabled"),
    },
    examples: {
      bad: [
        tf(bucketBlock()),
        bucketWith("aws_s3_bucket_versioning", `versioning_configuration {\n  status = "Suspended"\n}`),
        cfnResource("AWS::S3::Bucket", "BucketName: shop-data"),
      ],
      good: [
        bucketWith("aws_s3_bucket_versioning", `versioning_configuration {\n  status = "Enabled"\n}`),
        cfnResource("AWS::S3::Bucket", "VersioningConfiguration:\n  Status: Enabled"),
      ],
    },
  },
  {
    id: "iac/aws-s3-without-replication",
    aliases: ["CKV_AWS_144"],
    title: "Bucket is kept in one region only",
    severity: "low",
    controls: "availability",
    why: "If the region fails, or an attacker empties the bucket, there is no second copy.",
    fix: "Enable a replication rule to a bucket in another region, best in another account.",
    links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html"],
    on: {
      "tf:aws_s3_bucket": because(
        "no enabled rule copies its objects",
        anyOf(
          any("replication_configuration.rules", value("status").is("Enabled")),
          connected("aws_s3_bucket_replication_configuration", any("rule", value("status").is("Enabled"))),
        ),
      ),
      "cfn:AWS::S3::Bucket": because(
        "no enabled rule copies its objects",
        any("Properties.ReplicationConfiguration.Rules", value("Status").is("Enabled")),
      ),
    },
    examples: {
      bad: [tf(bucketBlock()), cfnResource("AWS::S3::Bucket", "BucketName: shop")],
      good: [
        bucketWith(
          "aws_s3_bucket_replication_configuration",
          "role = aws_iam_role.copy.arn",
          `rule {\n  status = "Enabled"\n  destination {\n    bucket = "arn:aws:s3:::copy"\n  }\n}`,
        ),
        cfnResource("AWS::S3::Bucket", "ReplicationConfiguration:\n  Rules:\n    - Status: Enabled"),
      ],
    },
  },
  {
    id: "iac/aws-s3-object-lock-off",
    aliases: ["CKV_AWS_143"],
    title: "Object lock is configured but not enabled",
    severity: "low",
    controls: "deletion-protection",
    why: "Objects that are meant to be kept unchanged can be deleted or overwritten.",
    fix: "Set `object_lock_enabled` to Enabled.",
    links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html"],
    on: {
      "tf:aws_s3_bucket": when(
        value("object_lock_configuration").exists(),
        value("object_lock_configuration.object_lock_enabled").is("Enabled"),
        "none",
      ),
    },
    examples: {
      bad: [tf(bucketBlock(`object_lock_configuration {\n  object_lock_enabled = "Disabled"\n}`))],
      good: [tf(bucketBlock(`object_lock_configuration {\n  object_lock_enabled = "Enabled"\n}`))],
    },
  },
];
