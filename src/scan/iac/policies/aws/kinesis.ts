/** Kinesis streams, video streams and Firehose: encryption. */
import { all, type Condition, value, when } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const guide = "https://docs.aws.amazon.com/streams/latest/dev/server-side-encryption.html";
const firehose = "https://docs.aws.amazon.com/firehose/latest/dev/encryption.html";
const delivery = "aws_kinesis_firehose_delivery_stream";
const cfnDelivery = "AWS::KinesisFirehose::DeliveryStream";
const cfnEncryption = "Properties.DeliveryStreamEncryptionConfigurationInput";

/** What reads from a stream of Kinesis is encrypted there. */
const direct = (condition: Condition): Condition =>
  when(value("kinesis_source_configuration").absent(), condition, "none");
const directOfCloudFormation = (condition: Condition): Condition =>
  when(value("Properties.DeliveryStreamType").not("KinesisStreamAsSource"), condition, "none");

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-kinesis-not-encrypted",
    aliases: ["CKV_AWS_43", "AVD-AWS-0064"],
    title: "Stream is not encrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Records lie in clear in the stream for as long as it keeps them.",
    fix: 'Set `encryption_type = "KMS"` with a `kms_key_id` (`StreamEncryption`).',
    links: [guide],
    ...setting({
      at: {
        "tf:aws_kinesis_stream": "encryption_type",
        "cfn:AWS::Kinesis::Stream": "Properties.StreamEncryption.EncryptionType",
      },
      demand: (path) => value(path).is("KMS"),
      good: `"KMS"`,
    }),
  },
  withoutOwnKey({
    id: "iac/aws-kinesis-without-own-key",
    aliases: ["CKV_AWS_185"],
    what: "Stream",
    keys: { "tf:aws_kinesis_stream": "kms_key_id", "cfn:AWS::Kinesis::Stream": "Properties.StreamEncryption.KeyId" },
    link: guide,
    lines: [`encryption_type = "KMS"`],
  }),
  withoutOwnKey({
    id: "iac/aws-kinesis-video-without-own-key",
    aliases: ["CKV_AWS_177"],
    what: "Video stream",
    keys: { "tf:aws_kinesis_video_stream": "kms_key_id", "cfn:AWS::KinesisVideo::Stream": "Properties.KmsKeyId" },
    link: "https://docs.aws.amazon.com/kinesisvideostreams/latest/dg/how-kms.html",
  }),
  {
    id: "iac/aws-firehose-not-encrypted",
    aliases: ["CKV_AWS_240"],
    title: "Delivery stream of Firehose is not encrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Records lie in clear in the stream until they are delivered.",
    fix: "Add `server_side_encryption { enabled = true }` (`DeliveryStreamEncryptionConfigurationInput`).",
    links: [firehose],
    on: {
      "tf:aws_kinesis_firehose_delivery_stream": direct(value("server_side_encryption.enabled").is(true)),
      "cfn:AWS::KinesisFirehose::DeliveryStream": directOfCloudFormation(value(`${cfnEncryption}.KeyType`).exists()),
    },
    examples: {
      bad: [
        tfResource(delivery, `destination = "extended_s3"`),
        cfnResource(cfnDelivery, "DeliveryStreamType: DirectPut"),
      ],
      good: [
        tfResource(delivery, "server_side_encryption {\n  enabled = true\n}"),
        cfnResource(cfnDelivery, "DeliveryStreamEncryptionConfigurationInput:", "  KeyType: AWS_OWNED_CMK"),
      ],
    },
  },
  {
    id: "iac/aws-firehose-without-own-key",
    aliases: ["CKV_AWS_241"],
    title: "Delivery stream of Firehose is encrypted with a key of AWS only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Nobody can limit who decrypts, see each use or withdraw the key.",
    fix: 'Set `key_type = "CUSTOMER_MANAGED_CMK"` and name a key in `key_arn`.',
    links: [firehose],
    on: {
      "tf:aws_kinesis_firehose_delivery_stream": direct(
        all(
          value("server_side_encryption.enabled").is(true),
          value("server_side_encryption.key_type").is("CUSTOMER_MANAGED_CMK"),
          value("server_side_encryption.key_arn").exists(),
        ),
      ),
      "cfn:AWS::KinesisFirehose::DeliveryStream": directOfCloudFormation(
        all(value(`${cfnEncryption}.KeyType`).is("CUSTOMER_MANAGED_CMK"), value(`${cfnEncryption}.KeyARN`).exists()),
      ),
    },
    examples: {
      bad: [
        tfResource(delivery, "server_side_encryption {\n  enabled = true\n}"),
        cfnResource(cfnDelivery, "DeliveryStreamEncryptionConfigurationInput:", "  KeyType: AWS_OWNED_CMK"),
      ],
      good: [
        tfResource(
          delivery,
          `server_side_encryption {\n  enabled  = true\n  key_type = "CUSTOMER_MANAGED_CMK"\n  key_arn  = aws_kms_key.shop.arn\n}`,
        ),
        cfnResource(
          cfnDelivery,
          "DeliveryStreamEncryptionConfigurationInput:",
          "  KeyType: CUSTOMER_MANAGED_CMK",
          '  KeyARN: "arn:aws:kms:eu-west-1:123456789012:key/shop"',
        ),
      ],
    },
  },
];
