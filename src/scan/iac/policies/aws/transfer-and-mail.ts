/** What is sent out and taken in, and desktops: AWS Transfer Family, Amazon SES, Amazon WorkSpaces. */
import { value } from "../../condition.ts";
import { setting } from "../../families/aws-settings.ts";
import type { Policy } from "../../policy.ts";

const transferPolicies = ["https://docs.aws.amazon.com/transfer/latest/userguide/security-policies.html"];
const desktopLinks = ["https://docs.aws.amazon.com/workspaces/latest/adminguide/encrypt-workspaces.html"];
const desktop = [`bundle_id = "wsb-1"`, `directory_id = "d-1"`, `user_name = "ada"`];

/** The year stands in the name of a security policy. */
function isOfYear(name: string, year: number): boolean {
  return Number(/-(\d{4})-\d{2}$/.exec(name)?.[1] ?? 0) >= year;
}

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-transfer-over-ftp",
    aliases: ["CKV_AWS_357"],
    title: "Transfer server speaks plain FTP",
    severity: "high",
    controls: "encryption-in-transit",
    why: "FTP sends names, passwords and files in clear.",
    fix: "Offer SFTP, or FTPS where a client needs it.",
    links: ["https://docs.aws.amazon.com/transfer/latest/userguide/create-server-ftp.html"],
    ...setting({
      at: { "tf:aws_transfer_server": "protocols", "cfn:AWS::Transfer::Server": "Properties.Protocols" },
      demand: (path) => value(path).lacks("FTP"),
      bad: `["FTP", "FTPS"]`,
      good: `["SFTP"]`,
    }),
  },
  {
    id: "iac/aws-transfer-public",
    aliases: ["CKV_AWS_164"],
    title: "Transfer server has a public endpoint",
    severity: "medium",
    controls: "network-exposure",
    why: "Anyone can try to log in, and no security group limits from where.",
    fix: "Set the endpoint's type to VPC, with security groups for the partners' addresses.",
    links: ["https://docs.aws.amazon.com/transfer/latest/userguide/create-server-in-vpc.html"],
    ...setting({
      at: { "tf:aws_transfer_server": "endpoint_type", "cfn:AWS::Transfer::Server": "Properties.EndpointType" },
      demand: (path) => value(path, { edit: false }).oneOf("VPC", "VPC_ENDPOINT"),
      bad: `"PUBLIC"`,
      good: `"VPC"`,
    }),
  },
  {
    id: "iac/aws-transfer-old-security-policy",
    aliases: ["CKV_AWS_380"],
    title: "Transfer server accepts old algorithms",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Old policies, and the default of 2018, accept ciphers and key exchanges that are no longer thought safe.",
    fix: "Set `security_policy_name` to a policy of 2024 or later.",
    links: transferPolicies,
    ...setting({
      at: {
        "tf:aws_transfer_server": "security_policy_name",
        "cfn:AWS::Transfer::Server": "Properties.SecurityPolicyName",
      },
      demand: (path) =>
        value(path, { edit: "TransferSecurityPolicy-2024-01" }).satisfies(
          (name) => isOfYear(String(name), 2024),
          "a policy of 2024 or later",
        ),
      bad: `"TransferSecurityPolicy-2018-11"`,
      good: `"TransferSecurityPolicy-2024-01"`,
    }),
  },
  {
    id: "iac/aws-mail-without-tls",
    aliases: ["CKV_AWS_365"],
    title: "Mail is also sent without TLS",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "If the receiver offers no TLS, or somebody on the way says so, the mail goes out in clear.",
    fix: "Set `tls_policy` in `delivery_options` to Require.",
    links: ["https://docs.aws.amazon.com/ses/latest/dg/security-protocols.html"],
    ...setting({
      at: {
        "tf:aws_ses_configuration_set": "delivery_options.tls_policy",
        "tf:aws_sesv2_configuration_set": "delivery_options.tls_policy",
        "cfn:AWS::SES::ConfigurationSet": "Properties.DeliveryOptions.TlsPolicy",
      },
      demand: (path) => value(path, { edit: false }).oneOf("Require", "REQUIRE"),
      bad: `"Optional"`,
      good: `"Require"`,
    }),
  },
  {
    id: "iac/aws-desktop-user-volume-unencrypted",
    aliases: ["CKV_AWS_155"],
    title: "User's volume of the virtual desktop is not encrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "The files of the user, and copies of them, can be read by whoever gets at the volume or a snapshot.",
    fix: "Set the encryption of the user volume to true; the desktop has to be made anew.",
    links: desktopLinks,
    ...setting({
      at: {
        "tf:aws_workspaces_workspace": "user_volume_encryption_enabled",
        "cfn:AWS::WorkSpaces::Workspace": "Properties.UserVolumeEncryptionEnabled",
      },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
      lines: desktop,
    }),
  },
  {
    id: "iac/aws-desktop-root-volume-unencrypted",
    aliases: ["CKV_AWS_156"],
    title: "Root volume of the virtual desktop is not encrypted",
    severity: "medium",
    controls: "encryption-at-rest",
    why: "Cached logins and temporary files can be read by whoever gets at the volume or a snapshot.",
    fix: "Set the encryption of the root volume to true; the desktop has to be made anew.",
    links: desktopLinks,
    ...setting({
      at: {
        "tf:aws_workspaces_workspace": "root_volume_encryption_enabled",
        "cfn:AWS::WorkSpaces::Workspace": "Properties.RootVolumeEncryptionEnabled",
      },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
      lines: desktop,
    }),
  },
];
