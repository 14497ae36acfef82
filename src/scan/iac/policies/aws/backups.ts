/** AWS Backup and the lifecycle of snapshots: encryption of what is kept and copied. */
import { all, type Condition, each, value, when } from "../../condition.ts";
import { namesOwnKey, withoutOwnKey } from "../../families/aws-own-keys.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const lifecycle = "aws_dlm_lifecycle_policy";
const actions = "policy_details.action.cross_region_copy";
const copies = "policy_details.schedule.cross_region_copy_rule";

const onAction = (...lines: readonly string[]) =>
  tfResource(
    lifecycle,
    `policy_details {\n  policy_type = "EVENT_BASED_POLICY"\n  action {\n    name = "copy"\n    cross_region_copy {\n      target = "eu-central-1"\n      encryption_configuration {\n${lines.map((line) => `        ${line}`).join("\n")}\n      }\n    }\n  }\n}`,
  );
const onSchedule = (...lines: readonly string[]) =>
  tfResource(
    lifecycle,
    `policy_details {\n  schedule {\n    name = "daily"\n    cross_region_copy_rule {\n      target = "eu-central-1"\n${lines.map((line) => `      ${line}`).join("\n")}\n    }\n  }\n}`,
  );

/** Policies without copies are none of our business. */
const whereCopied = (path: string, then: Condition): Condition =>
  when(value(path, { edit: false }).exists(), each(path, then), "none");

export const policies: readonly Policy[] = [
  withoutOwnKey({
    id: "iac/aws-backup-vault-without-own-key",
    aliases: ["CKV_AWS_166"],
    what: "Backup vault",
    keys: { "tf:aws_backup_vault": "kms_key_arn", "cfn:AWS::Backup::BackupVault": "Properties.EncryptionKeyArn" },
    link: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html",
    lines: [`name = "orders"`],
  }),
  {
    id: "iac/aws-snapshot-action-unencrypted",
    aliases: ["CKV_AWS_253"],
    title: "Shared snapshots are copied unencrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "The copies in the other region are readable for everybody who gets hold of them.",
    fix: "Set `encryption = true` in `encryption_configuration` of the action.",
    links: ["https://docs.aws.amazon.com/ebs/latest/userguide/event-policy.html"],
    on: {
      "tf:aws_dlm_lifecycle_policy": whereCopied(actions, value("encryption_configuration.encryption").is(true)),
    },
    examples: { bad: [onAction("encryption = false")], good: [onAction("encryption = true")] },
  },
  {
    id: "iac/aws-snapshot-action-without-own-key",
    aliases: ["CKV_AWS_254"],
    title: "Copies of shared snapshots have no key of their own",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Nobody can limit who decrypts the copies, see each use or withdraw the key.",
    fix: "Set `encryption = true` and name a key of the target region in `cmk_arn`.",
    links: ["https://docs.aws.amazon.com/ebs/latest/userguide/event-policy.html"],
    on: {
      "tf:aws_dlm_lifecycle_policy": whereCopied(
        actions,
        all(value("encryption_configuration.encryption").is(true), namesOwnKey("encryption_configuration.cmk_arn")),
      ),
    },
    examples: {
      bad: [onAction("encryption = true")],
      good: [onAction("encryption = true", "cmk_arn    = aws_kms_key.copies.arn")],
    },
  },
  {
    id: "iac/aws-snapshot-schedule-unencrypted",
    aliases: ["CKV_AWS_255"],
    title: "Scheduled snapshots are copied unencrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "The copies in the other region are readable for everybody who gets hold of them.",
    fix: "Set `encrypted = true` in every `cross_region_copy_rule`.",
    links: ["https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html"],
    on: { "tf:aws_dlm_lifecycle_policy": whereCopied(copies, value("encrypted").is(true)) },
    examples: { bad: [onSchedule("encrypted = false")], good: [onSchedule("encrypted = true")] },
  },
  {
    id: "iac/aws-snapshot-schedule-without-own-key",
    aliases: ["CKV_AWS_256"],
    title: "Copies of scheduled snapshots have no key of their own",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Nobody can limit who decrypts the copies, see each use or withdraw the key.",
    fix: "Set `encrypted = true` and name a key of the target region in `cmk_arn`.",
    links: ["https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html"],
    on: {
      "tf:aws_dlm_lifecycle_policy": whereCopied(copies, all(value("encrypted").is(true), namesOwnKey("cmk_arn"))),
    },
    examples: {
      bad: [onSchedule("encrypted = true")],
      good: [onSchedule("encrypted = true", "cmk_arn = aws_kms_key.copies.arn")],
    },
  },
];
