/** What IAM policies of roles, users and groups allow: least privilege. */

import {
  findEscalation,
  givesCredentials,
  isNeedlesslyBroad,
  managesPermissionsAnywhere,
  readsDataAnywhere,
  writesAnywhere,
} from "../../families/iam-access.ts";
import { identityExamples, onIdentityPolicies } from "../../families/iam-documents.ts";
import { allows, noStatement, noWrongIn, type Statement } from "../../families/iam-statements.ts";
import type { Policy } from "../../policy.ts";

const links = [
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  "https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html",
] as const;

function noneAllows(isWrong: (statement: Statement) => boolean, why: string): Policy["on"] {
  return onIdentityPolicies((path) =>
    noStatement(path, (statement) => allows(statement) && isWrong(statement), { missing: "none", why }),
  );
}

const own = "arn:aws:s3:::orders/*";

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-iam-policy-grants-everything",
    aliases: ["CKV_AWS_1", "CKV_AWS_62"],
    title: "IAM policy allows every action on every resource",
    severity: "high",
    controls: "least-privilege",
    why: "Whoever gets hold of such an identity owns the whole account, its data and its other identities.",
    fix: "List the actions that are needed and the ARNs they are needed on. Access Advisor shows what an identity really used.",
    links,
    on: noneAllows(
      ({ actions, resources }) => actions.includes("*") && resources.includes("*"),
      "it allows every action on every resource",
    ),
    examples: { bad: identityExamples(["*"], "*"), good: identityExamples(["s3:GetObject"], own) },
  },
  {
    id: "iac/aws-iam-policy-allows-every-action",
    aliases: ["CKV_AWS_49", "CKV_AWS_63"],
    title: "IAM policy allows all actions",
    severity: "medium",
    controls: "least-privilege",
    why: "`*` as an action holds for every service there is and every one to come, deleting and changing permissions included.",
    fix: "Replace `*` by the actions that are needed, such as `s3:GetObject`.",
    links,
    on: noneAllows(({ actions }) => actions.includes("*"), "it allows all actions"),
    examples: { bad: identityExamples(["*"], own), good: identityExamples(["s3:GetObject"], own) },
  },
  {
    id: "iac/aws-iam-policy-allows-all-of-iam",
    aliases: ["CKV2_AWS_40"],
    title: "IAM policy allows all of IAM",
    severity: "high",
    controls: "least-privilege",
    why: "With `iam:*` an identity writes its own permissions: it is an administrator, only not by name.",
    fix: "Name the few actions of IAM that are needed, on the ARNs of the roles they are meant for.",
    links,
    on: noneAllows(
      ({ actions }) => actions.some((action) => action === "*" || action.toLowerCase() === "iam:*"),
      "it allows all actions of IAM",
    ),
    examples: {
      bad: identityExamples(["iam:*"], "*"),
      good: identityExamples(["iam:GetRole"], "arn:aws:iam::123456789012:role/app"),
    },
  },
  {
    id: "iac/aws-iam-policy-allows-any-resource",
    aliases: ["CKV_AWS_355", "CKV_AWS_356"],
    title: "IAM policy has `*` as the resource of actions that could be narrowed",
    severity: "low",
    controls: "least-privilege",
    why: "The identity reaches things of other applications in the account, now and in future.",
    fix: "Put ARNs in place of `*`, or add a condition. Actions that know no resources go into a statement of their own.",
    links,
    on: noneAllows(isNeedlesslyBroad, "its actions could be narrowed to certain resources"),
    examples: {
      bad: identityExamples(["s3:GetObject"], "*"),
      good: [...identityExamples(["s3:GetObject"], own), ...identityExamples(["s3:ListAllMyBuckets"], "*")],
    },
  },
  {
    id: "iac/aws-iam-policy-writes-anywhere",
    aliases: ["CKV_AWS_111", "CKV_AWS_290"],
    title: "IAM policy allows writing to any resource",
    severity: "medium",
    controls: "least-privilege",
    why: "A stolen credential or a bug changes or deletes things of every application in the account.",
    fix: "Put the ARNs that may be written in place of `*`, or narrow the statement by a condition on tags or accounts.",
    links,
    on: noneAllows(writesAnywhere, "it allows writing to any resource"),
    examples: { bad: identityExamples(["dynamodb:PutItem"], "*"), good: identityExamples(["s3:PutObject"], own) },
  },
  {
    id: "iac/aws-iam-policy-manages-permissions-anywhere",
    aliases: ["CKV_AWS_109", "CKV_AWS_289"],
    title: "IAM policy allows changing permissions of any resource",
    severity: "high",
    controls: "least-privilege",
    why: "Whoever changes permissions of anything opens data to the world, or a role to themselves.",
    fix: "Put the ARNs whose permissions may change in place of `*`, and leave changing permissions to pipelines.",
    links,
    on: noneAllows(managesPermissionsAnywhere, "it allows changing the permissions of any resource"),
    examples: { bad: identityExamples(["s3:PutBucketPolicy"], "*"), good: identityExamples(["s3:PutObject"], own) },
  },
  {
    id: "iac/aws-iam-policy-gives-credentials",
    aliases: ["CKV_AWS_107", "CKV_AWS_287"],
    title: "IAM policy allows getting credentials of any identity",
    severity: "high",
    controls: "least-privilege",
    why: "An action that answers with keys, passwords or tokens turns one stolen identity into many.",
    fix: "Narrow the statement to the ARNs of the roles or users that are meant, or remove the action.",
    links,
    on: noneAllows(givesCredentials, "it allows getting credentials of any identity"),
    examples: {
      bad: identityExamples(["sts:AssumeRole"], "*"),
      good: identityExamples(["sts:AssumeRole"], "arn:aws:iam::123456789012:role/deploy"),
    },
  },
  {
    id: "iac/aws-iam-policy-allows-escalation",
    aliases: ["CKV_AWS_110", "CKV_AWS_286"],
    title: "IAM policy allows an identity to raise its own privileges",
    severity: "high",
    controls: "least-privilege",
    why: "Together these actions let their holder act with the rights of any role or user, an administrator among them.",
    fix: "Narrow the statement to certain ARNs (of `iam:PassRole` first), or add a permissions boundary as a condition.",
    links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html", links[0]],
    on: onIdentityPolicies((path) =>
      noWrongIn(path, findEscalation, {
        missing: "none",
        why: "it lets its holder get the rights of any other identity",
      }),
    ),
    examples: {
      bad: identityExamples(["iam:PassRole", "ec2:RunInstances"], "*"),
      good: identityExamples(["iam:PassRole", "ec2:RunInstances"], "arn:aws:iam::123456789012:role/app"),
    },
  },
  {
    id: "iac/aws-iam-policy-reads-data-anywhere",
    aliases: ["CKV_AWS_108", "CKV_AWS_288"],
    title: "IAM policy allows reading all data or secrets of the account",
    severity: "medium",
    controls: "least-privilege",
    why: "Whoever gets hold of the identity copies every bucket, parameter or secret, not just those of one application.",
    fix: "Put the ARNs of the buckets, parameters or secrets in place of `*`.",
    links,
    on: noneAllows(readsDataAnywhere, "it allows reading all data of a kind"),
    examples: {
      bad: identityExamples(["secretsmanager:GetSecretValue"], "*"),
      good: identityExamples(["s3:GetObject"], own),
    },
  },
];
