/** Policies that AWS keeps ready and that grant everything, and where they are attached. */
import { textOf } from "../../../formats/node.ts";
import { type Condition, each, nodeAt, value } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { type Policy, tf } from "../../policy.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const links = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html"] as const;

/** None of the ARNs at the path is that of the policy. A policy that the same code makes is not one of AWS. */
function lacksPolicy(path: string, name: string): Condition {
  const isOther: Condition = (node) => {
    const text = node.is === "unknown" ? node.text : textOf(node);
    if (text?.endsWith(`:iam::aws:policy/${name}`)) return failAt(node, `${name} is attached`);
    const isKnown = node.is !== "unknown" || text !== undefined || node.refs.some((one) => !one.includes("data."));
    return isKnown ? passAt(node.at) : unknownAt(node.at, node.reason);
  };
  return (body, resource) => {
    const written = nodeAt(body, path);
    // Of an ARN with an unknown partition the end is enough.
    return written?.is === "unknown" ? isOther(written, resource) : each(path, isOther)(body, resource);
  };
}

function nowhere(name: string): Policy["on"] {
  const inCloudFormation = lacksPolicy("Properties.ManagedPolicyArns", name);
  return {
    "tf:aws_iam_role": lacksPolicy("managed_policy_arns", name),
    "tf:aws_iam_policy_attachment": lacksPolicy("policy_arn", name),
    "tf:aws_iam_role_policy_attachment": lacksPolicy("policy_arn", name),
    "tf:aws_iam_user_policy_attachment": lacksPolicy("policy_arn", name),
    "tf:aws_iam_group_policy_attachment": lacksPolicy("policy_arn", name),
    "tf:aws_ssoadmin_managed_policy_attachment": lacksPolicy("managed_policy_arn", name),
    "cfn:AWS::IAM::Role": inCloudFormation,
    "cfn:AWS::IAM::User": inCloudFormation,
    "cfn:AWS::IAM::Group": inCloudFormation,
  };
}

const looksUp =
  (name: string): Condition =>
  (node, resource) => {
    const byArn = value("arn").satisfies((arn) => !String(arn).endsWith(`:iam::aws:policy/${name}`), `not ${name}`);
    const verdict = value("arn", { missing: "none" }).exists()(node, resource);
    return verdict.is === "none" ? value("name").not(name)(node, resource) : byArn(node, resource);
  };

function attaching(name: string): Policy["examples"]["bad"] {
  return [
    tf(`resource "aws_iam_role_policy_attachment" "deploy" {
  role       = aws_iam_role.deploy.name
  policy_arn = "arn:aws:iam::aws:policy/${name}"
}
`),
    tf(`data "aws_iam_policy" "deploy" {\n  name = "${name}"\n}\n`),
    tf(`data "aws_partition" "here" {}

resource "aws_iam_role_policy_attachment" "deploy" {
  role       = aws_iam_role.deploy.name
  policy_arn = "arn:\${data.aws_partition.here.partition}:iam::aws:policy/${name}"
}
`),
    cfnResource("AWS::IAM::Group", "ManagedPolicyArns:", `  - arn:aws:iam::aws:policy/${name}`),
  ];
}

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-administrator-access-attached",
    aliases: ["CKV_AWS_274", "CKV_AWS_275"],
    title: "AdministratorAccess is given to an identity",
    severity: "high",
    controls: "least-privilege",
    why: "The policy allows everything; whoever steals such an identity, or finds a bug in what runs under it, owns the account.",
    fix: "Attach a policy that lists what is needed. Keep AdministratorAccess for people, through IAM Identity Center and for a limited time.",
    links,
    on: { ...nowhere("AdministratorAccess"), "tf:data.aws_iam_policy": looksUp("AdministratorAccess") },
    examples: { bad: attaching("AdministratorAccess"), good: attaching("AmazonS3ReadOnlyAccess") },
  },
  {
    id: "iac/aws-iam-full-access-attached",
    aliases: ["CKV2_AWS_56"],
    title: "IAMFullAccess is given to an identity",
    severity: "high",
    controls: "least-privilege",
    why: "Whoever may change all of IAM gives themselves every other right: it is administrator access in two steps.",
    fix: "Attach a policy with the few actions of IAM that are needed, on certain ARNs and with a permissions boundary.",
    links,
    on: { ...nowhere("IAMFullAccess"), "tf:data.aws_iam_policy": looksUp("IAMFullAccess") },
    examples: { bad: attaching("IAMFullAccess"), good: attaching("IAMReadOnlyAccess") },
  },
];
