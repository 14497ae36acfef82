/** Keys of AWS KMS: who uses them, and whether they rotate. */
import { all, anyOf, connected, value, when } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { allows, isAnyone, noStatement } from "../../families/iam-statements.ts";
import { type Example, type Policy, tf } from "../../policy.ts";

const guide = "https://docs.aws.amazon.com/kms/latest/developerguide";

const closed = (path: string) =>
  noStatement(path, (statement) => allows(statement) && isAnyone(statement) && !statement.hasCondition, {
    missing: "pass",
    why: "it lets everybody use the key",
  });

const keyFor = (principal: string): readonly Example[] => [
  tfResource(
    "aws_kms_key",
    `policy = jsonencode({\n  Version   = "2012-10-17"\n  Statement = [{ Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "${principal}" } }]\n})`,
  ),
  cfnResource(
    "AWS::KMS::Key",
    "KeyPolicy:",
    "  Statement:",
    "    - Effect: Allow",
    '      Action: "kms:*"',
    '      Resource: "*"',
    `      Principal: { AWS: "${principal}" }`,
  ),
];

/** Keys that KMS can rotate by itself; those for signing, and in HSMs, it cannot. */
const rotates = (spec: string, usage: string) =>
  all(
    value(spec, { missing: "pass" }).is("SYMMETRIC_DEFAULT"),
    value(usage, { missing: "pass" }).is("ENCRYPT_DECRYPT"),
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-kms-key-open-to-anyone",
    aliases: ["CKV_AWS_33"],
    title: "Key may be used by anyone",
    severity: "critical",
    controls: "key-lifecycle",
    why: "Every AWS customer decrypts with it, or gives the key a new policy: what is encrypted with it is not protected.",
    fix: "Name accounts or roles as principals, or add a condition such as `kms:CallerAccount`.",
    links: [`${guide}/key-policies.html`],
    on: {
      "tf:aws_kms_key": closed("policy"),
      "tf:aws_kms_key_policy": closed("policy"),
      "tf:aws_kms_external_key": closed("policy"),
      "tf:aws_kms_replica_key": closed("policy"),
      "cfn:AWS::KMS::Key": closed("Properties.KeyPolicy"),
      "cfn:AWS::KMS::ReplicaKey": closed("Properties.KeyPolicy"),
    },
    examples: { bad: keyFor("*"), good: keyFor("arn:aws:iam::123456789012:root") },
  },
  {
    id: "iac/aws-kms-key-without-policy",
    aliases: ["CKV2_AWS_64"],
    title: "Key has no policy of its own",
    severity: "low",
    controls: "key-lifecycle",
    why: "The policy that AWS gives it leaves the key to every broad IAM policy of the account.",
    fix: "Write a `policy` that names who administers the key and who uses it.",
    links: [`${guide}/key-policies.html`],
    on: { "tf:aws_kms_key": anyOf(value("policy").exists(), connected("aws_kms_key_policy")) },
    examples: {
      bad: [tfResource("aws_kms_key", `description = "orders"`)],
      good: [
        tf(
          tfBlock("aws_kms_key", "orders", `description = "orders"`) +
            tfBlock(
              "aws_kms_key_policy",
              "orders",
              "key_id = aws_kms_key.orders.id",
              "policy = data.aws_iam_policy_document.orders.json",
            ),
        ),
      ],
    },
  },
  {
    id: "iac/aws-kms-key-switched-off",
    aliases: ["CKV_AWS_227"],
    title: "Key is switched off",
    severity: "low",
    controls: "key-lifecycle",
    why: "Nothing that is encrypted with it can be read, backups included.",
    fix: "Remove `is_enabled = false` (`Enabled: false`), or the key where nothing needs it any more.",
    links: [`${guide}/enabling-keys.html`],
    on: {
      "tf:aws_kms_key": value("is_enabled").not(false),
      "cfn:AWS::KMS::Key": value("Properties.Enabled").not(false),
    },
    examples: {
      bad: [tfResource("aws_kms_key", "is_enabled = false"), cfnResource("AWS::KMS::Key", "Enabled: false")],
      good: [tfResource("aws_kms_key", "is_enabled = true"), cfnResource("AWS::KMS::Key", "Enabled: true")],
    },
  },
  {
    id: "iac/aws-kms-key-not-rotated",
    aliases: ["CKV_AWS_7", "AVD-AWS-0065"],
    title: "Key is never rotated",
    severity: "low",
    controls: "key-lifecycle",
    why: "The longer the same key material is used, the more one leak of it reveals.",
    fix: "Set `enable_key_rotation = true` (`EnableKeyRotation`). Old data stays readable.",
    links: [`${guide}/rotate-keys.html`],
    on: {
      "tf:aws_kms_key": when(
        rotates("customer_master_key_spec", "key_usage"),
        value("enable_key_rotation").is(true),
        "none",
      ),
      "cfn:AWS::KMS::Key": when(
        rotates("Properties.KeySpec", "Properties.KeyUsage"),
        value("Properties.EnableKeyRotation").is(true),
        "none",
      ),
    },
    examples: {
      bad: [tfResource("aws_kms_key", `description = "orders"`), cfnResource("AWS::KMS::Key", "Description: orders")],
      good: [
        tfResource("aws_kms_key", "enable_key_rotation = true"),
        cfnResource("AWS::KMS::Key", "EnableKeyRotation: true"),
      ],
    },
  },
];
