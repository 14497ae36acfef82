/** EFS and FSx: encryption, access points, backups. */
import { connected, value } from "../../condition.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import { tfBlock } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const guide = "https://docs.aws.amazon.com/efs/latest/ug";
const files = tfBlock("aws_efs_file_system", "shop", `creation_token = "shop"`);
const backup = tfBlock(
  "aws_backup_selection",
  "shop",
  `name = "shop"`,
  "plan_id = aws_backup_plan.daily.id",
  "iam_role_arn = aws_iam_role.backup.arn",
  "resources = [aws_efs_file_system.shop.arn]",
);

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-efs-not-encrypted",
    aliases: ["CKV_AWS_42", "AVD-AWS-0037"],
    title: "File system is not encrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Whoever gets at the disks or a backup reads every file.",
    fix: "Set `encrypted = true` (`Encrypted: true`); AWS makes a new file system, so copy the files.",
    links: [`${guide}/encryption-at-rest.html`],
    ...setting({
      at: { "tf:aws_efs_file_system": "encrypted", "cfn:AWS::EFS::FileSystem": "Properties.Encrypted" },
      demand: (path) => value(path).is(true),
      good: "true",
    }),
  },
  withoutOwnKey({
    id: "iac/aws-efs-without-own-key",
    aliases: ["CKV_AWS_184"],
    what: "File system",
    keys: { "tf:aws_efs_file_system": "kms_key_id", "cfn:AWS::EFS::FileSystem": "Properties.KmsKeyId" },
    link: `${guide}/encryption-at-rest.html`,
    lines: ["encrypted = true"],
  }),
  {
    id: "iac/aws-efs-without-backup",
    aliases: ["CKV2_AWS_18"],
    title: "File system is in no backup plan",
    severity: "low",
    controls: "backup",
    why: "After a mistake or an attack there is nothing to go back to.",
    fix: "Name the file system in an `aws_backup_selection`.",
    links: [`${guide}/awsbackup.html`],
    on: { "tf:aws_efs_file_system": connected("aws_backup_selection") },
    examples: { bad: [tf(files)], good: [tf(files + backup)] },
  },
  {
    id: "iac/aws-efs-access-point-whole-file-system",
    aliases: ["CKV_AWS_329"],
    title: "Access point opens the whole file system",
    severity: "low",
    controls: "least-privilege",
    why: "An application that was to see one folder reads and changes those of the others.",
    fix: "Set a `path` other than `/` in `root_directory` (`RootDirectory`).",
    links: [`${guide}/efs-access-points.html`],
    ...setting({
      at: {
        "tf:aws_efs_access_point": "root_directory.path",
        "cfn:AWS::EFS::AccessPoint": "Properties.RootDirectory.Path",
      },
      demand: (path) => value(path, { missing: "fail", edit: false }).not("/"),
      bad: `"/"`,
      good: `"/shop"`,
    }),
  },
  {
    id: "iac/aws-efs-access-point-without-user",
    aliases: ["CKV_AWS_330"],
    title: "Access point does not fix the user",
    severity: "low",
    controls: "least-privilege",
    why: "A client says by itself who it is, root if it likes, and reads files of others.",
    fix: "Add `posix_user` (`PosixUser`) with the ids of a user and a group that own the folder.",
    links: [`${guide}/enforce-identity-access-points.html`],
    ...setting({
      at: { "tf:aws_efs_access_point": "posix_user.gid", "cfn:AWS::EFS::AccessPoint": "Properties.PosixUser.Gid" },
      demand: (path) => value(path).exists(),
      good: "1000",
    }),
  },
  withoutOwnKey({
    id: "iac/aws-fsx-without-own-key",
    aliases: ["CKV_AWS_178", "CKV_AWS_179", "CKV_AWS_190", "CKV_AWS_203"],
    what: "File system of FSx",
    keys: {
      "tf:aws_fsx_ontap_file_system": "kms_key_id",
      "tf:aws_fsx_windows_file_system": "kms_key_id",
      "tf:aws_fsx_lustre_file_system": "kms_key_id",
      "tf:aws_fsx_openzfs_file_system": "kms_key_id",
      "cfn:AWS::FSx::FileSystem": "Properties.KmsKeyId",
    },
    link: "https://docs.aws.amazon.com/fsx/latest/WindowsGuide/encryption-at-rest.html",
  }),
];
