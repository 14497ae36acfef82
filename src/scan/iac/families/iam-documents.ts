/** Where the policies of identities stand: in resources of their own, within roles, users and groups, and as data. */
import { type Condition, nodeAt } from "../condition.ts";
import { type Example, type Policy, type ResourceKey, tf } from "../policy.ts";
import { notApplicable } from "../verdict.ts";
import { cfnResource } from "./aws-examples.ts";

const terraform: readonly (readonly [ResourceKey, string])[] = [
  // A data source is the document itself.
  ["tf:data.aws_iam_policy_document", ""],
  ["tf:aws_iam_policy", "policy"],
  ["tf:aws_iam_role_policy", "policy"],
  ["tf:aws_iam_group_policy", "policy"],
  ["tf:aws_iam_user_policy", "policy"],
  ["tf:aws_iam_role", "inline_policy.policy"],
  ["tf:aws_ssoadmin_permission_set_inline_policy", "inline_policy"],
];

const cloudFormation: readonly (readonly [ResourceKey, string])[] = [
  ["cfn:AWS::IAM::Policy", "Properties.PolicyDocument"],
  ["cfn:AWS::IAM::ManagedPolicy", "Properties.PolicyDocument"],
  ["cfn:AWS::IAM::RolePolicy", "Properties.PolicyDocument"],
  ["cfn:AWS::IAM::GroupPolicy", "Properties.PolicyDocument"],
  ["cfn:AWS::IAM::UserPolicy", "Properties.PolicyDocument"],
  ["cfn:AWS::SSO::PermissionSet", "Properties.InlinePolicy"],
  ["cfn:AWS::IAM::Group", "Properties.Policies.PolicyDocument"],
  ["cfn:AWS::IAM::Role", "Properties.Policies.PolicyDocument"],
  ["cfn:AWS::IAM::User", "Properties.Policies.PolicyDocument"],
];

/** The condition on the policies of identities; it is made for the path of the document. */
export function onIdentityPolicies(condition: (path: string) => Condition): Policy["on"] {
  return Object.fromEntries(
    [...terraform, ...cloudFormation].map(([key, path]) => [key, toldOnce(path, condition(path))]),
  );
}

/** What is wrong in a document that is a data source is told there, not again where it is used. */
export function toldOnce(path: string, condition: Condition): Condition {
  return (node, resource) => {
    const verdict = condition(node, resource);
    if (verdict.is !== "fail" || path === "") return verdict;
    const document = nodeAt(node, path);
    const isOfData =
      document?.is === "unknown" && document.refs.some((one) => one.includes("data.aws_iam_policy_document."));
    return isOfData && document.content ? notApplicable : verdict;
  };
}

/** A role's policy with one allowing statement, as data and as a resource, and in CloudFormation. */
export function identityExamples(actions: readonly string[], resource: string): readonly Example[] {
  const list = actions.map((action) => `"${action}"`).join(", ");
  return [
    tf(`data "aws_iam_policy_document" "app" {
  statement {
    actions   = [${list}]
    resources = ["${resource}"]
  }
}
`),
    tf(`resource "aws_iam_role_policy" "app" {
  role = "app"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = [${list}], Resource = "${resource}" }]
  })
}
`),
    cfnResource(
      "AWS::IAM::Policy",
      "PolicyName: app",
      "Roles: [app]",
      "PolicyDocument:",
      '  Version: "2012-10-17"',
      "  Statement:",
      "    - Effect: Allow",
      `      Action: [${list}]`,
      `      Resource: "${resource}"`,
    ),
  ];
}
