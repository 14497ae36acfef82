/** Whom AWS roles, and resources with a policy of their own, trust. */

import type { Condition } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { toldOnce } from "../../families/iam-documents.ts";
import { allows, isAnyone, noStatement, type Statement } from "../../families/iam-statements.ts";
import { type Example, type Policy, tf } from "../../policy.ts";

const links = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"] as const;

function trusts(isWrong: (statement: Statement) => boolean, why: string): (path: string) => Condition {
  return (path) => noStatement(path, (statement) => allows(statement) && isWrong(statement), { missing: "pass", why });
}

function onRoles(condition: (path: string) => Condition): Policy["on"] {
  return {
    "tf:aws_iam_role": condition("assume_role_policy"),
    "cfn:AWS::IAM::Role": condition("Properties.AssumeRolePolicyDocument"),
  };
}

function roleTrusting(principal: string): readonly Example[] {
  return [
    tf(`resource "aws_iam_role" "app" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "${principal}" } }]
  })
}
`),
    cfnResource(
      "AWS::IAM::Role",
      "AssumeRolePolicyDocument:",
      '  Version: "2012-10-17"',
      "  Statement:",
      "    - Effect: Allow",
      "      Action: sts:AssumeRole",
      "      Principal:",
      `        AWS: "${principal}"`,
    ),
  ];
}

const account = /^\d{12}$|^arn:[^:]*:iam::[^:]+:root$/;
const github = "token.actions.githubusercontent.com";
/** An organization, at least, without a star in its name. */
const ownRepository = /^repo:[^*?/:]+\//;

/** GitHub asks for a role, and the subject of its token is not narrowed to an organization, or perhaps not. */
function narrowing({ federated, conditions, hasOpenConditions }: Statement): "none" | "unclear" | "narrow" {
  const isOfGithub =
    federated.some((one) => one.includes(`oidc-provider/${github}`)) ||
    conditions.some(({ key }) => key.startsWith(`${github}:`));
  if (!isOfGithub) return "narrow";
  const subjects = conditions.filter(({ key }) => key.startsWith(github) && key.endsWith(":sub"));
  const isNarrowed = ({ values, isOpen }: (typeof subjects)[number]) =>
    (values.length > 0 || isOpen) && values.every((value) => ownRepository.test(value));
  if (subjects.some(isNarrowed)) return "narrow";
  return hasOpenConditions ? "unclear" : "none";
}

const trustsGithub = (path: string): Condition =>
  noStatement(path, (statement) => allows(statement) && narrowing(statement) === "none", {
    why: "workflows of other people's repositories may take the role",
    isUnclear: (statement) => allows(statement) && narrowing(statement) === "unclear",
  });

function githubTrust(subject: string): readonly Example[] {
  const provider = `arn:aws:iam::123456789012:oidc-provider/${github}`;
  return [
    tf(`data "aws_iam_policy_document" "deploy" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["${provider}"]
    }
    condition {
      test     = "StringLike"
      variable = "${github}:sub"
      values   = ["${subject}"]
    }
  }
}
`),
    tf(`resource "aws_iam_role" "deploy" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "${provider}" }
      Condition = { StringLike = { "${github}:sub" = "${subject}" } }
    }]
  })
}
`),
  ];
}

const published = (identifier: string): string => `data "aws_iam_policy_document" "topic" {
  statement {
    actions   = ["sns:Publish"]
    resources = ["arn:aws:sns:eu-west-1:123456789012:orders"]
    principals {
      type        = "AWS"
      identifiers = ["${identifier}"]
    }
  }
}
`;

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-iam-role-trusts-anyone",
    aliases: ["CKV_AWS_60"],
    title: "Anyone in any AWS account may take the role",
    severity: "critical",
    controls: "least-privilege",
    why: "Every AWS customer can call sts:AssumeRole on it and has its rights from then on.",
    fix: "Name the accounts, roles or services that may take the role in `Principal`.",
    links,
    on: onRoles(trusts((statement) => isAnyone(statement) && !statement.hasCondition, "anyone may take the role")),
    examples: { bad: roleTrusting("*"), good: roleTrusting("arn:aws:iam::123456789012:role/deploy") },
  },
  {
    id: "iac/aws-iam-role-trusts-whole-account",
    aliases: ["CKV_AWS_61"],
    title: "Every identity of an account may take the role",
    severity: "low",
    controls: "least-privilege",
    why: "Trusting an account leaves it to that account's policies who becomes this role; one broad policy there is enough.",
    fix: "Name the roles or services that need it in `Principal`, or add a condition such as an external id.",
    links,
    on: onRoles(
      trusts(
        ({ principals, hasCondition }) => !hasCondition && principals.some((one) => account.test(one)),
        "every identity of an account may take the role",
      ),
    ),
    examples: {
      bad: roleTrusting("arn:aws:iam::123456789012:root"),
      good: roleTrusting("arn:aws:iam::123456789012:role/deploy"),
    },
  },
  {
    id: "iac/aws-iam-role-trusts-any-github-workflow",
    aliases: ["CKV_AWS_358", "CKV_AWS_393"],
    title: "Workflows of foreign GitHub repositories may take the role",
    severity: "critical",
    controls: "workload-identity",
    why: "GitHub's token names the repository it is for. Where that is not checked, a workflow in anybody's repository gets the role.",
    fix: "Add a condition on `token.actions.githubusercontent.com:sub`, such as `repo:my-org/my-repository:ref:refs/heads/main`.",
    links: [
      "https://docs.github.com/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services",
    ],
    on: {
      "tf:data.aws_iam_policy_document": trustsGithub(""),
      "tf:aws_iam_role": toldOnce("assume_role_policy", trustsGithub("assume_role_policy")),
      "cfn:AWS::IAM::Role": trustsGithub("Properties.AssumeRolePolicyDocument"),
    },
    examples: {
      bad: [
        ...githubTrust("repo:*"),
        cfnResource(
          "AWS::IAM::Role",
          'AssumeRolePolicyDocument:\n  Statement:\n    - Effect: Allow\n      Principal: { Federated: arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com }\n      Action: sts:AssumeRoleWithWebIdentity\n      Condition:\n        StringLike: { token.actions.githubusercontent.com:sub: "repo:*" }',
        ),
      ],
      good: [
        ...githubTrust("repo:my-org/shop:ref:refs/heads/main"),
        cfnResource(
          "AWS::IAM::Role",
          'AssumeRolePolicyDocument:\n  Statement:\n    - Effect: Allow\n      Principal: { Federated: arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com }\n      Action: sts:AssumeRoleWithWebIdentity\n      Condition:\n        StringEquals: { token.actions.githubusercontent.com:sub: "repo:my-org/shop:ref:refs/heads/main" }',
        ),
      ],
    },
  },
  {
    id: "iac/aws-policy-document-trusts-anyone",
    aliases: ["CKV_AWS_283"],
    title: "Policy allows actions to anyone",
    severity: "high",
    controls: "public-data",
    why: "`*` as principal means every AWS customer, and for some services everybody on the internet.",
    fix: "Name accounts, roles or services as principals, or narrow the statement by a condition such as `aws:PrincipalOrgID`.",
    links,
    on: {
      "tf:data.aws_iam_policy_document": trusts(
        (statement) => isAnyone(statement) && !statement.hasCondition,
        "it allows actions to anyone",
      )(""),
    },
    examples: { bad: [tf(published("*"))], good: [tf(published("arn:aws:iam::123456789012:role/shop"))] },
  },
];
