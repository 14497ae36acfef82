/** AWS users, groups and their keys: people come from a directory, rights from groups and roles. */
import { all, always, connected, not, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { type Policy, tf } from "../../policy.ts";

const practices = "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html";
const user = `resource "aws_iam_user" "ana" {\n  name = "ana"\n}\n`;
const members = (users: string): string => `resource "aws_iam_group" "developers" {
  name = "developers"
}

${user}
resource "aws_iam_group_membership" "developers" {
  name  = "developers"
  group = aws_iam_group.developers.name
  users = ${users}
}
`;

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-root-has-access-key",
    aliases: ["CKV_AWS_348", "AVD-AWS-0141"],
    title: "The root user gets an access key",
    severity: "critical",
    controls: "administrative-access",
    why: "Nothing limits the root user, no policy and no boundary. A leaked key of it is the account.",
    fix: "Remove the key, and use a role for what it was meant for.",
    links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html"],
    on: { "tf:aws_iam_access_key": value("user").not("root") },
    examples: {
      bad: [tf(`resource "aws_iam_access_key" "deploy" {\n  user = "root"\n}\n`)],
      good: [tf(`${user}\nresource "aws_iam_access_key" "deploy" {\n  user = aws_iam_user.ana.name\n}\n`)],
    },
  },
  {
    id: "iac/aws-iam-user-for-access",
    aliases: ["CKV_AWS_273"],
    title: "A user of IAM instead of a central identity",
    severity: "low",
    controls: "strong-authentication",
    why: "Users of IAM have passwords and keys that stay valid for years, in every account anew, also after somebody has left.",
    fix: "Let people sign in through IAM Identity Center with your directory, and give workloads roles.",
    links: [practices],
    on: {
      "tf:aws_iam_user": always("fail", "people and workloads are better served by roles than by a user of IAM"),
      "tf:aws_identitystore_user": always("pass"),
    },
    examples: {
      bad: [tf(user)],
      good: [tf(`resource "aws_identitystore_user" "ana" {\n  display_name = "Ana"\n  user_name    = "ana"\n}\n`)],
    },
  },
  {
    id: "iac/aws-iam-user-may-use-console",
    aliases: ["CKV2_AWS_22"],
    title: "A user of IAM has a password for the console",
    severity: "low",
    controls: "strong-authentication",
    why: "A password can be guessed or phished, and your directory's rules for signing in do not hold for it.",
    fix: "Remove the login profile; let people sign in through IAM Identity Center.",
    links: [practices],
    on: { "tf:aws_iam_user": not(connected("aws_iam_user_login_profile")) },
    examples: {
      bad: [tf(`${user}\nresource "aws_iam_user_login_profile" "ana" {\n  user = aws_iam_user.ana.name\n}\n`)],
      good: [tf(user)],
    },
  },
  {
    id: "iac/aws-iam-policy-attached-to-user",
    aliases: ["CKV_AWS_40", "AVD-AWS-0143"],
    title: "Rights are given to a single user",
    severity: "low",
    controls: "least-privilege",
    why: "Rights of single users are forgotten when people change teams, and nobody sees who has which.",
    fix: "Attach the policy to a group or, better, to a role.",
    links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html"],
    on: {
      "tf:aws_iam_policy_attachment": value("users").absent(),
      "tf:aws_iam_user_policy": value("user", { edit: false }).absent(),
      "tf:aws_iam_user_policy_attachment": value("user", { edit: false }).absent(),
      "cfn:AWS::IAM::Policy": value("Properties.Users").absent(),
      "cfn:AWS::IAM::UserPolicy": value("Properties.UserName", { edit: false }).absent(),
    },
    examples: {
      bad: [
        tf(
          `resource "aws_iam_policy_attachment" "read" {\n  name = "read"\n  users = ["ana"]\n  policy_arn = "arn:aws:iam::123456789012:policy/read"\n}\n`,
        ),
        cfnResource("AWS::IAM::Policy", "PolicyName: read", "Users:", "  - ana"),
      ],
      good: [
        tf(
          `resource "aws_iam_policy_attachment" "read" {\n  name = "read"\n  groups = ["developers"]\n  policy_arn = "arn:aws:iam::123456789012:policy/read"\n}\n`,
        ),
        cfnResource("AWS::IAM::Policy", "PolicyName: read", "Groups:", "  - developers"),
      ],
    },
  },
  {
    id: "iac/aws-iam-group-without-users",
    aliases: ["CKV2_AWS_14", "CKV2_AWS_21"],
    title: "The membership of a group names no user",
    severity: "low",
    controls: "governance",
    why: "An empty group keeps rights ready for whoever is put into it, without anybody asking why they exist.",
    fix: "Put the users into the group, or remove group and membership.",
    links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html"],
    on: {
      "tf:aws_iam_group_membership": all(
        value("users").exists(),
        connected("aws_iam_user"),
        connected("aws_iam_group"),
      ),
    },
    examples: { bad: [tf(members("[]"))], good: [tf(members("[aws_iam_user.ana.name]"))] },
  },
];
