/** EBS volumes and snapshots: encryption and backups. */
import { connected, value, when } from "../../condition.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const encryption = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html";
const volume = (...lines: readonly string[]) =>
  tfBlock("aws_ebs_volume", "data", `availability_zone = "eu-west-1a"`, "size = 40", ...lines);
const attachment = tfBlock(
  "aws_volume_attachment",
  "data",
  `device_name = "/dev/sdh"`,
  "volume_id = aws_ebs_volume.data.id",
  "instance_id = aws_instance.shop.id",
);
const backup = tfBlock(
  "aws_backup_selection",
  "data",
  `name = "data"`,
  "plan_id = aws_backup_plan.daily.id",
  "iam_role_arn = aws_iam_role.backup.arn",
  "resources = [aws_ebs_volume.data.arn]",
);

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-volume-not-encrypted",
    aliases: ["CKV_AWS_3", "AVD-AWS-0026"],
    title: "Volume is not encrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Whoever gets a snapshot of the volume, or a copy of it, reads everything on it.",
    fix: "Set `encrypted = true` (`Encrypted: true`); AWS makes a new volume, so move the data by a snapshot.",
    links: [encryption],
    ...setting({
      at: { "tf:aws_ebs_volume": "encrypted", "cfn:AWS::EC2::Volume": "Properties.Encrypted" },
      demand: (path) => value(path).is(true),
      good: "true",
    }),
  },
  {
    id: "iac/aws-attached-volume-not-encrypted",
    aliases: ["CKV2_AWS_2"],
    title: "Volume in use is not encrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "It is attached to a machine, so it holds data, and every snapshot of it can be read.",
    fix: "Set `encrypted = true` on the volume.",
    links: [encryption],
    on: { "tf:aws_ebs_volume": when(connected("aws_volume_attachment"), value("encrypted").is(true)) },
    examples: { bad: [tf(volume() + attachment)], good: [tf(volume("encrypted = true") + attachment)] },
  },
  {
    id: "iac/aws-volumes-not-encrypted-by-default",
    aliases: ["CKV_AWS_106"],
    title: "Encryption by default is switched off for volumes",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Every volume whose author forgets one line is readable to whoever gets a snapshot.",
    fix: "Remove `enabled = false`.",
    links: [encryption],
    on: { "tf:aws_ebs_encryption_by_default": value("enabled").not(false) },
    examples: {
      bad: [tfResource("aws_ebs_encryption_by_default", "enabled = false")],
      good: [tfResource("aws_ebs_encryption_by_default", "enabled = true")],
    },
  },
  {
    id: "iac/aws-volume-without-backup",
    aliases: ["CKV2_AWS_9"],
    title: "Volume is in no backup plan",
    severity: "low",
    controls: "backup",
    why: "After a mistake or an attack there is nothing to go back to.",
    fix: "Name the volume in an `aws_backup_selection`, or let the selection find it by a tag.",
    links: ["https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html"],
    on: { "tf:aws_ebs_volume": connected("aws_backup_selection") },
    examples: { bad: [tf(volume())], good: [tf(volume() + backup)] },
  },
  withoutOwnKey({
    id: "iac/aws-volume-without-own-key",
    aliases: ["CKV_AWS_189", "AVD-AWS-0027"],
    what: "Volume",
    keys: { "tf:aws_ebs_volume": "kms_key_id", "cfn:AWS::EC2::Volume": "Properties.KmsKeyId" },
    link: encryption,
    lines: ["encrypted = true"],
  }),
  withoutOwnKey({
    id: "iac/aws-snapshot-copy-without-own-key",
    aliases: ["CKV_AWS_183"],
    what: "Copy of a snapshot",
    keys: { "tf:aws_ebs_snapshot_copy": "kms_key_id" },
    link: encryption,
    lines: [`source_region = "eu-west-1"`, "encrypted = true"],
  }),
];
